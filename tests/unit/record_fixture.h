/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A lesson, a store and a stage as small as they can be, in a temporary
 * folder; and a record made of them.
 */
#ifndef TESTS_UNIT_RECORD_FIXTURE_H
#define TESTS_UNIT_RECORD_FIXTURE_H

#include "tmp_fixture.h"

#include "checker/archive.h"
#include "checker/record.h"
#include "checker/store.h"
#include "checker/verdict.h"

#define RELEASE "7.3.4\ntools\n"

static struct spec spec;
static struct store store;

UNUSED static char *dup_tmp(const char *name)
{
	return strdup(in_tmp(name));
}

UNUSED static int begin(void **state)
{
	make_tmp(state);
	make_dirs(in_tmp("lesson/solution/sub"), NULL);
	make_dirs(in_tmp("lesson/tests"), NULL);
	make_dirs(in_tmp("lesson/wrong/one"), NULL);
	make_dirs(in_tmp("linux"), NULL);
	make_dirs(in_tmp("toolroot"), NULL);
	make_dirs(in_tmp("stage/sub"), NULL);
	put("lesson/lesson.lua", "return lesson {}\n");
	put("lesson/text.md", "# A lesson\n");
	put("lesson/solution/Makefile", "obj-m := wrap.o\n");
	put("lesson/tests/x.c", "int x;\n");
	put("lesson/wrong/one/wrap.rs", "// wrong\n");
	put("linux/.complete", RELEASE);
	put("toolroot/.complete", "rustc 1.85\n");
	put("stage/Makefile", "obj-m := wrap.o\n");
	put("stage/wrap.rs", "// mine\n");
	put("stage/sub/more.c", "int more;\n");
	put("raw.log", "kiln: begin\n\x1b[31mred\n");
	spec = (struct spec){
		.id = strdup("1.2"),
		.slug = strdup("rust-calls-c"),
		.title = strdup("Rust calls C, safely wrapped"),
		.dir = dup_tmp("lesson"),
	};
	strv_add(&spec.given, "Makefile");
	strv_add(&spec.edit, "wrap.rs");
	strv_add(&spec.edit, "sub/more.c");
	store = (struct store){
		.cache = dup_tmp("cache"),
		.linux_dir = dup_tmp("linux"),
		.linux_key = strdup("0123456789abcdef"),
		.toolroot = dup_tmp("toolroot"),
		.toolroot_key = strdup("fedcba9876543210"),
	};
	return 0;
}

UNUSED static int end(void **state)
{
	spec_release(&spec);
	store_release(&store);
	return drop_tmp(state);
}

#define RECORD_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

/* A verdict that failed one of two checks, by a guest's log. */
UNUSED static struct verdict a_verdict(void)
{
	struct verdict v = {
		.outcome = OUTCOME_FAIL,
		.lesson = strdup("1.2"),
		.earned = 1,
		.possible = 3,
		.checks = calloc(2, sizeof(*v.checks)),
		.nchecks = 2,
		.booted = true,
		.warm = true,
		.kernel = strdup("7.3.4"),
		.seed = 42,
		.log = dup_tmp("raw.log"),
	};

	v.checks[0] = (struct verdict_check){strdup("loads"),
					     strdup("it loads"),
					     CHECK_PASSED,
					     1,
					     NULL,
					     NULL};
	v.checks[1] = (struct verdict_check){strdup("clean"),
					     strdup("no \x1b[31m fault"),
					     CHECK_FAILED,
					     2,
					     NULL,
					     NULL};
	return v;
}

UNUSED static void fine(int r, const struct err *e)
{
	if (r < 0)
		fail_msg("%s [%s] %s", e->what, e->where, e->next);
}

/* Made as a check makes one; written to TMP/NAME. */
UNUSED static void keep(const char *name, struct verdict *v)
{
	struct record r = RECORD_INIT;
	struct err e = ERR_INIT;

	r.kiln = "0.1.0";
	r.cold = true;
	record_staged(&r, &spec, &store, in_tmp("stage"));
	record_finish(&r, v, v->log);
	fine(record_write(&r, in_tmp(name), 1770127507, &e), &e);
	record_release(&r);
	verdict_release(v);
}

UNUSED static void keep_one(const char *name)
{
	struct verdict v = a_verdict();

	keep(name, &v);
}

UNUSED static void says(const char *name, const char *text)
{
	struct buf b = BUF_INIT;
	struct err e = ERR_INIT;

	fine(buf_read_file(&b, in_tmp(name), 1 << 20, &e), &e);
	assert_string_equal(buf_str(&b), text);
	buf_release(&b);
}

#endif
