/* SPDX-License-Identifier: GPL-2.0-or-later */
/* archive: what is taken, and hostile files made byte by byte. */
#include "tar_fixture.h"

/* ---- taken ---- */

static void plain_files(void **state)
{
	struct archive *a;

	file("one", "1");
	file("sub/dir/two.c", "int two;\n");
	file("empty", "");
	zeros(2);
	a = taken();
	assert_int_equal(archive_count(a), 3);
	holds(a, "one", "1");
	holds(a, "sub/dir/two.c", "int two;\n");
	holds(a, "empty", "");
	assert_string_equal(archive_member(a, 1)->name, "sub/dir/two.c");
	assert_null(archive_member(a, 3));
	assert_null(archive_find(a, "sub/dir"));
	archive_free(a);
	archive_free(NULL);
}

/* Nothing in it is an archive too; GNU tar fills up to 20 blocks. */
static void no_files(void **state)
{
	struct archive *a;

	zeros(20);
	a = taken();
	assert_int_equal(archive_count(a), 0);
	archive_free(a);
}

static void at_the_limits(void **state)
{
	char name[ARCHIVE_NAME_MAX + 2];
	char *large = malloc(4097);
	struct archive *a;

	memset(large, 'x', 4096);
	large[4096] = '\0';
	memset(name, 'n', sizeof(name));
	name[ARCHIVE_NAME_MAX] = '\0';
	file(name, large);
	for (int i = 0; i < 7; i++)
		file((const char[]){(char)('a' + i), '\0'}, "");
	zeros(2);
	a = taken();
	holds(a, name, large);
	assert_int_equal(archive_count(a), 8);
	archive_free(a);
	free(large);
}

static void names(void **state)
{
	static const char *const good[] = {"a",	      "a/b",  "A-b_c+1.tar",
					   "a/b.c/d", "a..b", "0"};
	static const char *const bad[] = {
		"",	"/",   "/a",   "a/",	"..",	"../a",
		"a/..", ".",   "./a",  "a/./b", "a//b", ".git",
		"a/.b", "-rf", "a/-b", "a b",	"a\nb", "a\x1b[m",
		"a\\b", "ä",   "a:b",  "a*b",	"~/a",
	};
	char longest[ARCHIVE_NAME_MAX + 2];

	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		if (!archive_name_ok(good[i]))
			fail_msg("'%s' is refused", good[i]);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (archive_name_ok(bad[i]))
			fail_msg("'%s' is taken", bad[i]);
	memset(longest, 'a', sizeof(longest));
	longest[ARCHIVE_NAME_MAX + 1] = '\0';
	assert_false(archive_name_ok(longest));
	longest[ARCHIVE_NAME_MAX] = '\0';
	assert_true(archive_name_ok(longest));
}

/* ---- refused ---- */

static void kinds_of_entries(void **state)
{
	static const struct {
		char type;
		const char *why;
	} kinds[] = {
		{'1', "hard link"}, {'2', "symbolic link"}, {'3', "device"},
		{'4', "device"},    {'5', "folder"},	    {'6', "FIFO"},
		{'7', "regular"},   {'g', "pax"},	    {'x', "pax"},
		{'X', "pax"},	    {'L', "too long"},	    {'K', "too long"},
		{'S', "sparse"},    {'M', "regular"},	    {'V', "regular"},
		{'D', "regular"},   {'\xff', "regular"},
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		file("first", "fine");
		header("second", kinds[i].type, 0);
		zeros(2);
		refused(kinds[i].why, "second");
	}
	/* libtar allocates what these claim. */
	header("././@LongLink", 'L', (size_t)1 << 30);
	zeros(2);
	refused("too long", "././@LongLink");
}

static void names_that_lead_out(void **state)
{
	static const char *const names_[] = {"/etc/passwd", "../../up",
					     "a/../../b",   ".bashrc",
					     "a//b",	    "dir/"};

	for (size_t i = 0; i < sizeof(names_) / sizeof(names_[0]); i++) {
		file("first", "fine");
		file(names_[i], "bad");
		zeros(2);
		refused("name", names_[i]);
	}
	/* What is shown of it cannot reach a terminal. */
	file("a\x1b[31m\n", "bad");
	zeros(2);
	refused("name", "a?[31m?");
}

static void names_that_are_odd(void **state)
{
	char name[101];
	size_t at;

	memset(name, 'n', 100);
	name[100] = '\0';
	file(name, "a name without its NUL");
	zeros(2);
	name[99] = '\0';
	refused("too long", name);
	at = file("file", "x");
	patch(at, 345, "prefix", 6);
	zeros(2);
	refused("too long", "file");
	/* libtar takes an empty name for the end of the archive. */
	file("", "x");
	file("hidden", "x");
	zeros(2);
	refused("name", "a member without a name");
	at = file("file", "x");
	patch(at, 157, "/etc/passwd", 11);
	zeros(2);
	refused("link at once", "file");
}

static void names_that_come_twice(void **state)
{
	file("a", "1");
	file("b", "2");
	file("a", "3");
	zeros(2);
	refused("twice", "a");
	file("a", "1");
	file("a/b", "2");
	zeros(2);
	refused("a file and a folder", "a/b");
	file("a/b", "1");
	file("a", "2");
	zeros(2);
	refused("a file and a folder", "a");
	file("a", "1");
	file("ab", "2");
	zeros(2);
	archive_free(taken());
}

static void sizes(void **state)
{
	static const char *const odd[] = {
		"777777777777", /* no end: it runs on into mtime */
		"-0000000001",
		"0x000000010",
		"00000000008",
		"1          1",
		"\x80\0\0\0\0\0\0\0\0\0\0\1", /* GNU's base-256 */
		"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
	};
	size_t at;

	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
		at = file("file", "x");
		patch(at, 124, odd[i], 12);
		zeros(2);
		refused("a number in its header", "file");
	}
	/* 10 GB that are not there. */
	header("file", '0', (size_t)10 << 30);
	zeros(2);
	refused("too large", "file");
	header("file", '0', 4097);
	zeros(12);
	refused("too large", "file");
	/* 4 GB and a bit: 5 when counted in 32 bits. */
	header("file", '0', ((size_t)1 << 32) + 5);
	zeros(12);
	refused("too large", "file");
	header("file", '0', 1025);
	zeros(2);
	refused("ends in the middle", "file");
	header("file", '0', 1024);
	zeros(2);
	refused("its end is missing", "");
}

static void other_numbers(void **state)
{
	static const struct {
		size_t at, len;
	} fields[] = {{100, 8},	 {108, 8}, {116, 8},
		      {136, 12}, {329, 8}, {337, 8}};
	size_t at;

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		at = file("file", "x");
		patch(at, fields[i].at, "zzzzzzzzzzzz", fields[i].len);
		zeros(2);
		refused("a number in its header", "file");
	}
	/* What libtar would take for a symbolic link, and for a folder. */
	at = file("file", "x");
	patch(at, 100, "0120777", 8);
	zeros(2);
	refused("mode", "file");
	at = file("file", "x");
	patch(at, 100, "0040755", 8);
	zeros(2);
	refused("mode", "file");
	at = file("file", "x");
	patch(at, 100, "0100644", 8);
	zeros(2);
	archive_free(taken());
}

static void headers(void **state)
{
	size_t at;

	file("first", "fine");
	at = file("second", "x");
	tar.data[at + 10]++;
	zeros(2);
	refused("damaged", "second");
	at = file("file", "x");
	memcpy(tar.data + at + 148, "zzzzzzzz", 8);
	zeros(2);
	refused("damaged", "file");
	at = file("file", "x");
	patch(at, 257, "\0\0\0\0\0\0\0\0", 8);
	zeros(2);
	refused("no tar file", "");
	file("first", "fine");
	at = file("second", "x");
	patch(at, 257,
	      "ustar\0"
	      "01",
	      8);
	zeros(2);
	refused("of a kind", "second");
	/* The padding, where GNU tar keeps things and libtar has pointers. */
	at = file("file", "x");
	patch(at, 500, "AAAAAAAAAAAA", 12);
	zeros(2);
	refused("too long", "file");
}

static void ends(void **state)
{
	refused("it is empty", "");
	file("file", "x");
	refused("its end is missing", "");
	file("file", "x");
	zeros(1);
	refused("its end is missing", "");
	file("file", "x");
	zeros(1);
	file("hidden", "x");
	zeros(2);
	refused("behind its end", "");
	file("file", "x");
	zeros(2);
	file("hidden", "x");
	zeros(2);
	refused("behind its end", "");
	file("file", "x");
	zeros(2);
	buf_adds(&tar, "garbage");
	refused("no whole number of blocks", "");
	file("file", "x");
	zeros(2);
	buf_adds(&tar, "garbage");
	pad();
	refused("behind its end", "");
	file("file", "x");
	tar.data[tar.len - 1] = 'x';
	zeros(2);
	refused("hidden behind it", "file");
}

static void cut_anywhere(void **state)
{
	struct buf whole = BUF_INIT;

	file("one", "1");
	file("two", "22");
	zeros(2);
	buf_add(&whole, tar.data, tar.len);
	for (size_t n = 0; n < whole.len; n += 64) {
		struct archive *a;
		struct err e = ERR_INIT;

		assert_int_equal(archive_parse(&a, whole.data, n, &most, &e),
				 -1);
		assert_int_equal(e.code, ERR_USAGE);
	}
	buf_release(&whole);
}

static void too_much(void **state)
{
	for (int i = 0; i < 9; i++)
		file((const char[]){(char)('a' + i), '\0'}, "");
	zeros(2);
	refused("too many", "i");
	file("file", "x");
	zeros(128);
	refused("more than 65536 bytes", "");
}

static void no_tar_files(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *why;
	} kinds[] = {
		{"\x1f\x8b\x08\0\0\0", 6, "gzip"},
		{"\xfd"
		 "7zXZ\0",
		 6, "xz"},
		{"BZh91AY", 7, "bzip2"},
		{"\x28\xb5\x2f\xfd", 4, "zstd"},
		{"PK\x03\x04", 4, "zip"},
		{"{\"format\": 1}\n", 14, "no whole number"},
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		buf_add(&tar, kinds[i].bytes, kinds[i].len);
		refused(kinds[i].why, "");
	}
	buf_adds(&tar, "#!/bin/sh\n");
	while (tar.len < 1024)
		buf_adds(&tar, "# text\n");
	tar.len = 1024;
	refused("no tar file", "");
}

static void files_that_are_none(void **state)
{
	struct archive *a;
	struct err e = ERR_INIT;

	assert_int_equal(archive_read(&a, in_tmp("none"), &most, &e), -1);
	assert_int_equal(e.code, ERR_ENV);
	assert_int_equal(e.errnum, ENOENT);
	assert_int_equal(archive_read(&a, tmp, &most, &e), -1);
	assert_int_equal(e.code, ERR_ENV);
	assert_int_equal(mkfifo(in_tmp("fifo"), 0600), 0);
	assert_int_equal(archive_read(&a, in_tmp("fifo"), &most, &e), -1);
	assert_int_equal(e.code, ERR_ENV);
	/* 10 GB, sparse, are not read. */
	put("huge", "");
	assert_int_equal(truncate(in_tmp("huge"), (off_t)10 << 30), 0);
	assert_int_equal(archive_read(&a, in_tmp("huge"), &most, &e), -1);
	assert_int_equal(e.code, ERR_USAGE);
	assert_non_null(strstr(e.what, "more than"));
	assert_string_equal(e.where, in_tmp("huge"));
	put("empty", "");
	assert_int_equal(archive_read(&a, in_tmp("empty"), &most, &e), -1);
	assert_int_equal(e.code, ERR_USAGE);
	assert_string_equal(e.where, in_tmp("empty"));
	assert_null(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TAR_TEST(plain_files),
		TAR_TEST(no_files),
		TAR_TEST(at_the_limits),
		TAR_TEST(names),
		TAR_TEST(kinds_of_entries),
		TAR_TEST(names_that_lead_out),
		TAR_TEST(names_that_are_odd),
		TAR_TEST(names_that_come_twice),
		TAR_TEST(sizes),
		TAR_TEST(other_numbers),
		TAR_TEST(headers),
		TAR_TEST(ends),
		TAR_TEST(cut_anywhere),
		TAR_TEST(too_much),
		TAR_TEST(no_tar_files),
		TAR_TEST(files_that_are_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
