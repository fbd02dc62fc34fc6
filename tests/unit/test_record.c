/* SPDX-License-Identifier: GPL-2.0-or-later */
/* record: made, written, read again. */
#include "record_fixture.h"

#include <jansson.h>

static void there_and_back(void **state)
{
	struct record r;
	struct err e = ERR_INIT;
	json_t *v;

	keep_one("x.tar");
	fine(record_read(&r, in_tmp("x.tar"), &e), &e);
	assert_string_equal(r.created, "2026-02-03T14:05:07Z");
	assert_int_equal(r.seed, 42);
	assert_true(r.cold);
	assert_string_equal(r.ground.kiln, "0.1.0");
	assert_string_equal(r.ground.id, "1.2");
	assert_string_equal(r.ground.slug, "rust-calls-c");
	assert_string_equal(r.ground.kernel, "7.3.4");
	assert_string_equal(r.ground.kernel_key, "0123456789abcdef");
	assert_string_equal(r.ground.toolroot_key, "fedcba9876543210");
	assert_int_equal(r.edit.n, 2);
	assert_int_equal(r.staged.n, 2);
	assert_true(r.has_log);
	v = json_loads(r.verdict, 0, NULL);
	assert_string_equal(json_string_value(json_object_get(v, "verdict")),
			    "fail");
	/* Where the log was says who and where somebody is. */
	assert_string_equal(json_string_value(json_object_get(v, "log")),
			    "kernel.log");
	json_decref(v);
	record_release(&r);
}

/* The lesson, but for its wrong answers, each file by what it says. */
static void the_lessons_files(void **state)
{
	static const char *const names[] = {"lesson.lua", "solution/Makefile",
					    "tests/x.c", "text.md"};
	char hex[HASH_HEX_LEN + 1];
	struct record r;
	struct err e = ERR_INIT;

	put("lesson/tests/.x.c.swp", "x");
	keep_one("x.tar");
	fine(record_read(&r, in_tmp("x.tar"), &e), &e);
	assert_int_equal(r.ground.nfiles, 4);
	for (int i = 0; i < 4; i++)
		assert_string_equal(r.ground.files[i].name, names[i]);
	hash_hex("int x;\n", 7, hex);
	assert_string_equal(ground_file(&r.ground, "tests/x.c")->hash, hex);
	hash_hex(RELEASE, strlen(RELEASE), hex);
	assert_string_equal(r.ground.kernel_stamp, hex);
	record_release(&r);
}

/* What was staged, not what stands there when it is written. */
static void files_as_they_were_staged(void **state)
{
	struct verdict v = a_verdict();
	struct record r = RECORD_INIT;
	struct err e = ERR_INIT;

	r.kiln = "0.1.0";
	record_staged(&r, &spec, &store, in_tmp("stage"));
	put("stage/wrap.rs", "// changed\n");
	put("lesson/tests/x.c", "int y;\n");
	record_finish(&r, &v, v.log);
	fine(record_write(&r, in_tmp("x.tar"), 0, &e), &e);
	record_release(&r);
	verdict_release(&v);
	fine(record_read(&r, in_tmp("x.tar"), &e), &e);
	make_dirs(in_tmp("to"), NULL);
	fine(record_lay_down(&r, in_tmp("to"), &e), &e);
	says("to/wrap.rs", "// mine\n");
	says("to/sub/more.c", "int more;\n");
	/* No more than that: not even what the lesson gives. */
	assert_int_equal(count_entries(in_tmp("to")), 2);
	assert_int_equal(record_lay_down(&r, in_tmp("gone"), &e), -1);
	record_release(&r);
}

static void the_log_as_it_was(void **state)
{
	const struct archive_member *m;
	struct record r;
	struct err e = ERR_INIT;

	keep_one("x.tar");
	fine(record_read(&r, in_tmp("x.tar"), &e), &e);
	m = archive_find(r.archive, "kernel.log");
	assert_non_null(m);
	assert_int_equal(m->len, strlen("kiln: begin\n\x1b[31mred\n"));
	assert_memory_equal(m->data, "kiln: begin\n\x1b[31mred\n", m->len);
	record_release(&r);
}

/* A check that ended before there was a guest, or before there were files. */
static void with_less(void **state)
{
	struct verdict v = a_verdict();
	struct record r;
	struct err e = ERR_INIT;

	free(v.log);
	v.log = NULL;
	v.outcome = OUTCOME_BUILD_FAILED;
	unlink(in_tmp("stage/wrap.rs"));
	keep("x.tar", &v);
	fine(record_read(&r, in_tmp("x.tar"), &e), &e);
	assert_false(r.has_log);
	assert_int_equal(r.edit.n, 2);
	assert_int_equal(r.staged.n, 1);
	assert_string_equal(r.staged.v[0], "sub/more.c");
	make_dirs(in_tmp("to"), NULL);
	fine(record_lay_down(&r, in_tmp("to"), &e), &e);
	assert_int_equal(count_entries(in_tmp("to")), 1);
	record_release(&r);
}

/* Seeds that JSON's integers do not hold. */
static void large_seeds(void **state)
{
	static const uint64_t seeds[] = {1, INT64_MAX, (uint64_t)INT64_MAX + 1,
					 UINT64_MAX};

	for (size_t i = 0; i < sizeof(seeds) / sizeof(seeds[0]); i++) {
		struct verdict v = a_verdict();
		struct record r;
		struct err e = ERR_INIT;

		v.seed = seeds[i];
		keep("x.tar", &v);
		fine(record_read(&r, in_tmp("x.tar"), &e), &e);
		assert_true(r.seed == seeds[i]);
		record_release(&r);
	}
}

static void same_bytes(void **state)
{
	struct buf a = BUF_INIT, b = BUF_INIT;

	keep_one("a.tar");
	keep_one("b.tar");
	buf_read_file(&a, in_tmp("a.tar"), 1 << 20, NULL);
	buf_read_file(&b, in_tmp("b.tar"), 1 << 20, NULL);
	assert_true(a.len > 0 && a.len == b.len);
	assert_memory_equal(a.data, b.data, a.len);
	buf_release(&a);
	buf_release(&b);
}

static void refused_there(const char *name)
{
	struct err e = ERR_INIT;

	assert_int_equal(record_may_write(in_tmp(name), &e), -1);
	assert_int_equal(e.code, ERR_USAGE);
	assert_string_equal(e.where, in_tmp(name));
	assert_true(*e.next);
}

/* Nothing is written over that somebody could miss. */
static void where_it_may_go(void **state)
{
	struct err e = ERR_INIT;

	keep_one("x.tar");
	fine(record_may_write(in_tmp("x.tar"), &e), &e);
	fine(record_may_write(in_tmp("new.tar"), &e), &e);
	fine(record_may_write(in_tmp("no/such/folder.tar"), &e), &e);
	put("empty", "");
	fine(record_may_write(in_tmp("empty"), &e), &e);
	refused_there("stage/wrap.rs");
	put("text", "manifest.json, said somebody\n");
	refused_there("text");
	refused_there("stage");
	assert_int_equal(symlink(in_tmp("x.tar"), in_tmp("link")), 0);
	refused_there("link");
	assert_int_equal(mkfifo(in_tmp("fifo"), 0600), 0);
	refused_there("fifo");
	assert_int_equal(record_may_write("/dev/null", &e), -1);
}

static void cannot_be_kept(void **state)
{
	struct verdict v = a_verdict();
	struct record r = RECORD_INIT;
	struct err e = ERR_INIT;

	/* A check that ended before staging. */
	assert_int_equal(record_write(&r, in_tmp("x.tar"), 0, &e), -1);
	assert_int_equal(e.code, ERR_USAGE);
	record_staged(&r, &spec, &store, in_tmp("stage"));
	record_finish(&r, &v, v.log);
	assert_int_equal(record_write(&r, in_tmp("no/x.tar"), 0, &e), -1);
	assert_int_equal(e.code, ERR_ENV);
	assert_int_equal(e.errnum, ENOENT);
	assert_int_equal(record_write(&r, in_tmp("stage/wrap.rs"), 0, &e), -1);
	assert_int_equal(e.code, ERR_USAGE);
	says("stage/wrap.rs", "// mine\n");
	record_release(&r);
	/* What went wrong while it was staged is told in the end. */
	unlink(in_tmp("linux/.complete"));
	record_staged(&r, &spec, &store, in_tmp("stage"));
	record_finish(&r, &v, v.log);
	assert_int_equal(record_write(&r, in_tmp("x.tar"), 0, &e), -1);
	assert_non_null(strstr(e.where, ".complete"));
	assert_false(exists(in_tmp("x.tar")));
	record_release(&r);
	verdict_release(&v);
}

static void names_too_long(void **state)
{
	struct verdict v = a_verdict();
	struct record r = RECORD_INIT;
	struct err e = ERR_INIT;
	char name[128];
	char path[160];

	memset(name, 'n', sizeof(name));
	name[94] = '\0';
	strv_add(&spec.edit, name);
	snprintf(path, sizeof(path), "stage/%s", name);
	put(path, "x");
	record_staged(&r, &spec, &store, in_tmp("stage"));
	record_finish(&r, &v, v.log);
	assert_int_equal(record_write(&r, in_tmp("x.tar"), 0, &e), -1);
	assert_int_equal(e.code, ERR_LESSON);
	assert_string_equal(e.where, name);
	record_release(&r);
	verdict_release(&v);
}

static void does_it_fit(void **state)
{
	struct ground now;
	struct record r;
	struct err e = ERR_INIT;

	keep_one("x.tar");
	fine(record_read(&r, in_tmp("x.tar"), &e), &e);
	fine(ground_look(&now, &spec, &store, NULL, &e), &e);
	fine(record_fits(&r, &spec, &now, &e), &e);
	/* The same lesson.lua asks for something else: that cannot be. */
	strv_add(&spec.edit, "new.rs");
	assert_int_equal(record_fits(&r, &spec, &now, &e), -1);
	assert_int_equal(e.code, ERR_USAGE);
	ground_release(&now);
	put("lesson/lesson.lua", "return lesson { edit = more }\n");
	fine(ground_look(&now, &spec, &store, NULL, &e), &e);
	assert_int_equal(record_fits(&r, &spec, &now, &e), -1);
	assert_int_equal(e.code, ERR_ENV);
	ground_release(&now);
	record_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		RECORD_TEST(there_and_back),
		RECORD_TEST(the_lessons_files),
		RECORD_TEST(files_as_they_were_staged),
		RECORD_TEST(the_log_as_it_was),
		RECORD_TEST(with_less),
		RECORD_TEST(large_seeds),
		RECORD_TEST(same_bytes),
		RECORD_TEST(where_it_may_go),
		RECORD_TEST(cannot_be_kept),
		RECORD_TEST(names_too_long),
		RECORD_TEST(does_it_fit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
