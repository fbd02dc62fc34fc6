/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * source-names: what a source file defines and uses, without compiling it.
 *
 * For completion, which has no time for a build: what is found in a file that
 * is half written is good enough. Pure.
 */
#ifndef CHECKER_SOURCE_NAMES_H
#define CHECKER_SOURCE_NAMES_H

#include <stdbool.h>

struct strv;

enum source_names {
	SOURCE_FUNCTIONS,
	SOURCE_ITEMS, /* types as well, in Rust */
	SOURCE_MACROS,
};

/* Add the names in @text, each once. -1: out of memory. */
int source_names(struct strv *out, const char *text, bool rust,
		 enum source_names which);

#endif
