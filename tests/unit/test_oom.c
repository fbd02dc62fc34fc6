/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What runs out of memory: allocation 1 fails, then 2, then 3, … until the
 * action succeeds. Each failure must be told and must leak nothing (the
 * sanitizers look), and nothing may be left half-done.
 *
 * The code under test is compiled into this file with its allocators
 * replaced, and so does not come from the library.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pwd.h>
#include <sha2.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

/* Allocations still to be granted; negative: all. */
static int grant = -1;

static bool refuse(void)
{
	if (grant != 0) {
		grant -= grant > 0;
		return false;
	}
	errno = ENOMEM;
	return true;
}

static int failing_vasprintf(char **out, const char *fmt, va_list ap)
{
	return refuse() ? -1 : vasprintf(out, fmt, ap);
}

__attribute__((format(printf, 2, 3))) static int
failing_asprintf(char **out, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = failing_vasprintf(out, fmt, ap);
	va_end(ap);
	return n;
}

#define malloc(n)	      (refuse() ? NULL : malloc(n))
#define calloc(n, size)	      (refuse() ? NULL : calloc(n, size))
#define realloc(p, n)	      (refuse() ? NULL : realloc(p, n))
#define reallocarray(p, n, s) (refuse() ? NULL : reallocarray(p, n, s))
#undef strdup
#undef strndup
#define strdup(s)	    (refuse() ? NULL : strdup(s))
#define strndup(s, n)	    (refuse() ? NULL : strndup(s, n))
#define realpath(p, r)	    (refuse() ? NULL : realpath(p, r))
#define opendir(p)	    (refuse() ? NULL : opendir(p))
#define fdopendir(fd)	    (refuse() ? NULL : fdopendir(fd))
#define scandir(p, l, f, c) (refuse() ? -1 : scandir(p, l, f, c))
#define asprintf	    failing_asprintf
#define vasprintf	    failing_vasprintf

#include "../../checker/buf.c"
#include "../../checker/files.c"
#include "../../checker/spec.c"
#include "../../checker/store-key.c"
#include "../../checker/store-run.c"
#include "../../checker/store.c"

#undef malloc
#undef calloc
#undef realloc
#undef reallocarray
#undef strdup
#undef strndup
#undef realpath
#undef opendir
#undef fdopendir
#undef scandir
#undef asprintf
#undef vasprintf

#include "tmp_fixture.h"

#define MOST 500 /* no action here allocates as often */

/* Returns how often @act failed before it succeeded. */
static int failures_of(int (*act)(struct err *e), void (*check)(int failed))
{
	for (int n = 0; n < MOST; n++) {
		struct err e = ERR_INIT;
		int ret;

		grant = n;
		ret = act(&e);
		grant = -1;
		if (check)
			check(ret);
		if (ret == 0)
			return n;
		assert_int_equal(ret, -1);
		assert_int_equal(e.code, ERR_ENV);
		assert_int_equal(e.errnum, ENOMEM);
	}
	fail_msg("it never succeeds");
	return -1;
}

static int no_memory_left(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "no memory");
}

static int fill_buf(struct err *e)
{
	struct buf b = BUF_INIT;
	bool ok;
	char *s;

	for (int i = 0; i < 100; i++)
		buf_addf(&b, "%d, ", i);
	ok = buf_ok(&b);
	s = buf_steal(&b);
	assert_int_equal(s != NULL, ok);
	free(s);
	buf_release(&b);
	return ok ? 0 : no_memory_left(e);
}

static int fill_strv(struct err *e)
{
	struct strv sv = STRV_INIT;
	size_t added = 0;
	bool ok = true;

	for (int i = 0; i < 5; i++) {
		int ret =
			i % 2 ? strv_add(&sv, "text") : strv_addf(&sv, "%d", i);

		ok = ok && ret == 0;
		added += ret == 0;
	}
	assert_int_equal(sv.n, added);
	strv_release(&sv);
	return ok ? 0 : no_memory_left(e);
}

static int fill_spec(struct err *e)
{
	struct spec s = {.id = NULL};
	bool ok = true;

	for (int i = 0; i < 3; i++) {
		ok = spec_add_step(&s) && ok;
		ok = spec_add_check(&s) && ok;
	}
	assert_true(!ok || (s.nplan == 3 && s.nchecks == 3));
	spec_release(&s);
	return ok ? 0 : no_memory_left(e);
}

static void plain_data(void **state)
{
	assert_true(failures_of(fill_buf, NULL) > 2);
	assert_true(failures_of(fill_strv, NULL) > 5);
	assert_true(failures_of(fill_spec, NULL) > 3);
}

static void make_data(void)
{
	static const char *const files[] = {
		"data/kernels/toolroot/packages",
		"data/kernels/toolroot/dpkg.cfg",
		"data/kernels/toolroot/make",
		"data/kernels/linux/series",
		"data/kernels/linux/make",
		"data/kernels/linux/a.config",
	};

	make_dirs(in_tmp("data/lessons"), NULL);
	make_dirs(in_tmp("data/kernels/toolroot"), NULL);
	make_dirs(in_tmp("data/kernels/linux"), NULL);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		put(files[i], "content");
	put("linux.tar", "source");
	setenv("KILN_DATA", in_tmp("data"), 1);
	setenv("KILN_HOME", in_tmp("home"), 1);
	setenv("KILN_LINUX_SOURCE", in_tmp("linux.tar"), 1);
	unsetenv("KILN_WORK");
}

static int open_store(struct err *e)
{
	struct store s;
	int ret = store_open(&s, e);

	if (ret < 0)
		assert_null(s.data);
	store_release(&s);
	return ret;
}

static void a_store(void **state)
{
	make_data();
	assert_true(failures_of(open_store, NULL) > 20);
}

static int open_run(struct err *e)
{
	struct store s = {.cache = tmp};
	struct run_dir r;
	int ret = run_dir_open(&r, &s, e);

	grant = -1;
	if (ret < 0)
		assert_null(r.path);
	run_dir_close(&r);
	return ret;
}

static void no_run_left(int failed)
{
	assert_true(count_entries(in_tmp("run")) <= 0);
}

static void a_run_dir(void **state)
{
	assert_true(failures_of(open_run, no_run_left) > 2);
}

static int remove_it(struct err *e)
{
	return remove_tree(in_tmp("t"), e);
}

static void a_removal(void **state)
{
	assert_int_equal(make_dirs(in_tmp("t/a/b"), NULL), 0);
	put("t/a/b/file", "x");
	assert_true(failures_of(remove_it, NULL) > 4);
	assert_false(exists(in_tmp("t")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_data),
		TMP_TEST(a_store),
		TMP_TEST(a_run_dir),
		TMP_TEST(a_removal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
