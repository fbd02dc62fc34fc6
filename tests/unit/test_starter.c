/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "shell/starter.h"
#include "shell/lesson.h"
#include "checker/buf.h"
#include "checker/err.h"

#include "tmp_fixture.h"
#include "lesson_fixture.h"

static const char rust[] = "fn a() {\n"
			   "    // BEGIN SOLUTION\n"
			   "    pr_info!(\"x\");\n"
			   "\n"
			   "    // STUB\n"
			   "    // // TODO: print\n"
			   "    //\n"
			   "    //     deep();\n"
			   "\n"
			   "    // END SOLUTION\n"
			   "}\n"
			   "// BEGIN SOLUTION\n"
			   "fn b() {}\n"
			   "// END SOLUTION\n"
			   "// the end";

static void assert_makes(bool solved, const char *path, const char *text,
			 const char *want)
{
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	int ret;

	if (solved)
		ret = solution_strip(&out, text, strlen(text), path, &e);
	else
		ret = starter_make(&out, text, strlen(text), path, &e);
	if (ret < 0)
		fail_msg("%s: %s", e.where, e.what);
	assert_string_equal(buf_str(&out), want);
	buf_release(&out);
}

static void test_starter(void **state)
{
	assert_makes(false, "dir/a.rs", rust,
		     "fn a() {\n"
		     "    // TODO: print\n"
		     "\n"
		     "        deep();\n"
		     "\n"
		     "}\n"
		     "// the end");
}

static void test_solution(void **state)
{
	assert_makes(true, "a.rs", rust,
		     "fn a() {\n"
		     "    pr_info!(\"x\");\n"
		     "\n"
		     "}\n"
		     "fn b() {}\n"
		     "// the end");
}

static void test_no_markers(void **state)
{
	assert_makes(false, "a.c", "int a;\n# STUB\n", "int a;\n# STUB\n");
	assert_makes(true, "a.c", "", "");
}

static void test_signs(void **state)
{
	static const char make[] = "obj-m := a.o\n"
				   "# BEGIN SOLUTION\n"
				   "a-y := b.o\n"
				   "#STUB\n"
				   "#a-y :=\n"
				   "#\tx\n"
				   "#END SOLUTION\n";

	assert_makes(false, "solution/Makefile", make,
		     "obj-m := a.o\na-y :=\nx\n");
	assert_makes(true, "Kbuild", make, "obj-m := a.o\na-y := b.o\n");
	assert_makes(false, "a.h",
		     "\t//BEGIN SOLUTION  \r\n1\n\t//END SOLUTION\n", "");
	assert_makes(false, "a.lua",
		     "-- BEGIN SOLUTION\n1\n-- STUB\n-- 2\n-- END SOLUTION\n",
		     "2\n");
	assert_makes(false, "a.sh",
		     "# BEGIN SOLUTION\n1\n# STUB\n# 2\n# END SOLUTION\n",
		     "2\n");
}

static void assert_refuses(const char *path, const char *text,
			   const char *where, const char *what)
{
	for (int solved = 0; solved < 2; solved++) {
		struct buf out = BUF_INIT;
		struct err e = ERR_INIT;
		size_t n = strlen(text);

		assert_int_equal(
			solved ? solution_strip(&out, text, n, path, &e)
			       : starter_make(&out, text, n, path, &e),
			-1);
		assert_int_equal(e.code, ERR_LESSON);
		assert_string_equal(e.where, where);
		if (!strstr(e.what, what))
			fail_msg("\"%s\" is not in \"%s\"", what, e.what);
		buf_release(&out);
	}
}

static void test_mistakes(void **state)
{
	assert_refuses("a.rs", "x\n// BEGIN SOLUTION\ny\n", "a.rs:2",
		       "no END SOLUTION follows");
	assert_refuses("a.rs", "// BEGIN SOLUTION\n// STUB\n", "a.rs:1",
		       "no END SOLUTION follows");
	assert_refuses("a.rs", "x\n// END SOLUTION\n", "a.rs:2",
		       "END SOLUTION without a BEGIN");
	assert_refuses("a.rs", "// STUB\n", "a.rs:1", "STUB without a BEGIN");
	assert_refuses("a.rs", "// BEGIN SOLUTION\n// BEGIN SOLUTION\n",
		       "a.rs:2", "the region that began in line 1");
	assert_refuses("a.rs", "// BEGIN SOLUTION\n// STUB\n// STUB\n",
		       "a.rs:3", "a second STUB");
	assert_refuses("a.rs", "// BEGIN SOLUTION\n// STUB\nx\n", "a.rs:3",
		       "must be commented out with //");
	/* A slip in a marker must not give the solution away. */
	assert_refuses("a.c", "/* BEGIN SOLUTION */\n", "a.c:1", "is none");
	assert_refuses("a.c", "int a; // BEGIN SOLUTION\n", "a.c:1", "is none");
	assert_refuses("a.c", "# BEGIN SOLUTION\n", "a.c:1", "is none");
	assert_refuses("Makefile", "// BEGIN SOLUTION\n", "Makefile:1",
		       "# BEGIN SOLUTION");
	assert_refuses("a.rs", "// BEGIN SOLUTION\n1\n//  END SOLUTION\n",
		       "a.rs:3", "is none");
}

/* The lesson of the fixture, and a folder to work in. */
static struct lesson lesson;
static char work[PATH_MAX + 16];

static int setup(void **state)
{
	struct err e = ERR_INIT;
	char dir[PATH_MAX + 64];

	if (make_tmp(state) < 0)
		return -1;
	snprintf(work, sizeof(work), "%s/work/it", tmp);
	snprintf(dir, sizeof(dir), "%s/lessons/1-b/02-rust-calls-c", tmp);
	put_lesson(dir, fixture_script);
	return lesson_load(&lesson, dir, &e);
}

static int teardown(void **state)
{
	lesson_release(&lesson);
	return drop_tmp(state);
}

static void assert_file(const char *name, const char *want)
{
	char path[PATH_MAX + 64];
	struct err e = ERR_INIT;
	struct buf b = BUF_INIT;

	snprintf(path, sizeof(path), "%s/%s", work, name);
	if (buf_read_file(&b, path, 1 << 20, &e) < 0)
		fail_msg("%s: %s", e.where, e.what);
	assert_string_equal(buf_str(&b), want);
	buf_release(&b);
}

static int write_it(enum starter_what what, starter_keep_fn *keep, void *arg,
		    struct strv *clash)
{
	struct err e = ERR_INIT;
	int ret =
		lesson_write_starter(&lesson, work, what, keep, arg, clash, &e);

	if (ret < 0 && e.code == ERR_NONE)
		fail_msg("failed without an error");
	return ret;
}

static void test_writes(void **state)
{
	struct strv clash = STRV_INIT;
	char path[PATH_MAX + 64];
	struct stat st;

	assert_int_equal(write_it(STARTER_START, NULL, NULL, &clash), 0);
	assert_file("wrap.rs", "// TODO\n");
	assert_file("legacy.c", "int legacy;\n");
	assert_file("inc/legacy.h", "extern int legacy;\n");
	assert_file("Makefile", "obj-m += wrap.o\n");
	snprintf(path, sizeof(path), "%s/legacy.c", work);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0444);
	snprintf(path, sizeof(path), "%s/wrap.rs", work);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0644);
	/* And once more, over what is the same. */
	assert_int_equal(write_it(STARTER_START, NULL, NULL, &clash), 0);
	assert_int_equal(clash.n, 0);
	assert_int_equal(count_entries(work), 4);
}

static void test_never_over_work(void **state)
{
	struct strv clash = STRV_INIT;

	put_file("my work\n", "%s/wrap.rs", work);
	put_file("my notes\n", "%s/notes.txt", work);
	assert_int_equal(write_it(STARTER_START, NULL, NULL, &clash), 1);
	assert_int_equal(clash.n, 1);
	assert_string_equal(clash.v[0], "wrap.rs");
	assert_file("wrap.rs", "my work\n");
	/* Nothing at all was written, not the given files either. */
	assert_int_equal(count_entries(work), 2);
	strv_release(&clash);
}

struct kept {
	char *files;
	int ret;
};

static int keep_first(void *arg, const char *dir, const struct strv *files,
		      struct err *e)
{
	struct kept *k = arg;

	assert_string_equal(dir, work);
	assert_int_equal(files->n, 1);
	k->files = strdup(files->v[0]);
	assert_file("wrap.rs", "my work\n");
	return k->ret < 0 ? err_set(e, ERR_ENV, 0, "cannot keep") : 0;
}

static void test_keeps_first(void **state)
{
	struct kept k = {.ret = -1};

	put_file("my work\n", "%s/wrap.rs", work);
	assert_int_equal(write_it(STARTER_SOLUTION, keep_first, &k, NULL), -1);
	assert_string_equal(k.files, "wrap.rs");
	assert_file("wrap.rs", "my work\n");
	assert_int_equal(count_entries(work), 1);
	free(k.files);
	k = (struct kept){.ret = 0};
	assert_int_equal(write_it(STARTER_SOLUTION, keep_first, &k, NULL), 0);
	assert_file("wrap.rs", "fn it() {}\n");
	assert_int_equal(count_entries(work), 4);
	free(k.files);
}

static int keep_any(void *arg, const char *dir, const struct strv *files,
		    struct err *e)
{
	return 0;
}

static void test_links(void **state)
{
	char path[PATH_MAX + 64], other[PATH_MAX + 64];
	struct strv clash = STRV_INIT;
	struct err e = ERR_INIT;
	struct buf b = BUF_INIT;
	struct stat st;

	/* A link is in the way, and what it leads to is never written to. */
	snprintf(other, sizeof(other), "%s/other", tmp);
	put_file("precious\n", "%s", other);
	assert_int_equal(mkdir(in_tmp("work"), 0755), 0);
	assert_int_equal(mkdir(work, 0755), 0);
	snprintf(path, sizeof(path), "%s/wrap.rs", work);
	assert_int_equal(symlink(other, path), 0);
	assert_int_equal(write_it(STARTER_START, NULL, NULL, &clash), 1);
	strv_release(&clash);
	assert_int_equal(write_it(STARTER_START, keep_any, NULL, NULL), 0);
	assert_int_equal(lstat(path, &st), 0);
	assert_true(S_ISREG(st.st_mode));
	assert_int_equal(buf_read_file(&b, other, 100, &e), 0);
	assert_string_equal(buf_str(&b), "precious\n");
	buf_release(&b);
	/* Nor is a link lost that leads nowhere. */
	assert_int_equal(unlink(path), 0);
	assert_int_equal(symlink("/no/such/file", path), 0);
	assert_int_equal(write_it(STARTER_START, NULL, NULL, &clash), 1);
	assert_string_equal(clash.v[0], "wrap.rs");
	strv_release(&clash);
	/* And a linked folder does not lead out. */
	snprintf(path, sizeof(path), "%s/inc", work);
	assert_int_equal(rename(path, in_tmp("away")), 0);
	assert_int_equal(symlink(in_tmp("away"), path), 0);
	assert_int_equal(write_it(STARTER_START, keep_any, NULL, NULL), -1);
}

static void test_broken_solution(void **state)
{
	struct err e = ERR_INIT;

	put_file("// BEGIN SOLUTION\n", "%s/solution/wrap.rs", lesson.spec.dir);
	assert_int_equal(lesson_write_starter(&lesson, work, STARTER_START,
					      NULL, NULL, NULL, &e),
			 -1);
	assert_int_equal(e.code, ERR_LESSON);
	assert_non_null(strstr(e.where, "solution/wrap.rs:1"));
	assert_false(exists(work));
}

/* ---- solved up to a step ---- */

static const char two_steps[] = "// BEGIN SOLUTION the-wrapper\none\n// STUB\n"
				"// TODO 1\n// END SOLUTION\n"
				"// BEGIN SOLUTION again\ntwo\n// STUB\n"
				"// TODO 2\n// END SOLUTION\n"
				"// BEGIN SOLUTION\nthree\n// END SOLUTION\n";

static void assert_solves(const char *solved, const char *own, const char *want)
{
	char *known_v[] = {(char *)"the-wrapper", (char *)"again", NULL};
	char *solved_v[] = {(char *)solved, NULL};
	struct strv known = {known_v, 2}, some = {solved_v, solved ? 1 : 0};
	struct starter_steps steps = {&known, &some, own};
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;

	assert_int_equal(starter_solve(&out, two_steps, strlen(two_steps),
				       "a.rs", &steps, &e),
			 0);
	assert_string_equal(buf_str(&out), want);
	buf_release(&out);
}

static void test_steps(void **state)
{
	assert_solves(NULL, "again", "TODO 1\nTODO 2\n");
	assert_solves("the-wrapper", "again", "one\nTODO 2\n");
	assert_solves("the-wrapper", "the-wrapper", "one\nTODO 2\nthree\n");
	assert_solves("again", "again", "TODO 1\ntwo\nthree\n");
	assert_solves("again", NULL, "TODO 1\ntwo\n");
	/* The whole of either is as ever. */
	assert_makes(false, "a.rs", two_steps, "TODO 1\nTODO 2\n");
	assert_makes(true, "a.rs", two_steps, "one\ntwo\nthree\n");
	assert_refuses("a.rs", "// BEGIN SOLUTION Two\n", "a.rs:1", "is none");
	assert_refuses("a.rs", "// BEGIN SOLUTIONS\n", "a.rs:1", "is none");
	assert_refuses("a.rs", "// BEGIN SOLUTION a b\n", "a.rs:1", "is none");
}

static int keep_all(void *arg, const char *dir, const struct strv *files,
		    struct err *e)
{
	for (size_t i = 0; i < files->n; i++)
		assert_int_equal(strv_add(arg, files->v[i]), 0);
	return 0;
}

static int write_at(size_t n, struct strv *kept, struct err *e)
{
	return lesson_write_at(&lesson, n, work, keep_all, kept, e);
}

/* The steps of the fixture: 3 is "the-wrapper", 4 "again", both of wrap.rs. */
static void test_write_at(void **state)
{
	struct strv kept = STRV_INIT;
	struct err e = ERR_INIT;

	put_file(two_steps, "%s/solution/wrap.rs", lesson.spec.dir);
	assert_int_equal(write_at(4, &kept, &e), 0);
	assert_file("wrap.rs", "one\nTODO 2\nthree\n");
	assert_int_equal(kept.n, 0);
	/* No write step before it: what is there stays. */
	put_file("mine\n", "%s/wrap.rs", work);
	assert_int_equal(write_at(3, &kept, &e), 0);
	assert_file("wrap.rs", "mine\n");
	assert_int_equal(kept.n, 0);
	/* One before it: what is there is put away first. */
	assert_int_equal(write_at(4, &kept, &e), 0);
	assert_file("wrap.rs", "one\nTODO 2\nthree\n");
	assert_int_equal(kept.n, 1);
	assert_string_equal(kept.v[0], "wrap.rs");
	strv_release(&kept);
	put_file("// BEGIN SOLUTION agian\n// END SOLUTION\n",
		 "%s/solution/wrap.rs", lesson.spec.dir);
	assert_int_equal(write_at(4, &kept, &e), -1);
	assert_int_equal(e.code, ERR_LESSON);
	assert_non_null(strstr(e.what, "no write step 'agian'"));
	assert_non_null(strstr(e.where, "solution/wrap.rs:1"));
}

#define IN_TMP(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_starter),
		cmocka_unit_test(test_solution),
		cmocka_unit_test(test_no_markers),
		cmocka_unit_test(test_signs),
		cmocka_unit_test(test_mistakes),
		IN_TMP(test_writes),
		IN_TMP(test_never_over_work),
		IN_TMP(test_keeps_first),
		IN_TMP(test_links),
		IN_TMP(test_broken_solution),
		cmocka_unit_test(test_steps),
		IN_TMP(test_write_at),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
