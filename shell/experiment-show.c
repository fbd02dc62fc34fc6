/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/buf.h"
#include "checker/klog.h"
#include "checker/needle.h"
#include "experiment.h"
#include "lesson.h"
#include "term.h"
#include "text.h"

#include <stdio.h>
#include <string.h>

enum { MOST_LINES = 12 };

/* The agent's own marks are not for the learner. */
static bool is_mark(const char *s)
{
	char nonce[17], what[8];

	return sscanf(s, "kiln: %16[0-9a-f] %7s", nonce, what) == 2 &&
	       strlen(nonce) == 16;
}

static void add_line(struct buf *out, const struct term *t, const char *s,
		     size_t len)
{
	buf_adds(out, "  | ");
	text_line(out, t, 4, s, len);
	buf_addc(out, '\n');
}

/* Lines of the log, each behind the step of the plan that it fell into. */
struct excerpt {
	struct buf *out;
	const struct term *t;
	const struct klog *k;
	const struct spec *plan;
	unsigned lines;
	int step; /* named last */
};

static void add_heading(struct excerpt *x, const char *label)
{
	buf_addf(x->out, "  %s--- %s%s\n", term_on(x->t, TERM_BOLD), label,
		 term_off(x->t));
}

/* Steps between are named too: that they said nothing tells as well. */
static void name_steps(struct excerpt *x, int step)
{
	while (x->step < step && x->step + 1 < (int)x->plan->nplan)
		add_heading(x, x->plan->plan[++x->step].label);
}

static void add_lines(struct excerpt *x, size_t from, size_t to)
{
	x->step = klog_line(x->k, from).step - 1;
	for (size_t i = from; i <= to && i < klog_nlines(x->k); i++) {
		struct klog_line l = klog_line(x->k, i);

		if (is_mark(l.text))
			continue;
		if (l.step >= 0)
			name_steps(x, l.step);
		if (x->lines++ < MOST_LINES)
			add_line(x->out, x->t, l.text, l.len);
	}
	if (x->lines > MOST_LINES)
		buf_addf(x->out, "  | (%u lines more)\n",
			 x->lines - MOST_LINES);
}

static bool is_line(const struct klog *k, size_t i, int step,
		    struct needle *what)
{
	struct klog_line l = klog_line(k, i);

	return (step < 0 || l.step == step) && !is_mark(l.text) &&
	       needle_in(what, l.text, l.len);
}

/* From the first of the lines that were looked for to the last. */
static void add_range(struct excerpt *x, const struct check_spec *sign,
		      int step)
{
	size_t n = klog_nlines(x->k), first = n, last = n, i = 0;
	struct needle what;

	for (size_t want = 0; want < sign->lines.n; want++) {
		if (needle_init(&what, sign->lines.v[want],
				want < 64 && (sign->patterns >> want & 1)) < 0)
			break;
		while (i < n && !is_line(x->k, i, step, &what))
			i++;
		needle_release(&what);
		if (i == n)
			break;
		first = first == n ? i : first;
		last = i++;
	}
	if (first < n)
		add_lines(x, first, last);
}

/* All that the log has of a step; it may be nothing. */
static void add_step(struct excerpt *x, int step)
{
	size_t n = klog_nlines(x->k), first = n, last = n;

	for (size_t i = 0; i < n; i++) {
		struct klog_line l = klog_line(x->k, i);

		if (l.step != step || is_mark(l.text))
			continue;
		first = first == n ? i : first;
		last = i;
	}
	if (first < n) {
		add_lines(x, first, last);
		return;
	}
	add_heading(x, x->plan->plan[step].label);
	buf_adds(x->out, "  (the log has no line of it)\n");
}

static void add_evidence(struct buf *out, const struct term *t,
			 const struct verdict_check *c)
{
	const char *s = c->evidence ? c->evidence : "";

	for (unsigned n = 0; *s && n < MOST_LINES; n++) {
		size_t len = strcspn(s, "\n");

		add_line(out, t, s, len);
		s += len;
		s += *s == '\n';
	}
}

static int step_index(const struct spec *plan, const char *label)
{
	for (size_t i = 0; i < plan->nplan; i++)
		if (strcmp(plan->plan[i].label, label) == 0)
			return (int)i;
	return -1;
}

/* What stands in the log; false: it is not the log that tells. */
static bool add_log(struct buf *out, const struct term *t,
		    const struct experiment *x, const struct spec *plan,
		    const struct check_spec *sign)
{
	int step = sign->job ? step_index(plan, sign->job) : -1;
	struct klog *k = experiment_klog(x);
	struct excerpt e = {.out = out, .t = t, .k = k, .plan = plan};
	bool tells =
		k && (sign->kind == CHECK_LOG || ((sign->kind == CHECK_ABSENT ||
						   sign->kind == CHECK_JOB) &&
						  step >= 0));

	if (tells && sign->kind == CHECK_LOG)
		add_range(&e, sign, step);
	else if (tells)
		add_step(&e, step);
	klog_free(k);
	return tells;
}

void experiment_show(const struct term *t, const struct experiment *x,
		     const struct lesson *l, const struct lesson_step *st,
		     size_t i)
{
	const struct check_spec *sign = lesson_sign(st, i);
	const struct verdict_check *c = experiment_sign(x, i);
	struct buf b = BUF_INIT;

	if (!sign || !c)
		return;
	if (!add_log(&b, t, x, experiment_plan(l, st), sign)) {
		if (sign->job)
			buf_addf(&b, "  %s--- %s%s, what it printed:\n",
				 term_on(t, TERM_BOLD), sign->job, term_off(t));
		add_evidence(&b, t, c);
	}
	if (b.len == 0 && c->message)
		add_line(&b, t, c->message, strlen(c->message));
	term_write(t, buf_str(&b), b.len);
	buf_release(&b);
}
