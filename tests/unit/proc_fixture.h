/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the tests of proc share: where the helpers are, and a set-up and a
 * tear-down that together prove that a test left nothing behind, neither a
 * process (living or dead) nor a descriptor.
 *
 * Every process that a test starts carries KILN_TEST_TAG in its environment,
 * which no setsid, fork or namespace takes away.
 */
#ifndef TESTS_UNIT_PROC_FIXTURE_H
#define TESTS_UNIT_PROC_FIXTURE_H

#include "checker/err.h"
#include "checker/proc-int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define UNUSED __attribute__((unused))

/* A helper's path, from where this test stands: build/tests/unit. */
UNUSED static const char *helper(const char *name)
{
	static char paths[8][PATH_MAX];
	static unsigned turn;
	char *path = paths[turn++ % 8];
	ssize_t n = readlink("/proc/self/exe", path, PATH_MAX - 64);

	assert_true(n > 0);
	path[n] = '\0';
	snprintf(strrchr(path, '/'), 64, "/../helpers/%s", name);
	if (access(path, X_OK) < 0)
		fail_msg("%s is not built: make unit-programs", path);
	return path;
}

UNUSED static int count_fds(void)
{
	DIR *d = opendir("/proc/self/fd");
	int n = 0;

	assert_non_null(d);
	while (readdir(d))
		n++;
	closedir(d);
	return n;
}

static char test_tag[64];
static int fds_before;

static bool carries_tag(const char *pid)
{
	static char env[1 << 18];
	char path[300];
	ssize_t n, got = 0;
	int fd;

	snprintf(path, sizeof(path), "/proc/%s/environ", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	while ((n = read(fd, env + got, sizeof(env) - (size_t)got)) > 0)
		got += n;
	close(fd);
	return memmem(env, (size_t)got, test_tag, strlen(test_tag)) != NULL;
}

/* Processes of this test that still run. */
UNUSED static int count_tagged(void)
{
	DIR *d = opendir("/proc");
	struct dirent *de;
	int n = 0;

	assert_non_null(d);
	while ((de = readdir(d)))
		if (atoi(de->d_name) > 0 && atoi(de->d_name) != getpid())
			n += carries_tag(de->d_name);
	closedir(d);
	return n;
}

UNUSED static int begin(void **state)
{
	char value[32];

	(void)state;
	snprintf(value, sizeof(value), "%d-%lld", (int)getpid(),
		 (long long)mono_ms());
	snprintf(test_tag, sizeof(test_tag), "KILN_TEST_TAG=%s", value);
	setenv("KILN_TEST_TAG", value, 1);
	/* A folder in PATH that we may not enter makes ENOENT an EACCES. */
	setenv("PATH", "/usr/bin:/bin", 1);
	fds_before = count_fds();
	return 0;
}

UNUSED static int nothing_left(void **state)
{
	(void)state;
	assert_int_equal(count_tagged(), 0);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
	assert_int_equal(count_fds(), fds_before);
	return 0;
}

#define ARGV(...) ((const char *const[]){__VA_ARGS__, NULL})
#define PROC_TEST(name)                                                        \
	cmocka_unit_test_setup_teardown(name, begin, nothing_left)

/* Run, and insist that our own machinery works. */
UNUSED static struct proc_result run(const struct proc_spec *s)
{
	struct err e = ERR_INIT;
	struct proc_result r;

	if (proc_run(&r, s, &e) < 0)
		fail_msg("%s [%s]", e.what, e.where);
	return r;
}

UNUSED static void assert_end(const struct proc_result *r, enum proc_end end,
			      int status)
{
	assert_int_equal(r->end, end);
	assert_int_equal(r->status, status);
}

/* Run @fn in a process of its own; its exit status, or 1000 + signal. */
UNUSED static int in_a_fork(int (*fn)(void))
{
	pid_t pid = fork();
	int st;

	if (pid == 0)
		_exit(fn());
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &st, 0), pid);
	return WIFSIGNALED(st) ? 1000 + WTERMSIG(st) : WEXITSTATUS(st);
}

#endif
