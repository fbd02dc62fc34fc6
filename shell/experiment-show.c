/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/buf.h"
#include "checker/klog.h"
#include "experiment.h"
#include "lesson.h"
#include "term.h"
#include "text.h"

#include <stdio.h>
#include <string.h>

enum { MOST_LINES = 8 };

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

/* What the log has of a step of the plan; it may be nothing. */
static void add_step(struct buf *out, const struct term *t,
		     const struct experiment *x, int step)
{
	struct klog *k = experiment_klog(x);
	unsigned n = 0;

	for (size_t i = 0; k && i < klog_nlines(k); i++) {
		struct klog_line l = klog_line(k, i);

		if (l.step != step || is_mark(l.text))
			continue;
		if (n++ < MOST_LINES)
			add_line(out, t, l.text, l.len);
	}
	if (n > MOST_LINES)
		buf_addf(out, "  | (%u lines more)\n", n - MOST_LINES);
	if (n == 0)
		buf_adds(out, "  (the log has no line of it)\n");
	klog_free(k);
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

void experiment_show(const struct term *t, const struct experiment *x,
		     const struct lesson *l, const struct lesson_step *st,
		     size_t i)
{
	const struct check_spec *sign = lesson_sign(st, i);
	const struct verdict_check *c = experiment_sign(x, i);
	struct buf b = BUF_INIT;
	bool output;

	if (!sign || !c)
		return;
	output = sign->kind == CHECK_OUTPUT || sign->kind == CHECK_TAP;
	if (sign->job)
		buf_addf(&b, "  %s--- %s%s%s\n", term_on(t, TERM_BOLD),
			 sign->job, output ? " (what it printed)" : "",
			 term_off(t));
	if (sign->job && !output)
		add_step(&b, t, x,
			 step_index(experiment_plan(l, st), sign->job));
	else if (c->evidence && *c->evidence)
		add_evidence(&b, t, c);
	else if (c->message)
		add_line(&b, t, c->message, strlen(c->message));
	term_write(t, buf_str(&b), b.len);
	buf_release(&b);
}
