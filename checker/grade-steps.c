/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "grade-int.h"

#include <string.h>

int step_index(const struct spec *spec, const char *label)
{
	for (size_t i = 0; i < spec->nplan; i++)
		if (strcmp(spec->plan[i].label, label) == 0)
			return (int)i;
	return -1;
}

bool step_as_expected(const struct grading *g, size_t step)
{
	const struct step_result *r = &g->ev->steps[step];

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
		buf_adds(b, "it began, and the guest never answered");
		break;
	}
}
