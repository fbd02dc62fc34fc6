/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * listing: the code blocks of a lesson's text, and what they are held
 * against. Pure.
 *
 * What stands behind the opening fence says it: "rust", "c", and after that
 * nothing, "build", "from=PATH", or "fragment: why".
 */
#ifndef SHELL_LISTING_H
#define SHELL_LISTING_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

enum listing_lang {
	LISTING_OTHER, /* none of the two: nothing is held against anything */
	LISTING_C,
	LISTING_RUST,
};

enum listing_mark {
	LISTING_PLAIN, /* nothing said */
	LISTING_BUILD, /* "build": it compiles */
	LISTING_FROM, /* "from=PATH": it stands in that file */
	LISTING_FRAGMENT, /* "fragment: why": it is not looked at */
	LISTING_UNKNOWN,
};

struct listing_info {
	enum listing_lang lang;
	enum listing_mark mark;
	const char *arg; /* the path, or why; in the text given; may be "" */
};

struct listing_info listing_info(const char *fence);

/* Is it a module by itself, or does it lack what makes one? */
bool listing_is_module(const char *code, enum listing_lang lang);

/*
 * Add @code to @out as the source of a module, with what it lacks around it:
 * Rust becomes the body of a function that gives a Result, in which items and
 * statements may stand, C stands at the top of its file.
 * Returns the number of lines that were put before it.
 */
unsigned listing_wrap(struct buf *out, const char *code,
		      enum listing_lang lang);

/*
 * Do the lines of @code stand in @file, in this order and together? Blank
 * lines and indentation do not count; a line of dots ("...", "// …") stands
 * for any lines; a line may leave out the " {" or ";" that the file's ends
 * in.
 */
bool listing_stands_in(const char *code, const char *file);

#endif
