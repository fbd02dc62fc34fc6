/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "graded.h"
#include "attempt.h"
#include "checker/err.h"
#include "checker/record.h"
#include "checker/verdict.h"
#include "term.h"

#include <time.h>

int graded_keep(const struct term *t, struct record *r, const struct verdict *v,
		const char *path)
{
	struct err e = ERR_INIT;

	/* A fault of lesson or machine: there is nothing to grade again. */
	if (!attempt_counts(v)) {
		term_warn("nothing was graded, so nothing was kept in %s",
			  path);
		return 0;
	}
	if (record_write(r, path, time(NULL), &e) < 0) {
		term_error(&e);
		term_warn("what was graded was not kept; the verdict stands");
		return -1;
	}
	if (t && r->staged.n < r->edit.n)
		term_tell(t,
			  "\nKept in %s: the verdict, without what could not "
			  "be graded.",
			  path);
	else if (t)
		term_tell(t, "\nKept in %s; 'replay %s' grades it again.", path,
			  path);
	return 0;
}
