/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "catalogue.h"
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/proc.h"
#include "cmd-author.h"
#include "cmd.h"
#include "lesson.h"
#include "live.h"
#include "mutating.h"
#include "session.h"
#include "text.h"

#include <signal.h>
#include <stdio.h>

enum { MOST_PERCENT = 10 }; /* unnoticed, of those that build */

struct mutate_run {
	struct session *s;
	struct mutating m;
	struct strv stale; /* names in the notes that are of none */
	struct live *live;
	int64_t began;
	bool strict;
};

/* "12 of 40 mutants, 1 unnoticed, about 35 s left" */
static void say_progress(void *arg)
{
	struct mutate_run *r = arg;
	char what[160], left[64];

	author_left(left, r->began, r->m.done, r->m.n);
	snprintf(what, sizeof(what), "%zu of %zu mutants, %zu unnoticed%s",
		 r->m.done, r->m.n, r->m.unnoticed, left);
	if (r->live)
		live_detail(r->live, what);
}

/* ---- the report ---- */

/* The lines before and after, as a diff shows them. */
static void say_diff(const struct term *t, const struct mutating_one *one)
{
	const char *text = buf_str(&one->file->solved.text);
	struct buf before = BUF_INIT, after = BUF_INIT, out = BUF_INIT;

	mutant_lines(&before, one->m, text, false);
	mutant_lines(&after, one->m, text, true);
	text_lines(&out, t, "    - ", buf_str(&before), before.len);
	text_lines(&out, t, "    + ", buf_str(&after), after.len);
	term_write(t, buf_str(&out), out.len);
	buf_release(&before);
	buf_release(&after);
	buf_release(&out);
}

static void say_unnoticed(const struct term *t, const struct mutating_one *one)
{
	struct buf b = BUF_INIT;

	term_say(t, "%ssolution/%s:%u%s: %s, `%s`\n", term_on(t, TERM_BOLD),
		 one->file->name, one->line, term_off(t), one->m->what,
		 one->name);
	say_diff(t, one);
	if (one->why) {
		buf_addf(&b, "explained: %s", one->why);
		term_para(t, 4, buf_str(&b));
	}
	buf_release(&b);
}

static size_t count_explained(const struct mutating *m)
{
	size_t n = 0;

	for (size_t i = 0; i < m->n; i++)
		n += m->v[i].why != NULL;
	return n;
}

static void say_sum(const struct mutate_run *r)
{
	const struct mutating *m = &r->m;
	const struct term *t = &r->s->term;
	size_t noticed = mutating_count(m, MUTANT_NOTICED);
	size_t built = noticed + m->unnoticed;
	struct buf b = BUF_INIT;
	char took[32];

	buf_addf(&b,
		 "%zu mutant%s in %s: %zu noticed, %zu not (%zu explained), "
		 "%zu do not build.",
		 m->n, m->n == 1 ? "" : "s",
		 live_time(took, mono_ms() - r->began), noticed, m->unnoticed,
		 count_explained(m), mutating_count(m, MUTANT_NO_BUILD));
	if (m->made > m->n)
		buf_addf(&b, " %zu others were not tried.", m->made - m->n);
	if (built)
		buf_addf(&b, " Unnoticed: %zu %%.",
			 (100 * m->unnoticed + built / 2) / built);
	term_para(t, 0, buf_str(&b));
	for (size_t i = 0; i < r->stale.n; i++)
		term_say(t,
			 "notes.md explains `%s`, which is no mutant that "
			 "goes unnoticed.\n",
			 r->stale.v[i]);
	if (m->unnoticed > count_explained(m))
		term_para(t, 0,
			  "A check that notices it is better; where "
			  "there can be none, say why in notes.md, in a "
			  "line \"- `NAME`: why\".");
	buf_release(&b);
}

/* At most one in ten, and each explained, by notes that are up to date. */
static int exit_code(const struct mutate_run *r)
{
	const struct mutating *m = &r->m;
	size_t built = mutating_count(m, MUTANT_NOTICED) + m->unnoticed;

	if (!r->strict)
		return 0;
	return m->unnoticed > count_explained(m) || r->stale.n ||
			       100 * m->unnoticed > MOST_PERCENT * built
		       ? 3
		       : 0;
}

static void report(const struct mutate_run *r)
{
	const struct term *t = &r->s->term;

	for (size_t i = 0; i < r->m.n; i++)
		if (r->m.v[i].fate == MUTANT_UNNOTICED)
			say_unnoticed(t, &r->m.v[i]);
	if (r->m.unnoticed)
		term_say(t, "\n");
	say_sum(r);
}

/* ---- the run ---- */

static int run(struct mutate_run *r, unsigned jobs, struct err *e)
{
	int cancel_fd = cancel_begin(e);
	int sig, ret;

	if (cancel_fd < 0)
		return -1;
	r->m.arg = r;
	r->m.on_done = say_progress;
	r->began = mono_ms();
	r->live = live_new(&r->s->term);
	if (r->live) {
		live_begin(r->live, r->m.l->spec.id);
		say_progress(r);
	}
	ret = mutating_run(&r->m, &r->s->store, jobs, cancel_fd, e);
	if (r->live)
		live_end(r->live, TIER_NOT_RUN, 0);
	live_free(r->live);
	sig = cancel_end();
	if (sig == SIGTERM || sig == SIGHUP)
		r->s->leave = true;
	if (ret == 0)
		ret = mutating_explain(&r->m, &r->stale, e);
	if (ret < 0 && e->code == ERR_CANCELLED)
		term_say(&r->s->term, "Stopped after %zu of %zu mutants.\n",
			 r->m.done, r->m.n);
	return ret;
}

static int mutate(struct mutate_run *r, const struct catalogue_entry *c,
		  const struct cmd_args *a, struct err *e)
{
	long max = 0, seed = 1;
	struct lesson l;
	unsigned jobs;
	int code = -1;

	if (author_number(&max, a, "max", 1, 100000, e) < 0 ||
	    author_number(&seed, a, "seed", 1, 1000000000, e) < 0 ||
	    author_jobs(&jobs, a, e) < 0 || session_load(r->s, &l, c, e) < 0)
		return -1;
	if (mutating_open(&r->m, &l, (size_t)max, (uint64_t)seed, e) == 0) {
		if (run(r, jobs, e) == 0) {
			report(r);
			code = exit_code(r);
		}
		mutating_release(&r->m);
	}
	strv_release(&r->stale);
	lesson_release(&l);
	return code;
}

static int exec_mutate(struct session *s, const struct cmd_args *a)
{
	struct mutate_run r = {.s = s, .strict = cmd_has(a, "strict")};
	struct author_choice c = {.v = NULL};
	struct err e = ERR_INIT;
	int code = -1;

	if (author_choose(&c, s, a, false, &e) == 0)
		code = mutate(&r, c.v[0], a, &e);
	author_choice_release(&c);
	return code < 0 ? cmd_fail(&e) : code;
}

static const struct cmd_flag flags[] = {
	{"jobs", "N", "so many runs at a time"},
	{"max", "N", "try at most so many, chosen at random"},
	{"seed", "N", "which --max chooses; 1 unless given"},
	{"strict", NULL, "fail if more than 1 in 10 goes unnoticed"},
	{NULL, NULL, NULL},
};

const struct cmd_entry cmd_author_mutate_entry = {
	.name = "author mutate",
	.usage = "[LESSON]",
	.summary =
		"small mistakes in the solution: which does no check notice?",
	.about = "Each mutant is the solution with one small change in what "
		 "the learner writes: another operator, a number off by one, a "
		 "condition negated, a statement or a check of an error left "
		 "out, arguments or fields swapped, another errno, a `?` that "
		 "unwraps or ignores. All of them are checked as a learner's "
		 "work is. Those that pass are told, with place and "
		 "difference; those that do not build are only counted.\n\n"
		 "One that cannot be noticed is explained in the lesson's "
		 "notes.md, by its name: \"- `1f0c33a9`: why\". With --strict "
		 "the exit code is 3 unless at most one in ten goes unnoticed "
		 "and each of those is explained.",
	.flags = flags,
	.max_args = 1,
	.takes = CMD_TAKES_LESSON,
	.exec = exec_mutate,
};
