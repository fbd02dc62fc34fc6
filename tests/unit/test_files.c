/* SPDX-License-Identifier: GPL-2.0-or-later */
/* remove_tree and make_dirs. */
#include "tmp_fixture.h"

#include "checker/err.h"
#include "checker/store.h"

#include <sys/resource.h>

static void removed(const char *path)
{
	struct err e = ERR_INIT;

	if (remove_tree(path, &e) < 0)
		fail_msg("%s [%s]", e.what, e.where);
	assert_false(exists(path));
}

static void a_tree(void **state)
{
	assert_int_equal(make_dirs(in_tmp("t/a/b/c"), NULL), 0);
	assert_int_equal(make_dirs(in_tmp("t/empty"), NULL), 0);
	put("t/file", "x");
	put("t/a/b/c/file", "x");
	put("t/.hidden", "x");
	put("t/a/-rf \n*", "x");
	put("beside", "x");
	removed(in_tmp("t"));
	assert_int_equal(count_entries(tmp), 1);
}

static void a_file_and_nothing(void **state)
{
	put("file", "x");
	removed(in_tmp("file"));
	removed(in_tmp("file"));
	removed(in_tmp("no/such/folder"));
}

static void trailing_slashes(void **state)
{
	assert_int_equal(make_dirs(in_tmp("t/a//"), NULL), 0);
	assert_int_equal(remove_tree(in_tmp("t///"), NULL), 0);
	assert_false(exists(in_tmp("t")));
}

static void symlinks_are_not_followed(void **state)
{
	assert_int_equal(make_dirs(in_tmp("keep/sub"), NULL), 0);
	assert_int_equal(make_dirs(in_tmp("t"), NULL), 0);
	put("keep/precious", "x");
	assert_int_equal(symlink(in_tmp("keep"), in_tmp("t/to-dir")), 0);
	assert_int_equal(symlink(in_tmp("keep/precious"), in_tmp("t/to")), 0);
	assert_int_equal(symlink("nowhere", in_tmp("t/dangling")), 0);
	removed(in_tmp("t"));
	/* Nor when the path itself is one. */
	assert_int_equal(symlink(in_tmp("keep"), in_tmp("link")), 0);
	removed(in_tmp("link"));
	assert_true(exists(in_tmp("keep/precious")));
	assert_true(exists(in_tmp("keep/sub")));
}

/* Longer than PATH_MAX, deeper than there are descriptors to do it. */
static void very_deep(void **state)
{
	static const char name[] = "a-name-that-adds-up";
	struct rlimit old, few;
	int fd, next;

	assert_int_equal(mkdir(in_tmp("t"), 0755), 0);
	fd = open(in_tmp("t"), O_RDONLY | O_DIRECTORY);
	for (int i = 0; i < 300; i++) {
		assert_int_equal(mkdirat(fd, name, 0755), 0);
		next = openat(fd, name, O_RDONLY | O_DIRECTORY);
		assert_true(next >= 0);
		close(fd);
		fd = next;
		if (i % 50 == 0)
			close(openat(fd, "file", O_CREAT | O_WRONLY, 0644));
	}
	close(fd);
	getrlimit(RLIMIT_NOFILE, &old);
	few = old;
	few.rlim_cur = 80;
	setrlimit(RLIMIT_NOFILE, &few);
	removed(in_tmp("t"));
	setrlimit(RLIMIT_NOFILE, &old);
}

static void very_wide(void **state)
{
	char name[64];

	assert_int_equal(mkdir(in_tmp("t"), 0755), 0);
	for (int i = 0; i < 600; i++) {
		snprintf(name, sizeof(name), "t/%d", i);
		if (i % 3)
			put(name, "");
		else
			assert_int_equal(mkdir(in_tmp(name), 0755), 0);
	}
	removed(in_tmp("t"));
}

static void read_only_folders(void **state)
{
	be_nobody();
	assert_int_equal(make_dirs(in_tmp("t/ro/sub"), NULL), 0);
	assert_int_equal(make_dirs(in_tmp("t/none/sub"), NULL), 0);
	put("t/ro/file", "x");
	put("t/none/sub/file", "x");
	assert_int_equal(chmod(in_tmp("t/ro"), 0500), 0);
	assert_int_equal(chmod(in_tmp("t/none/sub"), 0000), 0);
	assert_int_equal(chmod(in_tmp("t/none"), 0000), 0);
	assert_int_equal(chmod(in_tmp("t"), 0555), 0);
	removed(in_tmp("t"));
	be_us();
}

static void read_only_and_deep(void **state)
{
	char path[4096] = "t";

	be_nobody();
	for (int i = 0; i < 60; i++)
		strncat(path, "/d", sizeof(path) - strlen(path) - 1);
	assert_int_equal(make_dirs(in_tmp(path), NULL), 0);
	for (int i = 0; i < 60; i++) {
		assert_int_equal(chmod(in_tmp(path), 0555), 0);
		*strrchr(path, '/') = '\0';
	}
	removed(in_tmp("t"));
	be_us();
}

/* Somebody else's folder in ours: told, and all else is gone. */
static void what_cannot_go(void **state)
{
	struct err e = ERR_INIT;

	if (getuid() != 0)
		skip();
	be_nobody();
	assert_int_equal(make_dirs(in_tmp("t/mine"), NULL), 0);
	put("t/mine/file", "x");
	be_us();
	assert_int_equal(mkdir(in_tmp("t/theirs"), 0755), 0);
	put("t/theirs/stuck", "x");
	be_nobody();
	assert_int_equal(remove_tree(in_tmp("t"), &e), -1);
	be_us();
	assert_int_equal(e.code, ERR_ENV);
	assert_int_equal(e.errnum, EACCES);
	assert_non_null(strstr(e.what, "stuck"));
	assert_string_equal(e.where, in_tmp("t"));
	assert_false(exists(in_tmp("t/mine")));
	assert_true(exists(in_tmp("t/theirs/stuck")));
}

static int mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(lstat(path, &st), 0);
	return (int)(st.st_mode & 07777);
}

static void making(void **state)
{
	mode_t old = umask(022);

	assert_int_equal(make_dirs(in_tmp("a/b b/ü"), NULL), 0);
	assert_int_equal(make_dirs(in_tmp("a/b b/ü"), NULL), 0);
	assert_int_equal(mode_of(in_tmp("a/b b/ü")), 0755);
	assert_int_equal(make_dirs("/", NULL), 0);
	umask(old);
}

static void making_where_a_file_is(void **state)
{
	struct err e = ERR_INIT;

	put("file", "x");
	assert_int_equal(make_dirs(in_tmp("file"), &e), -1);
	assert_int_equal(e.errnum, ENOTDIR);
	assert_int_equal(make_dirs(in_tmp("file/sub"), &e), -1);
	assert_int_equal(e.errnum, ENOTDIR);
	assert_string_equal(e.where, in_tmp("file/sub"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TMP_TEST(a_tree),
		TMP_TEST(a_file_and_nothing),
		TMP_TEST(trailing_slashes),
		TMP_TEST(symlinks_are_not_followed),
		TMP_TEST(very_deep),
		TMP_TEST(very_wide),
		TMP_TEST(read_only_folders),
		TMP_TEST(read_only_and_deep),
		TMP_TEST(what_cannot_go),
		TMP_TEST(making),
		TMP_TEST(making_where_a_file_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
