/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tmp_fixture.h"

#include "checker/buf.h"
#include "checker/err.h"

#include <signal.h>
#include <sys/resource.h>

static void starts_empty(void **state)
{
	struct buf b = BUF_INIT;

	assert_string_equal(buf_str(&b), "");
	assert_int_equal(b.len, 0);
	assert_true(buf_ok(&b));
	buf_release(&b);
	buf_release(NULL);
}

static void adding(void **state)
{
	struct buf b = BUF_INIT;

	buf_adds(&b, "one ");
	buf_addc(&b, '2');
	buf_addf(&b, " %s %d", "three", 4);
	buf_add(&b, "\0x", 2);
	buf_adds(&b, "");
	assert_int_equal(b.len, 15);
	assert_memory_equal(b.data, "one 2 three 4\0x", 16);
	buf_clear(&b);
	assert_int_equal(b.len, 0);
	assert_string_equal(buf_str(&b), "");
	buf_adds(&b, "again");
	assert_string_equal(buf_str(&b), "again");
	buf_release(&b);
}

static void grows(void **state)
{
	struct buf b = BUF_INIT;

	for (int i = 0; i < 10000; i++)
		buf_addf(&b, "%04d", i);
	assert_true(buf_ok(&b));
	assert_int_equal(b.len, 40000);
	assert_memory_equal(b.data + 4 * 4321, "4321", 4);
	assert_int_equal(strlen(b.data), 40000);
	buf_release(&b);
}

static void bounded(void **state)
{
	struct buf b = {.max = 10};

	buf_adds(&b, "0123456789");
	assert_true(buf_ok(&b));
	buf_addc(&b, 'x');
	assert_false(buf_ok(&b));
	/* What stood there still does; and failing is sticky. */
	assert_string_equal(buf_str(&b), "0123456789");
	buf_add(&b, "", 0);
	assert_false(buf_ok(&b));
	assert_null(buf_steal(&b));
	/* Stealing forgets the failure, and keeps the bound. */
	buf_addf(&b, "%s", "0123456789");
	assert_true(buf_ok(&b));
	buf_addf(&b, "%c", 'x');
	assert_false(buf_ok(&b));
	buf_clear(&b);
	assert_true(buf_ok(&b));
	buf_release(&b);
	assert_int_equal(b.max, 10);
}

static void no_sum_wraps_around(void **state)
{
	struct buf b = BUF_INIT;

	buf_adds(&b, "x");
	/* Refused before a byte of it is looked at. */
	buf_add(&b, "y", SIZE_MAX);
	assert_false(buf_ok(&b));
	assert_string_equal(buf_str(&b), "x");
	buf_release(&b);
}

static void stealing(void **state)
{
	struct buf b = BUF_INIT;
	char *s = buf_steal(&b);

	assert_string_equal(s, "");
	free(s);
	buf_adds(&b, "mine");
	s = buf_steal(&b);
	assert_string_equal(s, "mine");
	assert_null(b.data);
	assert_int_equal(b.len, 0);
	free(s);
}

static void files(void **state)
{
	struct buf b = BUF_INIT, back = BUF_INIT;
	struct err e = ERR_INIT;
	struct stat st;

	buf_add(&b, "a\0b", 3);
	assert_int_equal(buf_write_file(&b, in_tmp("f"), 0640, &e), 0);
	assert_int_equal(stat(in_tmp("f"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	assert_int_equal(buf_read_file(&back, in_tmp("f"), 3, &e), 0);
	assert_int_equal(back.len, 3);
	assert_memory_equal(back.data, "a\0b", 4);
	/* Written over, and no temporary file stays beside it. */
	buf_adds(&b, "!");
	assert_int_equal(buf_write_file(&b, in_tmp("f"), 0600, &e), 0);
	assert_int_equal(count_entries(tmp), 1);
	buf_clear(&back);
	assert_int_equal(buf_read_file(&back, in_tmp("f"), 3, &e), -1);
	assert_int_equal(e.code, ERR_ENV);
	assert_int_equal(e.errnum, EFBIG);
	assert_string_equal(e.where, in_tmp("f"));
	buf_release(&b);
	buf_release(&back);
}

static void large_file(void **state)
{
	struct buf b = BUF_INIT, back = BUF_INIT;

	for (int i = 0; i < 30000; i++)
		buf_addf(&b, "line %d\n", i);
	assert_int_equal(buf_write_file(&b, in_tmp("f"), 0644, NULL), 0);
	assert_int_equal(buf_read_file(&back, in_tmp("f"), b.len, NULL), 0);
	assert_int_equal(back.len, b.len);
	assert_memory_equal(back.data, b.data, b.len);
	buf_release(&b);
	buf_release(&back);
}

static void an_empty_file_is_an_empty_string(void **state)
{
	struct buf b = BUF_INIT;

	put("f", "");
	assert_int_equal(buf_read_file(&b, in_tmp("f"), 10, NULL), 0);
	assert_string_equal(buf_str(&b), "");
	buf_release(&b);
}

static void what_is_no_file(void **state)
{
	struct buf b = BUF_INIT;
	struct err e = ERR_INIT;

	assert_int_equal(buf_read_file(&b, in_tmp("none"), 10, &e), -1);
	assert_int_equal(e.errnum, ENOENT);
	assert_int_equal(buf_read_file(&b, tmp, 10, &e), -1);
	assert_int_equal(e.errnum, EISDIR);
	/* A FIFO that nobody writes to must not hold us. */
	assert_int_equal(mkfifo(in_tmp("fifo"), 0600), 0);
	assert_int_equal(buf_read_file(&b, in_tmp("fifo"), 10, &e), -1);
	assert_int_equal(e.errnum, EINVAL);
	buf_release(&b);
}

static void cannot_be_written(void **state)
{
	struct buf b = BUF_INIT;
	struct err e = ERR_INIT;

	buf_adds(&b, "x");
	assert_int_equal(buf_write_file(&b, in_tmp("no/f"), 0644, &e), -1);
	assert_int_equal(e.errnum, ENOENT);
	assert_string_equal(e.where, in_tmp("no/f"));
	/* Over a folder: rename fails, and the temporary file goes. */
	assert_int_equal(mkdir(in_tmp("dir"), 0755), 0);
	assert_int_equal(buf_write_file(&b, in_tmp("dir"), 0644, &e), -1);
	assert_int_equal(count_entries(tmp), 1);
	buf_release(&b);
}

/* As on a full disk: what was there stays, and no half of it is left. */
static void half_written(void **state)
{
	struct rlimit old, few;
	struct buf b = BUF_INIT;
	struct err e = ERR_INIT;
	struct stat st;

	put("f", "old");
	for (int i = 0; i < 1000; i++)
		buf_adds(&b, "0123456789");
	getrlimit(RLIMIT_FSIZE, &old);
	few = old;
	few.rlim_cur = 5000;
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &few);
	assert_int_equal(buf_write_file(&b, in_tmp("f"), 0644, &e), -1);
	setrlimit(RLIMIT_FSIZE, &old);
	signal(SIGXFSZ, SIG_DFL);
	assert_int_equal(e.errnum, EFBIG);
	assert_int_equal(count_entries(tmp), 1);
	assert_int_equal(stat(in_tmp("f"), &st), 0);
	assert_int_equal(st.st_size, 3);
	buf_release(&b);
}

static void string_lists(void **state)
{
	struct strv sv = STRV_INIT;
	char text[] = "text";

	assert_false(strv_has(&sv, "text"));
	assert_int_equal(strv_add(&sv, text), 0);
	text[0] = 'n';
	assert_int_equal(strv_addf(&sv, "%s-%d", text, 1), 0);
	assert_int_equal(sv.n, 2);
	assert_string_equal(sv.v[0], "text");
	assert_string_equal(sv.v[1], "next-1");
	assert_null(sv.v[2]);
	assert_true(strv_has(&sv, "text"));
	assert_false(strv_has(&sv, "tex"));
	strv_release(&sv);
	assert_int_equal(sv.n, 0);
	assert_null(sv.v);
	strv_release(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(starts_empty),
		cmocka_unit_test(adding),
		cmocka_unit_test(grows),
		cmocka_unit_test(bounded),
		cmocka_unit_test(no_sum_wraps_around),
		cmocka_unit_test(stealing),
		TMP_TEST(files),
		TMP_TEST(large_file),
		TMP_TEST(an_empty_file_is_an_empty_string),
		TMP_TEST(what_is_no_file),
		TMP_TEST(cannot_be_written),
		TMP_TEST(half_written),
		cmocka_unit_test(string_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
