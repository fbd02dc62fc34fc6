/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/buf.h"
#include "checker/proc.h"
#include "catalogue.h"
#include "cmd-author.h"
#include "cmd.h"
#include "glyph.h"
#include "live.h"
#include "proving.h"
#include "session.h"

#include <signal.h>
#include <string.h>

struct testing {
	struct session *s;
	struct proving p;
	bool tap;
	size_t told; /* lessons that TAP has been written of */
	unsigned tests; /* of TAP */
	struct live *live; /* NULL with TAP */
	int64_t began;
	char name[24]; /* of the lesson under way */
};

/* ---- for a person ---- */

static const char *state_word(const struct proving_lesson *l)
{
	return l->state == PROVING_PROVED   ? "proved"
	       : l->state == PROVING_BEFORE ? "unchanged"
	       : l->state == PROVING_BROKEN ? "broken"
	       : l->state == PROVING_FAILED ? "NOT PROVED"
					    : "not done";
}

static bool is_good(const struct proving_lesson *l)
{
	return l->state == PROVING_PROVED || l->state == PROVING_BEFORE;
}

/* Those that do not hold, and why. */
static void say_faults(const struct term *t, const struct proving_lesson *l)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; l->trials && i < l->plan.n; i++) {
		const struct trial *tr = &l->trials[i];

		if (tr->state != TRIAL_DONE || tr->holds)
			continue;
		buf_clear(&b);
		buf_addf(&b, "%s: %s%s", tr->c->name,
			 tr->flaky ? "flaky: " : "", tr->why);
		term_para(t, 9, buf_str(&b));
	}
	buf_release(&b);
}

static void say_lesson(const struct term *t, const struct proving_lesson *l)
{
	enum term_style style = is_good(l) ? TERM_GOOD : TERM_BAD;
	const char *slug = l->entry->slug;
	size_t room = t->width < 50 ? 16 : 24;
	char took[32] = "";

	if (l->trials)
		live_time(took, l->ms);
	term_say(t, "  %-5s  %-*.*s  %s%-10s%s  %s\n", l->entry->id, (int)room,
		 (int)room, slug, term_on(t, style), state_word(l), term_off(t),
		 took);
	say_faults(t, l);
	if (l->state == PROVING_BROKEN)
		term_error(&l->error);
	fflush(t->out);
}

static void name_next(struct testing *t)
{
	const struct proving *p = &t->p;

	for (size_t i = 0; i < p->n; i++)
		if (p->v[i].state == PROVING_UNDER_WAY) {
			snprintf(t->name, sizeof(t->name), "%s",
				 p->v[i].entry->id);
			return;
		}
}

/* "31 of 112 cases, about 2 min left" */
static void say_progress(struct testing *t)
{
	const struct proving *p = &t->p;
	char what[120], left[64];

	author_left(left, t->began, p->cases, p->all_cases);
	snprintf(what, sizeof(what), "%zu of %zu cases%s", p->cases, p->all_cases,
		 left);
	live_detail(t->live, what);
}

static void begin_progress(struct testing *t)
{
	name_next(t);
	live_begin(t->live, t->name);
	say_progress(t);
}

/* ---- the table ---- */

struct tally {
	size_t all, hold;
};

static struct tally tally(const struct proving_lesson *l, enum proof_kind kind)
{
	struct tally r = {0, 0};

	for (size_t i = 0; l->trials && i < l->plan.n; i++) {
		if (l->trials[i].c->kind != kind)
			continue;
		r.all++;
		r.hold += l->trials[i].holds;
	}
	return r;
}

static void add_of(char out[48], struct tally r)
{
	if (r.all)
		snprintf(out, 48, "%zu/%zu", r.hold, r.all);
	else
		snprintf(out, 48, "none");
}

static void say_row(const struct term *t, const struct proving_lesson *l)
{
	enum term_style style = is_good(l) ? TERM_GOOD : TERM_BAD;
	struct tally steps = tally(l, PROOF_STEP), tries = tally(l, PROOF_TRY);
	char alt[48], wrong[48], step[48], took[32];

	if (!l->trials) {
		term_say(t, "  %-5s %-18.18s %s%s%s\n", l->entry->id,
			 l->entry->slug, term_on(t, style), state_word(l),
			 term_off(t));
		return;
	}
	add_of(alt, tally(l, PROOF_ALT));
	add_of(wrong, tally(l, PROOF_WRONG));
	add_of(step,
	       (struct tally){steps.all + tries.all, steps.hold + tries.hold});
	term_say(t, "  %-5s %-18.18s %-6s  %-5s  %-5s  %-5s  %-5s  %s%s%s\n",
		 l->entry->id, l->entry->slug,
		 tally(l, PROOF_SOLUTION).hold ? "passes" : "NO",
		 tally(l, PROOF_STARTER).hold ? "fails" : "NO", alt, wrong,
		 step, term_on(t, style), live_time(took, l->ms), term_off(t));
}

/* Where its columns fit; else the lines above have said it all. */
static void say_table(const struct testing *t)
{
	const struct term *term = &t->s->term;

	if (t->p.n < 2 || term->width < 78)
		return;
	term_say(term, "\n  %-24s %-6s  %-5s  %-5s  %-5s  %-5s  %s\n", "",
		 "sol.", "start", "other", "wrong", "steps", "time");
	for (size_t i = 0; i < t->p.n; i++)
		say_row(term, &t->p.v[i]);
}

static void say_end(const struct testing *t, bool whole)
{
	size_t good = 0;
	char took[32];

	if (whole)
		say_table(t);
	for (size_t i = 0; i < t->p.n; i++)
		good += is_good(&t->p.v[i]);
	live_time(took, mono_ms() - t->began);
	if (!whole)
		term_say(&t->s->term,
			 "Stopped after %s: %zu of %zu lessons were proved.\n",
			 took, good, t->p.n);
	else if (good == t->p.n)
		term_say(&t->s->term, "\n%s proved, in %s.\n",
			 t->p.n == 1 ? "The lesson is" : "All lessons are",
			 took);
	else
		term_say(&t->s->term, "\n%zu of %zu not proved, in %s.\n",
			 t->p.n - good, t->p.n, took);
}

/* ---- for prove ---- */

static void tap_trial(struct testing *t, const struct proving_lesson *l,
		      const struct trial *tr)
{
	static const char *const words[] = {
		[PROOF_SOLUTION] = " passes",
		[PROOF_STARTER] = " does not pass",
		[PROOF_ALT] = " passes",
		[PROOF_WRONG] = " is rejected by ",
		[PROOF_STEP] = ": its checks hold, and those before it",
		[PROOF_TRY] = " shows the right answer alone",
	};
	const struct lesson_wrong *w = tr->c->wrong;

	printf("%s %u - %s %s%s%s%s\n", tr->holds ? "ok" : "not ok", ++t->tests,
	       l->entry->id, tr->c->name, words[tr->c->kind],
	       w && w->check ? w->check
	       : w	     ? outcome_name(w->verdict)
			     : "",
	       tr->holds ? ", twice" : "");
	printf("# %s, %ld ms\n", tr->answer.verdict, tr->ms);
	if (!tr->holds)
		printf("# %s%s\n", tr->flaky ? "flaky: " : "", tr->why);
}

static void tap_lesson(struct testing *t, const struct proving_lesson *l)
{
	for (size_t i = 0; l->trials && i < l->plan.n; i++)
		tap_trial(t, l, &l->trials[i]);
	if (l->state == PROVING_BEFORE)
		printf("ok %u - %s proved before # SKIP unchanged\n",
		       ++t->tests, l->entry->id);
	if (l->state == PROVING_BROKEN)
		printf("not ok %u - %s can be loaded\n# %s: %s\n", ++t->tests,
		       l->entry->id, l->error.where, l->error.what);
	fflush(stdout);
}

/* In the order of the lessons, whichever was ready first. */
static void tap_ready(struct testing *t)
{
	while (t->told < t->p.n && t->p.v[t->told].state != PROVING_UNDER_WAY)
		tap_lesson(t, &t->p.v[t->told++]);
}

/* ---- both ---- */

static void on_case(void *arg)
{
	struct testing *t = arg;

	if (t->live)
		say_progress(t);
}

static void on_lesson(void *arg, const struct proving_lesson *l)
{
	struct testing *t = arg;

	if (!t->live) {
		tap_ready(t);
		return;
	}
	live_end(t->live, TIER_NOT_RUN, 0);
	say_lesson(&t->s->term, l);
	begin_progress(t);
}

static void say_unproved(struct testing *t)
{
	for (size_t i = 0; i < t->p.n; i++)
		if (t->p.v[i].state != PROVING_UNDER_WAY && !t->tap)
			say_lesson(&t->s->term, &t->p.v[i]);
	if (t->tap)
		tap_ready(t);
}

static int run(struct testing *t, unsigned jobs, struct err *e)
{
	int cancel_fd = cancel_begin(e);
	int sig, ret;

	if (cancel_fd < 0)
		return -1;
	t->p.arg = t;
	t->p.on_case = on_case;
	t->p.on_lesson = on_lesson;
	t->began = mono_ms();
	say_unproved(t);
	if (!t->tap)
		t->live = live_new(&t->s->term);
	if (t->live)
		begin_progress(t);
	ret = proving_run(&t->p, jobs, cancel_fd, e);
	if (t->live)
		live_end(t->live, TIER_NOT_RUN, 0);
	live_free(t->live);
	t->live = NULL;
	sig = cancel_end();
	if (sig == SIGTERM || sig == SIGHUP)
		t->s->leave = true;
	return ret;
}

static int exit_code(const struct proving *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (!is_good(&p->v[i]))
			return 3;
	return 0;
}

static int test(struct testing *t, const struct author_choice *c, bool changed,
		unsigned jobs, struct err *e)
{
	int code = -1;

	if (proving_open(&t->p, t->s, c, changed, e) < 0)
		return -1;
	if (run(t, jobs, e) == 0)
		code = exit_code(&t->p);
	if (t->tap && code >= 0)
		printf("1..%u\n", t->tests);
	else if (t->tap)
		printf("Bail out! %s\n", e->what);
	else
		say_end(t, code >= 0);
	proving_release(&t->p);
	return code;
}

static int exec_test(struct session *s, const struct cmd_args *a)
{
	bool changed = cmd_has(a, "changed");
	struct testing t = {.s = s, .tap = cmd_has(a, "tap")};
	struct author_choice c = {.v = NULL};
	struct err e = ERR_INIT;
	unsigned jobs;
	int code = -1;

	if (author_jobs(&jobs, a, &e) == 0 &&
	    author_choose(&c, s, a, cmd_has(a, "all") || (changed && !a->npos),
			  &e) == 0)
		code = test(&t, &c, changed, jobs, &e);
	author_choice_release(&c);
	return code < 0 ? cmd_fail(&e) : code;
}

static const struct cmd_flag flags[] = {
	{"all", NULL, "every lesson there is"},
	{"changed", NULL, "only what is not as it was when last proved"},
	{"jobs", "N", "so many runs at a time"},
	{"tap", NULL, "print TAP, for 'prove'"},
	{NULL, NULL, NULL},
};

const struct cmd_entry cmd_author_test_entry = {
	.name = "author test",
	.usage = "[LESSON...]",
	.summary = "prove lessons in the real guest",
	.about = "A lesson is proved when its solution passes, its starter "
		 "does not, each other solution in alt/ passes, each wrong "
		 "answer is rejected by the check that it names, the solution "
		 "up to a write step fulfils the checks of that step, and "
		 "each experiment in try/ shows what the right answer says "
		 "and nothing that a wrong one does. Each is built once and "
		 "run twice, with the same verdict and the same results. One "
		 "whose results differ is flaky, and that is an error.\n\n"
		 "Several go on at a time, as many as there are CPUs and "
		 "memory for. What was proved is remembered: --changed passes "
		 "over lessons whose folder, kernel, toolroot and Kiln are "
		 "what they were then. Without names it looks at all lessons. "
		 "Exit codes: 0 all proved, 3 some not, 4 the machine is at "
		 "fault.",
	.flags = flags,
	.max_args = CMD_MAX_ARGS,
	.takes = CMD_TAKES_LESSON,
	.exec = exec_test,
};
