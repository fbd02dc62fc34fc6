/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of check-variants share; for them alone. */
#ifndef CHECKER_CHECK_VARIANTS_INT_H
#define CHECKER_CHECK_VARIANTS_INT_H

#include "check-int.h"
#include "variant.h"

/* A check with the learner's files beside those of one variant. */
struct trial {
	struct check *of; /* the check that it is part of */
	const struct variant_spec *variant;
	struct check_request req;
	struct check sub;
	struct verdict v;
	struct buf files; /* their names, for messages */
	char over[4200], stage[4200];
};

/* "BEFORE: a.rs:3: MESSAGE (E0308)", the caller's; NULL: out of memory. */
char *variant_first_report(const char *before, const struct diag *diags,
			   size_t n);

/* Does @t, which has ended, do what its variant expects? Fills @out. */
int variant_judge(struct variant_result *out, const struct trial *t,
		  struct err *e);

#endif
