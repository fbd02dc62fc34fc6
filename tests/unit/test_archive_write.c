/* SPDX-License-Identifier: GPL-2.0-or-later */
/* archive: written, read again by us and by tar, unpacked. */
#include "tar_fixture.h"

#include "checker/store.h"

/* ---- written, and read again ---- */

static const struct archive_member two[] = {
	{"manifest.json", "{}\n", 3},
	{"files/sub/a.c", "int a;\n", 7},
};

static void put_bytes(struct buf *b, const char *name)
{
	struct err e = ERR_INIT;

	if (buf_read_file(b, in_tmp(name), 1 << 20, &e) < 0)
		fail_msg("%s: %s", name, e.what);
}

static void written_and_read(void **state)
{
	struct buf one = BUF_INIT, again = BUF_INIT;
	struct archive *a;
	struct err e = ERR_INIT;
	struct stat st;

	umask(077);
	assert_int_equal(archive_write(in_tmp("x.tar"), two, 2, 1000, &e), 0);
	umask(022);
	assert_int_equal(stat(in_tmp("x.tar"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0644);
	assert_int_equal(archive_read(&a, in_tmp("x.tar"), &most, &e), 0);
	assert_int_equal(archive_count(a), 2);
	holds(a, "manifest.json", "{}\n");
	holds(a, "files/sub/a.c", "int a;\n");
	archive_free(a);
	/* The same again is the same, bytes and all; it is replaced. */
	put_bytes(&one, "x.tar");
	assert_int_equal(archive_write(in_tmp("x.tar"), two, 2, 1000, &e), 0);
	put_bytes(&again, "x.tar");
	assert_int_equal(one.len, again.len);
	assert_memory_equal(one.data, again.data, one.len);
	assert_int_equal(count_entries(tmp), 1);
	buf_release(&one);
	buf_release(&again);
}

/* Times before 1970 and after 2038 are none that libtar knows. */
static void times(void **state)
{
	static const struct {
		time_t when;
		const char *field;
	} cases[] = {
		{-5, "          0 "},
		{0, "          0 "},
		{1, "          1 "},
		{INT_MAX, "17777777777 "},
		{(time_t)1 << 31, "17777777777 "},
		{(time_t)1 << 40, "17777777777 "},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct buf b = BUF_INIT;
		struct archive *a;

		assert_int_equal(archive_write(in_tmp("x.tar"), two, 2,
					       cases[i].when, NULL),
				 0);
		put_bytes(&b, "x.tar");
		assert_memory_equal(b.data + 136, cases[i].field, 12);
		buf_release(&b);
		assert_int_equal(archive_read(&a, in_tmp("x.tar"), &most, NULL),
				 0);
		archive_free(a);
	}
}

static void longest_name(void **state)
{
	char name[ARCHIVE_NAME_MAX + 2];
	struct archive_member m = {name, "x", 1};
	struct archive *a;
	struct err e = ERR_INIT;

	memset(name, 'n', sizeof(name));
	name[ARCHIVE_NAME_MAX + 1] = '\0';
	assert_int_equal(archive_write(in_tmp("x.tar"), &m, 1, 0, &e), -1);
	assert_int_equal(e.code, ERR_USAGE);
	assert_int_equal(count_entries(tmp), 0);
	name[ARCHIVE_NAME_MAX] = '\0';
	assert_int_equal(archive_write(in_tmp("x.tar"), &m, 1, 0, &e), 0);
	assert_int_equal(archive_read(&a, in_tmp("x.tar"), &most, &e), 0);
	holds(a, name, "x");
	archive_free(a);
}

static void cannot_be_written(void **state)
{
	struct err e = ERR_INIT;
	int r;

	assert_int_equal(archive_write(in_tmp("no/x.tar"), two, 2, 0, &e), -1);
	assert_int_equal(e.errnum, ENOENT);
	assert_non_null(strstr(e.where, "no/x.tar"));
	assert_non_null(strstr(e.next, "folder"));
	make_dirs(in_tmp("dir/x.tar"), NULL);
	assert_int_equal(archive_write(in_tmp("dir/x.tar"), two, 2, 0, &e), -1);
	assert_int_equal(e.errnum, EISDIR);
	/* Nothing half-done is left. */
	assert_int_equal(count_entries(in_tmp("dir")), 1);
	chmod(in_tmp("dir"), 0555);
	be_nobody();
	r = archive_write(in_tmp("dir/y.tar"), two, 2, 0, &e);
	be_us();
	assert_int_equal(r, -1);
	assert_int_equal(e.errnum, EACCES);
}

/* The other's tar reads ours, and we read the other's. */
static int sh(const char *script)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		if (chdir(tmp) == 0)
			execlp("sh", "sh", "-c", script, (char *)NULL);
		_exit(127);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void gnu_tar(void **state)
{
	static const char *const formats[] = {"ustar", "gnu", "oldgnu"};
	char script[200];
	struct archive *a;
	struct err e = ERR_INIT;

	if (sh("tar --version >/dev/null 2>&1") != 0)
		skip();
	assert_int_equal(archive_write(in_tmp("x.tar"), two, 2, 0, &e), 0);
	assert_int_equal(sh("tar -tf x.tar >list 2>err && ! test -s err && "
			    "printf 'manifest.json\\nfiles/sub/a.c\\n' | "
			    "cmp - list && tar -xf x.tar && "
			    "echo 'int a;' | cmp - files/sub/a.c"),
			 0);
	for (size_t i = 0; i < 3; i++) {
		snprintf(script, sizeof(script),
			 "tar --format=%s -cf y.tar manifest.json "
			 "files/sub/a.c",
			 formats[i]);
		assert_int_equal(sh(script), 0);
		if (archive_read(&a, in_tmp("y.tar"), &most, &e) < 0)
			fail_msg("%s: %s [%s]", formats[i], e.what, e.where);
		holds(a, "files/sub/a.c", "int a;\n");
		archive_free(a);
	}
	assert_int_equal(sh("ln -s a.c files/sub/l; tar -cf y.tar files/sub/l"),
			 0);
	assert_int_equal(archive_read(&a, in_tmp("y.tar"), &most, &e), -1);
	assert_non_null(strstr(e.what, "symbolic link"));
	assert_int_equal(sh("truncate -s 1G s; tar -Scf y.tar s"), 0);
	assert_int_equal(archive_read(&a, in_tmp("y.tar"), &most, &e), -1);
	assert_non_null(strstr(e.what, "sparse"));
	assert_int_equal(sh("tar --format=pax --pax-option=a=b -cf y.tar "
			    "manifest.json"),
			 0);
	assert_int_equal(archive_read(&a, in_tmp("y.tar"), &most, &e), -1);
	assert_non_null(strstr(e.what, "pax"));
}

/* ---- unpacked ---- */

static int unpack(const char *prefix, struct err *e)
{
	int r, fd = open(in_tmp("to"), O_PATH | O_DIRECTORY);
	struct archive *a = taken();

	assert_true(fd >= 0);
	r = archive_extract(a, prefix, fd, "to", e);
	close(fd);
	archive_free(a);
	return r;
}

static void unpacked(void **state)
{
	struct buf b = BUF_INIT;
	struct err e = ERR_INIT;

	file("manifest.json", "{}");
	file("files/a.c", "int a;\n");
	file("files/sub/dir/b.c", "int b;\n");
	zeros(2);
	make_dirs(in_tmp("to"), NULL);
	assert_int_equal(unpack("files/", &e), 0);
	assert_int_equal(count_entries(in_tmp("to")), 2);
	put_bytes(&b, "to/sub/dir/b.c");
	assert_string_equal(buf_str(&b), "int b;\n");
	buf_release(&b);
	/* Over nothing that is there. */
	assert_int_equal(unpack("files/", &e), -1);
	assert_int_equal(e.errnum, EEXIST);
	assert_string_equal(e.where, "to/a.c");
}

static void through_no_link(void **state)
{
	struct err e = ERR_INIT;

	file("sub/a.c", "int a;\n");
	zeros(2);
	make_dirs(in_tmp("to"), NULL);
	make_dirs(in_tmp("precious"), NULL);
	assert_int_equal(symlink(in_tmp("precious"), in_tmp("to/sub")), 0);
	assert_int_equal(unpack("", &e), -1);
	assert_int_equal(e.code, ERR_ENV);
	assert_int_equal(count_entries(in_tmp("precious")), 0);
	unlink(in_tmp("to/sub"));
	make_dirs(in_tmp("to/sub"), NULL);
	assert_int_equal(symlink(in_tmp("precious/x"), in_tmp("to/sub/a.c")),
			 0);
	assert_int_equal(unpack("", &e), -1);
	assert_int_equal(count_entries(in_tmp("precious")), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TAR_TEST(written_and_read), TAR_TEST(times),
		TAR_TEST(longest_name),	    TAR_TEST(cannot_be_written),
		TAR_TEST(gnu_tar),	    TAR_TEST(unpacked),
		TAR_TEST(through_no_link),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
