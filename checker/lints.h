/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lints: those that the checks of a lesson name, forced on in its build.
 *
 * rustc's --force-warn is heard whatever the source allows, so a lint may be
 * one that is off otherwise, and no #[allow] silences it. clang has nothing
 * like that: what in a source could silence it is reported in its place.
 *
 * The reports of forced lints go to .forced of the build's result, for what
 * a check asks for is told by that check, and not by the build. A lesson that
 * names no lint is built as if all this were not there.
 */
#ifndef CHECKER_LINTS_H
#define CHECKER_LINTS_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct check_spec;
struct diag;
struct err;
struct kbuild_opts;
struct kbuild_result;
struct spec;
struct verdict;

/* kbuild_run(), with the lints of @spec. A lint that there is not: ERR_LESSON. */
int lints_build(struct kbuild_result *r, const struct kbuild_opts *o,
		const struct spec *spec, struct err *e);

/* Reports by which a check failed go on to those that the verdict has. */
int lints_keep(struct kbuild_result *r, const struct verdict *v,
	       const struct spec *spec);

/* Is @d a report that this check is about, in a file that it looks at? */
bool lints_counts(const struct spec *spec, const struct check_spec *c,
		  const struct diag *d);

/*
 * lints-conf.c: clippy's configuration, which is the kernel's own text @own
 * and the paths that CHECK_FORBID names. -1: out of memory.
 */
int lints_conf(struct buf *out, const char *own, const struct spec *spec);

/* lints-conf.c: the path by which clippy knows what @path means. */
void lints_path(struct buf *out, const char *path);

/*
 * lints-c.c: the number of the first line from @from on, counted from 1, that
 * could silence clang or make its reports name another place; 0: none.
 */
unsigned lints_silences(const char *source, unsigned from);

#endif
