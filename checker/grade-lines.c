/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "grade-int.h"
#include "needle.h"
#include "utf8.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define NONCE_LEN 16
#define MAX_SHOWN 400 /* bytes of one line in a piece of evidence */

static const char *take_digits(const char *s)
{
	const char *p = s + (*s == '-');

	if (!isdigit((unsigned char)*p))
		return NULL;
	while (isdigit((unsigned char)*p))
		p++;
	return p;
}

/*
 * The agent's markers (guest/proto.h) are not for the learner. Only what is
 * nothing but a marker counts as one, so that none can hide a message.
 */
static bool is_marker(const char *s)
{
	if (strncmp(s, "kiln: ", 6) != 0)
		return false;
	s += 6;
	if (strspn(s, "0123456789abcdef") != NONCE_LEN)
		return false;
	s += NONCE_LEN;
	if (strcmp(s, " done") == 0)
		return true;
	if (strncmp(s, " begin ", 7) == 0)
		return (s = take_digits(s + 7)) && *s == '\0';
	if (strncmp(s, " end ", 5) != 0 || !(s = take_digits(s + 5)))
		return false;
	return *s == ' ' && (s = take_digits(s + 1)) && *s == '\0';
}

void source_log(struct source *s, const struct grading *g, int step)
{
	*s = (struct source){
		.log = g->ev->log,
		.step = step,
		.name = step < 0 ? "the log" : "the log of that step",
		.n = klog_nlines(g->ev->log),
	};
}

static int split(struct source *s)
{
	const char *p = buf_str(&s->text), *nl;
	size_t n = 1;

	for (const char *q = p; (q = strchr(q, '\n')); q++)
		n++;
	s->v = calloc(n, sizeof(*s->v));
	if (!s->v)
		return -1;
	for (; *p; p = *nl ? nl + 1 : nl) {
		nl = strchrnul(p, '\n');
		s->v[s->n].text = p;
		s->v[s->n].len = (size_t)(nl - p);
		s->v[s->n].number = s->n + 1;
		s->n++;
	}
	return 0;
}

int source_output(struct source *s, const struct grading *g, int step)
{
	*s = (struct source){.step = step, .name = "the output"};
	for (size_t i = 0; i < g->ev->spec->nplan; i++) {
		const struct buf *out = &g->ev->steps[i].output;

		if (step >= 0 && i != (size_t)step)
			continue;
		utf8_add_clean(&s->text, buf_str(out), out->len);
		if (out->len && out->data[out->len - 1] != '\n')
			buf_addc(&s->text, '\n');
	}
	return buf_ok(&s->text) ? split(s) : -1;
}

void source_release(struct source *s)
{
	buf_release(&s->text);
	free(s->v);
}

bool source_get(const struct source *s, size_t i, struct source_line *l)
{
	struct klog_line k;

	if (!s->log) {
		*l = s->v[i];
		return true;
	}
	k = klog_line(s->log, i);
	*l = (struct source_line){k.text, k.len, k.number};
	return (s->step < 0 || k.step == s->step) && !is_marker(k.text);
}

size_t source_find(const struct source *s, size_t from, const char *what)
{
	size_t len = strlen(what);
	struct source_line l;

	for (size_t i = from; i < s->n; i++)
		if (source_get(s, i, &l) && memmem(l.text, l.len, what, len))
			return i;
	return s->n;
}

size_t source_seek(const struct source *s, size_t from, struct needle *n)
{
	struct source_line l;

	for (size_t i = from; i < s->n; i++)
		if (source_get(s, i, &l) && needle_in(n, l.text, l.len))
			return i;
	return s->n;
}

static void show_line(struct buf *out, const struct source_line *l)
{
	size_t n = utf8_cut(l->text, l->len, MAX_SHOWN);

	if (out->len)
		buf_addc(out, '\n');
	buf_add(out, l->text, n);
	if (n < l->len)
		buf_adds(out, "…");
}

void source_show(struct buf *out, const struct source *s, size_t at,
		 size_t before, size_t after)
{
	struct source_line l;
	size_t first = at, i;

	for (i = at; i > 0 && before > 0; i--)
		if (source_get(s, i - 1, &l)) {
			first = i - 1;
			before--;
		}
	for (i = first; i < s->n; i++) {
		if (!source_get(s, i, &l))
			continue;
		if (i > at && after-- == 0)
			break;
		show_line(out, &l);
	}
}

void source_tail(struct buf *out, const struct source *s, size_t most)
{
	if (s->n > 0)
		source_show(out, s, s->n - 1, most - 1, 0);
}

size_t log_index(const struct klog *log, size_t number)
{
	size_t low = 0, high = klog_nlines(log);

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (klog_line(log, mid).number < number)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

void log_show(struct buf *out, const struct klog *log, size_t first,
	      size_t last, size_t most)
{
	size_t n = klog_nlines(log);

	for (size_t i = log_index(log, first); i < n; i++) {
		struct klog_line k = klog_line(log, i);
		struct source_line l = {k.text, k.len, k.number};

		if (k.number > last)
			return;
		if (is_marker(k.text))
			continue;
		if (most-- == 0) {
			buf_adds(out, "\n…");
			return;
		}
		show_line(out, &l);
	}
}
