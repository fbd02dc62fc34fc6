/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "utf8.h"
#include "verdict-int.h"

#include <string.h>

/* Compilers repeat themselves; whoever wants all has the build's output. */
enum { MAX_ERRORS = 20 };

void verdict_clean(struct buf *b, const char *s, size_t max)
{
	size_t len = s ? strlen(s) : 0;
	size_t n = len ? utf8_cut(s, len, max) : 0;

	utf8_add_clean(b, s, n);
	if (n < len)
		buf_addf(b, "\n[%zu bytes more]", len - n);
}

bool verdict_is_fault(const struct verdict *v)
{
	return v->outcome == OUTCOME_LESSON_FAULT ||
	       v->outcome == OUTCOME_ENV_FAULT;
}

int64_t verdict_ms(const struct verdict *v)
{
	int64_t ms = 0;

	for (enum tier t = 0; t < TIER_N; t++)
		if (v->tiers[t].result != TIER_NOT_RUN)
			ms += v->tiers[t].ms;
	return ms;
}

static void add_text(struct buf *b, const char *s)
{
	verdict_clean(b, s, VERDICT_TEXT_MAX);
}

static void add_line(struct buf *b, const char *s)
{
	if (!s || !*s)
		return;
	buf_addc(b, '\n');
	add_text(b, s);
}

/* "wrap.rs:12:5: error[E0308]: mismatched types" */
static void add_error(struct buf *b, const struct diag *d)
{
	buf_addc(b, '\n');
	if (d->file)
		add_text(b, d->file);
	if (d->file && d->line)
		buf_addf(b, ":%u", d->line);
	if (d->file && d->line && d->col)
		buf_addf(b, ":%u", d->col);
	buf_adds(b, d->file ? ": error" : "error");
	if (d->code) {
		buf_addc(b, '[');
		add_text(b, d->code);
		buf_addc(b, ']');
	}
	buf_adds(b, ": ");
	add_text(b, d->message);
}

static void add_errors(struct buf *b, const struct verdict *v)
{
	size_t n = 0;

	while (n < v->ndiags && v->diags[n].level == DIAG_ERROR)
		n++;
	if (n > 0)
		buf_addc(b, '\n');
	for (size_t i = 0; i < n && i < MAX_ERRORS; i++)
		add_error(b, &v->diags[i]);
	if (n > MAX_ERRORS)
		buf_addf(b, "\nand %zu errors more", n - MAX_ERRORS);
}

static void add_finding(struct buf *b, const struct finding *f)
{
	buf_addf(b, "\n\n%s: ", finding_name(f->kind));
	add_text(b, f->title);
	if (f->file) {
		buf_adds(b, "\nat ");
		add_text(b, f->file);
		if (f->line)
			buf_addf(b, ":%u", f->line);
	} else if (f->symbol) {
		buf_adds(b, "\nin ");
		add_text(b, f->symbol);
	}
	add_line(b, f->explain);
}

void verdict_add_story(struct buf *b, const struct verdict *v)
{
	if (verdict_is_fault(v))
		buf_addf(b,
			 "No verdict (%s): this says nothing about the work.",
			 outcome_name(v->outcome));
	else if (v->outcome == OUTCOME_PASS)
		buf_addf(b, "Passed: %u of %u points.", v->earned, v->possible);
	else
		buf_addf(b, "Not passed (%s): %u of %u points.",
			 outcome_name(v->outcome), v->earned, v->possible);
	add_line(b, v->reason);
	add_line(b, v->next);
	add_errors(b, v);
	for (size_t i = 0; i < v->nfindings; i++)
		add_finding(b, &v->findings[i]);
}

void verdict_add_check(struct buf *b, const struct verdict *v,
		       const struct verdict_check *c)
{
	size_t before = b->len;

	if (c->message && *c->message)
		add_text(b, c->message);
	else if (c->result == CHECK_NOT_RUN) {
		buf_adds(b, "not run");
		if (v->reason)
			buf_adds(b, ": ");
		add_text(b, v->reason);
	}
	if (!c->evidence || !*c->evidence)
		return;
	if (b->len > before)
		buf_adds(b, "\n\n");
	add_text(b, c->evidence);
}

int verdict_put_out(const struct buf *b, FILE *out)
{
	if (!buf_ok(b) || fwrite(buf_str(b), 1, b->len, out) != b->len)
		return -1;
	return fflush(out) == 0 ? 0 : -1;
}
