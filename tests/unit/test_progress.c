/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Progress, and what is left of it when its writer is killed. The writers
 * are children that write without end until they are killed.
 */
#include "checker/err.h"
#include "shell/progress.h"

#include <setjmp.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char dir[] = "/tmp/kiln-progress-XXXXXX";
static char path[64];

static void wipe(void)
{
	char name[80];
	static const char *const ends[] = {"", "-journal"};

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		snprintf(name, sizeof(name), "%s%s", path, ends[i]);
		unlink(name);
	}
}

static int setup(void **state)
{
	memcpy(dir + sizeof(dir) - 7, "XXXXXX", 6);
	if (!mkdtemp(dir))
		return -1;
	snprintf(path, sizeof(path), "%s/progress.db", dir);
	*state = progress_new(path);
	return *state ? 0 : -1;
}

static int teardown(void **state)
{
	progress_free(*state);
	chmod(dir, 0700);
	wipe();
	return rmdir(dir);
}

static struct attempt attempt(const char *slug, bool passed)
{
	return (struct attempt){
		.slug = slug,
		.verdict = passed ? "pass" : "fail",
		.at = 1000,
		.ms = 1234,
		.possible = 6,
		.earned = passed ? 6 : 2,
		.seed = UINT64_MAX,
		.passed = passed,
	};
}

/* Reading makes nothing. */
static void test_empty(void **state)
{
	struct strv keys = STRV_INIT;
	struct progress_lesson l, *all;
	char *s;
	unsigned n;
	size_t count;

	assert_int_equal(progress_current(*state, &s, NULL), 0);
	assert_null(s);
	assert_int_equal(progress_lesson(*state, "a", &l, NULL), 0);
	assert_string_equal(l.slug, "a");
	assert_int_equal(l.state, PROGRESS_NEW);
	progress_lesson_release(&l);
	assert_int_equal(progress_all(*state, &all, &count, NULL), 0);
	assert_int_equal(count, 0);
	assert_int_equal(progress_last(*state, "a", &s, &keys, NULL), 0);
	assert_null(s);
	assert_int_equal(progress_hints(*state, "a", "k", &n, NULL), 0);
	assert_int_equal(n, 0);
	assert_int_equal(access(path, F_OK), -1);
}

static void test_start(void **state)
{
	struct progress_lesson l;
	char *s;

	assert_int_equal(progress_start(*state, "a", NULL), 0);
	assert_int_equal(progress_start(*state, "b", NULL), 0);
	assert_int_equal(progress_start(*state, "a", NULL), 0);
	assert_int_equal(progress_current(*state, &s, NULL), 0);
	assert_string_equal(s, "a");
	free(s);
	assert_int_equal(progress_lesson(*state, "b", &l, NULL), 0);
	assert_int_equal(l.state, PROGRESS_STARTED);
	assert_true(l.started_at > 0);
	progress_lesson_release(&l);
}

static void test_attempts(void **state)
{
	struct attempt a = attempt("a", false);
	struct strv keys = STRV_INIT;
	struct progress_lesson l;
	char *verdict;

	strv_add(&a.keys, "E0308");
	strv_add(&a.keys, "suite");
	assert_int_equal(progress_attempt(*state, &a, NULL), 0);
	strv_release(&a.keys);
	assert_int_equal(progress_last(*state, "a", &verdict, &keys, NULL), 0);
	assert_string_equal(verdict, "fail");
	free(verdict);
	assert_int_equal(keys.n, 2);
	assert_string_equal(keys.v[0], "E0308");
	assert_string_equal(keys.v[1], "suite");
	strv_release(&keys);

	a = attempt("a", true);
	assert_int_equal(progress_attempt(*state, &a, NULL), 0);
	/* Once passed, it stays so, since the first time. */
	a = attempt("a", true);
	a.at = 2000;
	assert_int_equal(progress_attempt(*state, &a, NULL), 0);
	a = attempt("a", false);
	assert_int_equal(progress_attempt(*state, &a, NULL), 0);
	assert_int_equal(progress_lesson(*state, "a", &l, NULL), 0);
	assert_int_equal(l.state, PROGRESS_PASSED);
	assert_int_equal(l.attempts, 4);
	assert_int_equal(l.passed_at, 1000);
	progress_lesson_release(&l);
}

static void test_hints(void **state)
{
	unsigned n;

	for (unsigned i = 0; i < 3; i++)
		assert_int_equal(progress_hint(*state, "a", "k", NULL), 0);
	assert_int_equal(progress_hint(*state, "b", "k", NULL), 0);
	assert_int_equal(progress_hints(*state, "a", "k", &n, NULL), 0);
	assert_int_equal(n, 3);
	assert_int_equal(progress_hints(*state, "a", "j", &n, NULL), 0);
	assert_int_equal(n, 0);
}

/* What one shell wrote the next one finds, and a second sees at once. */
static void test_two(void **state)
{
	struct progress *other = progress_new(path);
	struct progress_lesson *all;
	struct attempt a = attempt("b", true);
	size_t n;

	assert_int_equal(progress_start(*state, "a", NULL), 0);
	assert_int_equal(progress_attempt(other, &a, NULL), 0);
	assert_int_equal(progress_all(*state, &all, &n, NULL), 0);
	assert_int_equal(n, 2);
	assert_string_equal(all[1].slug, "b");
	assert_int_equal(all[1].state, PROGRESS_PASSED);
	progress_all_free(all, n);
	progress_free(other);
}

static void broken(struct progress *p, const char *what)
{
	struct err e = ERR_INIT;
	char *s;

	assert_int_equal(progress_start(p, "a", &e), -1);
	assert_int_equal(e.code, ERR_ENV);
	assert_non_null(strstr(e.what, what));
	assert_string_equal(e.where, path);
	assert_true(e.next[0]);
	/* And nothing is pretended to be empty. */
	assert_int_equal(progress_current(p, &s, &e), -1);
}

static void test_not_a_database(void **state)
{
	FILE *f = fopen(path, "w");

	for (int i = 0; i < 1000; i++)
		fputs("this is no database\n", f);
	fclose(f);
	broken(*state, "not a database");
	/* It is the learner's file still. */
	f = fopen(path, "r");
	assert_int_equal(fgetc(f), 't');
	fclose(f);
}

static void test_newer(void **state)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(
		sqlite3_exec(db, "PRAGMA user_version=99", NULL, NULL, NULL),
		SQLITE_OK);
	sqlite3_close(db);
	broken(*state, "newer Kiln");
}

/* What the first Kiln wrote, with a lesson passed in it. */
static const char of_the_first[] =
	"CREATE TABLE lesson(slug TEXT PRIMARY KEY,"
	" started_at INTEGER NOT NULL, passed_at INTEGER);"
	"CREATE TABLE attempt(id INTEGER PRIMARY KEY, slug TEXT NOT NULL,"
	" at INTEGER NOT NULL, ms INTEGER NOT NULL, verdict TEXT NOT NULL,"
	" earned INTEGER NOT NULL, possible INTEGER NOT NULL,"
	" seed INTEGER NOT NULL, hints INTEGER NOT NULL);"
	"CREATE INDEX attempt_slug ON attempt(slug);"
	"CREATE TABLE failure(attempt INTEGER NOT NULL REFERENCES attempt(id),"
	" rank INTEGER NOT NULL, key TEXT NOT NULL, PRIMARY KEY(attempt, rank))"
	" WITHOUT ROWID;"
	"CREATE TABLE hint(id INTEGER PRIMARY KEY, slug TEXT NOT NULL,"
	" key TEXT NOT NULL, at INTEGER NOT NULL);"
	"CREATE INDEX hint_slug ON hint(slug, key);"
	"CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT)"
	" WITHOUT ROWID;"
	"INSERT INTO lesson VALUES('one', 1, 2);"
	"INSERT INTO attempt VALUES(1, 'one', 2, 3, 'pass', 4, 4, 5, 0);"
	"INSERT INTO setting VALUES('current', 'one');"
	"PRAGMA user_version=1;";

static void test_older(void **state)
{
	struct attempt more = attempt("one", false);
	struct err e = ERR_INIT;
	struct progress_lesson l;
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, of_the_first, NULL, NULL, NULL),
			 SQLITE_OK);
	sqlite3_close(db);
	assert_int_equal(progress_lesson(*state, "one", &l, &e), 0);
	assert_int_equal(l.state, PROGRESS_PASSED);
	assert_int_equal(l.attempts, 1);
	progress_lesson_release(&l);
	assert_int_equal(progress_attempt(*state, &more, &e), 0);
	assert_int_equal(progress_lesson(*state, "one", &l, &e), 0);
	assert_int_equal(l.state, PROGRESS_PASSED);
	assert_int_equal(l.attempts, 2);
	progress_lesson_release(&l);
}

static void test_a_folder_in_the_way(void **state)
{
	mkdir(path, 0700);
	broken(*state, "unable to open");
	rmdir(path);
}

/* A disk that is full, as far as a limit on the size of files is one. */
static void test_full(void **state)
{
	struct rlimit was, lim;
	struct attempt a = attempt("a", false);
	struct err e = ERR_INIT;
	struct progress_lesson l;
	unsigned n = 0;

	assert_int_equal(progress_attempt(*state, &a, NULL), 0);
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &was);
	lim = was;
	lim.rlim_cur = 40000;
	setrlimit(RLIMIT_FSIZE, &lim);
	while (n < 2000 && progress_attempt(*state, &a, &e) == 0)
		n++;
	setrlimit(RLIMIT_FSIZE, &was);
	assert_true(n > 0 && n < 2000);
	assert_int_equal(e.code, ERR_ENV);
	/* Those before it are there, and with space it goes on. */
	assert_int_equal(progress_attempt(*state, &a, &e), 0);
	assert_int_equal(progress_lesson(*state, "a", &l, NULL), 0);
	assert_int_equal(l.attempts, n + 2);
	progress_lesson_release(&l);
}

/* ---- kill -9 ---- */

/* Attempts and hints without end; a byte to @fd for each attempt done. */
static void write_on(int fd, unsigned id)
{
	struct progress *p = progress_new(path);
	struct attempt a;
	char slug[16];

	snprintf(slug, sizeof(slug), "w%u", id);
	a = attempt(slug, false);
	for (int i = 0; i < 3; i++)
		strv_add(&a.keys, "key");
	for (;;) {
		struct err e = ERR_INIT;

		if (progress_attempt(p, &a, &e) < 0 ||
		    progress_hint(p, slug, "key", &e) < 0) {
			fprintf(stderr, "writer: %s\n", e.what);
			_exit(1);
		}
		if (write(fd, "+", 1) != 1)
			_exit(1);
	}
}

static pid_t start_writer(unsigned id, int *fd)
{
	int p[2];
	pid_t pid;

	assert_int_equal(pipe(p), 0);
	pid = fork();
	if (pid == 0) {
		close(p[0]);
		write_on(p[1], id);
	}
	close(p[1]);
	*fd = p[0];
	return pid;
}

static unsigned end_writer(pid_t pid, int fd)
{
	unsigned told = 0;
	int status;
	char c;

	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	while (read(fd, &c, 1) == 1)
		told++;
	close(fd);
	return told;
}

static int64_t number(sqlite3 *db, const char *text)
{
	sqlite3_stmt *st;
	int64_t n = -1;

	assert_int_equal(sqlite3_prepare_v2(db, text, -1, &st, NULL), 0);
	if (sqlite3_step(st) == SQLITE_ROW)
		n = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return n;
}

/* Whole, and every attempt has all that belongs to it. */
static void check_whole(void)
{
	sqlite3_stmt *st;
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(
		sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &st, NULL),
		0);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	assert_string_equal(sqlite3_column_text(st, 0), "ok");
	sqlite3_finalize(st);
	assert_int_equal(number(db, "SELECT count(*) FROM failure"),
			 3 * number(db, "SELECT count(*) FROM attempt"));
	assert_int_equal(number(db, "SELECT count(*) FROM attempt WHERE slug"
				    " NOT IN (SELECT slug FROM lesson)"),
			 0);
	sqlite3_close(db);
}

/* What was told as recorded is there; at most the one under way is more. */
static void check_count(struct progress *p, const char *slug, unsigned told)
{
	struct progress_lesson l;

	assert_int_equal(progress_lesson(p, slug, &l, NULL), 0);
	assert_in_range(l.attempts, told, told + 1);
	assert_in_range(l.hints, told, l.attempts);
	progress_lesson_release(&l);
}

static void test_kill(void **state)
{
	unsigned told[2] = {0, 0};

	for (unsigned round = 0; round < 60; round++) {
		pid_t pid[2];
		int fd[2];

		/* From a new file every few rounds: its making counts too. */
		if (round % 6 == 0) {
			wipe();
			told[0] = told[1] = 0;
		}
		for (unsigned i = 0; i < 2; i++)
			pid[i] = start_writer(i, &fd[i]);
		usleep(500 + round * 1237 % 20000);
		told[0] += end_writer(pid[0], fd[0]);
		usleep(300);
		told[1] += end_writer(pid[1], fd[1]);
		if (access(path, F_OK) == 0) {
			struct progress *p = progress_new(path);

			check_count(p, "w0", told[0]);
			check_count(p, "w1", told[1]);
			/* What one was killed over is made up for. */
			for (unsigned i = 0; i < 2; i++) {
				char slug[4];
				struct progress_lesson l;

				snprintf(slug, sizeof(slug), "w%u", i);
				progress_lesson(p, slug, &l, NULL);
				told[i] = l.attempts;
				for (unsigned h = l.hints; h < told[i]; h++)
					progress_hint(p, slug, "key", NULL);
				progress_lesson_release(&l);
			}
			progress_free(p);
			check_whole();
		}
	}
}

/* Several first shells at once: one makes the tables, nobody fails. */
static void test_race(void **state)
{
	for (int round = 0; round < 5; round++) {
		pid_t pid[4];
		int status;

		wipe();
		for (int i = 0; i < 4; i++) {
			pid[i] = fork();
			if (pid[i] == 0) {
				struct progress *p = progress_new(path);
				struct attempt a = attempt("a", true);
				int r = progress_attempt(p, &a, NULL);

				progress_free(p);
				_exit(r == 0 ? 0 : 1);
			}
		}
		for (int i = 0; i < 4; i++) {
			waitpid(pid[i], &status, 0);
			assert_int_equal(status, 0);
		}
	}
}

static void test_steps(void **state)
{
	struct progress *p = *state, *q = progress_new(path);
	struct strv done = STRV_INIT;
	unsigned choice = 9;
	char *name;

	/* Looking makes nothing. */
	assert_int_equal(progress_step(p, "one", &name, NULL), 0);
	assert_null(name);
	assert_int_equal(progress_steps_done(p, "one", &done, NULL), 0);
	assert_int_equal(progress_predicted(p, "one", "ask", &choice, NULL), 0);
	assert_int_equal(access(path, F_OK), -1);

	assert_int_equal(progress_set_step(p, "one", "ask", NULL), 0);
	assert_int_equal(progress_step_done(p, "one", "read", NULL), 0);
	assert_int_equal(progress_step_done(p, "one", "read", NULL), 0);
	assert_int_equal(progress_predict(p, "one", "ask", 2, false, NULL), 0);
	assert_int_equal(progress_predict(p, "one", "ask", 1, true, NULL), 0);
	/* Another shell sees the same, and of the answers the first. */
	assert_int_equal(progress_step(q, "one", &name, NULL), 0);
	assert_string_equal(name, "ask");
	free(name);
	assert_int_equal(progress_steps_done(q, "one", &done, NULL), 0);
	assert_int_equal(done.n, 1);
	assert_string_equal(done.v[0], "read");
	assert_int_equal(progress_predicted(q, "one", "ask", &choice, NULL), 1);
	assert_int_equal(choice, 2);
	assert_int_equal(progress_predicted(q, "two", "ask", &choice, NULL), 0);
	assert_int_equal(progress_set_step(q, "one", NULL, NULL), 0);
	assert_int_equal(progress_step(p, "one", &name, NULL), 0);
	assert_null(name);
	strv_release(&done);
	progress_free(q);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_empty),
		TEST(test_start),
		TEST(test_attempts),
		TEST(test_hints),
		TEST(test_steps),
		TEST(test_two),
		TEST(test_not_a_database),
		TEST(test_newer),
		TEST(test_older),
		TEST(test_a_folder_in_the_way),
		TEST(test_full),
		TEST(test_kill),
		TEST(test_race),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
