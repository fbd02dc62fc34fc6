/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * abi: do C and Rust mean the same where one calls the other?
 *
 * Looks at what a build left in its folder. What crosses is compared by the
 * DWARF of both sides (abi-fit.h says how):
 *
 *   C calls Rust	clang leaves the prototype of each external function
 *			that is called; rustc describes the definition
 *   Rust calls C	clang describes the definition; rustc leaves nothing
 *			of a declaration, so the crate is compiled once more,
 *			from a copy that makes it (abi-source.h), shut in as
 *			the build was
 *
 * and the structs that their signatures lead to. A copy that does not
 * compile, an object that cannot be read: nothing is said, for the build
 * itself was well.
 */
#ifndef CHECKER_ABI_H
#define CHECKER_ABI_H

#include "diag.h"

struct err;
struct store;

struct abi_opts {
	const struct store *store;
	const char *stage; /* a folder that kbuild_run() has built */
	const char *scratch; /* a folder to make for the copy */
	size_t max; /* most reports; 0: ABI_REPORTS_MAX */
	int cancel_fd;
};

/*
 * *@n is 0 when all agrees. Each report is a DIAG_ERROR of DIAG_ABI, the
 * place in Rust as its place, both in its message, and below that what the
 * two sides say. The caller frees them with diag_free().
 */
int abi_check(struct diag **out, size_t *n, const struct abi_opts *o,
	      struct err *e);

#endif
