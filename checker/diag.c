/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "diag.h"
#include "buf.h"
#include "diag-parse.h"
#include "utf8.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define MAX_TEXT    ((size_t)16 << 10)
#define MAX_MESSAGE ((size_t)1000)

struct list {
	struct diag *v;
	size_t n;
};

struct parse {
	struct list levels[DIAG_NOTE + 1];
	struct list fallback; /* of what only says that something failed */
	struct span unclaimed; /* the last line that belonged to nothing */
	bool oom;
};

static void release(struct diag *d)
{
	free(d->code);
	free(d->file);
	free(d->message);
	free(d->text);
}

void diag_free(struct diag *d, size_t n)
{
	for (size_t i = 0; i < n; i++)
		release(&d[i]);
	free(d);
}

static bool same_string(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static bool is_known(const struct list *l, const struct diag *d)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].line == d->line && l->v[i].col == d->col &&
		    l->v[i].tool == d->tool &&
		    same_string(l->v[i].file, d->file) &&
		    same_string(l->v[i].message, d->message))
			return true;
	return false;
}

/* A copy of at most @max bytes, with an ellipsis where it was cut. */
static char *copy_cut(struct span s, size_t max)
{
	struct buf b = BUF_INIT;
	size_t n = utf8_cut(s.s, s.len, max);

	buf_add(&b, s.s, n);
	if (n < s.len)
		buf_adds(&b, "…");
	return buf_steal(&b);
}

/*
 * rustc's own lints come as "unused_mut" in one note and "unused-mut" in
 * another; the name in the source is the one with underscores.
 */
static char *copy_lint(const char *prefix, struct span name)
{
	struct buf b = BUF_INIT;

	if (span_starts(name, prefix))
		prefix = "";
	buf_adds(&b, prefix);
	for (size_t i = 0; i < name.len; i++)
		buf_addc(&b, name.s[i] == '-' ? '_' : name.s[i]);
	return buf_steal(&b);
}

static char *code_of(const struct head *h, struct span text, bool *oom)
{
	struct span clippy = {text.s, 0}, lint = {text.s, 0};
	char *s;

	if (h->tool == DIAG_RUSTC) {
		clippy = clippy_in_text(text);
		lint = lint_in_text(text);
	}
	if (h->code.len)
		s = copy_cut(h->code, MAX_MESSAGE);
	else if (clippy.len)
		s = copy_lint("clippy::", clippy);
	else if (lint.len)
		s = copy_lint("", lint);
	else
		return NULL;
	*oom |= !s;
	return s;
}

static void list_add(struct parse *p, struct list *l, struct diag *d)
{
	struct diag *v;

	if (p->oom || l->n == DIAG_MOST || is_known(l, d)) {
		release(d);
		return;
	}
	v = realloc(l->v, (l->n + 1) * sizeof(*v));
	if (!v) {
		release(d);
		p->oom = true;
		return;
	}
	v[l->n++] = *d;
	l->v = v;
}

/* Without the "make[3]: " that says who could not start something. */
static struct span without_make(struct span line)
{
	size_t at = span_find(line, ": ");

	if (!span_starts(line, "make") || at == SIZE_MAX)
		return line;
	return span_from(line, at + 2);
}

static void add_record(struct parse *p, struct head *h, struct span text)
{
	struct diag d = {.level = h->level, .tool = h->tool};

	head_locate(h, text);
	if (h->fallback && p->unclaimed.len) {
		h->message = without_make(p->unclaimed);
		text.len += (size_t)(text.s - p->unclaimed.s);
		text.s = p->unclaimed.s;
	}
	d.line = h->line;
	d.col = h->line ? h->col : 0;
	d.code = code_of(h, text, &p->oom);
	d.message = copy_cut(span_trim(h->message), MAX_MESSAGE);
	d.text = copy_cut(text, MAX_TEXT);
	if (h->file.len)
		d.file = copy_cut(h->file, MAX_MESSAGE);
	p->oom |= !d.message || !d.text || (h->file.len && !d.file);
	list_add(p, h->fallback ? &p->fallback : &p->levels[h->level], &d);
}

/* Does @line belong to the report that @h began? */
static bool continues(const struct head *h, struct span line)
{
	struct head next;
	bool is_head;

	if (line.len == 0)
		return false;
	is_head = head_parse(&next, line);
	switch (h->tool) {
	case DIAG_RUSTC:
		return !is_head || span_starts(line, "note: ");
	case DIAG_CLANG:
		if (is_head)
			return head_is_clang_note(&next);
		return line.s[0] == ' ' || isdigit((unsigned char)line.s[0]);
	case DIAG_LINKER:
		return span_starts(line, ">>> ");
	case DIAG_MODPOST:
	case DIAG_MAKE:
	case DIAG_ABI:
		break;
	}
	return false;
}

static bool is_include(struct span line)
{
	return span_starts(line, "In file included from ") ||
	       span_starts(line, "                 from ");
}

/*
 * The lines that say how clang came to a header stand before a report, but
 * also before a note within one: look past them.
 */
static bool includes_lead_on(const struct head *h, struct span rest)
{
	struct span line;

	while (span_line(&rest, &line))
		if (!is_include(line))
			return continues(h, line);
	return false;
}

/* From the start of @text, take the lines of the report that @h began. */
static struct span take_report(const struct head *h, struct span text,
			       struct span *rest)
{
	const char *end = rest->s;
	struct span line, next = *rest;

	while (span_line(&next, &line)) {
		if (!(h->tool == DIAG_CLANG && is_include(line)
			      ? includes_lead_on(h, next)
			      : continues(h, line)))
			break;
		end = line.s + line.len;
		*rest = next;
	}
	text.len = (size_t)(end - text.s);
	while (span_ends(text, "\n"))
		text.len--;
	return text;
}

/* What a compiler says at its end, which explains nothing. */
static bool is_closing(struct span line)
{
	return line.len == 0 || span_ends(line, " generated.") ||
	       span_ends(line, " emitted") ||
	       span_starts(line, "error: aborting due to ") ||
	       span_starts(line, "Some errors have ") ||
	       span_starts(line, "For more information about ");
}

static void parse_lines(struct parse *p, struct span text)
{
	struct span rest = text, line, start = {text.s, 0};
	struct head h;

	while (!p->oom && span_line(&rest, &line)) {
		if (is_include(line)) {
			if (!start.len)
				start = line;
			continue;
		}
		if (!head_parse(&h, line)) {
			start.len = 0;
			if (!is_closing(line))
				p->unclaimed = line;
			continue;
		}
		if (!start.len)
			start = line;
		start.len = (size_t)(text.s + text.len - start.s);
		add_record(p, &h, take_report(&h, start, &rest));
		start.len = 0;
		p->unclaimed.len = 0;
	}
}

/* The message without what stands in backquotes. */
static bool same_shape(const char *a, const char *b)
{
	while (*a && *a == *b) {
		if (*a == '`') {
			const char *p = strchr(a + 1, '`');
			const char *q = strchr(b + 1, '`');

			if (!p || !q)
				return false;
			a = p;
			b = q;
		}
		a++;
		b++;
	}
	return *a == *b;
}

/*
 * rustc names a lint the first time only. A report without a name takes
 * that of one before it which differs in nothing but names.
 */
static int inherit_codes(struct list *l)
{
	for (size_t i = 1; i < l->n; i++) {
		struct diag *d = &l->v[i];

		for (size_t j = 0; j < i && !d->code; j++) {
			const struct diag *o = &l->v[j];

			if (d->tool != DIAG_RUSTC || o->tool != d->tool ||
			    !o->code || !islower((unsigned char)o->code[0]) ||
			    !same_shape(d->message, o->message))
				continue;
			d->code = strdup(o->code);
			if (!d->code)
				return -1;
		}
	}
	return 0;
}

/* The output with @stage taken off its paths, and cleaned. */
static void relative(struct buf *b, const char *text, size_t len,
		     const char *stage)
{
	struct buf prefix = BUF_INIT;
	struct span rest = {text, len};
	size_t at;

	buf_adds(&prefix, stage);
	if (prefix.len && prefix.data[prefix.len - 1] != '/')
		buf_addc(&prefix, '/');
	b->failed |= !buf_ok(&prefix);
	while (prefix.len && rest.len) {
		bool within;

		at = span_find(rest, prefix.data);
		if (at == SIZE_MAX)
			break;
		/* "/far/kiln/work/" is not "/kiln/work/". */
		within = at > 0 && (isalnum((unsigned char)rest.s[at - 1]) ||
				    strchr("._-", rest.s[at - 1]));
		at += within ? prefix.len : 0;
		utf8_add_clean(b, rest.s, at);
		rest = span_from(rest, at + (within ? 0 : prefix.len));
	}
	utf8_add_clean(b, rest.s, rest.len);
	buf_release(&prefix);
}

static int gather(struct parse *p, struct diag **out, size_t *n)
{
	struct list all = {NULL, 0};
	size_t total = 0;

	if (p->levels[DIAG_ERROR].n == 0 && p->fallback.n > 0) {
		p->levels[DIAG_ERROR] = p->fallback;
		p->fallback = all;
		/* The makes above it only repeat it. */
		while (p->levels[DIAG_ERROR].n > 1)
			release(&p->levels[DIAG_ERROR]
					 .v[--p->levels[DIAG_ERROR].n]);
	}
	for (size_t i = 0; i <= DIAG_NOTE; i++)
		total += p->levels[i].n;
	all.v = calloc(total ? total : 1, sizeof(*all.v));
	if (!all.v)
		return -1;
	for (size_t i = 0; i <= DIAG_NOTE; i++) {
		struct list *l = &p->levels[i];

		for (size_t j = 0; j < l->n; j++)
			if (all.n < DIAG_MOST)
				all.v[all.n++] = l->v[j];
			else
				release(&l->v[j]);
		l->n = 0;
	}
	*out = all.v;
	*n = all.n;
	return 0;
}

int diag_parse(struct diag **out, size_t *n, const char *text, size_t len,
	       const char *stage)
{
	struct parse p = {.oom = false};
	struct buf clean = BUF_INIT;
	int ret = -1;

	*out = NULL;
	*n = 0;
	relative(&clean, text, len, stage);
	if (!buf_ok(&clean))
		goto out;
	p.unclaimed.s = buf_str(&clean);
	parse_lines(&p, (struct span){buf_str(&clean), clean.len});
	for (size_t i = 0; i < DIAG_NOTE; i++)
		if (inherit_codes(&p.levels[i]) < 0)
			p.oom = true;
	if (!p.oom)
		ret = gather(&p, out, n);
out:
	for (size_t i = 0; i <= DIAG_NOTE; i++)
		diag_free(p.levels[i].v, p.levels[i].n);
	diag_free(p.fallback.v, p.fallback.n);
	buf_release(&clean);
	return ret;
}
