/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Is there a hint for whoever is stuck, wherever that may be? */
#include "checker/buf.h"
#include "checker/diag.h"
#include "checker/err.h"
#include "checker/kbuild.h"
#include "lesson.h"
#include "lint.h"
#include "proof.h"

#include <stdio.h>
#include <string.h>

static void need(struct lint *t, enum lint_level level, const char *key,
		 const char *why)
{
	if (lesson_nhints(t->l, key) == 0)
		lint_field(t, level, NULL, "hints", "no hint for \"%s\": %s",
			   key, why);
}

/* The verdict is a wrong answer's alone, where no check is looked at. */
static void need_for_wrong(struct lint *t, const struct lesson_wrong *w)
{
	char why[200];

	if (!w->has_verdict || w->verdict == OUTCOME_BUILD_FAILED || w->check)
		return;
	snprintf(why, sizeof(why), "wrong/%s ends with that verdict", w->name);
	need(t, LINT_ERROR, outcome_name(w->verdict), why);
}

/* What a kernel reports has hints of its own, which come first. */
static bool has_finding_hints(const struct lesson *l)
{
	for (int k = 0; k < FINDING_NKINDS; k++)
		if (lesson_nhints(l, finding_name((enum finding_kind)k)))
			return true;
	return lesson_nhints(l, outcome_name(OUTCOME_CRASH)) > 0;
}

static void need_for_check(struct lint *t, const struct check_spec *c)
{
	if (c->kind == CHECK_FINDINGS && has_finding_hints(t->l))
		return;
	need(t, LINT_ERROR, c->id,
	     "a learner whom this check rejects gets none");
}

int lint_hints(struct lint *t, struct err *e)
{
	const struct spec *s = &t->l->spec;

	(void)e;
	need(t, LINT_ERROR, "start",
	     "a learner who does not know how to "
	     "begin gets none");
	need(t, LINT_ERROR, "build-failed", "every learner meets it");
	for (size_t i = 0; i < s->nchecks; i++)
		need_for_check(t, &s->checks[i]);
	for (size_t i = 0; i < t->l->nwrongs; i++)
		need_for_wrong(t, &t->l->wrongs[i]);
	return 0;
}

/* ---- what compilers say of the wrong answers ---- */

static void need_codes(struct lint *t, const char *name,
		       const struct kbuild_result *r)
{
	for (size_t i = 0; i < r->ndiags; i++) {
		const struct diag *d = &r->diags[i];

		if (d->level == DIAG_ERROR && d->code &&
		    lesson_nhints(t->l, d->code) == 0)
			lint_field(t, LINT_ERROR, NULL, "hints",
				   "no hint for \"%s\", which the compiler "
				   "says of %s: %s",
				   d->code, name, d->message);
	}
}

static int look_at_case(struct lint *t, struct lint_box *box,
			const struct proof_case *c, struct err *e)
{
	struct kbuild_result r;
	const char *dir;
	char name[300];

	lint_detail(t, c->name);
	snprintf(name, sizeof(name), "%s", c->name);
	for (char *p = name; *p; p++)
		if (*p == '/')
			*p = '-';
	dir = lint_box_dir(box, name, e);
	if (!dir || proof_lay_down(c, t->l, dir, e) < 0 ||
	    lint_box_build(box, dir, &r, e) < 0)
		return -1;
	need_codes(t, c->name, &r);
	kbuild_release(&r);
	return 0;
}

int lint_codes(struct lint *t, struct lint_box *box, struct err *e)
{
	struct err why = ERR_INIT;
	struct proof_plan p;
	int ret = proof_plan_make(&p, t->l, &why);

	if (ret < 0 && why.code == ERR_LESSON) {
		lint_add(t, LINT_ERROR, "try/", 0, "%s", why.what);
		return 0;
	}
	if (ret < 0)
		*e = why;
	for (size_t i = 0; ret == 0 && i < p.n; i++) {
		const struct lesson_wrong *w = p.v[i].wrong;

		if (w && w->has_verdict && w->verdict == OUTCOME_BUILD_FAILED)
			ret = look_at_case(t, box, &p.v[i], e);
	}
	proof_plan_release(&p);
	return ret;
}
