/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs side by side, with a shell in the place of Kiln. */
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/proc.h"
#include "shell/farm.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

struct work {
	const char *const *scripts;
	size_t n, next, ended;
	unsigned now, most; /* at a time */
	int refuse_at; /* .done says no to this one; -1: none */
	char out[8][64];
	int status[8];
};

static int next(void *arg, size_t *job, struct strv *argv, struct err *e)
{
	struct work *w = arg;

	(void)e;
	if (w->next == w->n)
		return 0;
	strv_add(argv, "-c");
	strv_add(argv, w->scripts[w->next]);
	*job = w->next++;
	if (++w->now > w->most)
		w->most = w->now;
	return 1;
}

static int done(void *arg, size_t job, int status, const struct buf *out,
		struct err *e)
{
	struct work *w = arg;

	snprintf(w->out[job], sizeof(w->out[job]), "%s", buf_str(out));
	w->status[job] = status;
	w->ended++;
	w->now--;
	if ((int)job == w->refuse_at)
		return err_set(e, ERR_ENV, 0, "no more");
	return 0;
}

static struct farm farm_of(struct work *w, unsigned jobs)
{
	return (struct farm){
		.arg = w,
		.next = next,
		.done = done,
		.jobs = jobs,
		.cancel_fd = -1,
		.program = "/bin/sh",
	};
}

static void test_all_are_run(void **state)
{
	static const char *const scripts[] = {
		"echo one", "echo two >&2; exit 3",
		"printf a; sleep 0.1; echo b", "kill -9 $$", "true"};
	struct work w = {.scripts = scripts, .n = 5, .refuse_at = -1};
	struct farm f = farm_of(&w, 2);
	struct err e = ERR_INIT;

	(void)state;
	assert_int_equal(farm_run(&f, &e), 0);
	assert_int_equal(w.ended, 5);
	assert_int_equal(w.most, 2);
	assert_string_equal(w.out[0], "one\n");
	assert_string_equal(w.out[1], "two\n");
	assert_int_equal(WEXITSTATUS(w.status[1]), 3);
	assert_string_equal(w.out[2], "ab\n");
	assert_int_equal(WTERMSIG(w.status[3]), 9);
	assert_string_equal(w.out[4], "");
}

static void test_one_stops_all(void **state)
{
	static const char *const scripts[] = {"echo x", "sleep 100",
					      "echo never"};
	struct work w = {.scripts = scripts, .n = 3, .refuse_at = 0};
	struct farm f = farm_of(&w, 2);
	struct err e = ERR_INIT;
	int64_t began = mono_ms();

	(void)state;
	assert_int_equal(farm_run(&f, &e), -1);
	assert_string_equal(e.what, "no more");
	assert_int_equal(w.ended, 1);
	assert_true(mono_ms() - began < 9000);
}

/* Asked to end, a run may clean up: the file is its sign. */
static void test_cancel_asks(void **state)
{
	static const char *const scripts[] = {
		"trap 'echo cleaned >&9; exit' TERM; echo up >&9; "
		"while :; do sleep 0.05; done"};
	struct work w = {.scripts = scripts, .n = 1, .refuse_at = -1};
	char file[] = "/tmp/farm-XXXXXX", said[64] = "";
	char script[512];
	const char *own[] = {script};
	struct farm f = farm_of(&w, 1);
	struct err e = ERR_INIT;
	int p[2];
	FILE *in;

	(void)state;
	assert_int_equal(pipe(p), 0);
	close(mkstemp(file));
	snprintf(script, sizeof(script), "exec 9>%s; %s", file, scripts[0]);
	w.scripts = own;
	f.cancel_fd = p[0];
	/* Readable a moment after the run has begun. */
	if (fork() == 0) {
		for (int i = 0; i < 200; i++) {
			char b[8];
			FILE *r = fopen(file, "r");

			if (r && fgets(b, sizeof(b), r))
				break;
			if (r)
				fclose(r);
			usleep(20000);
		}
		_exit(write(p[1], "x", 1) == 1 ? 0 : 1);
	}
	assert_int_equal(farm_run(&f, &e), -1);
	assert_int_equal(e.code, ERR_CANCELLED);
	in = fopen(file, "r");
	assert_non_null(in);
	while (fgets(said, sizeof(said), in))
		;
	fclose(in);
	unlink(file);
	assert_string_equal(said, "cleaned\n");
}

static void test_too_long(void **state)
{
	static const char *const scripts[] = {"echo stuck; sleep 100"};
	struct work w = {.scripts = scripts, .n = 1, .refuse_at = -1};
	struct farm f = farm_of(&w, 1);
	struct err e = ERR_INIT;

	(void)state;
	f.timeout_ms = 300;
	assert_int_equal(farm_run(&f, &e), -1);
	assert_int_equal(e.code, ERR_ENV);
	assert_string_equal(e.where, "stuck\n");
}

static void test_no_program(void **state)
{
	static const char *const scripts[] = {"true"};
	struct work w = {.scripts = scripts, .n = 1, .refuse_at = -1};
	struct farm f = farm_of(&w, 1);
	struct err e = ERR_INIT;

	(void)state;
	f.program = "/nonexistent/kiln";
	assert_int_equal(farm_run(&f, &e), -1);
	assert_int_equal(e.code, ERR_ENV);
	assert_int_equal(w.ended, 0);
}

static void test_jobs(void **state)
{
	unsigned n = farm_default_jobs();

	(void)state;
	assert_in_range(n, 1, FARM_MAX_JOBS);
	assert_true((long)n <= sysconf(_SC_NPROCESSORS_ONLN) || n == 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_are_run),
		cmocka_unit_test(test_one_stops_all),
		cmocka_unit_test(test_cancel_asks),
		cmocka_unit_test(test_too_long),
		cmocka_unit_test(test_no_program),
		cmocka_unit_test(test_jobs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
