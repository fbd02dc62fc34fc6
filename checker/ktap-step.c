/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ktap-int.h"

#include <limits.h>
#include <string.h>

static bool is_own_result(const struct frame *f, const struct ktap_token *t)
{
	return t->kind == KTAP_TOKEN_RESULT &&
	       ktap_is_named(f, t->plain, t->plain_len);
}

void ktap_check_version(struct frame *f, const struct ktap_token *t)
{
	unsigned low = t->tap ? 13 : 1;
	unsigned high = t->tap ? 14 : 1;

	if (t->number < low || t->number > high)
		ktap_add(&f->counts.errors, 1);
}

/* States. Each returns whether the token was used up. */

static bool in_header(struct ktap *k, struct frame *f,
		      const struct ktap_token *t)
{
	f->state = STATE_PLAN;
	if (t->kind != KTAP_TOKEN_HEADER)
		return false;
	ktap_set_name(k, f, t->name, t->name_len);
	return true;
}

static bool in_plan(struct frame *f, const struct ktap_token *t)
{
	bool used = t->kind == KTAP_TOKEN_PLAN;

	f->state = f->parent ? STATE_SUBS : STATE_RESULT;
	f->test.has_plan = used;
	f->test.planned = used ? t->number : 0;
	f->broken |= f->parent && !used;
	return used;
}

/* Its subtests ended before all that were announced had come. */
static void missing_subtests(struct frame *f)
{
	unsigned n = f->test.planned - f->next + 1;

	ktap_add(&f->counts.errors, n);
	ktap_add(&f->counts.crashed, n);
	f->next = f->test.planned == UINT_MAX ? UINT_MAX : f->test.planned + 1;
	f->broken = true;
}

static bool subtests_due(const struct frame *f)
{
	return f->test.has_plan && f->next <= f->test.planned;
}

static bool in_subs(struct ktap *k, struct frame *f,
		    const struct ktap_token *t, size_t line_no)
{
	bool is_document = f == &k->stack[KTAP_DOCUMENT];
	bool header = t->kind == KTAP_TOKEN_VERSION ||
		      t->kind == KTAP_TOKEN_HEADER;
	struct frame *s;

	if ((f->test.has_plan && f->next > f->test.planned) ||
	    (!is_document && is_own_result(f, t))) {
		if (is_document)
			return true; /* what comes after it is not KTAP */
		if (subtests_due(f))
			missing_subtests(f);
		f->state = STATE_RESULT;
		return false;
	}
	if (header && k->depth > KTAP_MAX_DEPTH) {
		ktap_cut(k);
		return true;
	}
	s = ktap_push(k, line_no);
	s->parent = header;
	if (t->kind == KTAP_TOKEN_VERSION) {
		ktap_check_version(s, t);
		s->state = STATE_HEADER;
	} else if (header) {
		ktap_set_name(k, s, t->name, t->name_len);
	}
	return header;
}

static void keep_message(struct ktap *k, struct frame *f)
{
	if (k->diag.len == 0)
		return;
	f->test.message = strdup(k->diag.data);
	if (!f->test.message)
		ktap_cut(k);
}

/*
 * Within a suite a number out of order means lines lost or lines made up.
 * At the top it does not: KUnit numbers suites through a whole boot, so the
 * second module's only suite is number 2. kunit_parser.py, which never gets
 * to a second document, would call it an error in the first.
 */
static void check_number(struct ktap *k, struct frame *f, unsigned number)
{
	bool top_level = k->depth == 2;

	if (number == f->number)
		return;
	if (top_level && k->documents > 1 && number == k->suites + f->number)
		return;
	ktap_add(&f->counts.errors, 1);
	f->broken |= !top_level;
}

static void take_result(struct ktap *k, struct frame *f,
			const struct ktap_token *t, size_t line_no)
{
	ktap_set_name(k, f, t->name, t->name_len);
	if (t->directive)
		f->test.directive = ktap_copy(k, t->directive,
					      t->directive_len);
	f->test.line = line_no;
	f->ended = true;
	f->standing = t->skip ? STANDING_SKIPPED :
		      t->ok   ? STANDING_PASSED :
				STANDING_FAILED;
	check_number(k, f, t->number);
	if (f->standing == STANDING_FAILED)
		keep_message(k, f);
}

static bool in_result(struct ktap *k, struct frame *f,
		      const struct ktap_token *t, size_t line_no)
{
	bool anonymous = !f->test.name || !*f->test.name;
	bool used = t->kind == KTAP_TOKEN_RESULT &&
		    (anonymous || is_own_result(f, t));

	if (used)
		take_result(k, f, t, line_no);
	else if (!anonymous)
		ktap_add(&f->counts.errors, 1); /* the result is missing */
	ktap_pop(k);
	return used;
}

bool ktap_step(struct ktap *k, const struct ktap_token *t, size_t line_no)
{
	struct frame *f = ktap_top(k);

	if (f->state == STATE_HEADER)
		return in_header(k, f, t);
	/* Skipped wherever else they come; a state that waited for one of
	 * the others would open subtests for it without end. */
	if (t->kind == KTAP_TOKEN_DIAG || t->kind == KTAP_TOKEN_STOP)
		return true;
	switch (f->state) {
	case STATE_HEADER:
	case STATE_PLAN:
		return in_plan(f, t);
	case STATE_SUBS:
		return in_subs(k, f, t, line_no);
	case STATE_RESULT:
		return in_result(k, f, t, line_no);
	}
	return true;
}

void ktap_end_subtests(struct frame *f)
{
	if (f->state == STATE_HEADER || f->state == STATE_PLAN)
		in_plan(f, &(struct ktap_token){.kind = KTAP_TOKEN_DIAG});
	if (f->state == STATE_SUBS && subtests_due(f))
		missing_subtests(f);
}

void ktap_end_frame(struct ktap *k)
{
	struct frame *f = ktap_top(k);
	bool anonymous = !f->test.name || !*f->test.name;

	ktap_end_subtests(f);
	ktap_add(&f->counts.errors, 1);
	if (anonymous || ktap_is_named(f, k->last, k->last_len))
		f->standing = STANDING_NO_TESTS;
	ktap_pop(k);
}
