/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What came of a variant, and what a learner is told of it. */
#include "check-variants-int.h"
#include "err.h"

#include <errno.h>
#include <stdlib.h>

static int no_memory(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "cannot check");
}

char *variant_first_report(const char *before, const struct diag *diags,
			   size_t n)
{
	struct buf b = BUF_INIT;

	buf_adds(&b, before);
	if (n > 0 && diags->file && diags->line)
		buf_addf(&b, ": %s:%u", diags->file, diags->line);
	if (n > 0)
		buf_addf(&b, ": %s", diags->message);
	if (n > 0 && diags->code)
		buf_addf(&b, " (%s)", diags->code);
	return buf_steal(&b);
}

static bool is_asked_for(enum variant_expect want, enum outcome is)
{
	switch (want) {
	case VARIANT_PASS:
		return is == OUTCOME_PASS;
	case VARIANT_REJECTED:
		return is == OUTCOME_BUILD_FAILED || is == OUTCOME_ABI_FAILED;
	case VARIANT_BUILD_FAILED:
		return is == OUTCOME_BUILD_FAILED;
	case VARIANT_ABI_FAILED:
		return is == OUTCOME_ABI_FAILED;
	}
	return false;
}

/* "the build must fail with E0308" */
static void tell_wanted(struct buf *b, const struct variant_spec *v)
{
	buf_adds(b, v->expect == VARIANT_ABI_FAILED
			    ? "C and Rust must be found to disagree"
			    : "the build must fail");
	if (v->code)
		buf_addf(b, " with %s", v->code);
	if (v->says)
		buf_addf(b, "%s \"%s\"", v->code ? "," : " with", v->says);
}

static void tell(struct buf *b, const struct trial *t)
{
	const struct variant_spec *v = t->variant;

	buf_addf(b, "with %s changed as shown here, ", buf_str(&t->files));
	if (v->expect == VARIANT_PASS) {
		buf_adds(b, t->v.reason ? t->v.reason : "it does not pass");
		return;
	}
	tell_wanted(b, v);
	if (t->v.outcome == OUTCOME_PASS)
		buf_adds(b, ", and it builds as if nothing had happened");
	/* How to make the two agree is no advice here: they should not. */
	else if (t->v.outcome == OUTCOME_ABI_FAILED &&
		 v->expect == VARIANT_BUILD_FAILED)
		buf_adds(b, "; it builds, and only Kiln, which compares them "
			    "afterwards, sees that C and Rust disagree");
	else
		buf_addf(b, ", but %s",
			 t->v.reason ? t->v.reason : "it does not");
}

/* Below the changes: the compiler's words, or the first check that failed. */
static void add_cause(struct buf *b, const struct trial *t)
{
	if (t->sub.build.ndiags > 0 && (t->v.outcome == OUTCOME_BUILD_FAILED ||
					t->v.outcome == OUTCOME_ABI_FAILED)) {
		buf_addf(b, "\n%s", t->sub.build.diags[0].text);
		return;
	}
	for (size_t i = 0; i < t->v.nchecks; i++) {
		if (t->v.checks[i].result != CHECK_FAILED)
			continue;
		if (t->v.checks[i].evidence)
			buf_addf(b, "\n%s", t->v.checks[i].evidence);
		return;
	}
}

static bool holds(const struct trial *t, const struct diag *report)
{
	return is_asked_for(t->variant->expect, t->v.outcome) &&
	       (t->variant->expect == VARIANT_PASS ||
		(report && !t->sub.build.out_of_bounds));
}

static void tell_success(struct buf *message, struct buf *shown,
			 const struct trial *t, const struct diag *report)
{
	char *said;

	buf_addf(message, "with %s changed, ", buf_str(&t->files));
	if (t->variant->expect == VARIANT_PASS) {
		buf_adds(message, "it passes likewise");
		return;
	}
	said = variant_first_report("it is rejected", report, 1);
	buf_adds(message, said ? said : "it is rejected");
	buf_adds(shown, said ? said : "");
	free(said);
}

int variant_judge(struct variant_result *out, const struct trial *t,
		  struct err *e)
{
	const struct diag *report = variant_report(
		t->variant, t->sub.build.diags, t->sub.build.ndiags);
	struct buf message = BUF_INIT, shown = BUF_INIT;
	int ret = 0;

	out->result = holds(t, report) ? CHECK_PASSED : CHECK_FAILED;
	if (out->result == CHECK_PASSED) {
		tell_success(&message, &shown, t, report);
	} else {
		tell(&message, t);
		ret = variant_show(&shown, t->req.spec, t->variant->name, e);
		add_cause(&shown, t);
	}
	if (ret == 0 && (!buf_ok(&message) || !buf_ok(&shown)))
		ret = no_memory(e);
	out->message = buf_steal(&message);
	out->evidence = shown.len ? buf_steal(&shown) : NULL;
	buf_release(&message);
	buf_release(&shown);
	return ret;
}
