/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Checks of test results: KUnit suites, and programs that print TAP. */
#include "grade-int.h"

#include <stdlib.h>
#include <string.h>

static struct ktap *parse(const char *text, size_t len)
{
	struct ktap *k = ktap_new();
	const char *end = text + len;

	for (size_t no = 1; k && text < end; no++) {
		const char *nl = memchr(text, '\n', (size_t)(end - text));
		size_t n = nl ? (size_t)(nl - text) : (size_t)(end - text);

		ktap_line(k, text, n, no);
		text += n + (nl ? 1 : 0);
	}
	if (k)
		ktap_finish(k);
	return k;
}

static bool has_planless(const struct ktap_test *t)
{
	for (size_t i = 0; i < t->nsub; i++)
		if ((t->sub[i].nsub && !t->sub[i].has_plan) ||
		    has_planless(&t->sub[i]))
			return true;
	return false;
}

/*
 * KUnit announces no plan for parameters that a function generates
 * (kunit_run_param_test()): that alone makes nothing incomplete. A suite
 * always has one.
 */
static bool lacks_only_plan(const struct ktap_test *t, bool suite)
{
	if (t->status != KTAP_INCOMPLETE || t->nsub == 0)
		return false;
	if (t->has_plan)
		return t->planned == t->nsub && has_planless(t);
	return !suite;
}

/* The first test below @t, or itself if all of those passed, that did not. */
static const struct ktap_test *first_bad(const struct ktap_test *t, bool suite)
{
	const struct ktap_test *bad;

	for (size_t i = 0; i < t->nsub; i++) {
		bad = first_bad(&t->sub[i], false);
		if (bad)
			return bad;
	}
	if (t->status == KTAP_PASS || lacks_only_plan(t, suite))
		return NULL;
	return t;
}

static const char *verb(enum ktap_status s)
{
	switch (s) {
	case KTAP_PASS:
		return "passed";
	case KTAP_FAIL:
		return "failed";
	case KTAP_SKIP:
		return "was skipped";
	case KTAP_NONE:
		return "ran no test";
	case KTAP_CRASH:
		return "began and did not come to its end";
	case KTAP_INCOMPLETE:
		break;
	}
	return "is not complete";
}

/* The first line of a test's diagnostics, without "# case: ". */
static void add_why(struct buf *b, const struct ktap_test *t)
{
	const char *s = t->directive ? t->directive : t->message;
	size_t n = t->name ? strlen(t->name) : 0;

	if (!s)
		return;
	s += strspn(s, " \t\n#");
	if (n && strncmp(s, t->name, n) == 0 && s[n] == ':')
		s += n + 1;
	s += strspn(s, " \t");
	if (*s)
		buf_addf(b, ": %.*s", (int)strcspn(s, "\n"), s);
}

static void tell_test(struct buf *b, const char *what,
		      const struct ktap_test *t)
{
	buf_addf(b, "%s \"%s\" %s", what, t->name ? t->name : "",
		 verb(t->status));
	add_why(b, t);
}

static void fail_test(struct answer *a, const struct ktap_test *suite,
		      const struct ktap_test *bad)
{
	a->result = CHECK_FAILED;
	tell_test(&a->message, bad == suite ? "suite" : "case", bad);
	if (bad->message)
		buf_adds(&a->evidence, bad->message);
}

/* The case that the check names, or the suite whole; NULL if there is none. */
static const struct ktap_test *subject(const struct ktap *k,
				       const struct check_spec *c)
{
	return ktap_find(k, c->suite, c->kase);
}

static bool is_empty(const struct ktap_test *t, const struct check_spec *c)
{
	return !c->kase && t->nsub == 0;
}

/* One result file of KUnit's says that all is well; else @a says what. */
static bool kunit_holds(struct answer *a, const struct ktap *k,
			const struct check_spec *c)
{
	const struct ktap_test *t = subject(k, c);
	const struct ktap_test *bad = t ? first_bad(t, !c->kase) : NULL;

	if (bad) {
		fail_test(a, ktap_find(k, c->suite, NULL), bad);
		return false;
	}
	if (t && !is_empty(t, c))
		return true;
	a->result = CHECK_FAILED;
	if (c->kase)
		buf_addf(&a->message, "suite \"%s\" has no case \"%s\"",
			 c->suite, c->kase);
	else
		buf_addf(&a->message, "suite \"%s\" ran no case", c->suite);
	return false;
}

/* The line of the log, with what led up to it when it tells of a failure. */
static void show_test(struct answer *a, const struct grading *g,
		      const struct ktap_test *t)
{
	const struct klog *log = g->ev->log;

	if (a->evidence.len)
		return;
	for (size_t i = 0; i < t->nsub && i < 12; i++)
		log_show(&a->evidence, log, t->sub[i].line, t->sub[i].line, 1);
	log_show(&a->evidence, log, t->line, t->line, 1);
}

/*
 * KUnit said that all is well. The log must say the same: debugfs gives a
 * suite that was cut short a result all the same.
 */
static void agree(struct answer *a, struct grading *g,
		  const struct check_spec *c)
{
	const struct ktap_test *t = subject(klog_ktap(g->ev->log), c);
	const struct ktap_test *bad = t ? first_bad(t, !c->kase) : NULL;

	if (t && !bad && !is_empty(t, c)) {
		buf_addf(&a->message, "%s \"%s\" passed",
			 c->kase ? "case" : "suite", t->name);
		if (!c->kase)
			buf_addf(&a->message, ", %zu case%s", t->nsub,
				 t->nsub == 1 ? "" : "s");
		show_test(a, g, t);
		return;
	}
	a->result = CHECK_FAILED;
	if (!bad) {
		buf_addf(&a->message,
			 "KUnit has results of \"%s\", and the "
			 "log shows none",
			 c->suite);
		return;
	}
	buf_adds(&a->message, "KUnit and the log do not agree; in the log, ");
	tell_test(&a->message, "test", bad);
	show_test(a, g, bad);
}

static void no_results(struct answer *a, struct grading *g,
		       const struct check_spec *c)
{
	const struct ktap_test *t =
		ktap_find(klog_ktap(g->ev->log), c->suite, NULL);

	a->result = CHECK_FAILED;
	if (t && g->ev->end != GUEST_FINISHED)
		buf_addf(&a->message,
			 "suite \"%s\" began, and the guest ended "
			 "before KUnit's results were there",
			 c->suite);
	else if (t)
		buf_addf(&a->message,
			 "the log shows a suite \"%s\" that KUnit "
			 "does not know",
			 c->suite);
	else
		buf_addf(&a->message, "suite \"%s\" was not run", c->suite);
	if (t)
		show_test(a, g, t);
}

/* In the log, result lines of the suite that KUnit does not know. */
static bool is_forged(struct answer *a, const struct grading *g,
		      const struct check_spec *c)
{
	for (size_t i = 0; i < g->v->nfindings; i++) {
		const struct finding *f = &g->v->findings[i];

		if (f->kind != FINDING_FORGED)
			continue;
		a->result = CHECK_FAILED;
		buf_addf(&a->message, "suite \"%s\" cannot be trusted: %s",
			 c->suite, f->title);
		log_show(&a->evidence, g->ev->log, f->log_line, f->log_end, 8);
		return true;
	}
	return false;
}

void check_ktap(struct answer *a, struct grading *g, const struct check_spec *c)
{
	size_t found = 0;
	bool holds = true;

	for (size_t i = 0; i < g->ev->nkunit && holds; i++) {
		const struct kunit_result *r = &g->ev->kunit[i];
		struct ktap *k;

		if (strcmp(r->suite, c->suite) != 0)
			continue;
		found++;
		k = parse(r->text, strlen(r->text));
		g->oom |= !k;
		holds = k && kunit_holds(a, k, c);
		ktap_free(k);
	}
	if (!found)
		no_results(a, g, c);
	else if (holds && !is_forged(a, g, c))
		agree(a, g, c);
}

static const struct ktap_test *find_named(const struct ktap_test *t,
					  const char *name)
{
	const struct ktap_test *found = NULL;

	for (size_t i = 0; i < t->nsub && !found; i++)
		if (t->sub[i].name && strcmp(t->sub[i].name, name) == 0)
			found = &t->sub[i];
		else
			found = find_named(&t->sub[i], name);
	return found;
}

static size_t count_named(const struct ktap_test *t, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < t->nsub; i++)
		n += count_named(&t->sub[i], name) +
		     (t->sub[i].name && strcmp(t->sub[i].name, name) == 0);
	return n;
}

/* The program's last words, which say more than a missing line. */
static void tell_program(struct answer *a, const struct grading *g, int step)
{
	const struct plan_step *p;

	if (step < 0 || step_as_expected(g, (size_t)step))
		return;
	p = &g->ev->spec->plan[step];
	buf_addf(&a->message, "; %s: ", p->label);
	step_tell_expected(&a->message, p);
	buf_adds(&a->message, " was expected, but ");
	step_tell(&a->message, g, (size_t)step);
}

static void tap_case(struct answer *a, const struct grading *g,
		     const struct check_spec *c, const struct ktap *k, int step)
{
	const struct ktap_test *t = find_named(ktap_root(k), c->kase);

	/* A program tells of each once: another line is another's. */
	bool twice = step >= 0 && count_named(ktap_root(k), c->kase) > 1;

	if (t && t->status == KTAP_PASS && !twice) {
		tell_test(&a->message, "case", t);
		return;
	}
	a->result = CHECK_FAILED;
	if (twice)
		buf_addf(&a->message,
			 "forged: the case \"%s\" has more than one result",
			 c->kase);
	else if (t)
		tell_test(&a->message, "case", t);
	else {
		buf_addf(&a->message, "no result for the case \"%s\"", c->kase);
		tell_program(a, g, step);
	}
}

static void tap_whole(struct answer *a, const struct grading *g,
		      const struct ktap *k, int step)
{
	const struct ktap_test *root = ktap_root(k);
	const struct ktap_test *bad = NULL;
	bool exited = step < 0 || step_as_expected(g, (size_t)step);

	for (size_t i = 0; i < root->nsub && !bad; i++)
		bad = first_bad(&root->sub[i], false);
	if (!bad && exited && ktap_status(k) == KTAP_PASS) {
		buf_addf(&a->message, "all of %zu tests passed", root->nsub);
		return;
	}
	a->result = CHECK_FAILED;
	if (bad)
		tell_test(&a->message, "case", bad);
	else if (ktap_status(k) != KTAP_PASS)
		buf_addf(&a->message, "the output %s",
			 ktap_status(k) == KTAP_NONE ? "holds no test result"
						     : verb(ktap_status(k)));
	else
		buf_adds(&a->message, "every test passed");
	tell_program(a, g, step);
}

/*
 * Of a case its own line, with the diagnostics that stand right before it;
 * where it has none, what the kernel reported meanwhile, or the last lines.
 */
static void show_output(struct answer *a, const struct grading *g,
			const struct source *s, const char *kase, int step)
{
	size_t at = kase ? source_find(s, 0, kase) : s->n;
	size_t before = 0;
	struct source_line l;

	if (at == s->n) {
		if (step < 0 || !show_report(a, g, (size_t)step))
			source_tail(&a->evidence, s, 12);
		return;
	}
	while (before < at && before < 8 &&
	       source_get(s, at - before - 1, &l) && l.len && l.text[0] == '#')
		before++;
	source_show(&a->evidence, s, at, before, 0);
}

void check_tap(struct answer *a, struct grading *g, const struct check_spec *c)
{
	int step = c->job ? step_index(g->ev->spec, c->job) : -1;
	struct source s;
	struct ktap *k = NULL;

	if (source_output(&s, g, step) < 0 ||
	    !(k = parse(buf_str(&s.text), s.text.len))) {
		g->oom = true;
		goto out;
	}
	if (step >= 0 && g->ev->steps[step].how == STEP_NOT_RUN) {
		a->result = CHECK_NOT_RUN;
		buf_addf(&a->message, "\"%s\" was not reached", c->job);
	} else if (c->kase) {
		tap_case(a, g, c, k, step);
	} else {
		tap_whole(a, g, k, step);
	}
	show_output(a, g, &s, c->kase, step);
out:
	ktap_free(k);
	source_release(&s);
}
