/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is remembered of a check, and which lesson is next. */
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/store.h"
#include "checker/verdict.h"
#include "shell/attempt.h"
#include "shell/progress.h"
#include "shell/session.h"
#include "shell/track.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char root[64];
static struct session s;

static struct catalogue_entry lessons[] = {
	{.id = (char *)"0.1", .slug = (char *)"a"},
	{.id = (char *)"0.2", .slug = (char *)"b"},
	{.id = (char *)"0.3", .slug = (char *)"c"},
	{.id = (char *)"0.4", .slug = (char *)"d", .broken = true},
	{.id = (char *)"1.1", .slug = (char *)"e"},
};

static int setup(void **state)
{
	char path[80];

	snprintf(root, sizeof(root), "/tmp/kiln-attempt-XXXXXX");
	if (!mkdtemp(root))
		return -1;
	snprintf(path, sizeof(path), "%s/progress.db", root);
	s = (struct session){
		.is_open = true,
		.store = {.state = root},
		.lessons = {.v = lessons, .n = 5},
		.progress = progress_new(path),
	};
	strv_add(&lessons[1].needs, "0.1");
	strv_add(&lessons[2].needs, "0.2");
	strv_add(&lessons[4].needs, "0.9"); /* this Kiln does not have it */
	return s.progress ? 0 : -1;
}

static int teardown(void **state)
{
	progress_free(s.progress);
	for (size_t i = 0; i < 5; i++)
		strv_release(&lessons[i].needs);
	return remove_tree(root, NULL);
}

static void pass(const char *slug)
{
	struct attempt a = {
		.slug = slug, .verdict = "pass", .at = 1, .passed = true};

	assert_int_equal(progress_attempt(s.progress, &a, NULL), 0);
}

static const char *next_after(int i)
{
	const struct catalogue_entry *c;
	struct track_map m;

	assert_int_equal(track_map_open(&m, &s, NULL), 0);
	c = track_next(&m, i < 0 ? NULL : &lessons[i]);
	track_map_release(&m);
	return c ? c->id : "-";
}

static void test_next(void **state)
{
	assert_string_equal(next_after(-1), "0.1");
	/* 0.2 is not open yet, 0.4 is broken; 1.1 cannot be held up. */
	assert_string_equal(next_after(0), "1.1");
	assert_string_equal(next_after(4), "0.1");
	pass("a");
	assert_string_equal(next_after(0), "0.2");
	pass("b");
	assert_string_equal(next_after(1), "0.3");
	pass("e");
	/* Nothing but the one at work. */
	assert_string_equal(next_after(2), "-");
	pass("c");
	assert_string_equal(next_after(-1), "-");
}

/* ---- keys ---- */

static struct verdict_check checks[] = {
	{.id = (char *)"loads", .result = CHECK_PASSED},
	{.id = (char *)"suite", .result = CHECK_FAILED},
	{.id = (char *)"order", .result = CHECK_NOT_RUN},
};

static struct diag diags[] = {
	{.level = DIAG_ERROR, .code = (char *)"E0308"},
	{.level = DIAG_ERROR, .code = NULL},
	{.level = DIAG_ERROR, .code = (char *)"E0308"},
	{.level = DIAG_WARNING,
	 .code = (char *)"dead_code",
	 .message = (char *)"never used"},
};

static struct finding findings[] = {
	{.kind = FINDING_KASAN},
	{.kind = FINDING_HELD_LOCK},
};

static void keys_are(const struct verdict *v, const char *expect)
{
	struct strv keys = STRV_INIT;
	struct buf b = BUF_INIT;

	assert_int_equal(attempt_keys(&keys, v), 0);
	for (size_t i = 0; i < keys.n; i++)
		buf_addf(&b, "%s%s", i ? " " : "", keys.v[i]);
	assert_string_equal(buf_str(&b), expect);
	buf_release(&b);
	strv_release(&keys);
}

static void test_keys(void **state)
{
	struct verdict v = {.outcome = OUTCOME_PASS};

	keys_are(&v, "");
	v.outcome = OUTCOME_BUILD_FAILED;
	v.diags = diags;
	v.ndiags = 4;
	keys_are(&v, "E0308 build-failed dead_code");
	/* The first error has no code: it is the one that is told. */
	v.diags = &diags[1];
	v.ndiags = 3;
	keys_are(&v, "build-failed E0308 dead_code");
	v.outcome = OUTCOME_CRASH;
	v.diags = &diags[3];
	v.ndiags = 1;
	v.findings = findings;
	v.nfindings = 2;
	v.checks = checks;
	v.nchecks = 3;
	keys_are(&v, "kasan held-lock suite crash dead_code");
	/* What a failed check is about did fail. */
	checks[1].evidence = (char *)"x.rs:1: never used";
	keys_are(&v, "kasan held-lock suite dead_code crash");
	checks[1].evidence = NULL;
	/* What was cut off is the cause, whatever has failed beside it. */
	v.outcome = OUTCOME_TIMEOUT;
	v.nfindings = 0;
	keys_are(&v, "timeout suite dead_code");
	v.outcome = OUTCOME_INCOMPLETE;
	keys_are(&v, "incomplete suite dead_code");
}

static void test_counts(void **state)
{
	struct verdict v;

	for (int o = OUTCOME_PASS; o <= OUTCOME_ENV_FAULT; o++) {
		v = (struct verdict){.outcome = (enum outcome)o};
		assert_int_equal(attempt_counts(&v), o < OUTCOME_LESSON_FAULT);
	}
}

/* ---- logs ---- */

static unsigned entries(const char *sub)
{
	char path[128];
	unsigned n = 0;
	DIR *d;

	snprintf(path, sizeof(path), "%s/%s", root, sub);
	d = opendir(path);
	while (d && readdir(d))
		n++;
	if (d)
		closedir(d);
	return n ? n - 2 : 0;
}

static void write_log(const struct attempt_log *l, const char *text)
{
	struct buf b = BUF_INIT;

	buf_adds(&b, text);
	assert_int_equal(buf_write_file(&b, l->tmp, 0600, NULL), 0);
	buf_release(&b);
}

/* A check whose log is @text; kept unless @text is NULL. */
static char *one_check(const char *dir, const char *text)
{
	struct verdict v = {.outcome = OUTCOME_FAIL};
	struct attempt_log l;

	assert_int_equal(attempt_log_open(&l, &s, "a", dir, NULL), 0);
	if (text) {
		write_log(&l, text);
		v.log = strdup(l.tmp);
	}
	attempt_log_keep(&l, &v);
	attempt_log_close(&l);
	return v.log;
}

static void holds(const char *path, const char *text)
{
	struct buf b = BUF_INIT;

	assert_int_equal(buf_read_file(&b, path, 1000, NULL), 0);
	assert_string_equal(buf_str(&b), text);
	buf_release(&b);
}

static void test_log(void **state)
{
	char *path = one_check(NULL, "first");
	char *again;

	holds(path, "first");
	/* No guest ran: the log before it stays. */
	assert_null(one_check(NULL, NULL));
	holds(path, "first");
	again = one_check(NULL, "second");
	assert_string_equal(path, again);
	holds(path, "second");
	/* The log, what the build and the programs printed, and places. */
	assert_int_equal(entries("logs"), 4);
	free(path);
	free(again);
}

static void in_root_holds(const char *name, const char *text)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", root, name);
	holds(path, text);
}

/* What the programs printed goes with the log of their guest, never else. */
static void test_log_beside(void **state)
{
	struct verdict v = {.build_output = (char *)"built",
			    .run_output = (char *)"--- run x\nhi\n"};
	struct attempt_log l;

	assert_int_equal(attempt_log_open(&l, &s, "a", NULL, NULL), 0);
	write_log(&l, "log");
	v.log = strdup(l.tmp);
	attempt_log_keep(&l, &v);
	attempt_log_close(&l);
	free(v.log);
	in_root_holds("logs/a.build", "built");
	in_root_holds("logs/a.run", "--- run x\nhi\n");
	/* Then one that does not build. */
	v = (struct verdict){.build_output = (char *)"failed"};
	assert_int_equal(attempt_log_open(&l, &s, "a", NULL, NULL), 0);
	attempt_log_keep(&l, &v);
	attempt_log_close(&l);
	in_root_holds("logs/a.build", "failed");
	in_root_holds("logs/a.run", "--- run x\nhi\n");
	free(one_check(NULL, "a guest without programs"));
	in_root_holds("logs/a.run", "");
}

static void test_log_cancelled(void **state)
{
	struct attempt_log l;

	assert_int_equal(attempt_log_open(&l, &s, "a", NULL, NULL), 0);
	write_log(&l, "half");
	attempt_log_close(&l);
	assert_int_equal(entries("logs"), 0);
}

/* What a killed check left goes with the next one; a living one's stays. */
static void test_log_killed(void **state)
{
	struct attempt_log mine, l;
	pid_t pid = fork();
	char *path;
	int status;

	if (pid == 0) {
		attempt_log_open(&l, &s, "a", NULL, NULL);
		write_log(&l, "half");
		_exit(0);
	}
	waitpid(pid, &status, 0);
	assert_int_equal(entries("logs"), 1);
	assert_int_equal(attempt_log_open(&mine, &s, "b", NULL, NULL), 0);
	assert_int_equal(entries("logs"), 0);
	write_log(&mine, "mine");
	path = one_check(NULL, "whole");
	holds(mine.tmp, "mine");
	attempt_log_close(&mine);
	free(path);
}

/* Logs of other folders are apart, and do not gather without end. */
static void test_log_others(void **state)
{
	char *own = one_check(NULL, "mine");
	char *x = one_check("/x", "of x");
	char *y = one_check("/y", "of y");

	assert_string_not_equal(x, y);
	holds(own, "mine");
	holds(x, "of x");
	for (int i = 0; i < 60; i++) {
		char dir[16];

		snprintf(dir, sizeof(dir), "/z%d", i);
		free(one_check(dir, "z"));
	}
	assert_in_range(entries("logs/others"), 20, 21);
	holds(own, "mine");
	free(own);
	free(x);
	free(y);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_next),       TEST(test_keys),
		TEST(test_counts),     TEST(test_log),
		TEST(test_log_beside), TEST(test_log_cancelled),
		TEST(test_log_killed), TEST(test_log_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
