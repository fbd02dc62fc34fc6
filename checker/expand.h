/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * expand: what macros become, cut out of what compilers print.
 *
 * rustc prints a whole crate (-Zunpretty=expanded), clang a file with all of
 * its headers (-E): here the part that a learner asked for is found in it.
 * Pure: text in, text out.
 */
#ifndef CHECKER_EXPAND_H
#define CHECKER_EXPAND_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct strv;

/* Which part is wanted; both NULL: all of it. */
struct expand_part {
	const char *macro; /* "module": the items that use it */
	const char *item; /* "Hello", "init": the items of that name */
};

enum expand_end {
	EXPAND_OK,
	EXPAND_NONE, /* there is no such part in the source */
	EXPAND_UNREADABLE, /* brackets that do not match, say */
	EXPAND_NO_MEMORY,
};

/*
 * Add what has become of the Rust file with text @source: @expanded is its
 * crate's, @modules the path to it there ("wrap" for wrap.rs), perhaps empty.
 */
enum expand_end expand_rust(struct buf *out, const char *source,
			    const char *expanded, const struct strv *modules,
			    const struct expand_part *part);

/* Does this Rust source have "mod @name;"? */
bool expand_has_module(const char *source, const char *name);

/*
 * Add the C file @name with text @source, each macro in it replaced by what
 * it became in @preprocessed; #include and #define stay as they are. Lines
 * that grow longer than @width are broken.
 */
enum expand_end expand_c(struct buf *out, const char *name, const char *source,
			 const char *preprocessed, unsigned width,
			 const struct expand_part *part);

#endif
