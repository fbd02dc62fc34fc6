/* SPDX-License-Identifier: GPL-2.0-or-later */
/* stage: what is copied of a lesson and of a learner, and what is not. */
#include "tmp_fixture.h"

#include "checker/buf.h"
#include "checker/err.h"
#include "checker/stage.h"
#include "checker/store.h"

static struct spec spec;
static struct buf why;

/* A lesson that asks for bad.c and sub/more.rs, and gives a Makefile. */
static int make_lesson(void **state)
{
	make_tmp(state);
	make_dirs(in_tmp("lesson/solution/sub"), NULL);
	make_dirs(in_tmp("work/sub"), NULL);
	make_dirs(in_tmp("stage"), NULL);
	put("lesson/solution/Makefile", "obj-m := bad.o\n");
	put("lesson/solution/bad.c", "int solved;\n");
	put("lesson/solution/sub/more.rs", "// solved\n");
	put("work/bad.c", "int mine;\n");
	put("work/sub/more.rs", "// mine\n");
	put("work/Makefile", "all: ; touch /tmp/x\n");
	spec = (struct spec){.dir = strdup(in_tmp("lesson"))};
	strv_add(&spec.given, "Makefile");
	strv_add(&spec.edit, "bad.c");
	strv_add(&spec.edit, "sub/more.rs");
	return 0;
}

static int drop_lesson(void **state)
{
	spec_release(&spec);
	buf_release(&why);
	why = (struct buf)BUF_INIT;
	return drop_tmp(state);
}

#define STAGE_TEST(name)                                                       \
	cmocka_unit_test_setup_teardown(name, make_lesson, drop_lesson)

static void says(const char *name, const char *text)
{
	struct buf b = BUF_INIT;
	struct err e = ERR_INIT;

	if (buf_read_file(&b, in_tmp(name), 1 << 21, &e) < 0)
		fail_msg("%s: %s", name, e.what);
	assert_string_equal(buf_str(&b), text);
	buf_release(&b);
}

static int learner(void)
{
	struct err e = ERR_INIT;
	int r;

	buf_clear(&why);
	r = stage_learner(in_tmp("stage"), &spec, in_tmp("work"), &why, &e);
	if (r < 0)
		fail_msg("%s [%s]", e.what, e.where);
	assert_int_equal(r == 0, why.len == 0);
	return r;
}

/* bad.c cannot be graded, and @what is said of it; nothing is staged. */
static void refused(const char *what)
{
	assert_int_equal(learner(), 1);
	if (!strstr(buf_str(&why), "bad.c") || !strstr(buf_str(&why), what))
		fail_msg("not as expected: %s", buf_str(&why));
	assert_null(strchr(buf_str(&why), '\n'));
	assert_false(exists(in_tmp("stage/bad.c")));
}

static void the_learners_files(void **state)
{
	assert_int_equal(learner(), 0);
	says("stage/bad.c", "int mine;\n");
	says("stage/sub/more.rs", "// mine\n");
	/* What the lesson gives never comes from the learner. */
	assert_false(exists(in_tmp("stage/Makefile")));
	assert_int_equal(stage_copy(in_tmp("stage"), &spec, &spec.given, NULL),
			 0);
	says("stage/Makefile", "obj-m := bad.o\n");
}

static void missing(void **state)
{
	unlink(in_tmp("work/bad.c"));
	refused("is missing");
}

static void a_dangling_link(void **state)
{
	unlink(in_tmp("work/bad.c"));
	assert_int_equal(symlink("nowhere.c", in_tmp("work/bad.c")), 0);
	refused("is a link that leads nowhere, not a file");
}

static void links_that_lead_out(void **state)
{
	static const char *const to[] = {"lesson/solution/bad.c",
					 "lesson/solution"};

	for (size_t i = 0; i < 2; i++) {
		unlink(in_tmp("work/bad.c"));
		assert_int_equal(symlink(in_tmp(to[i]), in_tmp("work/bad.c")),
				 0);
		refused("leads out");
	}
	unlink(in_tmp("work/bad.c"));
	assert_int_equal(
		symlink("../lesson/solution/bad.c", in_tmp("work/bad.c")), 0);
	refused("leads out");
	/* To itself; and by way of /proc. */
	unlink(in_tmp("work/bad.c"));
	assert_int_equal(symlink("bad.c", in_tmp("work/bad.c")), 0);
	refused("leads in a circle, not a file");
	unlink(in_tmp("work/bad.c"));
	assert_int_equal(symlink("/proc/self/fd/0", in_tmp("work/bad.c")), 0);
	refused("leads out");
}

static void a_folder_that_leads_out(void **state)
{
	unlink(in_tmp("work/sub/more.rs"));
	assert_int_equal(rmdir(in_tmp("work/sub")), 0);
	assert_int_equal(
		symlink(in_tmp("lesson/solution/sub"), in_tmp("work/sub")), 0);
	assert_int_equal(learner(), 1);
	assert_non_null(strstr(buf_str(&why), "sub/more.rs"));
	assert_non_null(strstr(buf_str(&why), "leads out"));
	assert_false(exists(in_tmp("stage/sub/more.rs")));
}

/* One that stays within is the learner's own business. */
static void a_link_that_stays(void **state)
{
	assert_int_equal(rename(in_tmp("work/bad.c"), in_tmp("work/v2.c")), 0);
	assert_int_equal(symlink("v2.c", in_tmp("work/bad.c")), 0);
	assert_int_equal(learner(), 0);
	says("stage/bad.c", "int mine;\n");
}

static void a_folder_for_a_file(void **state)
{
	unlink(in_tmp("work/bad.c"));
	make_dirs(in_tmp("work/bad.c"), NULL);
	refused("is a folder, not a file");
}

/* Neither waits for a writer nor takes a terminal. */
static void a_fifo(void **state)
{
	unlink(in_tmp("work/bad.c"));
	assert_int_equal(mkfifo(in_tmp("work/bad.c"), 0644), 0);
	refused("is a FIFO, not a file");
}

static void unreadable(void **state)
{
	if (getuid() != 0)
		skip();
	chmod(in_tmp("work/bad.c"), 0);
	chmod(in_tmp("stage"), 0777);
	be_nobody();
	refused("cannot be read: Permission denied");
	be_us();
}

static void of_size(const char *name, size_t size)
{
	FILE *f = fopen(in_tmp(name), "w");

	for (size_t i = 0; i < size; i++)
		putc('x', f);
	assert_int_equal(fclose(f), 0);
}

static void large(void **state)
{
	of_size("work/bad.c", STAGE_FILE_MAX + 1);
	refused("has 1048577 bytes");
	/* One that only says that it is. */
	assert_int_equal(truncate(in_tmp("work/bad.c"), (off_t)1 << 40), 0);
	refused("at most 1048576");
	of_size("work/bad.c", STAGE_FILE_MAX);
	assert_int_equal(learner(), 0);
}

static void no_text(void **state)
{
	put("work/bad.c", "");
	refused("is empty");
	put("work/bad.c", " \t\r\n\n");
	refused("is empty");
	put("work/bad.c", "int a;\nint b;\n");
	assert_int_equal(truncate(in_tmp("work/bad.c"), 20), 0);
	refused("zero byte in line 3");
}

static void no_folder(void **state)
{
	assert_int_equal(stage_learner(in_tmp("stage"), &spec, in_tmp("gone"),
				       &why, NULL),
			 1);
	assert_non_null(strstr(buf_str(&why), "gone"));
	buf_clear(&why);
	assert_int_equal(stage_learner(in_tmp("stage"), &spec,
				       in_tmp("work/bad.c"), &why, NULL),
			 1);
}

/* What the lesson lacks is its author's fault, not the learner's. */
static void a_lesson_without_its_file(void **state)
{
	struct err e = ERR_INIT;

	unlink(in_tmp("lesson/solution/Makefile"));
	assert_int_equal(stage_copy(in_tmp("stage"), &spec, &spec.given, &e),
			 -1);
	assert_int_equal(e.code, ERR_LESSON);
	assert_non_null(strstr(e.where, "solution/Makefile"));
}

static void a_stage_that_cannot_be_written(void **state)
{
	struct err e = ERR_INIT;
	int r;

	chmod(in_tmp("stage"), 0555);
	be_nobody();
	r = stage_learner(in_tmp("stage"), &spec, in_tmp("work"), &why, &e);
	be_us();
	assert_int_equal(r, -1);
	assert_int_equal(e.code, ERR_ENV);
	assert_int_equal(e.errnum, EACCES);
	assert_non_null(strstr(e.where, "stage/bad.c"));
}

static void a_tree(void **state)
{
	struct err e = ERR_INIT;

	make_dirs(in_tmp("from/a/b"), NULL);
	make_dirs(in_tmp("from/.git"), NULL);
	put("from/one", "1");
	put("from/a/b/two", "2");
	put("from/.hidden", "x");
	assert_int_equal(symlink("/etc/passwd", in_tmp("from/link")), 0);
	assert_int_equal(mkfifo(in_tmp("from/fifo"), 0600), 0);
	assert_int_equal(stage_tree(in_tmp("to"), in_tmp("from"), &e), 0);
	says("to/one", "1");
	says("to/a/b/two", "2");
	assert_int_equal(count_entries(in_tmp("to")), 2);
	assert_int_equal(stage_tree(in_tmp("to"), in_tmp("gone"), &e), -1);
	assert_int_equal(e.code, ERR_LESSON);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(the_learners_files),
		STAGE_TEST(missing),
		STAGE_TEST(a_dangling_link),
		STAGE_TEST(links_that_lead_out),
		STAGE_TEST(a_folder_that_leads_out),
		STAGE_TEST(a_link_that_stays),
		STAGE_TEST(a_folder_for_a_file),
		STAGE_TEST(a_fifo),
		STAGE_TEST(unreadable),
		STAGE_TEST(large),
		STAGE_TEST(no_text),
		STAGE_TEST(no_folder),
		STAGE_TEST(a_lesson_without_its_file),
		STAGE_TEST(a_stage_that_cannot_be_written),
		STAGE_TEST(a_tree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
