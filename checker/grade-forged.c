/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Results in the log that KUnit does not know.
 *
 * KUnit prints a case's result to the log and to debugfs in the same words
 * (kunit_log()); of a suite's, only the number differs: in the log suites
 * are counted, in debugfs it is always 1, and that all of its cases were
 * skipped is said in the log alone (lib/kunit/debugfs.c). So every result
 * line in the log must be one of those in debugfs, in its suite, and in one
 * step of the plan no more often than there. What a program prints never
 * comes here: it is not in the log.
 *
 * A suite of KUnit's may itself be false: the learner's module can have one
 * of the same name as the instructor's. So results of a suite that is known
 * to be a test module's may come only while that module is loaded; and a
 * case whose failure KUnit has told passes no more.
 */
#include "grade-int.h"
#include "guest/proto.h"
#include "ktap-line.h"

#include <stdlib.h>
#include <string.h>

struct result {
	const char *suite; /* not NUL-terminated */
	size_t suite_len;
	size_t indent;
	struct ktap_token t;
	int step; /* where it was last seen, */
	size_t seen; /* and how often there */
	size_t times; /* how often one run prints it */
};

struct known {
	struct result *v;
	size_t n;
	bool oom;
};

/* Where in the log we are. */
struct place {
	struct ktap_token suite; /* the header that was last */
	const char *failed; /* the case that a failure was told of */
	size_t failed_len;
	int reported; /* the step of the last finding */
};

/* What is wrong with a result, or NULL. */
static const char not_known[] = "";
static const char elsewhere[] = ", in a step that does not load its tests";
static const char acquitted[] = ", of a case that has failed";
static const char other[] = ", and KUnit holds another";

static size_t indent_of(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && s[n] == ' ')
		n++;
	return n;
}

static bool same_text(const char *a, size_t na, const char *b, size_t nb)
{
	return na == nb && (na == 0 || memcmp(a, b, na) == 0);
}

static bool same_result(const struct result *a, const struct result *b)
{
	return a->indent == b->indent && a->t.ok == b->t.ok &&
	       (a->indent == 0 ||
		(a->t.number == b->t.number && a->t.skip == b->t.skip)) &&
	       same_text(a->suite, a->suite_len, b->suite, b->suite_len) &&
	       same_text(a->t.name, a->t.name_len, b->t.name, b->t.name_len);
}

/* KUnit holds a result of the case, or suite, and it is the other one. */
static bool is_contradicted(const struct known *k, const struct result *r)
{
	struct result turned = *r;

	turned.t.ok = !r->t.ok;
	for (size_t i = 0; i < k->n; i++)
		if (same_result(&k->v[i], &turned))
			return true;
	return false;
}

static struct result *find(struct known *k, const struct result *r)
{
	for (size_t i = 0; i < k->n; i++)
		if (same_result(&k->v[i], r))
			return &k->v[i];
	return NULL;
}

/*
 * One line of KTAP, in a debugfs file or in the log: false if it is no
 * result, else which. @suite is the header that it stands under, moved on.
 */
static bool read_result(struct result *r, struct ktap_token *suite,
			const char *line, size_t len)
{
	*r = (struct result){.step = -2, .indent = indent_of(line, len)};
	ktap_scan(&r->t, line, len);
	if (r->t.kind == KTAP_TOKEN_HEADER)
		*suite = r->t;
	if (r->t.kind != KTAP_TOKEN_RESULT)
		return false;
	if (r->indent == 0) { /* the suite's own */
		*suite = (struct ktap_token){.kind = KTAP_TOKEN_DIAG};
		return true;
	}
	r->suite = suite->name;
	r->suite_len = suite->name_len;
	return true;
}

/*
 * A suite may have been collected more than once: @first is where the
 * results of this file begin, and a line's .times is its most in any file.
 */
static void learn(struct known *k, const char *text)
{
	struct ktap_token suite = {.kind = KTAP_TOKEN_DIAG};
	struct result r, *v;
	const char *nl;

	for (size_t i = 0; i < k->n; i++)
		k->v[i].seen = 0;
	for (; *text; text = *nl ? nl + 1 : nl) {
		struct result *old;

		nl = strchrnul(text, '\n');
		if (!read_result(&r, &suite, text, (size_t)(nl - text)))
			continue;
		old = find(k, &r);
		if (!old) {
			v = realloc(k->v, (k->n + 1) * sizeof(*v));
			if (!v) {
				k->oom = true;
				return;
			}
			k->v = v;
			old = &k->v[k->n++];
			*old = r;
		}
		if (++old->seen > old->times)
			old->times = old->seen;
	}
}

/* In each round of a step a suite may be shown, as it may in a step. */
static int place_of(const struct klog_line *l)
{
	return l->step < 0 ? l->step
			   : l->step * (KILN_ROUNDS_MAX + 1) + (int)l->round;
}

static bool is_genuine(struct known *k, const struct result *r, int step)
{
	struct result *old = find(k, r);

	if (!old)
		return false;
	if (old->step != step) {
		old->step = step;
		old->seen = 0;
	}
	return ++old->seen <= old->times;
}

/* The tests that the suite belongs to were not being run in this step. */
static bool is_elsewhere(const struct evidence *ev, const struct result *r,
			 int step)
{
	const char *suite = r->indent ? r->suite : r->t.name;
	size_t len = r->indent ? r->suite_len : r->t.name_len;

	for (size_t i = 0; i < ev->nhomes; i++) {
		const struct suite_home *h = &ev->homes[i];

		if (same_text(h->suite, strlen(h->suite), suite, len))
			return !step_runs_tests(ev->spec, step, h);
	}
	return false;
}

/* "# name: EXPECTATION FAILED at f.c:1": KUnit's words (kunit_fail()). */
static void see_failure(struct place *p, const char *line, size_t len)
{
	static const char *const words[] = {": EXPECTATION FAILED at ",
					    ": ASSERTION FAILED at "};
	size_t at = indent_of(line, len);

	if (at + 2 > len || memcmp(line + at, "# ", 2) != 0)
		return;
	line += at + 2;
	len -= at + 2;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const char *end = memmem(line, len, words[i], strlen(words[i]));

		if (!end)
			continue;
		p->failed = line;
		p->failed_len = (size_t)(end - line);
	}
}

/* Each case has its result once; after that its failure is settled. */
static bool is_acquitted(struct place *p, const struct result *r)
{
	bool same = p->failed && same_text(p->failed, p->failed_len, r->t.name,
					   r->t.name_len);

	if (same)
		p->failed = NULL;
	return same && r->t.ok && !r->t.skip;
}

/* One finding for what was forged in one step: its first line names it. */
static void report(struct grading *g, struct place *p,
		   const struct klog_line *l, const char *why)
{
	struct finding f = {.kind = FINDING_FORGED,
			    .log_line = l->number,
			    .log_end = l->number};
	struct verdict *v = g->v;
	struct buf title = BUF_INIT;

	if (v->nfindings && p->reported == l->step &&
	    v->findings[v->nfindings - 1].kind == FINDING_FORGED) {
		v->findings[v->nfindings - 1].log_end = l->number;
		return;
	}
	p->reported = l->step;
	buf_addf(&title, "forged test result: \"%.200s\"%s",
		 l->text + indent_of(l->text, l->len), why);
	f.title = title.data;
	if (buf_ok(&title))
		add_finding(g, &f);
	g->oom |= !buf_ok(&title);
	buf_release(&title);
}

static void look_at(struct grading *g, struct known *k, struct place *p,
		    const struct klog_line *l)
{
	const char *why = NULL;
	struct result r;

	see_failure(p, l->text, l->len);
	if (!read_result(&r, &p->suite, l->text, l->len))
		return;
	if (is_elsewhere(g->ev, &r, l->step))
		why = elsewhere;
	else if (!is_genuine(k, &r, place_of(l)))
		why = is_contradicted(k, &r) ? other : not_known;
	if (is_acquitted(p, &r) && !why)
		why = acquitted;
	if (why)
		report(g, p, l, why);
}

static void find_results(struct grading *g)
{
	const struct klog *log = g->ev->log;
	struct place p = {.suite = {.kind = KTAP_TOKEN_DIAG}, .reported = -2};
	struct known k = {.oom = false};

	for (size_t i = 0; i < g->ev->nkunit; i++)
		learn(&k, g->ev->kunit[i].text);
	for (size_t i = 0; i < klog_nlines(log) && !k.oom; i++) {
		struct klog_line l = klog_line(log, i);

		look_at(g, &k, &p, &l);
	}
	g->oom |= k.oom;
	free(k.v);
}

/* Only the agent knows the run's nonce, and the port is its own. */
static void find_impostor(struct grading *g)
{
	struct finding f = {.kind = FINDING_FORGED};

	f.log_line = f.log_end = klog_marked_twice(g->ev->log);
	f.title = (char *)"forged marker: the agent marks each step once, and "
			  "this mark stands twice in the log";
	if (f.log_line)
		add_finding(g, &f);
	f.log_line = f.log_end = 0;
	f.title = (char *)"forged answer: more came through the agent's port "
			  "than it was asked for";
	if (g->ev->surplus)
		add_finding(g, &f);
}

/* TAINT_BAD_PAGE (KASAN's), TAINT_DIE, TAINT_WARN, TAINT_SOFTLOCKUP. */
#define TAINTS (1ul << 5 | 1ul << 7 | 1ul << 9 | 1ul << 14)

/*
 * The kernel has noted that it reported something, or reports no more, and
 * the log has no report.
 */
static const char *find_silenced(const struct evidence *ev)
{
	size_t n;

	klog_findings(ev->log, &n);
	if (n > 0)
		return NULL;
	if (ev->seen.kasan_off)
		return "KASAN's report";
	if (ev->seen.locks_off)
		return "the reason why lockdep was switched off";
	if (ev->seen.taints & TAINTS)
		return "the report of a fault that the kernel has noted";
	return NULL;
}

static void find_tampering(struct grading *g)
{
	struct finding f = {.kind = FINDING_FORGED};
	const char *silenced = find_silenced(g->ev);
	struct buf title = BUF_INIT;

	if (*g->ev->seen.changed)
		buf_addf(&title,
			 "the kernel was tampered with: %s was written to",
			 g->ev->seen.changed);
	else if (silenced)
		buf_addf(&title, "the log was tampered with: %s is missing",
			 silenced);
	f.title = title.data;
	if (title.len && buf_ok(&title))
		add_finding(g, &f);
	g->oom |= !buf_ok(&title);
	buf_release(&title);
}

void find_forged(struct grading *g)
{
	find_impostor(g);
	find_tampering(g);
	if (g->ev->end == GUEST_FINISHED)
		find_results(g);
}
