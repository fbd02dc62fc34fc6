/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * edit: one line from the terminal, by libedit.
 *
 * The terminal is raw only inside edit_line(). Keys, the window's size and
 * Ctrl-Z are waited for together, so that none of them can be missed. Tab
 * completes a word; Tab or "?" where none is begun says what can stand there. The
 * commands and their words are the business of whoever completes.
 */
#ifndef SHELL_EDIT_H
#define SHELL_EDIT_H

#include <stdbool.h>

struct buf;
struct edit;
struct history_file;
struct strv;
struct term;

/* Who knows the commands; always of a word after @argc others. */
struct edit_words {
	void *arg;
	/* Adds what @word may become. */
	void (*complete)(struct strv *out, void *arg, int argc,
			 const char *const *argv, const char *word);
	/* What can stand there: a line. */
	void (*usage)(struct buf *out, void *arg, int argc,
		      const char *const *argv);
	/* What one of those of .complete is; or nothing. */
	void (*note)(struct buf *out, void *arg, int argc,
		     const char *const *argv, const char *choice);
};

enum edit_end {
	EDIT_LINE,
	EDIT_CLEARED, /* Ctrl-C */
	EDIT_EOF, /* Ctrl-D, or the terminal went away */
};

/* NULL when libedit cannot work here. All are borrowed. */
struct edit *edit_open(struct term *t, struct history_file *h,
		       const struct edit_words *words);
void edit_close(struct edit *ed);

/*
 * Show @prompt (plain text, drawn in bold) and read. *@line is valid until
 * the next call, without its newline, and only for EDIT_LINE.
 */
enum edit_end edit_line(struct edit *ed, const char *prompt, const char **line);

#endif
