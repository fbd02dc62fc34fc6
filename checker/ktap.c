/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ktap-int.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

static void document_begin(struct ktap *k, const struct ktap_token *t,
			   size_t indent, size_t line_no)
{
	struct frame *f = ktap_push(k, line_no);

	f->parent = true;
	ktap_check_version(f, t);
	k->indent = indent;
	k->documents++;
	buf_clear(&k->diag);
}

/* Only the document is left on the stack: its tests become the root's. */
static void document_end(struct ktap *k)
{
	struct frame *f = ktap_top(k);

	ktap_end_subtests(f);
	ktap_settle(f);
	ktap_add_counts(&k->root.counts, &f->counts);
	k->root.sub = ktap_worse(k->root.sub, f->sub);
	k->root.broken |= f->broken;
	k->root.test.has_plan |= f->test.has_plan;
	ktap_add(&k->root.test.planned, f->test.planned);
	ktap_add(&k->suites, f->next - 1);
	for (size_t i = 0; i < f->test.nsub; i++) {
		k->kept--;
		ktap_keep(k, &k->root.test, &f->test.sub[i]);
	}
	f->test.nsub = 0;
	ktap_test_release(&f->test);
	k->depth--;
}

static void end_document(struct ktap *k)
{
	while (k->depth > 1)
		ktap_end_frame(k);
	if (k->depth == 1)
		document_end(k);
}

static void add_diag(struct ktap *k, const char *line, size_t len)
{
	size_t room = KTAP_MAX_MESSAGE - k->diag.len;

	if (k->diag.len)
		buf_addc(&k->diag, '\n');
	buf_add(&k->diag, line, utf8_cut(line, len, room));
}

static void take(struct ktap *k, const struct ktap_token *t, size_t line_no)
{
	while (k->depth > 0 && !ktap_step(k, t, line_no))
		;
	if (t->kind != KTAP_TOKEN_DIAG)
		buf_clear(&k->diag);
	k->last_len = 0;
	if (t->kind == KTAP_TOKEN_RESULT) {
		k->last_len = utf8_cut(t->plain, t->plain_len, KTAP_MAX_NAME);
		memcpy(k->last, t->plain, k->last_len);
	}
}

static bool begins_document(const struct ktap *k, const struct ktap_token *t,
			    const char *line)
{
	if (t->kind != KTAP_TOKEN_VERSION)
		return false;
	/* The first may stand anywhere: a log may start in the middle. */
	return *line == 'K' || *line == 'T' || k->documents == 0;
}

void ktap_line(struct ktap *k, const char *line, size_t len, size_t line_no)
{
	struct ktap_token t;
	size_t indent;

	ktap_scan(&t, line, len);
	if (begins_document(k, &t, line)) {
		end_document(k);
		for (indent = 0; line[indent] != 'K' && line[indent] != 'T';)
			indent++;
		document_begin(k, &t, indent, line_no);
		return;
	}
	if (k->depth == 0)
		return;
	if (k->indent) {
		size_t n = len < k->indent ? len : k->indent;

		line += n;
		len -= n;
		ktap_scan(&t, line, len);
	}
	if (t.kind == KTAP_TOKEN_STOP) {
		end_document(k);
		return;
	}
	if (t.kind == KTAP_TOKEN_DIAG && k->diag.len < KTAP_MAX_MESSAGE)
		add_diag(k, line, len);
	take(k, &t, line_no);
}

enum ktap_status ktap_status(const struct ktap *k)
{
	const struct ktap_counts *n = &k->root.counts;

	if (ktap_total(n) == 0)
		return k->root.broken ? KTAP_INCOMPLETE : KTAP_NONE;
	if (k->root.sub == KTAP_CRASH)
		return KTAP_CRASH;
	if (n->failed)
		return KTAP_FAIL;
	if (n->crashed || k->root.broken || k->root.sub == KTAP_INCOMPLETE ||
	    k->root.sub == KTAP_NONE)
		return KTAP_INCOMPLETE;
	return n->passed ? KTAP_PASS : KTAP_SKIP;
}

const struct ktap_test *ktap_root(const struct ktap *k)
{
	return &k->root.test;
}

struct ktap_counts ktap_counts(const struct ktap *k)
{
	return k->root.counts;
}

void ktap_finish(struct ktap *k)
{
	end_document(k);
	k->root.test.status = ktap_status(k);
}

struct ktap *ktap_new(void)
{
	struct ktap *k = calloc(1, sizeof(*k));

	if (k) {
		k->root.sub = KTAP_SKIP;
		k->diag.max = 2 * KTAP_MAX_MESSAGE;
	}
	return k;
}

void ktap_free(struct ktap *k)
{
	if (!k)
		return;
	while (k->depth > 0)
		ktap_test_release(&k->stack[--k->depth].test);
	ktap_test_release(&k->root.test);
	buf_release(&k->diag);
	free(k);
}
