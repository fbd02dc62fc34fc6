/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * edit-int: what the files of edit share.
 */
#ifndef SHELL_EDIT_INT_H
#define SHELL_EDIT_INT_H

#include "edit.h"
#include "term.h"

#include <histedit.h>

struct edit {
	struct term *t;
	EditLine *el;
	Tokenizer *tok;
	struct edit_words words;
	char prompt[160];
	char line[8192];
	bool cleared;
};

struct edit *edit_of(EditLine *el);

/* Bound to Tab, and to "?". */
unsigned char edit_complete_key(EditLine *el, int ch);
unsigned char edit_help_key(EditLine *el, int ch);

#endif
