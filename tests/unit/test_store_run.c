/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The folders of runs: locked while in use, swept when left behind. */
#include "tmp_fixture.h"

#include "checker/err.h"
#include "checker/store.h"

#include <signal.h>
#include <sys/file.h>

/* All that run_dir_open() looks at. */
static struct store store_in_tmp(void)
{
	return (struct store){.cache = tmp};
}

static struct run_dir opened(const struct store *s)
{
	struct err e = ERR_INIT;
	struct run_dir r;

	if (run_dir_open(&r, s, &e) < 0)
		fail_msg("%s [%s]", e.what, e.where);
	return r;
}

static int entries(void)
{
	return count_entries(in_tmp("run"));
}

static void opens_and_closes(void **state)
{
	struct store s = store_in_tmp();
	struct run_dir r = opened(&s);
	char file[PATH_MAX];

	assert_int_equal(strncmp(r.path, in_tmp("run/"), strlen(tmp) + 5), 0);
	assert_int_equal(count_entries(r.path), 0);
	snprintf(file, sizeof(file), "%s/sub/sub", r.path);
	assert_int_equal(make_dirs(file, NULL), 0);
	run_dir_close(&r);
	assert_null(r.path);
	assert_int_equal(entries(), 0);
	run_dir_close(&r);
}

static void two_at_once(void **state)
{
	struct store s = store_in_tmp();
	struct run_dir a = opened(&s);
	struct run_dir b = opened(&s);

	assert_string_not_equal(a.path, b.path);
	assert_true(exists(a.path));
	run_dir_close(&b);
	assert_true(exists(a.path));
	run_dir_close(&a);
	assert_int_equal(entries(), 0);
}

static void a_killed_run_is_swept(void **state)
{
	struct store s = store_in_tmp();
	struct run_dir live = opened(&s), next;
	char ready;
	int ends[2];
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (pid == 0) {
		struct run_dir r = opened(&s);
		int fd = open(r.path, O_RDONLY | O_DIRECTORY);

		mkdirat(fd, "left", 0555);
		if (write(ends[1], "", 1) == 1)
			pause();
		_exit(1);
	}
	assert_int_equal(read(ends[0], &ready, 1), 1);
	close(ends[0]);
	close(ends[1]);
	assert_int_equal(entries(), 4);
	/* While it lives nobody touches it. */
	next = opened(&s);
	assert_int_equal(entries(), 6);
	run_dir_close(&next);
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	next = opened(&s);
	assert_int_equal(entries(), 4);
	assert_true(exists(live.path));
	run_dir_close(&next);
	run_dir_close(&live);
	assert_int_equal(entries(), 0);
}

/* A lock file alone is all that a run that was killed early leaves. */
static void leftovers_of_every_kind(void **state)
{
	struct store s = store_in_tmp();
	struct run_dir r;

	assert_int_equal(make_dirs(in_tmp("run"), NULL), 0);
	put("run/alone.lock", "");
	assert_int_equal(make_dirs(in_tmp("run/both/a/b"), NULL), 0);
	put("run/both.lock", "");
	put("precious", "x");
	assert_int_equal(symlink("../precious", in_tmp("run/link.lock")), 0);
	r = opened(&s);
	assert_false(exists(in_tmp("run/alone.lock")));
	assert_false(exists(in_tmp("run/both")));
	assert_false(exists(in_tmp("run/both.lock")));
	assert_true(exists(in_tmp("precious")));
	run_dir_close(&r);
}

/* Many at once, each sweeping: no run may lose its folder to another. */
static int open_and_close_often(void)
{
	struct store s = store_in_tmp();

	for (int i = 0; i < 200; i++) {
		struct run_dir r;
		char file[PATH_MAX];
		int fd;

		if (run_dir_open(&r, &s, NULL) < 0)
			return 1;
		snprintf(file, sizeof(file), "%s/file", r.path);
		fd = open(file, O_CREAT | O_EXCL | O_WRONLY, 0644);
		if (fd < 0)
			return 2;
		close(fd);
		if (!exists(file))
			return 3;
		run_dir_close(&r);
	}
	return 0;
}

static void no_race(void **state)
{
	pid_t pids[6];
	int st;

	for (int i = 0; i < 6; i++) {
		pids[i] = fork();
		if (pids[i] == 0)
			_exit(open_and_close_often());
	}
	for (int i = 0; i < 6; i++) {
		assert_int_equal(waitpid(pids[i], &st, 0), pids[i]);
		assert_int_equal(st, 0);
	}
	assert_int_equal(entries(), 0);
}

static void cannot_be_made(void **state)
{
	struct store s = store_in_tmp();
	struct err e = ERR_INIT;
	struct run_dir r;

	put("run", "a file");
	assert_int_equal(run_dir_open(&r, &s, &e), -1);
	assert_int_equal(e.code, ERR_ENV);
	assert_int_equal(e.errnum, ENOTDIR);
	assert_null(r.path);
	run_dir_close(&r);
	unlink(in_tmp("run"));
	assert_int_equal(mkdir(in_tmp("run"), 0555), 0);
	be_nobody();
	assert_int_equal(run_dir_open(&r, &s, &e), -1);
	be_us();
	assert_int_equal(e.errnum, EACCES);
	assert_string_equal(e.where, in_tmp("run"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TMP_TEST(opens_and_closes),
		TMP_TEST(two_at_once),
		TMP_TEST(a_killed_run_is_swept),
		TMP_TEST(leftovers_of_every_kind),
		TMP_TEST(no_race),
		TMP_TEST(cannot_be_made),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
