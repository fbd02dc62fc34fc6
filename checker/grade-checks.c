/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "grade-int.h"
#include "needle.h"

#include <string.h>

static bool is_none(const struct check_spec *c)
{
	return c->lines.n == 1 && strcmp(c->lines.v[0], "none") == 0;
}

static bool is_pattern(const struct check_spec *c, size_t i)
{
	return i < 64 && (c->patterns >> i & 1);
}

static const char *lines_fault(const struct check_spec *c)
{
	char why[100];

	for (size_t i = 0; i < c->lines.n; i++) {
		if (!*c->lines.v[i])
			return "one of its lines is empty";
		if (is_pattern(c, i) &&
		    !needle_pattern_ok(c->lines.v[i], why, sizeof(why)))
			return "one of its patterns is none";
	}
	if (c->counted && c->lines.n != 1)
		return "it counts more than one thing";
	return c->lines.n ? NULL : "it has no lines to look for";
}

static const char *kinds_fault(const struct check_spec *c)
{
	for (size_t i = 0; i < c->lines.n && !is_none(c); i++)
		if (finding_from_name(c->lines.v[i]) == FINDING_NKINDS)
			return "it allows a kind of finding that there is not";
	return NULL;
}

const char *check_fault(const struct spec *spec, const struct check_spec *c)
{
	if (c->job && step_index(spec, c->job) < 0)
		return "it names a step that the plan does not have";
	if (needs_fault(spec, c))
		return needs_fault(spec, c);
	switch (c->kind) {
	case CHECK_KTAP:
		return c->suite ? NULL : "it names no suite";
	case CHECK_LOG:
	case CHECK_ABSENT:
	case CHECK_OUTPUT:
	case CHECK_LINT:
	case CHECK_FORBID:
		return lines_fault(c);
	case CHECK_FINDINGS:
		return kinds_fault(c);
	case CHECK_ABI:
		return c->lines.n ? NULL : "it names nothing to compare";
	case CHECK_SIZE:
	case CHECK_SOURCE:
		return c->file && c->part ? NULL
					  : "it names nothing to look at";
	case CHECK_VARIANT:
		return c->variant.name ? NULL : "it names no variant";
	case CHECK_JOB:
	case CHECK_TAP:
		break;
	}
	return NULL;
}

static int job_index(const struct grading *g, const struct check_spec *c)
{
	return c->job ? step_index(g->ev->spec, c->job) : -1;
}

/* The step that the check is about was never reached. */
static bool not_reached(struct answer *a, const struct grading *g, int step)
{
	if (step < 0 || g->ev->steps[step].how != STEP_NOT_RUN)
		return false;
	a->result = CHECK_NOT_RUN;
	buf_addf(&a->message, "\"%s\" was not reached",
		 g->ev->spec->plan[step].label);
	return true;
}

void line_name(struct buf *b, const struct check_spec *c, size_t i)
{
	buf_addf(b, "%s\"%s\"", is_pattern(c, i) ? "the pattern " : "",
		 c->lines.v[i]);
}

static void list_lines(struct buf *b, const struct check_spec *c,
		       const char *between)
{
	for (size_t i = 0; i < c->lines.n; i++) {
		buf_adds(b, i ? between : "");
		line_name(b, c, i);
	}
}

void line_give_up(struct answer *a, const struct check_spec *c, size_t i)
{
	a->result = CHECK_FAILED;
	buf_adds(&a->message, "looking for ");
	line_name(&a->message, c, i);
	buf_adds(&a->message, " took too long, and was ended");
}

/* Where line @i of the check stands, in *@at; false: that took too long. */
static bool line_find(struct answer *a, const struct source *s, size_t from,
		      const struct check_spec *c, size_t i, size_t *at)
{
	struct needle n;
	bool spent;

	*at = s->n;
	if (needle_init(&n, c->lines.v[i], is_pattern(c, i)) < 0) {
		a->evidence.failed = true;
		return false;
	}
	*at = source_seek(s, from, &n);
	spent = needle_is_spent(&n);
	needle_release(&n);
	if (spent)
		line_give_up(a, c, i);
	return !spent;
}

/* The line that begins most like @what; .n if none comes near. */
static size_t nearest_to(const struct source *s, const char *what)
{
	size_t len = strlen(what), best = len / 2 < 4 ? 4 : len / 2;
	size_t at = s->n;
	struct source_line l;

	for (size_t i = 0; i < s->n; i++) {
		if (!source_get(s, i, &l))
			continue;
		for (size_t j = 0; j + best <= l.len; j++) {
			size_t k = 0;

			while (k < len && j + k < l.len &&
			       l.text[j + k] == what[k])
				k++;
			if (k > best) {
				best = k;
				at = i;
			}
		}
	}
	return at;
}

size_t line_nearest(const struct source *s, const struct check_spec *c,
		    size_t i)
{
	struct buf plain = BUF_INIT;
	size_t at;

	needle_plain(&plain, c->lines.v[i], is_pattern(c, i));
	at = nearest_to(s, buf_str(&plain));
	buf_release(&plain);
	return at;
}

static void tell_line(struct buf *b, const struct source *s, size_t at)
{
	struct source_line l;

	if (source_get(s, at, &l))
		buf_addf(b, "line %zu of %s", l.number,
			 s->log ? "the log" : s->name);
}

/*
 * Line @i of the check is missing; @after is where the one before it was
 * found, or .n. Say so, and show what stands nearby.
 */
static void tell_missing(struct answer *a, const struct source *s,
			 const struct check_spec *c, size_t i, size_t after)
{
	size_t near, early;

	if (!line_find(a, s, 0, c, i, &early))
		return;
	a->result = CHECK_FAILED;
	buf_adds(&a->message, "expected ");
	line_name(&a->message, c, i);
	if (after < s->n) {
		buf_adds(&a->message, " after ");
		line_name(&a->message, c, i - 1);
		buf_adds(&a->message, " (");
		tell_line(&a->message, s, after);
		buf_addc(&a->message, ')');
	}
	if (early < s->n) {
		buf_adds(&a->message, ", but it stands before that, in ");
		tell_line(&a->message, s, early);
		source_show(&a->evidence, s, early, 1,
			    after - early < 8 ? after - early + 2 : 8);
		return;
	}
	buf_addf(&a->message, ", and %s does not have it", s->name);
	near = line_nearest(s, c, i);
	if (near < s->n) {
		buf_adds(&a->message, "; the nearest is ");
		tell_line(&a->message, s, near);
		source_show(&a->evidence, s, near, 3, 3);
	} else if (after < s->n) {
		source_show(&a->evidence, s, after, 2, 6);
	} else {
		source_tail(&a->evidence, s, 8);
	}
}

static void find_in_order(struct answer *a, const struct source *s,
			  const struct check_spec *c)
{
	size_t from = 0, last = s->n, at;

	for (size_t i = 0; i < c->lines.n; i++) {
		if (!line_find(a, s, from, c, i, &at))
			return;
		if (at == s->n) {
			buf_clear(&a->evidence);
			tell_missing(a, s, c, i, last);
			return;
		}
		source_show(&a->evidence, s, at, 0, 0);
		last = at;
		from = at + 1;
	}
	buf_addf(&a->message, "%s has ", s->name);
	list_lines(&a->message, c, ", then ");
}

void check_log(struct answer *a, struct grading *g, const struct check_spec *c)
{
	int step = job_index(g, c);
	struct buf shown;
	struct source s;

	if (not_reached(a, g, step))
		return;
	source_log(&s, g, step);
	if (c->counted)
		check_count(a, g, &s, c);
	else
		find_in_order(a, &s, c);
	source_release(&s);
	if (a->result != CHECK_FAILED || step < 0)
		return;
	/* A line is missing because the step died: show of what. */
	shown = a->evidence;
	a->evidence = (struct buf)BUF_INIT;
	if (show_report(a, g, (size_t)step))
		buf_release(&shown);
	else
		a->evidence = shown;
}

bool seen_whole(struct answer *a, const struct grading *g, int step)
{
	const struct klog *log = g->ev->log;

	if (g->whole || (step >= 0 && klog_step_ended(log, step) &&
			 klog_nlines(log) == klog_total_lines(log)))
		return true;
	a->result = CHECK_NOT_RUN;
	buf_adds(&a->message, "the log ended early, so this cannot be told");
	return false;
}

void check_absent(struct answer *a, struct grading *g,
		  const struct check_spec *c)
{
	int step = job_index(g, c);
	struct source s;

	if (not_reached(a, g, step))
		return;
	source_log(&s, g, step);
	for (size_t i = 0; i < c->lines.n; i++) {
		size_t at;

		if (!line_find(a, &s, 0, c, i, &at))
			goto out;
		if (at == s.n)
			continue;
		a->result = CHECK_FAILED;
		line_name(&a->message, c, i);
		buf_addf(&a->message, " must not be in %s, and is in ", s.name);
		tell_line(&a->message, &s, at);
		source_show(&a->evidence, &s, at, 3, 3);
		goto out;
	}
	if (seen_whole(a, g, step)) {
		buf_addf(&a->message, "%s does not have ", s.name);
		list_lines(&a->message, c, " or ");
	}
out:
	source_release(&s);
}

void check_output(struct answer *a, struct grading *g,
		  const struct check_spec *c)
{
	int step = job_index(g, c);
	struct source s;

	if (not_reached(a, g, step))
		return;
	if (source_output(&s, g, step) < 0)
		g->oom = true;
	else
		find_in_order(a, &s, c);
	source_release(&s);
}

bool allows_finding(const struct check_spec *c, enum finding_kind k)
{
	return c->kind == CHECK_FINDINGS &&
	       strv_has(&c->lines, finding_name(k));
}

void check_findings(struct answer *a, struct grading *g,
		    const struct check_spec *c)
{
	const struct finding *first = NULL;
	size_t n = 0;

	for (size_t i = 0; i < g->v->nfindings; i++) {
		const struct finding *f = &g->v->findings[i];

		if (allows_finding(c, f->kind))
			continue;
		first = n++ ? first : f;
	}
	if (!first) {
		if (seen_whole(a, g, -1))
			buf_adds(&a->message, "the kernel had nothing to "
					      "report");
		return;
	}
	a->result = CHECK_FAILED;
	buf_adds(&a->message, first->title);
	add_place(&a->message, first);
	if (n > 1)
		buf_addf(&a->message, ", and %zu more", n - 1);
	if (first->log_line)
		log_show(&a->evidence, g->ev->log, first->log_line,
			 first->log_end, 20);
}
