/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "err.h"
#include "explain.h"
#include "grade-int.h"
#include "unwind.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static char *copy(struct grading *g, const char *s)
{
	char *p = s ? strdup(s) : NULL;

	g->oom |= s && !p;
	return p;
}

void add_finding(struct grading *g, const struct finding *f)
{
	struct verdict *v = g->v;
	const char *why = f->explain;
	struct finding *all;

	all = realloc(v->findings, (v->nfindings + 1) * sizeof(*all));
	if (!all) {
		g->oom = true;
		return;
	}
	v->findings = all;
	if (!why)
		why = finding_explain(f->kind, f->title);
	all[v->nfindings++] = (struct finding){
		.kind = f->kind,
		.title = copy(g, f->title ? f->title : finding_name(f->kind)),
		.file = copy(g, f->file),
		.line = f->line,
		.symbol = copy(g, f->symbol),
		.explain = copy(g, why),
		.log_line = f->log_line,
		.log_end = f->log_end,
	};
	for (size_t i = 0; i < f->nsites; i++)
		g->oom |= finding_add_site(&all[v->nfindings - 1],
					   &f->sites[i]) < 0;
}

void add_place(struct buf *b, const struct finding *f)
{
	if (f->file && f->line)
		buf_addf(b, " (%s:%u)", f->file, f->line);
	else if (f->file)
		buf_addf(b, " (%s)", f->file);
}

/*
 * At the deadline the host injects an NMI, and unknown_nmi_panic makes the
 * kernel panic on it (arch/x86/kernel/nmi.c): the last line that says so.
 */
static size_t find_nmi(const struct evidence *ev)
{
	static const char head[] = "Uhhuh. NMI received";

	if (ev->end != GUEST_OVERDUE)
		return SIZE_MAX;
	for (size_t i = klog_nlines(ev->log); i > 0; i--) {
		struct klog_line l = klog_line(ev->log, i - 1);

		if (strncmp(l.text, head, sizeof(head) - 1) == 0)
			return l.number;
	}
	return SIZE_MAX;
}

const struct finding *grade_caught(const struct evidence *ev)
{
	size_t line = find_nmi(ev), n;
	const struct finding *f = klog_findings(ev->log, &n);

	for (size_t i = 0; i < n; i++)
		if (f[i].log_line >= line)
			return &f[i];
	return NULL;
}

/* The line after those of the first step that was overdue. */
static size_t find_late(const struct evidence *ev)
{
	size_t n = klog_nlines(ev->log), line = SIZE_MAX;
	size_t step = 0;

	while (step < ev->spec->nplan && ev->steps[step].how != STEP_OVERDUE)
		step++;
	if (step == ev->spec->nplan || !klog_step_ended(ev->log, (int)step))
		return SIZE_MAX;
	for (size_t i = 0; i < n; i++) {
		struct klog_line l = klog_line(ev->log, i);

		if (l.step == (int)step)
			line = l.number + 1;
	}
	return line;
}

/* What the rounds of a step left behind. */
static void add_leaks(struct grading *g, const struct plan_step *p,
		      const struct unwind *u)
{
	for (size_t i = 0; i < u->nleaks; i++) {
		struct finding f = u->leaks[i].site.at; /* borrowed */

		f.kind = FINDING_LEAK;
		f.title = unwind_leak_title(p, u, &u->leaks[i]);
		f.symbol = f.nsites ? f.sites[0].symbol : NULL;
		g->oom |= !f.title;
		add_finding(g, &f);
		free(f.title);
	}
}

void gather_findings(struct grading *g)
{
	const struct evidence *ev = g->ev;
	size_t n;
	const struct finding *f = klog_findings(ev->log, &n);

	g->nmi_line = find_nmi(ev);
	g->late_line = find_late(ev);
	for (size_t i = 0; i < n; i++) {
		if (f[i].log_line < g->nmi_line)
			add_finding(g, &f[i]);
	}
	for (size_t i = 0; i < ev->nleaks; i++)
		add_finding(g, &ev->leaks[i]);
	for (size_t i = 0; i < ev->spec->nplan; i++)
		if (ev->steps[i].unwind)
			add_leaks(g, &ev->spec->plan[i], ev->steps[i].unwind);
}

int grade_findings(struct verdict *v, const struct klog *log, struct err *e)
{
	struct grading g = {.v = v};
	size_t n;
	const struct finding *f = klog_findings(log, &n);

	for (size_t i = 0; i < n; i++)
		add_finding(&g, &f[i]);
	return g.oom ? err_set(e, ERR_ENV, ENOMEM, "cannot read the log") : 0;
}
