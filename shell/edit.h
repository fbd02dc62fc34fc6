/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * edit: one line from the terminal, by libedit.
 *
 * The terminal is raw only inside edit_line(). Keys, the window's size and
 * Ctrl-Z are waited for together, so that none of them can be missed. The
 * commands and their words are the business of whoever completes.
 */
#ifndef SHELL_EDIT_H
#define SHELL_EDIT_H

#include <stdbool.h>

struct edit;
struct history_file;
struct strv;
struct term;

/* Adds what @word may become after the @argc words before it. */
typedef void edit_complete_fn(struct strv *out, void *arg, int argc,
			      const char *const *argv, const char *word);

enum edit_end {
	EDIT_LINE,
	EDIT_CLEARED, /* Ctrl-C */
	EDIT_EOF, /* Ctrl-D, or the terminal went away */
};

/* NULL when libedit cannot work here. All are borrowed. */
struct edit *edit_open(struct term *t, struct history_file *h,
		       edit_complete_fn *complete, void *arg);
void edit_close(struct edit *ed);

/*
 * Show @prompt (plain text, drawn in bold) and read. *@line is valid until
 * the next call, without its newline, and only for EDIT_LINE.
 */
enum edit_end edit_line(struct edit *ed, const char *prompt, const char **line);

#endif
