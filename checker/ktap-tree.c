/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ktap-int.h"
#include "utf8.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

void ktap_add(unsigned *to, unsigned n)
{
	*to = *to > UINT_MAX - n ? UINT_MAX : *to + n;
}

unsigned ktap_total(const struct ktap_counts *n)
{
	unsigned sum = n->passed;

	ktap_add(&sum, n->failed);
	ktap_add(&sum, n->skipped);
	ktap_add(&sum, n->crashed);
	return sum;
}

void ktap_add_counts(struct ktap_counts *to, const struct ktap_counts *n)
{
	ktap_add(&to->passed, n->passed);
	ktap_add(&to->failed, n->failed);
	ktap_add(&to->skipped, n->skipped);
	ktap_add(&to->crashed, n->crashed);
	ktap_add(&to->errors, n->errors);
}

void ktap_test_release(struct ktap_test *t)
{
	for (size_t i = 0; i < t->nsub; i++)
		ktap_test_release(&t->sub[i]);
	free(t->sub);
	free(t->name);
	free(t->directive);
	free(t->message);
	*t = (struct ktap_test){.name = NULL};
}

struct frame *ktap_top(struct ktap *k)
{
	return &k->stack[k->depth - 1];
}

void ktap_cut(struct ktap *k)
{
	ktap_add(&k->root.counts.errors, 1);
	k->root.broken = true;
}

char *ktap_copy(struct ktap *k, const char *s, size_t len)
{
	char *p;

	if (len > KTAP_MAX_NAME) {
		len = utf8_cut(s, len, KTAP_MAX_NAME);
		ktap_cut(k);
	}
	p = strndup(s, len);
	if (!p)
		ktap_cut(k);
	return p;
}

void ktap_set_name(struct ktap *k, struct frame *f, const char *s, size_t len)
{
	free(f->test.name);
	f->test.name = ktap_copy(k, s, len);
}

bool ktap_is_named(const struct frame *f, const char *s, size_t len)
{
	const char *name = f->test.name;

	len = utf8_cut(s, len, KTAP_MAX_NAME);
	return name && len && strlen(name) == len && !memcmp(name, s, len);
}

void ktap_keep(struct ktap *k, struct ktap_test *parent,
		      struct ktap_test *t)
{
	size_t n = parent->nsub;
	struct ktap_test *p = parent->sub;

	if (k->kept >= KTAP_MAX_TESTS)
		goto drop;
	if ((n & (n - 1)) == 0) {
		p = reallocarray(p, n ? 2 * n : 1, sizeof(*p));
		if (!p)
			goto drop;
		parent->sub = p;
	}
	p[parent->nsub++] = *t;
	k->kept++;
	return;
drop:
	ktap_test_release(t);
	ktap_cut(k);
}

/* What says more about a suite comes later in this list. */
enum ktap_status ktap_worse(enum ktap_status a, enum ktap_status b)
{
	static const int rank[] = {
		[KTAP_SKIP] = 0, [KTAP_PASS] = 1, [KTAP_NONE] = 2,
		[KTAP_INCOMPLETE] = 3, [KTAP_FAIL] = 4, [KTAP_CRASH] = 5,
	};

	return rank[a] > rank[b] ? a : b;
}

static enum ktap_status frame_status(const struct frame *f)
{
	enum ktap_status s = KTAP_SKIP;

	if (f->parent && !f->ended)
		return KTAP_CRASH;
	if (f->standing == STANDING_PASSED)
		s = KTAP_PASS;
	else if (f->standing == STANDING_FAILED)
		s = KTAP_FAIL;
	else if (f->standing != STANDING_SKIPPED)
		s = f->parent ? KTAP_NONE : KTAP_INCOMPLETE;
	/* A suite that passed may hold skipped cases, not the reverse. */
	s = ktap_worse(s, f->sub);
	return f->broken ? ktap_worse(s, KTAP_INCOMPLETE) : s;
}

/* bubble_up_test_results(), and what goes before it in parse_test(). */
void ktap_settle(struct frame *f)
{
	struct ktap_counts *n = &f->counts;

	if (f->parent && f->next == 1 && f->standing != STANDING_FAILED &&
	    f->standing != STANDING_SKIPPED) {
		/* Not an error twice: "No more test results!" came before. */
		if (f->standing != STANDING_NO_TESTS)
			ktap_add(&n->errors, 1);
		f->standing = STANDING_NO_TESTS;
	}
	if (ktap_total(n) == 0) {
		ktap_add(&n->passed, f->standing == STANDING_PASSED);
		ktap_add(&n->failed, f->standing == STANDING_FAILED);
		ktap_add(&n->skipped, f->standing == STANDING_SKIPPED);
		ktap_add(&n->crashed, f->standing == STANDING_CRASHED);
	} else if (f->standing == STANDING_FAILED && !n->crashed &&
		   !n->failed && n->passed) {
		/* Every case passed, and yet the suite says that it failed. */
		ktap_add(&n->failed, 1);
	}
}

void ktap_pop(struct ktap *k)
{
	struct frame *f = ktap_top(k);
	struct frame *up = f - 1;

	ktap_settle(f);
	f->test.status = frame_status(f);
	up->sub = ktap_worse(up->sub, f->test.status);
	ktap_add_counts(&up->counts, &f->counts);
	ktap_keep(k, &up->test, &f->test);
	k->depth--;
}

struct frame *ktap_push(struct ktap *k, size_t line_no)
{
	struct frame *f = &k->stack[k->depth];

	*f = (struct frame){
		.state = STATE_PLAN,
		.next = 1,
		.sub = KTAP_SKIP,
	};
	f->test.line = line_no;
	if (k->depth > 0)
		f->number = ktap_top(k)->next++;
	k->depth++;
	return f;
}
