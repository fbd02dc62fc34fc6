/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the learner finds the kernel's source, and paths as people write. */
#include "tmp_fixture.h"

#include "checker/buf.h"
#include "checker/store.h"
#include "shell/home.h"
#include "shell/tree.h"

static char work[PATH_MAX], linux_dir[PATH_MAX], source[PATH_MAX],
	link_path[PATH_MAX];
static struct store st = {.work = work, .linux_dir = linux_dir};
static struct buf out;

static int setup(void **state)
{
	int r = make_tmp(state);

	snprintf(work, sizeof(work), "%s", in_tmp("home/kiln"));
	snprintf(linux_dir, sizeof(linux_dir), "%s", in_tmp("linux-1"));
	snprintf(source, sizeof(source), "%s", in_tmp("linux-1/src"));
	snprintf(link_path, sizeof(link_path), "%s", in_tmp("home/kiln/linux"));
	mkdir(in_tmp("home"), 0755);
	mkdir(work, 0755);
	mkdir(linux_dir, 0755);
	mkdir(source, 0755);
	mkdir(in_tmp("linux-1/src/rust"), 0755);
	put("linux-1/src/rust/lib.rs", "x\n");
	put("secret", "x\n");
	setenv("HOME", in_tmp("home"), 1);
	return r;
}

static void leads_to(const char *want)
{
	char to[PATH_MAX] = "";

	if (readlink(link_path, to, sizeof(to) - 1) < 0)
		fail_msg("no link: %s", strerror(errno));
	assert_string_equal(to, want);
}

static const char *name(void)
{
	buf_clear(&out);
	tree_add_name(&out, &st);
	return buf_str(&out);
}

static void test_link(void **state)
{
	tree_link(&st);
	leads_to(source);
	assert_string_equal(name(), "~/kiln/linux");
	/* A kernel of another key. */
	unlink(link_path);
	assert_int_equal(symlink("/nowhere/src", link_path), 0);
	assert_string_not_equal(name(), "~/kiln/linux");
	tree_link(&st);
	leads_to(source);
	tree_link(&st);
	leads_to(source);
}

static void test_foreign(void **state)
{
	struct stat sb;

	put("home/kiln/linux", "mine");
	tree_link(&st);
	assert_int_equal(lstat(link_path, &sb), 0);
	assert_true(S_ISREG(sb.st_mode));
	assert_int_equal(sb.st_size, 4);
	assert_string_equal(name(), source);
}

static void test_not_made(void **state)
{
	struct stat sb;

	assert_int_equal(rename(source, in_tmp("gone")), 0);
	tree_link(&st);
	assert_int_equal(lstat(link_path, &sb), -1);
	assert_string_equal(name(), "");
	buf_clear(&out);
	tree_add_text(&out, &st, "/kiln/src/a.c", 13);
	assert_string_equal(buf_str(&out), "/kiln/src/a.c");
}

static void test_text(void **state)
{
	static const char text[] = "at /kiln/src/a.c:1\n/kiln/src/b.c, "
				   "/kiln/srcs /kiln/src";

	tree_link(&st);
	buf_clear(&out);
	tree_add_text(&out, &st, text, strlen(text));
	assert_string_equal(buf_str(&out),
			    "at ~/kiln/linux/a.c:1\n~/kiln/linux/b.c, "
			    "/kiln/srcs /kiln/src");
}

static const char *put_work(const char *text)
{
	buf_clear(&out);
	buf_adds(&out, text);
	tree_put_work(&out, &st);
	return buf_str(&out);
}

/* As a lesson's text says it, and where this learner has it. */
static void test_put_work(void **state)
{
	char full[2 * PATH_MAX + 64];

	tree_link(&st);
	assert_string_equal(put_work("in `~/kiln/linux`, ~/kiln/x ~ ~/k"),
			    "in `~/kiln/linux`, ~/kiln/x ~ ~/k");
	setenv("HOME", "/nowhere", 1);
	snprintf(full, sizeof(full), "in `%s/linux`, or %s. ~/kilns", work,
		 work);
	assert_string_equal(put_work("in `~/kiln/linux`, or ~/kiln. ~/kilns"),
			    full);
	setenv("HOME", in_tmp("home"), 1);
}

static bool finds(const char *word)
{
	bool found;

	buf_clear(&out);
	found = tree_find(&out, &st, word);
	if (found)
		assert_string_equal(buf_str(&out),
				    in_tmp("linux-1/src/rust/lib.rs"));
	return found;
}

static void test_find(void **state)
{
	char full[PATH_MAX + 64];

	tree_link(&st);
	assert_true(finds("rust/lib.rs"));
	assert_true(finds("/kiln/src/rust/lib.rs"));
	assert_true(finds("~/kiln/linux/rust/lib.rs"));
	snprintf(full, sizeof(full), "%s/rust/lib.rs", link_path);
	assert_true(finds(full));
	snprintf(full, sizeof(full), "%s/rust/lib.rs", source);
	assert_true(finds(full));
	assert_false(finds("rust"));
	assert_false(finds(""));
	assert_false(finds("rust/nope.rs"));
	assert_false(finds("../../secret"));
	assert_false(finds("rust/../../../secret"));
	assert_false(finds(in_tmp("secret")));
}

static void shown(const char *home, const char *path, const char *want)
{
	setenv("HOME", home, 1);
	buf_clear(&out);
	home_add(&out, path);
	assert_string_equal(buf_str(&out), want);
}

static void test_home(void **state)
{
	shown("/home/a", "/home/a/kiln", "~/kiln");
	shown("/home/a/", "/home/a/kiln", "~/kiln");
	shown("/home/a", "/home/a", "~");
	shown("/home/a", "/home/ab/kiln", "/home/ab/kiln");
	shown("/", "/kiln", "/kiln");
	shown("", "/kiln", "/kiln");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, drop_tmp)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_link), TEST(test_foreign),  TEST(test_not_made),
		TEST(test_text), TEST(test_put_work), TEST(test_find),
		TEST(test_home),
	};
	int r = cmocka_run_group_tests(tests, NULL, NULL);

	buf_release(&out);
	return r;
}
