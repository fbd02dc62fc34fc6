/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A verdict for who looks at it again and again: what to mend next, and no
 * more. The rest is a key away.
 */
#include "report.h"
#include "report-int.h"
#include "checker/buf.h"
#include "checker/verdict.h"
#include "term.h"

#include <stdbool.h>
#include <stddef.h>

enum { MOST_FINDINGS = 3 };

static void brief_findings(const struct term *t, const struct verdict *v,
			   const char *dir)
{
	for (size_t i = 0; i < v->nfindings && i < MOST_FINDINGS; i++) {
		report_finding(t, &v->findings[i], dir);
		if (i == 0 && v->findings[i].explain)
			report_para(t, REPORT_MARGIN, v->findings[i].explain);
	}
	if (v->nfindings > MOST_FINDINGS)
		term_say(t, "      and %zu more findings\n",
			 v->nfindings - MOST_FINDINGS);
}

static bool is_shown(const struct verdict_check *c, const struct strv *later)
{
	return c->result == CHECK_FAILED && !report_is_unreached(c) &&
	       !strv_has(later, c->id);
}

static void brief_check(const struct term *t, const struct verdict *v,
			const struct verdict_check *c)
{
	if (c->message && report_is_likewise(v, c)) {
		report_check(t, c, "likewise");
		return;
	}
	report_check(t, c, NULL);
	/* With a finding that is what it says. */
	if (c->message && v->nfindings == 0)
		report_para(t, REPORT_MARGIN + 2, c->message);
}

static void brief_checks(const struct term *t, const struct verdict *v,
			 const struct strv *later)
{
	size_t unreached = 0, shown = 0;

	for (size_t i = 0; i < v->nchecks; i++) {
		const struct verdict_check *c = &v->checks[i];

		unreached += report_is_unreached(c);
		if (!is_shown(c, later))
			continue;
		if (!shown++)
			term_say(t, "\n");
		brief_check(t, v, c);
	}
	/* Where no guest ran that goes without saying. */
	if (unreached && v->booted)
		term_say(t, "%s  %zu more %s not reached\n", shown ? "" : "\n",
			 unreached, unreached == 1 ? "was" : "were");
}

void report_brief(const struct term *t, const struct verdict *v,
		  const char *dir, const struct strv *later)
{
	size_t errors = report_first(t, v, dir);

	if (errors > 1)
		term_say(t, "      and %zu more error%s\n", errors - 1,
			 errors == 2 ? "" : "s");
	brief_findings(t, v, dir);
	if (v->outcome != OUTCOME_PASS)
		brief_checks(t, v, later);
	if (v->reason && !errors && v->nfindings == 0 &&
	    v->outcome != OUTCOME_PASS && v->outcome != OUTCOME_FAIL) {
		term_say(t, "\n");
		report_para(t, 2, v->reason);
	}
	if (v->next)
		report_para(t, 2, v->next);
}
