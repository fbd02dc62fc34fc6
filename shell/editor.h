/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * editor: which editor the learner has, and how it is told of a line.
 */
#ifndef SHELL_EDITOR_H
#define SHELL_EDITOR_H

#include <stdbool.h>

struct err;
struct strv;

/*
 * Add the words of VISUAL, of EDITOR, or else of what is installed:
 * sensible-editor, nano, vi, or another that is known. They are quoted as at the prompt; no shell is
 * asked. VISUAL is passed over where a screen cannot be drawn (@full_screen
 * false). -1: there is none (ERR_ENV), or its words make no sense
 * (ERR_USAGE).
 */
int editor_words(struct strv *argv, bool full_screen, struct err *e);

/*
 * What to do where the one that was named cannot be run, as .next of @e: take
 * one that is installed, or install one. Returns -1.
 */
int editor_advise(bool full_screen, struct err *e);

/*
 * Add to the editor's words those that open @path, at @line if that is not
 * 0 and the editor is known to take one; and to wait until it is closed.
 */
int editor_add_file(struct strv *argv, const char *path, unsigned line);

#endif
