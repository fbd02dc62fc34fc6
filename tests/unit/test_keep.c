/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/store.h"
#include "shell/keep.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char root[64], work[80], state_dir[80];
static struct strv files;

static int setup(void **state)
{
	snprintf(root, sizeof(root), "/tmp/kiln-keep-XXXXXX");
	if (!mkdtemp(root))
		return -1;
	snprintf(work, sizeof(work), "%s/work", root);
	snprintf(state_dir, sizeof(state_dir), "%s/state", root);
	return mkdir(work, 0700);
}

static int teardown(void **state)
{
	strv_release(&files);
	return remove_tree(root, NULL);
}

static const char *at(const char *dir, const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return path;
}

static void put(const char *name, const char *text)
{
	struct buf b = BUF_INIT;

	buf_adds(&b, text);
	assert_int_equal(buf_write_file(&b, at(work, name), 0644, NULL), 0);
	buf_release(&b);
}

static void holds(const char *dir, const char *name, const char *text)
{
	struct buf b = BUF_INIT;

	assert_int_equal(buf_read_file(&b, at(dir, name), 1 << 20, NULL), 0);
	assert_string_equal(buf_str(&b), text);
	buf_release(&b);
}

static int keep(char **where, size_t *n, struct err *e)
{
	return keep_files(where, n, state_dir, "slug", work, &files, e);
}

/* Entries of state/kept/slug, hidden ones included. */
static unsigned kept(void)
{
	DIR *d = opendir(at(state_dir, "kept/slug"));
	unsigned n = 0;

	if (!d)
		return 0;
	while (readdir(d))
		n++;
	closedir(d);
	return n - 2;
}

static void test_nothing(void **state)
{
	char *where;
	size_t n;

	strv_add(&files, "a.rs");
	assert_false(keep_any_there(work, &files));
	assert_int_equal(keep(&where, &n, NULL), 0);
	assert_null(where);
	assert_int_equal(n, 0);
	assert_int_equal(kept(), 0);
}

static void test_keep(void **state)
{
	struct timespec times[2] = {{1000, 0}, {2000, 0}};
	char *where, *again;
	struct stat st;
	size_t n;

	strv_add(&files, "a.rs");
	strv_add(&files, "missing.rs");
	strv_add(&files, "src/deep/b.c");
	put("a.rs", "mine");
	mkdir(at(work, "src"), 0755);
	mkdir(at(work, "src/deep"), 0755);
	put("src/deep/b.c", "int x;");
	put("other", "not of the lesson");
	chmod(at(work, "a.rs"), 0444);
	utimensat(AT_FDCWD, at(work, "a.rs"), times, 0);

	assert_int_equal(keep(&where, &n, NULL), 0);
	assert_int_equal(n, 2);
	holds(where, "a.rs", "mine");
	holds(where, "src/deep/b.c", "int x;");
	assert_int_equal(access(at(where, "other"), F_OK), -1);
	assert_int_equal(stat(at(where, "a.rs"), &st), 0);
	assert_int_equal(st.st_mtime, 2000);
	/* They are copies: the work stays where it is. */
	holds(work, "a.rs", "mine");

	/* In the same second: a folder of its own. */
	assert_int_equal(keep(&again, &n, NULL), 0);
	assert_string_not_equal(where, again);
	holds(where, "a.rs", "mine");
	assert_int_equal(kept(), 2);
	free(where);
	free(again);
}

static void test_links(void **state)
{
	char target[16] = "";
	char *where;

	strv_add(&files, "a.rs");
	strv_add(&files, "gone.rs");
	put("elsewhere", "through a link");
	assert_int_equal(symlink("elsewhere", at(work, "a.rs")), 0);
	assert_int_equal(symlink("nowhere", at(work, "gone.rs")), 0);
	assert_int_equal(keep(&where, NULL, NULL), 0);
	/* What is behind a link is not the learner's: never kept. */
	assert_int_equal(readlink(at(where, "a.rs"), target, 15), 9);
	assert_string_equal(target, "elsewhere");
	memset(target, 0, sizeof(target));
	assert_int_equal(readlink(at(where, "gone.rs"), target, 15), 7);
	assert_string_equal(target, "nowhere");
	free(where);
}

static void test_empty_and_binary(void **state)
{
	static const char bytes[] = "\0\377\0x";
	struct buf b = BUF_INIT;
	char *where;

	strv_add(&files, "empty");
	strv_add(&files, "binary");
	put("empty", "");
	buf_add(&b, bytes, 4);
	buf_write_file(&b, at(work, "binary"), 0600, NULL);
	buf_clear(&b);
	assert_int_equal(keep(&where, NULL, NULL), 0);
	holds(where, "empty", "");
	buf_read_file(&b, at(where, "binary"), 100, NULL);
	assert_int_equal(b.len, 4);
	assert_memory_equal(b.data, bytes, 4);
	buf_release(&b);
	free(where);
}

/* @name cannot be kept: an error that names it, and nothing half-kept. */
static void cannot(const char *name)
{
	struct err e = ERR_INIT;
	char *where;

	assert_int_equal(keep(&where, NULL, &e), -1);
	assert_null(where);
	assert_int_equal(e.code, ERR_ENV);
	assert_non_null(strstr(e.where, name));
	assert_non_null(strstr(e.what, "nothing was changed"));
	assert_int_equal(kept(), 0);
	holds(work, "a.rs", "mine");
}

/* They go there themselves, and only once all else is copied. */
static void test_in_the_way(void **state)
{
	struct stat st;
	char *where;

	strv_add(&files, "a.rs");
	strv_add(&files, "b.rs");
	strv_add(&files, "c.rs");
	put("a.rs", "mine");
	mkdir(at(work, "b.rs"), 0755);
	put("b.rs/inside", "deep");
	/* Must not wait for a writer. */
	mkfifo(at(work, "c.rs"), 0600);
	assert_int_equal(keep(&where, NULL, NULL), 0);
	holds(work, "a.rs", "mine");
	holds(where, "a.rs", "mine");
	holds(where, "b.rs/inside", "deep");
	assert_int_equal(lstat(at(where, "c.rs"), &st), 0);
	assert_true(S_ISFIFO(st.st_mode));
	assert_int_equal(access(at(work, "b.rs"), F_OK), -1);
	assert_int_equal(access(at(work, "c.rs"), F_OK), -1);
	free(where);
}

/* Through a folder that is a link to elsewhere nothing is kept either. */
static void test_folder_out(void **state)
{
	struct err e = ERR_INIT;
	char *where;

	strv_add(&files, "src/b.c");
	assert_int_equal(symlink("..", at(work, "src")), 0);
	put("../b.c", "secret");
	assert_int_equal(keep(&where, NULL, &e), -1);
	assert_null(where);
	assert_int_equal(kept(), 0);
	unlink(at(work, "../b.c"));
}

static void test_full(void **state)
{
	struct rlimit was, lim;
	struct buf b = BUF_INIT;

	strv_add(&files, "a.rs");
	strv_add(&files, "big.rs");
	put("a.rs", "mine");
	for (int i = 0; i < 1000; i++)
		buf_adds(&b, "0123456789");
	buf_write_file(&b, at(work, "big.rs"), 0600, NULL);
	buf_release(&b);
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &was);
	lim = was;
	lim.rlim_cur = 5000;
	setrlimit(RLIMIT_FSIZE, &lim);
	cannot("big.rs");
	setrlimit(RLIMIT_FSIZE, &was);
}

/* The state folder cannot be written to: not even by root, it is a file. */
static void test_no_state(void **state)
{
	struct err e = ERR_INIT;
	char *where;

	strv_add(&files, "a.rs");
	put("a.rs", "mine");
	assert_int_equal(symlink("work/a.rs", state_dir), 0);
	assert_int_equal(keep(&where, NULL, &e), -1);
	assert_int_equal(e.code, ERR_ENV);
	holds(work, "a.rs", "mine");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_nothing),    TEST(test_keep),
		TEST(test_links),      TEST(test_empty_and_binary),
		TEST(test_in_the_way), TEST(test_full),
		TEST(test_no_state), TEST(test_folder_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
