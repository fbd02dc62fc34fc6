/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * variant: other versions of a lesson's given files, and what they change.
 *
 * A variant is a folder of the lesson, variant/NAME, whose files are laid
 * over the given ones. check-variants.c builds the learner's files beside
 * them; here they are only read, for what is said of them.
 */
#ifndef CHECKER_VARIANT_H
#define CHECKER_VARIANT_H

#include "spec.h"

struct buf;
struct diag;
struct err;

/* The files of the variant, in the order of their names. */
int variant_files(struct strv *out, const struct spec *spec, const char *name,
		  struct err *e);

/*
 * For a person: under each file's name the lines that it has no more, with
 * a '-', and those that it has instead, with a '+'.
 */
int variant_show(struct buf *out, const struct spec *spec, const char *name,
		 struct err *e);

/* The first of @diags that is an error, and that the check asks for. */
const struct diag *variant_report(const struct variant_spec *v,
				  const struct diag *diags, size_t n);

#endif
