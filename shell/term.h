/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * term: what the terminal can do, and how to leave it as it was found.
 *
 * Everything that Kiln shows goes through term_say() or term_write(), which
 * spell non-ASCII text in ASCII where the locale has no UTF-8. Colour is
 * used on a terminal only, and not with NO_COLOR or TERM=dumb. The shell's
 * own layer: the checker knows nothing of it.
 *
 * Plain mode is for a screen reader, a braille display, a log: KILN_PLAIN=1,
 * `kiln --plain` or TERM=dumb. Nothing is drawn over, no pages, no colour, no
 * pictures; what a sign says elsewhere is said in words.
 */
#ifndef SHELL_TERM_H
#define SHELL_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct buf;
struct err;

struct term {
	FILE *out;
	bool tty; /* .out is a terminal */
	bool keys; /* stdin is one as well: a question can be asked */
	bool plain; /* words in lines, one after the other: see below */
	bool edits; /* the terminal can do what a line editor needs */
	bool moves; /* lines may be drawn over: .edits, and not .plain */
	bool color;
	bool utf8;
	unsigned width; /* columns; 80 when not known, at least 20 */
	unsigned height; /* lines; 0 when not known */
};

enum term_style {
	TERM_PLAIN, /* ends any other */
	TERM_BOLD,
	TERM_DIM,
	TERM_GOOD,
	TERM_BAD,
	TERM_WARN,
	TERM_CODE,
	TERM_NSTYLES,
};

/* What `kiln --plain` does; for programs that are started as well. */
void term_ask_plain(void);
/* After setlocale(3). */
void term_init(struct term *t, FILE *out);
/* Ask for the size again: it may have changed. */
void term_resize(struct term *t);

/* @sign, but in plain mode @words: no bars and arrows are read aloud. */
const char *term_sign(const struct term *t, const char *sign,
		      const char *words);

/* What switches a style on, or "" where there is no colour. */
const char *term_on(const struct term *t, enum term_style s);
#define term_off(t) term_on((t), TERM_PLAIN)

__attribute__((format(printf, 2, 3))) void term_say(const struct term *t,
						    const char *fmt, ...);
void term_write(const struct term *t, const char *s, size_t len);
/*
 * Columns for prose: those of the terminal, but no more than are easily read
 * in one sweep. Code, tables and logs take all that there are.
 */
unsigned term_prose(const struct term *t);
/* As term_say(), but a paragraph: wrapped, and ended by a newline. */
__attribute__((format(printf, 2, 3))) void term_tell(const struct term *t,
						     const char *fmt, ...);
/* A newline-terminated paragraph, wrapped, every line indented by @indent. */
void term_para(const struct term *t, unsigned indent, const char *s);

/*
 * "  label  text": the text begins at column @at, below a label that is too
 * long for that on a line of its own, and is wrapped there.
 */
void term_item_add(struct buf *out, const struct term *t, const char *label,
		   unsigned at, const char *text);
void term_item(const struct term *t, const char *label, unsigned at,
	       const char *text);

/* "kiln: what", and on lines of their own where, and what to do next. */
void term_error(const struct err *e);
__attribute__((format(printf, 1, 2))) void term_warn(const char *fmt, ...);

/*
 * Remember how the terminal on stdin is set, and put it back when the
 * program ends or dies of a signal that it can see.
 */
void term_guard(void);
/* Put it back now. Safe in a signal handler. */
void term_restore(void);

#endif
