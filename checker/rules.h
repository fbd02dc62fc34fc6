/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rules: checks that look at what was built, and at its sources, rather than
 * at what it does: CHECK_SIZE and CHECK_SOURCE.
 *
 * What they say is found out once, after the build; grading takes it over. A
 * lesson without such checks has none of it.
 */
#ifndef CHECKER_RULES_H
#define CHECKER_RULES_H

#include "buf.h"
#include "verdict.h"

#include <stdbool.h>
#include <stdint.h>

struct check_spec;
struct err;
struct spec;
struct store;

/* What came of one check. */
struct rule {
	bool looked;
	bool holds;
	struct buf message;
};

struct rules_opts {
	const struct store *store;
	const struct spec *spec;
	const char *stage; /* built */
	int cancel_fd;
};

/* One of each check of the spec, or NULL in *@out: none is of these kinds. */
int rules_look(struct rule **out, const struct rules_opts *o, struct err *e);
void rules_free(struct rule *r, size_t n);

/* size.c. -1: out of memory; what there is to say is in @r. */
int size_look(struct rule *r, const struct check_spec *c, const char *stage);
/*
 * The bytes of the sections called @part, or ".text" and ".text.…" for
 * ".text"; without a dot, of the group "text", "data" or "bss", as size(1)
 * has them. False: @path is no object, or has none.
 */
bool size_of(const char *path, const char *part, uint64_t *bytes);

/* source-rules.c; runs clang. */
int source_look(struct rule *r, const struct check_spec *c,
		const struct rules_opts *o, struct err *e);
/*
 * Likewise, of what clang's -ast-dump=json printed. Pure. -1: out of memory.
 */
int source_judge(struct rule *r, const struct check_spec *c, const char *text,
		 size_t len);

#endif
