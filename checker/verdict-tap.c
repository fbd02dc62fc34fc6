/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A verdict as TAP, the Test Anything Protocol: testanything.org, versions
 * 13 and 14. It says 13, which prove knows; what 14 adds (escapes, blocks
 * indented by two) is kept too.
 *
 * Strings in a YAML block are double-quoted in the way of JSON: YAML reads
 * that, and so does the small reader in Perl's TAP::Parser, which literal
 * blocks with blank or indented lines confuse.
 */
#include "verdict-int.h"

#include <stdlib.h>

/* On one line; '#' would begin a directive, and a '\' hide the next one. */
static void add_words(struct buf *b, const char *s)
{
	struct buf clean = BUF_INIT;

	verdict_clean(&clean, s, VERDICT_TEXT_MAX);
	for (const char *p = buf_str(&clean); *p; p++) {
		if (*p == '#' || *p == '\\')
			buf_addc(b, '\\');
		buf_addc(b, *p == '\n' || *p == '\t' ? ' ' : *p);
	}
	b->failed |= !buf_ok(&clean);
	buf_release(&clean);
}

static void quoted(struct buf *b, const char *key, const char *clean)
{
	json_t *j = json_string(clean);
	char *text = j ? json_dumps(j, JSON_ENCODE_ANY) : NULL;

	json_decref(j);
	if (text)
		buf_addf(b, "  %s: %s\n", key, text);
	b->failed |= !text;
	free(text);
}

static void add_string(struct buf *b, const char *key, const char *s)
{
	struct buf clean = BUF_INIT;

	if (!s)
		return;
	verdict_clean(&clean, s, VERDICT_TEXT_MAX);
	quoted(b, key, buf_str(&clean));
	b->failed |= !buf_ok(&clean);
	buf_release(&clean);
}

static void add_test(struct buf *b, bool ok, size_t number, const char *name,
		     const char *title)
{
	buf_addf(b, "%s %zu - ", ok ? "ok" : "not ok", number);
	add_words(b, name);
	buf_adds(b, ": ");
	add_words(b, title);
	buf_addc(b, '\n');
}

static void add_check(struct buf *b, const struct verdict *v, size_t i)
{
	const struct verdict_check *c = &v->checks[i];
	struct buf text = BUF_INIT;

	add_test(b, c->result == CHECK_PASSED, i + 1, c->id, c->title);
	if (c->result == CHECK_PASSED)
		return;
	verdict_add_check(&text, v, c);
	buf_adds(b, "  ---\n");
	quoted(b, "message", buf_str(&text));
	buf_addf(b, "  result: %s\n  points: %u\n  ...\n",
		 check_result_name(c->result), c->points);
	b->failed |= !buf_ok(&text);
	buf_release(&text);
}

/*
 * The last test: a verdict may be no pass although every check holds, and
 * whoever reads only this must not take that for one.
 */
static void add_verdict(struct buf *b, const struct verdict *v)
{
	const char *name = outcome_name(v->outcome);
	bool pass = v->outcome == OUTCOME_PASS;
	struct buf text = BUF_INIT;

	add_test(b, pass, v->nchecks + 1, "verdict", name);
	if (pass)
		return;
	verdict_add_story(&text, v);
	buf_adds(b, "  ---\n");
	quoted(b, "message", buf_str(&text));
	buf_addf(b, "  verdict: %s\n  earned: %u\n  possible: %u\n", name,
		 v->earned, v->possible);
	add_string(b, "kernel", v->kernel);
	add_string(b, "log", v->log);
	buf_adds(b, "  ...\n");
	b->failed |= !buf_ok(&text);
	buf_release(&text);
}

/* A harness stops there, and counts nothing for or against anybody. */
static void add_bail_out(struct buf *b, const struct verdict *v)
{
	buf_addf(b, "Bail out! %s", outcome_name(v->outcome));
	if (v->reason && *v->reason) {
		buf_adds(b, ": ");
		add_words(b, v->reason);
	}
	if (v->next && *v->next) {
		buf_adds(b, "; ");
		add_words(b, v->next);
	}
	buf_addc(b, '\n');
}

int verdict_tap(const struct verdict *v, FILE *out)
{
	struct buf b = BUF_INIT;
	int ret;

	buf_adds(&b, "TAP version 13\n");
	if (verdict_is_fault(v)) {
		add_bail_out(&b, v);
	} else {
		buf_addf(&b, "1..%zu\n# lesson ", v->nchecks + 1);
		add_words(&b, v->lesson);
		buf_addf(&b, ": %u of %u points\n", v->earned, v->possible);
		for (size_t i = 0; i < v->nchecks; i++)
			add_check(&b, v, i);
		add_verdict(&b, v);
	}
	ret = verdict_put_out(&b, out);
	buf_release(&b);
	return ret;
}
