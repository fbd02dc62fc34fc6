/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lessons being proved, with a script in the place of the runs: what is run,
 * how often, and what is made of the answers.
 */
#include "tmp_fixture.h"
#include "lesson_fixture.h"

#include "checker/err.h"
#include "shell/cmd-author.h"
#include "shell/lesson.h"
#include "shell/proved.h"
#include "shell/proving.h"
#include "shell/session.h"

static struct session session;
static char paths[6][PATH_MAX + 64];

/* What a run of case $5 prints: TMP/says/CASE, its n-th line the n-th time. */
static const char script[] = "#!/bin/sh\n"
			     "cd \"${0%/*}\" || exit 1\n"
			     "name=$(echo \"$5\" | tr / -)\n"
			     "echo x >>ran-$name\n"
			     "n=$(wc -l <ran-$name)\n"
			     "[ -f says-$name ] || name=any\n"
			     "sed -n ${n}p says-$name\n";

#define ANSWER(verdict, holds, why, flaky)                                     \
	"{\"verdict\":\"" verdict                                              \
	"\",\"reason\":\"\",\"checks\":[\"loads pass\"],\"holds\":" holds      \
	",\"why\":\"" why "\",\"flaky\":\"" flaky "\",\"ms\":5}\n"
#define GOOD ANSWER("pass", "true", "", "")

static char *path(unsigned i, const char *name)
{
	snprintf(paths[i], sizeof(paths[i]), "%s/%s", tmp, name);
	return paths[i];
}

static void set_up(void)
{
	struct err e = ERR_INIT;

	put_lesson(path(5, "lessons/1-b/02-rust-calls-c"), fixture_script);
	put_file("", "%s/alt/loop/wrap.rs", paths[5]);
	/* An experiment that none of its steps has. */
	unlink(path(4, "lessons/1-b/02-rust-calls-c/try/once/wrap.rs"));
	rmdir(path(4, "lessons/1-b/02-rust-calls-c/try/once"));
	put_file(script, "%s/run", tmp);
	chmod(path(0, "run"), 0755);
	put_file(GOOD, "%s/says-any", tmp);
	session = (struct session){.is_open = true};
	session.store.cache = path(1, "cache");
	session.store.linux_dir = path(2, "linux");
	session.store.toolroot = path(3, "toolroot");
	session.store.linux_key = session.store.toolroot_key = (char *)"k";
	assert_int_equal(catalogue_open(&session.lessons, tmp, NULL, &e), 0);
	assert_int_equal(session.lessons.n, 1);
}

static int prove(struct proving *p, bool changed, struct err *e)
{
	const struct catalogue_entry *v[] = {&session.lessons.v[0]};
	const struct author_choice c = {.v = v, .n = 1};

	if (proving_open(p, &session, &c, changed, e) < 0)
		return -1;
	p->program = paths[0];
	return proving_run(p, 2, -1, e);
}

static const struct trial *trial(const struct proving *p, const char *name)
{
	for (size_t i = 0; i < p->v[0].plan.n; i++)
		if (strcmp(p->v[0].plan.v[i].name, name) == 0)
			return &p->v[0].trials[i];
	fail_msg("no case %s", name);
	return NULL;
}

static size_t times(const char *name)
{
	struct stat st;

	return stat(path(4, name), &st) < 0 ? 0 : (size_t)st.st_size / 2;
}

static void clean_up(struct proving *p)
{
	proving_release(p);
	catalogue_release(&session.lessons);
}

static void all_hold(void **state)
{
	struct err e = ERR_INIT;
	struct proving p;

	set_up();
	assert_int_equal(prove(&p, false, &e), 0);
	assert_int_equal(p.v[0].state, PROVING_PROVED);
	assert_int_equal(p.cases, 7);
	assert_int_equal(p.all_cases, 7);
	assert_int_equal(p.v[0].ms, 35);
	assert_int_equal(times("ran-solution"), 1);
	assert_int_equal(times("ran-alt-loop"), 1);
	assert_int_equal(times("ran-wrong-both"), 1);
	clean_up(&p);
}

static void one_does_not(void **state)
{
	struct err e = ERR_INIT;
	struct proving p;

	set_up();
	put_file(ANSWER("pass", "false", "it passes", ""), "%s/says-wrong-both",
		 tmp);
	assert_int_equal(prove(&p, false, &e), 0);
	assert_int_equal(p.v[0].state, PROVING_FAILED);
	assert_false(trial(&p, "wrong/both")->holds);
	assert_false(trial(&p, "wrong/both")->flaky);
	assert_string_equal(trial(&p, "wrong/both")->why, "it passes");
	assert_true(trial(&p, "solution")->holds);
	assert_int_equal(p.cases, 7);
	clean_up(&p);
}

static void one_is_flaky(void **state)
{
	struct err e = ERR_INIT;
	struct proving p;

	set_up();
	put_file(ANSWER("pass", "true", "", "loads went"), "%s/says-alt-loop",
		 tmp);
	assert_int_equal(prove(&p, false, &e), 0);
	assert_int_equal(p.v[0].state, PROVING_FAILED);
	assert_true(trial(&p, "alt/loop")->flaky);
	assert_false(trial(&p, "alt/loop")->holds);
	assert_string_equal(trial(&p, "alt/loop")->why, "loads went");
	assert_true(trial(&p, "solution")->holds);
	clean_up(&p);
}

/* A run that says nothing is the machine's fault, and ends it all. */
static void one_dies(void **state)
{
	struct err e = ERR_INIT;
	struct proving p;

	set_up();
	put_file("Segmentation fault\n", "%s/says-solution", tmp);
	assert_int_equal(prove(&p, false, &e), -1);
	assert_int_equal(e.code, ERR_ENV);
	assert_non_null(strstr(e.where, "Segmentation fault"));
	assert_int_equal(p.v[0].state, PROVING_UNDER_WAY);
	clean_up(&p);
}

static void only_what_changed(void **state)
{
	struct err e = ERR_INIT;
	struct proving p;

	set_up();
	assert_int_equal(prove(&p, true, &e), 0);
	assert_int_equal(p.v[0].state, PROVING_PROVED);
	proving_release(&p);
	assert_int_equal(prove(&p, true, &e), 0);
	assert_int_equal(p.v[0].state, PROVING_BEFORE);
	assert_int_equal(p.cases, 0);
	proving_release(&p);
	/* One more answer is another lesson: its run has nothing to say. */
	unlink(path(4, "ran-solution"));
	put_file("", "%s/alt/other/wrap.rs", paths[5]);
	assert_int_equal(prove(&p, true, &e), -1);
	assert_int_equal(p.v[0].state, PROVING_UNDER_WAY);
	clean_up(&p);
}

static void key_is_of_all(void **state)
{
	char a[HASH_KEY_LEN + 1], b[HASH_KEY_LEN + 1];
	struct err e = ERR_INIT;

	set_up();
	assert_int_equal(proved_key(a, &session.store, paths[5], &e), 0);
	assert_int_equal(proved_key(b, &session.store, paths[5], &e), 0);
	assert_string_equal(a, b);
	session.store.linux_key = (char *)"other";
	assert_int_equal(proved_key(b, &session.store, paths[5], &e), 0);
	assert_string_not_equal(a, b);
	session.store.linux_key = (char *)"k";
	put_file("7.3.5\n", "%s/.complete", paths[2]);
	assert_int_equal(proved_key(b, &session.store, paths[5], &e), 0);
	assert_string_not_equal(a, b);
	put_file("x\n", "%s/wrong/both/wrap.rs", paths[5]);
	assert_int_equal(proved_key(a, &session.store, paths[5], &e), 0);
	assert_string_not_equal(a, b);
	assert_false(proved_before(&session.store, a));
	proved_remember(&session.store, a, "1.2");
	assert_true(proved_before(&session.store, a));
	catalogue_release(&session.lessons);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TMP_TEST(all_hold),	     TMP_TEST(one_does_not),
		TMP_TEST(one_is_flaky),	     TMP_TEST(one_dies),
		TMP_TEST(only_what_changed), TMP_TEST(key_is_of_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
