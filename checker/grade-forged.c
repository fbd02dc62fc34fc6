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

/* One finding for what was forged in one step: its first line names it. */
static void report(struct grading *g, const struct klog_line *l, int *step)
{
	struct finding f = {.kind = FINDING_FORGED,
			    .log_line = l->number,
			    .log_end = l->number};
	struct verdict *v = g->v;
	struct buf title = BUF_INIT;

	if (v->nfindings && *step == l->step &&
	    v->findings[v->nfindings - 1].kind == FINDING_FORGED) {
		v->findings[v->nfindings - 1].log_end = l->number;
		return;
	}
	*step = l->step;
	buf_addf(&title, "forged test result: \"%.200s\"",
		 l->text + indent_of(l->text, l->len));
	f.title = title.data;
	if (buf_ok(&title))
		add_finding(g, &f);
	g->oom |= !buf_ok(&title);
	buf_release(&title);
}

void find_forged(struct grading *g)
{
	const struct klog *log = g->ev->log;
	struct ktap_token suite = {.kind = KTAP_TOKEN_DIAG};
	struct known k = {.oom = false};
	int reported = -2;
	struct result r;

	if (g->ev->end != GUEST_FINISHED)
		return;
	for (size_t i = 0; i < g->ev->nkunit; i++)
		learn(&k, g->ev->kunit[i].text);
	for (size_t i = 0; i < klog_nlines(log) && !k.oom; i++) {
		struct klog_line l = klog_line(log, i);

		if (!read_result(&r, &suite, l.text, l.len))
			continue;
		if (!is_genuine(&k, &r, place_of(&l)))
			report(g, &l, &reported);
	}
	g->oom |= k.oom;
	free(k.v);
}
