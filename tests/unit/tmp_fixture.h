/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A temporary folder for each test, in `tmp`, removed afterwards by means
 * of the system's own rm: the code under test includes a remover.
 */
#ifndef TESTS_UNIT_TMP_FIXTURE_H
#define TESTS_UNIT_TMP_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define UNUSED __attribute__((unused))

static char tmp[PATH_MAX];

UNUSED static int make_tmp(void **state)
{
	const char *base = getenv("TMPDIR");

	(void)state;
	snprintf(tmp, sizeof(tmp), "%s/kiln-test-XXXXXX",
		 base && base[0] == '/' ? base : "/tmp");
	assert_non_null(mkdtemp(tmp));
	/* For tests that go on as an unprivileged user. */
	return chmod(tmp, 0777);
}

UNUSED static int drop_tmp(void **state)
{
	pid_t pid = fork();

	(void)state;
	if (pid == 0) {
		execlp("rm", "rm", "-rf", tmp, (char *)NULL);
		_exit(127);
	}
	return waitpid(pid, NULL, 0) == pid && access(tmp, F_OK) < 0 ? 0 : -1;
}

#define TMP_TEST(name) cmocka_unit_test_setup_teardown(name, make_tmp, drop_tmp)

/* "TMP/NAME", in one of a few buffers that take turns. */
UNUSED static const char *in_tmp(const char *name)
{
	static char paths[8][PATH_MAX + 256];
	static unsigned turn;
	char *path = paths[turn++ % 8];

	snprintf(path, sizeof(paths[0]), "%s/%s", tmp, name);
	return path;
}

UNUSED static void put(const char *name, const char *text)
{
	const char *path = in_tmp(name);
	FILE *f = fopen(path, "w");

	if (!f)
		fail_msg("%s: %s", path, strerror(errno));
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

UNUSED static bool exists(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

UNUSED static int count_entries(const char *path)
{
	DIR *d = opendir(path);
	struct dirent *de;
	int n = 0;

	if (!d)
		return -1;
	while ((de = readdir(d)))
		n += strcmp(de->d_name, ".") != 0 &&
		     strcmp(de->d_name, "..") != 0;
	closedir(d);
	return n;
}

/* Root may write anywhere; be nobody for a while. */
UNUSED static void be_nobody(void)
{
	if (getuid() == 0)
		assert_int_equal(seteuid(65534), 0);
}

UNUSED static void be_us(void)
{
	assert_int_equal(seteuid(getuid()), 0);
}

#endif
