/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Did a step of the plan answer as it should, and if not, what happened? */
#include "grade-int.h"

#include <string.h>

bool show_report(struct answer *a, const struct grading *g, size_t step)
{
	const struct klog *log = g->ev->log;

	for (size_t i = 0; i < g->v->nfindings; i++) {
		const struct finding *f = &g->v->findings[i];
		size_t at = log_index(log, f->log_line);

		if (f->log_line == 0 || at >= klog_nlines(log) ||
		    klog_line(log, at).step != (int)step)
			continue;
		log_show(&a->evidence, log, f->log_line, f->log_end, 8);
		return true;
	}
	return false;
}

/* What our NMI at the deadline made the kernel dump is told in words. */
static void cut_dump(struct source *s, const struct grading *g)
{
	const struct finding *caught = grade_caught(g->ev);
	size_t at = caught ? log_index(g->ev->log, caught->log_line) : s->n;
	struct source_line l;

	/* "Uhhuh. NMI received for unknown reason 21 on CPU 0." */
	if (at > 0 && at < s->n && source_get(s, at - 1, &l) &&
	    memmem(l.text, l.len, "NMI received", 12))
		at--;
	if (at < s->n)
		s->n = at;
}

/* What a step did: a report, a program's output, a kernel stack, its log. */
static void show_step(struct answer *a, const struct grading *g, size_t step)
{
	struct source s;

	if (!step_as_expected(g, step) && show_report(a, g, step))
		return;
	if (g->ev->steps[step].output.len > 0) {
		if (source_output(&s, g, (int)step) < 0)
			a->evidence.failed = true;
		else
			source_tail(&a->evidence, &s, 12);
	} else {
		source_log(&s, g, (int)step);
		cut_dump(&s, g);
		source_tail(&a->evidence, &s, 8);
	}
	source_release(&s);
}

static bool answer_job(struct answer *a, struct grading *g, size_t step)
{
	const struct plan_step *p = &g->ev->spec->plan[step];

	if (step_as_expected(g, step))
		return true;
	a->result = g->ev->steps[step].how == STEP_NOT_RUN ? CHECK_NOT_RUN
							   : CHECK_FAILED;
	buf_addf(&a->message, "%s: ", p->label);
	if (!plan_unwinds(p->op)) {
		buf_adds(&a->message, "expected ");
		step_tell_expected(&a->message, p);
		buf_adds(&a->message, ", but ");
	}
	step_tell(&a->message, g, step);
	show_step(a, g, step);
	return false;
}

void check_job(struct answer *a, struct grading *g, const struct check_spec *c)
{
	const struct spec *spec = g->ev->spec;
	int job = c->job ? step_index(spec, c->job) : -1;

	for (size_t i = 0; i < spec->nplan; i++)
		if ((job < 0 || i == (size_t)job) && !answer_job(a, g, i))
			return;
	if (job < 0) {
		buf_adds(&a->message, "every step answered as expected");
		return;
	}
	buf_addf(&a->message, "%s: ", c->job);
	step_tell(&a->message, g, (size_t)job);
	show_step(a, g, (size_t)job);
}
