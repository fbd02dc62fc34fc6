/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Races: the same plan in one seeded schedule after the other.
 *
 * What was built once is run many times, each time in a guest of its own
 * that was resumed from the same bits. The verdict is that of the first run
 * that failed, with its seed, and says how many did not. The run before them,
 * whose steps wait for the host, decides only if they all pass. There is no more to
 * learn when none of the first few runs passes, or when several did not come
 * to an end, which takes long: then the rest is left out.
 */
#include "check-int.h"
#include "err.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ENOUGH 3 /* failures that say it all, the plain run's too */

struct tally {
	unsigned asked, runs, passed, endless;
	unsigned *failed; /* of each check */
	struct verdict plain; /* of the undisturbed run, before all others */
	struct verdict fault; /* of the first run that failed */
};

static bool has_failed(const struct tally *t)
{
	return t->passed < t->runs;
}

static void tell(struct check *c, const struct tally *t)
{
	char what[80];

	snprintf(what, sizeof(what), "run %u of %u", t->runs + 1, t->asked);
	if (has_failed(t))
		snprintf(what, sizeof(what), "run %u of %u, %u failed",
			 t->runs + 1, t->asked, t->runs - t->passed);
	check_detail(c, what);
}

static void set_log_aside(const struct check *c)
{
	char from[4200], to[4200];

	snprintf(from, sizeof(from), "%s/log", c->run.path);
	snprintf(to, sizeof(to), "%s/log.failed", c->run.path);
	rename(from, to);
}

/* The log of the run that decides takes the place of the plain one's. */
static int keep_log(const struct check *c, struct err *e)
{
	struct buf b = BUF_INIT;
	char path[4200];
	int ret;

	if (!c->req->log)
		return 0;
	snprintf(path, sizeof(path), "%s/log.failed", c->run.path);
	ret = buf_read_file(&b, path, (size_t)64 << 20, e);
	if (ret == 0)
		ret = buf_write_file(&b, c->req->log, 0644, e);
	buf_release(&b);
	return ret;
}

static void count(struct check *c, struct tally *t)
{
	struct verdict *v = c->v;
	bool first = !has_failed(t);

	t->runs++;
	if (v->outcome == OUTCOME_PASS) {
		t->passed++;
		return;
	}
	t->endless += v->outcome == OUTCOME_TIMEOUT ||
		      v->outcome == OUTCOME_INCOMPLETE;
	for (size_t i = 0; i < v->nchecks; i++)
		t->failed[i] += v->checks[i].result == CHECK_FAILED;
	if (first) {
		verdict_take_run(&t->fault, v);
		set_log_aside(c);
	}
}

static bool is_enough(const struct tally *t)
{
	unsigned lost = t->plain.outcome != OUTCOME_PASS;

	return t->runs == t->asked || t->endless == ENOUGH - lost ||
	       (t->runs == ENOUGH - lost && t->passed == 0);
}

static int run_all(struct check *c, struct tally *t, struct err *e)
{
	uint64_t first = c->v->seed;

	while (!is_enough(t)) {
		tell(c, t);
		c->v->seed = first + t->runs;
		check_boot_again(c);
		if (check_boot(c, e) < 0 || check_grade(c, e) < 0)
			return -1;
		count(c, t);
	}
	return 0;
}

static void add_score(struct buf *b, const struct tally *t)
{
	buf_addf(b, "%u of %u runs pass", t->passed, t->runs);
	if (t->runs < t->asked)
		buf_addf(b, " (the other %u were not tried)",
			 t->asked - t->runs);
}

/* @more goes behind *@text, which may be NULL, and is empty again. */
static int append(char **text, struct buf *more)
{
	struct buf b = BUF_INIT;

	buf_adds(&b, *text ? *text : "");
	buf_add(&b, more->data, more->len);
	buf_clear(more);
	free(*text);
	*text = buf_steal(&b);
	return *text && buf_ok(more) ? 0 : -1;
}

/* The JSON has no other place for it than the messages of checks. */
static int explain_checks(struct verdict *v, const struct tally *t)
{
	struct buf more = BUF_INIT;
	int ret = 0;

	for (size_t i = 0; ret == 0 && i < v->nchecks; i++) {
		if (v->checks[i].result != CHECK_FAILED)
			continue;
		buf_addf(&more, "; so in %u of %u runs, first with seed %llu",
			 t->failed[i], t->runs, (unsigned long long)v->seed);
		ret = append(&v->checks[i].message, &more);
	}
	buf_release(&more);
	return ret;
}

static int explain_fault(struct verdict *v, const struct tally *t)
{
	unsigned long long seed = v->seed;
	struct buf more = BUF_INIT;
	int ret;

	buf_adds(&more, " (");
	add_score(&more, t);
	buf_addf(&more, "; this is seed %llu)", seed);
	ret = append(&v->reason, &more);
	add_score(&more, t);
	buf_addf(&more,
		 ". `check %s --seed %llu` does the run that is shown "
		 "here again, and only that.",
		 v->lesson, seed);
	if (ret == 0)
		ret = append(&v->next, &more);
	buf_release(&more);
	return ret < 0 ? -1 : explain_checks(v, t);
}

static int explain_pass(struct verdict *v, const struct tally *t)
{
	struct buf more = BUF_INIT;
	int ret;

	add_score(&more, t);
	if (has_failed(t))
		buf_addf(&more,
			 ", which is enough here; that with seed %llu "
			 "does not",
			 (unsigned long long)t->fault.seed);
	buf_addc(&more, '.');
	ret = append(&v->next, &more);
	buf_release(&more);
	return ret;
}

static int explain_plain(struct verdict *v, const struct tally *t)
{
	struct buf more = BUF_INIT;
	int ret;

	buf_adds(&more, "This is the run with nothing to disturb it; of those "
			"that were disturbed, ");
	add_score(&more, t);
	buf_addc(&more, '.');
	ret = append(&v->next, &more);
	buf_release(&more);
	return ret;
}

static int conclude(struct check *c, struct tally *t, struct err *e)
{
	int ret;

	if (t->passed < c->req->spec->races.pass) {
		verdict_take_run(c->v, &t->fault);
		if (keep_log(c, e) < 0)
			return -1;
		ret = explain_fault(c->v, t);
	} else {
		verdict_take_run(c->v, &t->plain);
		ret = c->v->outcome == OUTCOME_PASS ? explain_pass(c->v, t)
						    : explain_plain(c->v, t);
	}
	return ret < 0 ? err_set(e, ERR_ENV, ENOMEM, "cannot check") : 0;
}

int check_races(struct check *c, struct err *e)
{
	const struct spec *spec = c->req->spec;
	struct tally t = {.asked = spec->races.runs};
	int ret = -1;

	t.failed = calloc(spec->nchecks + 1, sizeof(*t.failed));
	if (!t.failed)
		return err_set(e, ERR_ENV, ENOMEM, "cannot check");
	verdict_take_run(&t.plain, c->v);
	c->log_kept = c->seeded = true;
	if (run_all(c, &t, e) == 0)
		ret = conclude(c, &t, e);
	verdict_release(&t.plain);
	verdict_release(&t.fault);
	free(t.failed);
	return ret;
}
