/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "checker/spec.h"

#include <stdlib.h>
#include <string.h>

/* Every string that a spec can own; the sanitizers see one forgotten. */
static void fill(struct spec *s)
{
	struct plan_step *st;
	struct check_spec *c;

	s->id = strdup("1.2");
	s->slug = strdup("rust-calls-c");
	s->title = strdup("Rust calls C");
	s->dir = strdup("/lessons/1");
	strv_add(&s->given, "legacy.c");
	strv_add(&s->edit, "wrap.rs");
	strv_add(&s->programs, "drive");
	strv_add(&s->machine.devices, "edu");
	for (int i = 0; i < 20; i++) {
		struct buf name = BUF_INIT;

		buf_addf(&name, "step %d", i);
		st = spec_add_step(s);
		st->label = strdup(name.data);
		st->target = strdup("wrap.ko");
		st->args = strdup("level=3");
		strv_add(&st->argv, "-v");
		buf_clear(&name);
		buf_addf(&name, "check %d", i);
		c = spec_add_check(s);
		c->id = strdup(name.data);
		c->title = strdup("it loads");
		c->job = strdup("step 1");
		c->suite = strdup("suite");
		c->kase = strdup("case");
		strv_add(&c->lines, "wrap: ready");
		buf_release(&name);
	}
}

static void new_elements_are_empty(void **state)
{
	struct spec s = {.id = NULL};
	struct plan_step *st = spec_add_step(&s);
	struct check_spec *c = spec_add_check(&s);

	assert_int_equal(st->op, PLAN_INSMOD);
	assert_null(st->label);
	assert_null(st->target);
	assert_null(st->argv.v);
	assert_int_equal(st->expect, 0);
	assert_null(c->id);
	assert_null(c->lines.v);
	assert_false(c->required);
	/* Nor may an element without a name be found, or crash the search. */
	assert_null(spec_step(&s, ""));
	assert_null(spec_check(&s, ""));
	spec_release(&s);
}

static void found_by_name(void **state)
{
	struct spec s = {.id = NULL};

	assert_null(spec_step(&s, "step 0"));
	assert_null(spec_check(&s, "check 0"));
	fill(&s);
	assert_int_equal(s.nplan, 20);
	assert_int_equal(s.nchecks, 20);
	assert_ptr_equal(spec_step(&s, "step 0"), &s.plan[0]);
	assert_ptr_equal(spec_step(&s, "step 19"), &s.plan[19]);
	assert_null(spec_step(&s, "step"));
	assert_null(spec_step(&s, "check 1"));
	assert_ptr_equal(spec_check(&s, "check 7"), &s.checks[7]);
	assert_null(spec_check(&s, "check 20"));
	spec_release(&s);
}

static void release_leaves_it_empty(void **state)
{
	static const struct spec empty;
	struct spec s;

	memset(&s, 0, sizeof(s));
	fill(&s);
	s.has_test_modules = true;
	s.guest_seconds = 5;
	spec_release(&s);
	assert_memory_equal(&s, &empty, sizeof(s));
	spec_release(&s);
	spec_release(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(new_elements_are_empty),
		cmocka_unit_test(found_by_name),
		cmocka_unit_test(release_leaves_it_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
