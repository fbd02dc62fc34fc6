/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "grade-int.h"
#include "unwind.h"

#include <string.h>

int step_index(const struct spec *spec, const char *label)
{
	for (size_t i = 0; i < spec->nplan; i++)
		if (strcmp(spec->plan[i].label, label) == 0)
			return (int)i;
	return -1;
}

/* The first finding in that step's lines that no check allows, or NULL. */
static const struct finding *finding_in(const struct grading *g, size_t step)
{
	const struct klog *log = g->ev->log;

	for (size_t i = 0; i < g->v->nfindings; i++) {
		const struct finding *f = &g->v->findings[i];
		size_t at = log_index(log, f->log_line);

		if (f->log_line > 0 && at < klog_nlines(log) &&
		    klog_line(log, at).step == (int)step && !is_allowed(g, f))
			return f;
	}
	return NULL;
}

/* Were all rounds as asked? @why: if not, what was not. */
static bool rounds_as_expected(struct buf *why, const struct grading *g,
			       size_t step)
{
	const struct step_result *r = &g->ev->steps[step];
	const struct finding *f;

	if (!r->unwind) {
		buf_adds(why, "it was not run");
		return false;
	}
	if (!unwind_judge(why, &g->ev->spec->plan[step], r->unwind))
		return false;
	f = finding_in(g, step);
	if (!f)
		return r->how == STEP_DONE;
	buf_clear(why);
	buf_addf(why, "the kernel reported: %s", f->title);
	add_place(why, f);
	step_tell_round(why, g, f->log_line);
	return false;
}

void step_tell_round(struct buf *b, const struct grading *g, size_t line)
{
	size_t at = log_index(g->ev->log, line);
	const struct plan_step *p;
	struct klog_line l;

	if (line == 0 || at >= klog_nlines(g->ev->log))
		return;
	l = klog_line(g->ev->log, at);
	if (l.step < 0 || (size_t)l.step >= g->ev->spec->nplan || l.round == 0)
		return;
	p = &g->ev->spec->plan[l.step];
	if (!g->ev->steps[l.step].unwind)
		return;
	buf_addc(b, ' ');
	unwind_tell_round(b, p, g->ev->steps[l.step].unwind, l.round);
}

bool step_runs_tests(const struct spec *spec, int step,
		     const struct suite_home *home)
{
	static const char run[] = "/sys/kernel/debug/kunit/";
	const struct plan_step *p;

	if (step < 0 || (size_t)step >= spec->nplan)
		return false;
	p = &spec->plan[step];
	if (p->op == PLAN_WRITE)
		return strncmp(p->target, run, strlen(run)) == 0;
	return (p->op == PLAN_INSMOD || plan_unwinds(p->op)) &&
	       strcmp(p->target, home->module) == 0;
}

bool step_as_expected(const struct grading *g, size_t step)
{
	const struct step_result *r = &g->ev->steps[step];
	struct buf why = BUF_INIT;

	if (plan_unwinds(g->ev->spec->plan[step].op)) {
		bool fine = rounds_as_expected(&why, g, step);

		buf_release(&why);
		return fine;
	}
	return r->how == STEP_DONE &&
	       r->result == g->ev->spec->plan[step].expect;
}

static void add_errno(struct buf *b, int negative)
{
	const char *name = strerrorname_np(-negative);

	if (name)
		buf_addf(b, "%s (%s)", name, strerrordesc_np(-negative));
	else
		buf_addf(b, "%d", negative);
}

static void add_result(struct buf *b, const struct plan_step *p, int result)
{
	if (p->op == PLAN_RUN)
		buf_addf(b, "exit status %d", result);
	else if (result == 0)
		buf_adds(b, "success");
	else
		add_errno(b, result);
}

void step_tell_expected(struct buf *b, const struct plan_step *p)
{
	add_result(b, p, p->expect);
}

static void add_signal(struct buf *b, int sig)
{
	const char *name = sigabbrev_np(sig);

	if (name)
		buf_addf(b, "it was killed by SIG%s", name);
	else
		buf_addf(b, "it was killed by signal %d", sig);
}

void step_tell(struct buf *b, const struct grading *g, size_t step)
{
	const struct plan_step *p = &g->ev->spec->plan[step];
	const struct step_result *r = &g->ev->steps[step];

	if (plan_unwinds(p->op)) {
		rounds_as_expected(b, g, step);
		if (r->how == STEP_OVERDUE && g->ev->stuck)
			buf_addf(b, "; %s", g->ev->stuck);
		return;
	}
	switch (r->how) {
	case STEP_NOT_RUN:
		buf_adds(b, "it was not run");
		break;
	case STEP_DONE:
		buf_adds(b, "it gave ");
		add_result(b, p, r->result);
		break;
	case STEP_SIGNALED:
		add_signal(b, r->result);
		break;
	case STEP_OVERDUE:
		if (r->guest_us)
			buf_addf(b,
				 "it was not done after %.1f s of guest "
				 "time",
				 (double)r->guest_us / 1e6);
		else
			buf_adds(b, "it was not done in the time it had");
		if (g->ev->stuck)
			buf_addf(b, "; %s", g->ev->stuck);
		break;
	case STEP_LOST:
		buf_adds(b, g->ev->end == GUEST_FLOODED
				    ? "the guest was ended while it ran, for "
				      "the log grew too long"
				    : "it began, and the guest never answered");
		break;
	}
}
