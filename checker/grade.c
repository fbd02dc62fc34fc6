/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "grade.h"
#include "err.h"
#include "grade-int.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int no_memory(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "cannot grade the run");
}

/* Empty @v of checks and findings, and list every check as not run. */
static int list_checks(struct verdict *v, const struct spec *spec)
{
	struct verdict old = {.checks = v->checks,
			      .nchecks = v->nchecks,
			      .findings = v->findings,
			      .nfindings = v->nfindings,
			      .reason = v->reason};

	verdict_release(&old);
	v->findings = NULL;
	v->nfindings = 0;
	v->reason = NULL;
	v->nchecks = 0;
	v->earned = v->possible = 0;
	v->checks =
		calloc(spec->nchecks ? spec->nchecks : 1, sizeof(*v->checks));
	if (!v->checks)
		return -1;
	for (size_t i = 0; i < spec->nchecks; i++) {
		struct verdict_check *c = &v->checks[v->nchecks++];

		c->result = CHECK_NOT_RUN;
		c->points = spec->checks[i].points;
		c->id = strdup(spec->checks[i].id);
		c->title = strdup(spec->checks[i].title);
		v->possible += c->points;
		if (!c->id || !c->title)
			return -1;
	}
	return 0;
}

int grade_nothing(struct verdict *v, const struct spec *spec, struct err *e)
{
	return list_checks(v, spec) < 0 ? no_memory(e) : 0;
}

static void run_check(struct grading *g, const struct check_spec *c,
		      struct verdict_check *out)
{
	static void (*const kinds[])(struct answer *, struct grading *,
				     const struct check_spec *) = {
		[CHECK_JOB] = check_job,
		[CHECK_KTAP] = check_ktap,
		[CHECK_TAP] = check_tap,
		[CHECK_LOG] = check_log,
		[CHECK_ABSENT] = check_absent,
		[CHECK_OUTPUT] = check_output,
		[CHECK_LINT] = check_lint,
		[CHECK_FORBID] = check_lint,
		[CHECK_SIZE] = check_rule,
		[CHECK_SOURCE] = check_rule,
		[CHECK_FINDINGS] = check_findings,
		[CHECK_VARIANT] = check_variant,
		[CHECK_ABI] = check_abi,
	};
	struct answer a = {.result = CHECK_PASSED};

	if (!needs_unmet(&a, g, c))
		kinds[c->kind](&a, g, c);
	out->result = a.result;
	out->message = buf_steal(&a.message);
	g->oom |= !out->message;
	if (a.evidence.len || !buf_ok(&a.evidence)) {
		out->evidence = buf_steal(&a.evidence);
		g->oom |= !out->evidence;
	}
	buf_release(&a.evidence);
	if (out->result == CHECK_PASSED)
		g->v->earned += out->points;
}

/* Nothing unknown ever becomes a pass: the log must show the run's end. */
static bool is_whole(const struct evidence *ev)
{
	return ev->end == GUEST_FINISHED && klog_saw_end(ev->log) &&
	       klog_nlines(ev->log) == klog_total_lines(ev->log);
}

static void conclude(struct grading *g, enum outcome o, struct buf *why)
{
	g->v->outcome = o;
	g->v->reason = buf_steal(why);
	g->oom |= !g->v->reason;
}

static bool is_lesson_fault(struct grading *g)
{
	const struct spec *spec = g->ev->spec;
	struct buf why = BUF_INIT;

	for (size_t i = 0; i < spec->nchecks; i++) {
		const char *fault = check_fault(spec, &spec->checks[i]);

		if (!fault)
			continue;
		buf_addf(&why, "check \"%s\" of the lesson is wrong: %s",
			 spec->checks[i].id, fault);
		conclude(g, OUTCOME_LESSON_FAULT, &why);
		return true;
	}
	return false;
}

bool is_allowed(const struct grading *g, const struct finding *f)
{
	const struct spec *spec = g->ev->spec;

	for (size_t i = 0; i < spec->nchecks; i++)
		if (allows_finding(&spec->checks[i], f->kind))
			return true;
	return false;
}

/* Reported before any deadline of ours had passed. */
static bool in_time(const struct grading *g, const struct finding *f)
{
	if (g->late_line == SIZE_MAX)
		return true;
	return f->log_line > 0 && f->log_line < g->late_line;
}

static bool is_crash(struct grading *g)
{
	struct buf why = BUF_INIT;

	for (size_t i = 0; i < g->v->nfindings; i++) {
		const struct finding *f = &g->v->findings[i];

		if (f->kind == FINDING_FORGED || !in_time(g, f) ||
		    is_allowed(g, f))
			continue;
		buf_addf(&why, "the kernel reported: %s", f->title);
		add_place(&why, f);
		step_tell_round(&why, g, f->log_line);
		conclude(g, OUTCOME_CRASH, &why);
		return true;
	}
	return false;
}

/* The step that was under way when the guest ended, or .nplan. */
static size_t step_open(const struct evidence *ev)
{
	for (size_t i = 0; i < ev->spec->nplan; i++)
		if (ev->steps[i].how == STEP_LOST)
			return i;
	for (size_t i = 0; i < ev->spec->nplan; i++)
		if (klog_step_began(ev->log, (int)i) &&
		    !klog_step_ended(ev->log, (int)i))
			return i;
	return ev->spec->nplan;
}

static bool is_timeout(struct grading *g)
{
	const struct evidence *ev = g->ev;
	size_t open = step_open(ev), i = 0;
	struct buf why = BUF_INIT;

	while (i < ev->spec->nplan && ev->steps[i].how != STEP_OVERDUE)
		i++;
	if (i == ev->spec->nplan && ev->end != GUEST_OVERDUE)
		return false;
	if (i < ev->spec->nplan) {
		buf_addf(&why, "%s: ", ev->spec->plan[i].label);
		step_tell(&why, g, i);
	} else if (open < ev->spec->nplan) {
		buf_addf(&why, "%s: it did not end in the time that it had",
			 ev->spec->plan[open].label);
	} else {
		buf_adds(&why, "the run did not end in the time that it had");
	}
	if (i == ev->spec->nplan && ev->stuck)
		buf_addf(&why, "; %s", ev->stuck);
	conclude(g, OUTCOME_TIMEOUT, &why);
	return true;
}

static const char *ending(const struct evidence *ev)
{
	switch (ev->end) {
	case GUEST_RESET:
		return "the guest rebooted or shut down";
	case GUEST_FLOODED:
		return "the log grew beyond 256 KiB, the most that is read, "
		       "and the guest was ended";
	case GUEST_LOST:
		return "the guest fell silent";
	case GUEST_FINISHED:
	case GUEST_OVERDUE:
		break;
	}
	return NULL;
}

static bool is_incomplete(struct grading *g)
{
	const struct evidence *ev = g->ev;
	const char *end = ending(ev);
	size_t open = step_open(ev);
	struct buf why = BUF_INIT;

	if (end)
		buf_adds(&why, end);
	else if (open < ev->spec->nplan)
		buf_adds(&why, "there was no answer");
	else if (!g->whole)
		buf_adds(&why, "the log ends before the run does");
	else
		return false;
	if (open < ev->spec->nplan)
		buf_addf(&why, " during \"%s\"", ev->spec->plan[open].label);
	else if (end)
		buf_adds(&why, " before the run was over");
	conclude(g, OUTCOME_INCOMPLETE, &why);
	return true;
}

static bool is_failed_check(struct grading *g)
{
	struct buf why = BUF_INIT;

	for (size_t i = 0; i < g->v->nchecks; i++) {
		const struct verdict_check *c = &g->v->checks[i];

		if (!g->ev->spec->checks[i].required ||
		    c->result == CHECK_PASSED)
			continue;
		buf_addf(&why, "%s: %s", c->title, c->message);
		conclude(g, OUTCOME_FAIL, &why);
		return true;
	}
	return false;
}

/* What no check asked for, and yet no healthy run has. */
static bool is_amiss(struct grading *g)
{
	const struct evidence *ev = g->ev;
	struct buf why = BUF_INIT;

	for (size_t i = 0; i < g->v->nfindings; i++) {
		if (is_allowed(g, &g->v->findings[i]))
			continue;
		buf_adds(&why, g->v->findings[i].title);
		conclude(g, OUTCOME_FAIL, &why);
		return true;
	}
	for (size_t i = 0; i < ev->spec->nplan; i++) {
		enum step_how how = ev->steps[i].how;
		bool bad = (plan_unwinds(ev->spec->plan[i].op) ||
			    (how == STEP_DONE &&
			     ev->spec->plan[i].op == PLAN_RUN)) &&
			   !step_as_expected(g, i);

		if (how != STEP_SIGNALED && how != STEP_NOT_RUN && !bad)
			continue;
		buf_addf(&why, "%s: ", ev->spec->plan[i].label);
		step_tell(&why, g, i);
		conclude(g,
			 how == STEP_NOT_RUN ? OUTCOME_INCOMPLETE
					     : OUTCOME_FAIL,
			 &why);
		return true;
	}
	return false;
}

int grade(struct verdict *v, const struct evidence *ev, struct err *e)
{
	struct grading g = {.v = v, .ev = ev};

	if (list_checks(v, ev->spec) < 0)
		return no_memory(e);
	g.whole = is_whole(ev);
	gather_findings(&g);
	find_forged(&g);
	if (!is_lesson_fault(&g)) {
		for (size_t i = 0; i < v->nchecks && !g.oom; i++)
			run_check(&g, &ev->spec->checks[i], &v->checks[i]);
		if (!g.oom && !is_crash(&g) && !is_timeout(&g) &&
		    !is_incomplete(&g) && !is_failed_check(&g) && !is_amiss(&g))
			v->outcome = OUTCOME_PASS;
	}
	return g.oom ? no_memory(e) : 0;
}
