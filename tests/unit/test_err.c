/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "checker/err.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void says_what(void **state)
{
	struct err e = ERR_INIT;

	assert_int_equal(err_set(&e, ERR_ENV, 0, "no %s", "toolroot"), -1);
	assert_int_equal(e.code, ERR_ENV);
	assert_int_equal(e.errnum, 0);
	assert_string_equal(e.what, "no toolroot");
	assert_string_equal(e.where, "");
	assert_string_equal(e.next, "");
	assert_int_equal(err_where(&e, "%s:%d", "lesson.lua", 7), -1);
	assert_int_equal(err_next(&e, "run `%s`", "setup"), -1);
	assert_string_equal(e.where, "lesson.lua:7");
	assert_string_equal(e.next, "run `setup`");
	assert_string_equal(e.what, "no toolroot");
}

static void adds_the_text_of_errno(void **state)
{
	struct err e = ERR_INIT;

	err_set(&e, ERR_ENV, ENOENT, "cannot open it");
	assert_int_equal(e.errnum, ENOENT);
	assert_string_equal(e.what,
			    "cannot open it: No such file or directory");
}

/* What an earlier failure left must not stand beside a new one. */
static void a_new_error_replaces_the_old(void **state)
{
	struct err e = ERR_INIT;

	err_set(&e, ERR_ENV, EIO, "first");
	err_where(&e, "/there");
	err_next(&e, "do this");
	err_set(&e, ERR_LESSON, 0, "second");
	assert_int_equal(e.code, ERR_LESSON);
	assert_int_equal(e.errnum, 0);
	assert_string_equal(e.what, "second");
	assert_string_equal(e.where, "");
	assert_string_equal(e.next, "");
}

static void long_texts_are_cut(void **state)
{
	struct err e = ERR_INIT;
	char text[2000];

	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	err_set(&e, ERR_ENV, ENOENT, "%s", text);
	err_where(&e, "%s", text);
	err_next(&e, "%s", text);
	assert_int_equal(strlen(e.what), sizeof(e.what) - 1);
	assert_int_equal(strlen(e.where), sizeof(e.where) - 1);
	assert_int_equal(strlen(e.next), sizeof(e.next) - 1);
}

static void nobody_need_listen(void **state)
{
	assert_int_equal(err_set(NULL, ERR_ENV, EIO, "lost"), -1);
	assert_int_equal(err_where(NULL, "nowhere"), -1);
	assert_int_equal(err_next(NULL, "nothing"), -1);
}

static void exit_codes(void **state)
{
	static const struct {
		enum err_code code;
		int exit;
	} table[] = {{ERR_NONE, 0},
		     {ERR_USAGE, 2},
		     {ERR_LESSON, 3},
		     {ERR_ENV, 4},
		     {ERR_CANCELLED, 130}};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct err e = {.code = table[i].code};

		assert_int_equal(err_exit_code(&e), table[i].exit);
	}
}

static void a_bug_aborts_and_says_where(void **state)
{
	char said[256];
	int ends[2], st;
	size_t len = 0;
	ssize_t n;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (pid == 0) {
		signal(SIGABRT, SIG_DFL);
		dup2(ends[1], STDERR_FILENO);
		BUG("%d is not %s", 7, "even");
	}
	close(ends[1]);
	while ((n = read(ends[0], said + len, sizeof(said) - 1 - len)) > 0)
		len += (size_t)n;
	said[len] = '\0';
	close(ends[0]);
	assert_int_equal(waitpid(pid, &st, 0), pid);
	assert_true(WIFSIGNALED(st) && WTERMSIG(st) == SIGABRT);
	assert_non_null(strstr(said, "test_err.c:"));
	assert_non_null(strstr(said, "7 is not even\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_what),
		cmocka_unit_test(adds_the_text_of_errno),
		cmocka_unit_test(a_new_error_replaces_the_old),
		cmocka_unit_test(long_texts_are_cut),
		cmocka_unit_test(nobody_need_listen),
		cmocka_unit_test(exit_codes),
		cmocka_unit_test(a_bug_aborts_and_says_where),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
