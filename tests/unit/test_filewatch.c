/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Saves of every kind, and how soon they are seen. How long it took is
 * printed; what is asserted is loose, for a test machine may be busy.
 */
#include "tmp_fixture.h"

#include "checker/buf.h"
#include "checker/proc.h"
#include "checker/store.h"
#include "shell/filewatch.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <time.h>

enum { SOON_MS = 1000, NEVER_MS = 400 };

static char dir[PATH_MAX];
static struct strv files;
static struct filewatch *w;

static char *in_dir(const char *name)
{
	static char path[4][PATH_MAX + 256];
	static unsigned turn;
	char *p = path[turn++ % 4];

	snprintf(p, sizeof(path[0]), "%s/%s", dir, name);
	return p;
}

/* As an editor that writes over the file: truncate, write, close. */
static void write_file(const char *name, const char *text)
{
	FILE *f = fopen(in_dir(name), "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static int setup(void **state)
{
	assert_int_equal(make_tmp(state), 0);
	snprintf(dir, sizeof(dir), "%.4000s/work", tmp);
	assert_int_equal(mkdir(dir, 0700), 0);
	assert_int_equal(mkdir(in_dir("sub"), 0700), 0);
	write_file("a.rs", "one");
	write_file("b.c", "one");
	write_file("sub/c.rs", "one");
	write_file("other", "one");
	files = (struct strv)STRV_INIT;
	strv_add(&files, "a.rs");
	strv_add(&files, "b.c");
	strv_add(&files, "sub/c.rs");
	w = filewatch_new(dir, &files, false);
	assert_non_null(w);
	return 0;
}

static int teardown(void **state)
{
	filewatch_free(w);
	strv_release(&files);
	return drop_tmp(state);
}

/* Wait as an event loop does; how long it took, or -1. */
static int64_t wait_for_save(struct strv *names, int64_t most)
{
	int64_t began = mono_ms();

	while (mono_ms() - began < most) {
		struct pollfd p = {.fd = filewatch_fd(w), .events = POLLIN};
		int wait = filewatch_wait(w);
		int64_t left = most - (mono_ms() - began);

		poll(&p, 1, wait < left ? wait : (int)left);
		if (filewatch_saved(w, names))
			return mono_ms() - began;
	}
	return -1;
}

static void expect_save(const char *what, const char *names)
{
	struct strv got = STRV_INIT;
	char all[200] = "";
	int64_t ms = wait_for_save(&got, SOON_MS);

	for (size_t i = 0; i < got.n; i++)
		snprintf(all + strlen(all), sizeof(all) - strlen(all), "%s%s",
			 i ? " " : "", got.v[i]);
	print_message("# %s: seen after %lld ms\n", what, (long long)ms);
	assert_in_range(ms, 0, SOON_MS);
	assert_string_equal(all, names);
	strv_release(&got);
}

static void expect_nothing(void)
{
	assert_int_equal(wait_for_save(NULL, NEVER_MS), -1);
}

static void saves_of_every_kind(void **state)
{
	write_file("a.rs", "two, truncated and written");
	expect_save("truncate and write", "a.rs");

	write_file("a.rs.new", "three, renamed");
	assert_int_equal(rename(in_dir("a.rs.new"), in_dir("a.rs")), 0);
	expect_save("rename over it", "a.rs");

	/* vim with backupcopy=no, emacs: the old one goes away first. */
	assert_int_equal(rename(in_dir("a.rs"), in_dir("a.rs~")), 0);
	write_file("a.rs", "four");
	expect_save("rename away and write", "a.rs");

	write_file("sub/c.rs", "two");
	expect_save("in a folder below", "sub/c.rs");

	assert_int_equal(link(in_dir("other"), in_dir("new")), 0);
	assert_int_equal(rename(in_dir("new"), in_dir("b.c")), 0);
	expect_save("a link renamed over it", "b.c");

	assert_int_equal(unlink(in_dir("b.c")), 0);
	expect_save("removed", "b.c");
	expect_nothing();
}

static void same_size_at_once(void **state)
{
	/* Within one tick of the file system's clock, perhaps. */
	for (int i = 0; i < 5; i++) {
		write_file("a.rs", i % 2 ? "aaa" : "bbb");
		expect_save("the same size", "a.rs");
	}
}

static void several_are_one(void **state)
{
	write_file("a.rs", "many");
	write_file("b.c", "many");
	write_file("sub/c.rs", "many");
	expect_save("three at once", "a.rs b.c sub/c.rs");
	expect_nothing();
}

static void others_are_none(void **state)
{
	int fd;

	write_file("other", "two");
	write_file(".a.rs.swp", "vim's");
	write_file("a.rs~", "a backup");
	write_file("4913", "vim tries whether it may");
	write_file("sub/a.rs", "the same name elsewhere");
	/* Opened to write, and closed as it was. */
	fd = open(in_dir("a.rs"), O_RDWR);
	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(chmod(in_dir("a.rs"), 0640), 0);
	expect_nothing();
}

/* Nothing is told yet, unless this machine let so much time go by. */
static void expect_patience(FILE *f, const char *more)
{
	int64_t began = mono_ms();

	fputs(more, f);
	fflush(f);
	if (wait_for_save(NULL, 100) != -1)
		assert_true(mono_ms() - began >= FILEWATCH_WRITING_MS);
}

static void a_writer_is_waited_for(void **state)
{
	struct timespec pause = {.tv_nsec = 150000000};
	FILE *f = fopen(in_dir("a.rs"), "w");
	int64_t began = mono_ms();

	assert_non_null(f);
	expect_patience(f, "half");
	nanosleep(&pause, NULL);
	/* A machine that slept longer has let the patience run out. */
	if (mono_ms() - began < FILEWATCH_WRITING_MS - 20)
		expect_patience(f, " and half");
	fclose(f);
	expect_save("closed after a while", "a.rs");

	/* One that never closes it is not waited for for ever. */
	f = fopen(in_dir("a.rs"), "a");
	assert_non_null(f);
	fputs(" more", f);
	fflush(f);
	expect_save("never closed", "a.rs");
	fclose(f);
	expect_nothing();
}

static void forgotten_is_none(void **state)
{
	write_file("a.rs", "two");
	filewatch_forget(w);
	expect_nothing();
	write_file("a.rs", "three");
	expect_save("after that", "a.rs");
}

static void lay_down_anew(void)
{
	assert_int_equal(mkdir(dir, 0700), 0);
	assert_int_equal(mkdir(in_dir("sub"), 0700), 0);
	write_file("a.rs", "anew");
	write_file("b.c", "anew");
	write_file("sub/c.rs", "anew");
}

static void a_folder_replaced(void **state)
{
	char away[PATH_MAX + 8];

	snprintf(away, sizeof(away), "%s/away", tmp);
	assert_int_equal(rename(dir, away), 0);
	expect_save("the folder gone", "a.rs b.c sub/c.rs");
	assert_false(filewatch_there(w));
	lay_down_anew();
	expect_save("a new folder", "a.rs b.c sub/c.rs");
	assert_true(filewatch_there(w));
	write_file("a.rs", "in the new one");
	expect_save("in the new folder", "a.rs");
	write_file("../away/a.rs", "in the old one");
	expect_nothing();
}

static void a_folder_removed(void **state)
{
	assert_int_equal(remove_tree(dir, NULL), 0);
	expect_save("the folder removed", "a.rs b.c sub/c.rs");
	lay_down_anew();
	expect_save("a folder again", "a.rs b.c sub/c.rs");
	write_file("sub/c.rs", "in it");
	expect_save("in that", "sub/c.rs");
}

static void what_a_link_leads_to(void **state)
{
	struct strv got = STRV_INIT;
	int64_t ms;

	assert_int_equal(unlink(in_dir("a.rs")), 0);
	assert_int_equal(symlink("../real.rs", in_dir("a.rs")), 0);
	write_file("../real.rs", "one");
	expect_save("a link", "a.rs");
	write_file("../real.rs", "two, elsewhere");
	/* The kernel says nothing: that is what the sweep is for. */
	ms = wait_for_save(&got, FILEWATCH_SWEEP_MS + SOON_MS);
	print_message("# through a link: seen after %lld ms\n", (long long)ms);
	assert_true(ms >= 0);
	assert_int_equal(got.n, 1);
	strv_release(&got);
}

static void polled(void **state)
{
	filewatch_free(w);
	w = filewatch_new(dir, &files, true);
	assert_non_null(w);
	assert_string_equal(filewatch_polls(w), "you asked for it");
	assert_int_equal(filewatch_fd(w), -1);
	write_file("a.rs", "two, truncated and written");
	expect_save("polled: truncate and write", "a.rs");
	write_file("a.rs.new", "three");
	assert_int_equal(rename(in_dir("a.rs.new"), in_dir("a.rs")), 0);
	write_file("sub/c.rs", "three");
	expect_save("polled: two of them", "a.rs sub/c.rs");
	expect_nothing();
	assert_int_equal(remove_tree(dir, NULL), 0);
	expect_save("polled: the folder removed", "a.rs b.c sub/c.rs");
	lay_down_anew();
	expect_save("polled: a folder again", "a.rs b.c sub/c.rs");
}

/* No descriptor to be had: inotify_init1() fails. */
static void polled_for_want_of_room(void **state)
{
	struct rlimit was, none;

	filewatch_free(w);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &was), 0);
	none = was;
	none.rlim_cur = 0;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	w = filewatch_new(dir, &files, false);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &was), 0);
	assert_non_null(w);
	assert_non_null(strstr(filewatch_polls(w), "max_user_instances"));
	write_file("a.rs", "two");
	expect_save("polled for want of room", "a.rs");
}

static void told_when_it_is(void **state)
{
	assert_null(filewatch_polls(w));
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(saves_of_every_kind),     TEST(same_size_at_once),
		TEST(several_are_one),	       TEST(others_are_none),
		TEST(a_writer_is_waited_for),  TEST(forgotten_is_none),
		TEST(a_folder_replaced),       TEST(a_folder_removed),
		TEST(what_a_link_leads_to),    TEST(polled),
		TEST(polled_for_want_of_room), TEST(told_when_it_is),
	};

	return cmocka_run_group_tests_name("filewatch", tests, NULL, NULL);
}
