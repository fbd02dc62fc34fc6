/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The guided session, without a kernel: what it remembers, asks and says. */
#include "checker/err.h"
#include "checker/verdict.h"
#include "shell/catalogue.h"
#include "shell/progress.h"
#include "shell/session.h"
#include "shell/steps.h"

#include "tmp_fixture.h"
#include "lesson_fixture.h"

#include <locale.h>

#define PLACE "lessons/1-boundary/02-rust-calls-c"

/* Steps of the fixture. */
enum { READ, ASK, LOOK, WRITE, AGAIN, N };

static char dir[PATH_MAX + 64];
static struct session s;
static struct catalogue_entry c;
static char *said;
static size_t said_len;

static int setup(void **state)
{
	char path[PATH_MAX + 32];

	if (make_tmp(state) < 0)
		return -1;
	snprintf(dir, sizeof(dir), "%s/" PLACE, tmp);
	put_lesson(dir, fixture_script);
	snprintf(path, sizeof(path), "%s/progress.db", tmp);
	s = (struct session){.interactive = true, .is_open = true};
	s.term = (struct term){.width = 80, .utf8 = true};
	s.term.out = open_memstream(&said, &said_len);
	s.progress = progress_new(path);
	s.store.work = tmp;
	s.store.state = tmp;
	s.current = strdup("rust-calls-c");
	c = (struct catalogue_entry){.dir = dir,
				     .id = (char *)"1.2",
				     .slug = s.current,
				     .title = (char *)"Rust calls C"};
	s.lessons = (struct catalogue){&c, 1};
	return 0;
}

static int teardown(void **state)
{
	fclose(s.term.out);
	free(said);
	progress_free(s.progress);
	free(s.current);
	return drop_tmp(state);
}

/* What was said since the last time. */
static bool says(const char *text)
{
	fflush(s.term.out);
	return strstr(said, text) != NULL;
}

static void hush(void)
{
	fflush(s.term.out);
	memset(said, 0, said_len);
	rewind(s.term.out);
}

static void open_steps(struct steps *g)
{
	struct err e = ERR_INIT;

	if (steps_open(g, &s, &c, &e) < 0)
		fail_msg("%s: %s", e.where, e.what);
}

static size_t at(void)
{
	struct steps g;
	size_t i;

	open_steps(&g);
	i = g.begun ? g.at : N;
	steps_close(&g);
	return i;
}

static bool is_done(size_t i)
{
	struct steps g;
	bool done;

	open_steps(&g);
	done = steps_is_done(&g, i);
	steps_close(&g);
	return done;
}

static void go(size_t i)
{
	struct steps g;

	open_steps(&g);
	assert_int_equal(steps_go(&g, i, NULL), 0);
	steps_close(&g);
}

/* The line was taken for a step, and gave that code. */
static bool line(const char *text, int want)
{
	int code = 99;

	hush();
	if (!steps_line(&s, text, &code))
		return false;
	assert_int_equal(code, want);
	return true;
}

static void test_enter(void **state)
{
	assert_int_equal(at(), N);
	assert_true(line("", 0));
	assert_int_equal(at(), READ);
	assert_true(says("Step 1 of 5 · read\n"));
	assert_true(says("C on one side."));
	assert_true(says("Press Enter for step 2 (predict)."));
	assert_false(is_done(READ));
	assert_true(line("  ", 0));
	assert_true(is_done(READ));
	assert_int_equal(at(), ASK);
	assert_true(says("What?\n\n  a) this\n  b) that\n  c) it\n"));
	assert_true(says("Type a, b or c."));
	/* An answer is waited for; nothing is given away. */
	assert_true(line("", 0));
	assert_int_equal(at(), ASK);
	assert_false(says("So."));
	assert_true(line("a", 0));
	assert_true(says("You said a) this\n"));
	assert_true(says("It is b, and you said a."));
	assert_true(says("So.\n"));
	assert_true(is_done(ASK));
	assert_true(line("", 0));
	assert_int_equal(at(), LOOK);
	assert_true(says("Press Enter to open the guest"));
	go(WRITE);
	assert_true(line("", 0));
	assert_int_equal(at(), WRITE);
	assert_true(says("Edit wrap.rs in "));
	assert_true(says("then type 'check'."));
	assert_false(is_done(WRITE));
}

/* Another session takes it up where it was, and shows that first. */
static void test_taken_up(void **state)
{
	go(READ);
	hush();
	assert_true(line("", 0));
	assert_true(says("Step 1 of 5"));
	assert_int_equal(at(), READ);
	assert_true(line("", 0));
	assert_int_equal(at(), ASK);
}

static void test_letters(void **state)
{
	struct verdict v = {.outcome = OUTCOME_BUILD_FAILED};
	struct steps g;
	unsigned i;

	go(READ);
	assert_false(line("a", 0));
	go(ASK);
	/* c is a command's short name: only what was just asked takes it. */
	assert_false(line("c", 0));
	assert_false(line("check", 0));
	assert_false(line("a b", 0));
	assert_true(line("z", 2));
	assert_true(line("", 0));
	/* Nor does anything but a check make it a command's again. */
	assert_true(line("z", 2));
	assert_false(line("show x", 0));
	s.asked = true;
	steps_record(&s, &c, &v);
	assert_false(line("c", 0));
	assert_true(line("", 0));
	assert_true(line(" C ", 0));
	assert_true(says("You said c)"));
	open_steps(&g);
	assert_int_equal(steps_predicted(&g, ASK, &i, NULL), 1);
	assert_int_equal(i, 2);
	/* The first answer is the one that counts. */
	assert_int_equal(steps_predict(&g, 1, NULL), 0);
	assert_true(says("You have said c)"));
	assert_int_equal(steps_predicted(&g, ASK, &i, NULL), 1);
	assert_int_equal(i, 2);
	steps_close(&g);
	assert_false(line("b", 0));
}

static void test_next(void **state)
{
	struct steps g;
	size_t i;

	go(LOOK);
	open_steps(&g);
	assert_true(steps_left(&g));
	/* Without the guest. */
	assert_int_equal(steps_forward(&g, true, NULL), 0);
	assert_int_equal(g.at, WRITE);
	assert_true(steps_is_done(&g, LOOK));
	assert_int_equal(steps_find(&g, "2", &i, NULL), 0);
	assert_int_equal(i, ASK);
	assert_int_equal(steps_find(&g, "again", &i, NULL), 0);
	assert_int_equal(i, AGAIN);
	assert_int_equal(steps_find(&g, "0", &i, NULL), -1);
	assert_int_equal(steps_find(&g, "6", &i, NULL), -1);
	assert_int_equal(steps_find(&g, "2x", &i, NULL), -1);
	steps_close(&g);
}

/* The step at work is gone from the lesson: it begins at its beginning. */
static void test_changed_lesson(void **state)
{
	go(AGAIN);
	assert_int_equal(progress_set_step(s.progress, c.slug, "gone", NULL),
			 0);
	assert_int_equal(at(), N);
	assert_true(line("", 0));
	assert_int_equal(at(), READ);
}

/* ---- around a check ---- */

static struct verdict_check checks[8];

/* All checks of the fixture hold but the @failing. */
static struct verdict verdict(const char *failing)
{
	static const char *const ids[] = {"loads", "suite", "prog",  "order",
					  "quiet", "reads", "lints", "clean"};
	struct verdict v = {.outcome = failing ? OUTCOME_FAIL : OUTCOME_PASS,
			    .checks = checks,
			    .nchecks = 8,
			    .booted = true};

	for (size_t i = 0; i < 8; i++)
		checks[i] = (struct verdict_check){
			.id = (char *)ids[i],
			.title = (char *)"t",
			.result = failing && strcmp(ids[i], failing) == 0
					  ? CHECK_FAILED
					  : CHECK_PASSED};
	return v;
}

static bool check(const struct verdict *v)
{
	hush();
	steps_record(&s, &c, v);
	return steps_checked(&s, &c, v);
}

/* The fixture's first write step has all checks, the second but one. */
static void swap_writes(void)
{
	char *one = replaced(fixture_script, "write \"the-wrapper\"",
			     "write \"the-wrapper\" "
			     "{ checks = { \"loads\", \"suite\" } }");
	put_file(one, "%s/lesson.lua", dir);
	free(one);
}

static void test_check(void **state)
{
	struct verdict v = verdict("suite");

	swap_writes();
	go(WRITE);
	assert_false(check(&v));
	assert_true(says("Step 4: 1 of its 2 checks holds."));
	assert_false(is_done(WRITE));
	/* What comes later does not hold yet, and this step is done. */
	v = verdict("clean");
	assert_true(check(&v));
	assert_true(says("Step 4 is done: all of its checks hold."));
	assert_true(says("Press Enter for step 5 (write)."));
	assert_true(is_done(WRITE));
	assert_false(is_done(AGAIN));
	/* Out of turn: "clean" holds, but what comes before it does not. */
	v = verdict("loads");
	go(READ);
	check(&v);
	assert_false(is_done(AGAIN));
	v = verdict(NULL);
	check(&v);
	assert_true(is_done(AGAIN));
}

/* The step at work is done, and what is missing is of another one. */
static void test_check_left_behind(void **state)
{
	struct attempt a = {
		.slug = c.slug, .verdict = "pass", .at = 1, .passed = true};
	struct verdict v = verdict("suite");
	struct err e = ERR_INIT;

	swap_writes();
	go(AGAIN);
	assert_false(check(&v));
	assert_true(says("Step 5 is done: its check holds."));
	assert_true(says("Step 4: 1 of its 2 checks holds."));
	assert_false(says("That was the last step"));
	/* After a pass that is so for later steps too. */
	v = verdict("clean");
	go(WRITE);
	assert_true(check(&v));
	assert_int_equal(progress_attempt(s.progress, &a, &e), 0);
	assert_false(check(&v));
	assert_true(says("Step 5: 0 of its 1 checks hold."));
}

/* A check goes past no text that was not shown: Enter does, and shows it. */
static void test_check_early(void **state)
{
	struct verdict v = verdict("suite");
	char *one, *two;

	go(READ);
	check(&v);
	assert_int_equal(at(), READ); /* a question comes in between */
	one = replaced(fixture_script,
		       "    write \"again\" "
		       "{ checks = { \"clean\" } },\n",
		       "");
	two = replaced(one, "read \"the-boundary\",\n",
		       "read \"the-boundary\", write \"again\",\n");
	put_file(two, "%s/lesson.lua", dir);
	free(one);
	free(two);
	check(&v);
	assert_int_equal(at(), READ);
	s.guided = true; /* the first has been shown */
	assert_true(line("", 0));
	assert_true(says("Step 2 of 5"));
	assert_int_equal(at(), 1);
}

/* What is next when nothing is left, here and in watch. */
static void test_end(void **state)
{
	struct verdict v = verdict(NULL);
	struct attempt a = {
		.slug = c.slug, .verdict = "pass", .at = 1, .passed = true};
	struct steps g;

	open_steps(&g);
	for (size_t i = 0; i < N; i++)
		assert_int_equal(steps_mark(&g, i, NULL), 0);
	steps_close(&g);
	assert_int_equal(progress_attempt(s.progress, &a, NULL), 0);
	go(WRITE);
	assert_true(check(&v));
	assert_true(says("is passed. Press Enter for step 5 (write) once more; "
			 "'list'"));
	go(AGAIN);
	assert_true(check(&v));
	assert_true(says("That was the last step of this lesson. You have "
			 "passed every lesson"));
	s.watching = true;
	assert_true(check(&v));
	assert_true(says("At the prompt 'start"));
	s.watching = false;
}

/* watch's own keys, and no others. */
static void test_watching(void **state)
{
	struct steps g;

	s.watching = true;
	go(READ);
	open_steps(&g);
	assert_int_equal(steps_asks(&s), 0);
	hush();
	steps_say_next(&g);
	assert_true(says("Press n for step 2 (predict)."));
	steps_close(&g);
	go(ASK);
	assert_int_equal(steps_asks(&s), 3);
	open_steps(&g);
	hush();
	steps_say_next(&g);
	assert_true(says("Press a, b or c; n shows the question."));
	assert_int_equal(steps_predict(&g, 1, NULL), 0);
	assert_int_equal(steps_asks(&s), 0);
	steps_close(&g);
	s.watching = false;
}

/* With the starter back, what was written is not done any more. */
static void test_unwrite(void **state)
{
	struct err e = ERR_INIT;
	struct verdict v = verdict(NULL);
	struct steps g;

	open_steps(&g);
	assert_int_equal(steps_mark(&g, READ, &e), 0);
	assert_int_equal(steps_mark(&g, ASK, &e), 0);
	steps_close(&g);
	go(WRITE);
	check(&v);
	go(AGAIN);
	assert_true(is_done(WRITE));
	assert_true(is_done(AGAIN));
	open_steps(&g);
	assert_int_equal(steps_unwrite(&g, &e), 0);
	assert_false(steps_is_done(&g, WRITE));
	steps_close(&g);
	assert_false(is_done(WRITE));
	assert_false(is_done(AGAIN));
	assert_true(is_done(READ));
	assert_true(is_done(ASK));
	assert_int_equal(at(), WRITE);
	/* Who had not come so far stays there. */
	go(READ);
	open_steps(&g);
	assert_int_equal(steps_unwrite(&g, &e), 0);
	steps_close(&g);
	assert_int_equal(at(), READ);
}

/* A crash makes nobody's step done, whatever checks were reached. */
static void test_crash(void **state)
{
	struct verdict v = verdict("clean");

	swap_writes();
	v.outcome = OUTCOME_CRASH;
	go(WRITE);
	assert_false(check(&v));
	assert_false(is_done(WRITE));
}

static void test_later_checks(void **state)
{
	struct verdict v = verdict("clean");
	struct finding found = {.kind = FINDING_PANIC};
	struct strv ids = STRV_INIT;
	struct steps g;

	swap_writes();
	go(WRITE);
	open_steps(&g);
	steps_later_checks(&s, &c, &g.l, &v, &ids);
	assert_int_equal(ids.n, 1);
	assert_string_equal(ids.v[0], "clean");
	strv_release(&ids);
	/* What the kernel has found is not for later. */
	v.findings = &found;
	v.nfindings = 1;
	steps_later_checks(&s, &c, &g.l, &v, &ids);
	assert_int_equal(ids.n, 0);
	steps_close(&g);
	go(AGAIN);
	open_steps(&g);
	steps_later_checks(&s, &c, &g.l, &v, &ids);
	assert_int_equal(ids.n, 0);
	steps_close(&g);
}

/* ---- held against the learner's own log ---- */

#define MARK "[    1.000000] kiln: 0123456789abcdef "

static void put_log(const char *line, struct verdict *v)
{
	static char path[PATH_MAX + 16];
	char text[1000];

	snprintf(text, sizeof(text),
		 MARK "begin 0\n[    1.000000] that happened\n" MARK
		      "end 0 0\n" MARK "begin 8\n%s" MARK "end 8 0\n" MARK
		      "done\n",
		 line);
	put_file(text, "%s/log", tmp);
	snprintf(path, sizeof(path), "%s/log", tmp);
	v->log = path;
}

static void test_own_log(void **state)
{
	char *script = replaced(
		fixture_script, "choices = { \"this\", \"that\", \"it\" },\n",
		"choices = { \"this\", { \"that\", log = \"that happened\","
		" job = \"rmmod wrap\" }, { \"it\", job = \"rmmod wrap\","
		" log = \"it happened\" } },\n");
	struct verdict v = verdict("suite");

	put_file(script, "%s/lesson.lua", dir);
	free(script);
	go(ASK);
	assert_true(line("", 0));
	assert_true(line("c", 0));
	assert_true(says("Your next check that gets to the guest will tell."));
	assert_false(says("So."));
	assert_false(is_done(ASK));
	assert_true(line("", 0));
	assert_int_equal(at(), LOOK);
	/* Neither is in the log of that step: it waits on. */
	put_log("", &v);
	check(&v);
	assert_false(says("what you predicted"));
	/* Wrong work may show a wrong answer: the question stays open. */
	put_log("[    2.000000] it happened\n", &v);
	check(&v);
	assert_true(says("You said c) it\nYour log says so too:\n"));
	assert_true(says("  --- rmmod wrap\n  | it happened\n"));
	assert_false(says("So."));
	assert_false(is_done(ASK));
	put_log("[    2.000000] that happened\n", &v);
	check(&v);
	assert_true(says("Step 2, what you predicted\n"));
	assert_true(says("You said c) it\nThe log says b) that\nIn your log"));
	assert_true(says("So."));
	assert_true(is_done(ASK));
	check(&v);
	assert_false(says("what you predicted"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_enter),
		TEST(test_taken_up),
		TEST(test_letters),
		TEST(test_next),
		TEST(test_changed_lesson),
		TEST(test_check),
		TEST(test_crash),
		TEST(test_check_early),
		TEST(test_check_left_behind),
		TEST(test_end),
		TEST(test_watching),
		TEST(test_later_checks),
		TEST(test_own_log),
		TEST(test_unwrite),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
