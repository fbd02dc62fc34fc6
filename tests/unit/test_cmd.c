/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/buf.h"
#include "checker/err.h"
#include "shell/cmd.h"
#include "shell/topic.h"
#include "shell/complete.h"
#include "shell/prompt.h"
#include "shell/session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- the table ---- */

static void test_table(void **state)
{
	for (size_t i = 0; cmd_table[i]; i++) {
		const struct cmd_entry *c = cmd_table[i];

		assert_true(c->name && c->usage && c->summary && c->exec);
		/* "  name      summary" in 80 columns. */
		assert_true(strlen(c->name) <= 8);
		assert_true(strlen(c->summary) <= 68);
		assert_true(c->summary[strlen(c->summary) - 1] != '.');
		/* Found by itself: no name or alias hides another. */
		assert_ptr_equal(cmd_find(c->name), c);
		if (c->alias)
			assert_ptr_equal(cmd_find(c->alias), c);
		assert_true(c->max_args <= CMD_MAX_ARGS);
		assert_true(c->max_args > 0 || c->takes == CMD_TAKES_NOTHING);
	}
	assert_null(cmd_find("nix"));
	assert_null(cmd_find(""));
	assert_null(cmd_find("author test"));
	assert_string_equal(cmd_find_sub(cmd_find("author"), "test")->name,
			    "author test");
	assert_null(cmd_find_sub(cmd_find("author"), "author test"));
	assert_null(cmd_find_sub(cmd_find("check"), "test"));
}

static void test_guess(void **state)
{
	assert_string_equal(cmd_guess("chekc"), "check");
	assert_string_equal(cmd_guess("chck"), "check");
	assert_string_equal(cmd_guess("lits"), "list");
	assert_string_equal(cmd_guess("doc"), "doctor");
	assert_string_equal(cmd_guess("stat"), "status");
	assert_string_equal(cmd_guess("rset"), "reset");
	assert_string_equal(cmd_guess("rest"), "restore");
	assert_null(cmd_guess("frobnicate"));
	assert_null(cmd_guess("x"));
	assert_null(cmd_guess(""));
}

/* ---- words ---- */

static const struct cmd_flag flags[] = {
	{"json", NULL, ""},
	{"seed", "N", ""},
	{"dir", "DIR", ""},
	{NULL, NULL, NULL},
};

static const struct cmd_entry entry = {
	.name = "test",
	.usage = "[A] [B]",
	.flags = flags,
	.max_args = 2,
	.takes = CMD_TAKES_LESSON,
};

#define PARSE(a, e, ...)                                                       \
	parse(a, e, (const char *const[]){__VA_ARGS__},                        \
	      sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static int parse(struct cmd_args *a, struct err *e, const char *const *argv,
		 size_t argc)
{
	if (e)
		*e = (struct err)ERR_INIT;
	return cmd_parse(a, &entry, (int)argc, argv, e);
}

static void test_parse(void **state)
{
	struct cmd_args a;

	assert_int_equal(PARSE(&a, NULL, "one", "--json", "two"), 0);
	assert_int_equal(a.npos, 2);
	assert_string_equal(a.pos[0], "one");
	assert_string_equal(a.pos[1], "two");
	assert_true(cmd_has(&a, "json"));
	assert_false(cmd_has(&a, "seed"));
	assert_null(cmd_value(&a, "dir"));

	assert_int_equal(PARSE(&a, NULL, "--seed", "7", "--dir=/x=y"), 0);
	assert_int_equal(a.npos, 0);
	assert_string_equal(cmd_value(&a, "seed"), "7");
	assert_string_equal(cmd_value(&a, "dir"), "/x=y");

	/* The last one given counts. */
	assert_int_equal(PARSE(&a, NULL, "--seed=1", "--seed=2"), 0);
	assert_string_equal(cmd_value(&a, "seed"), "2");

	/* A value may look like a flag; what follows "--" is no flag. */
	assert_int_equal(PARSE(&a, NULL, "--dir", "--json"), 0);
	assert_string_equal(cmd_value(&a, "dir"), "--json");
	assert_false(cmd_has(&a, "json"));
	assert_int_equal(PARSE(&a, NULL, "--", "--json", "-"), 0);
	assert_string_equal(a.pos[0], "--json");
	assert_string_equal(a.pos[1], "-");

	assert_int_equal(cmd_parse(&a, &entry, 0, NULL, NULL), 0);
	assert_int_equal(a.npos, 0);
}

static void test_parse_errors(void **state)
{
	struct cmd_args a;
	struct err e;

	assert_int_equal(PARSE(&a, &e, "--jsn"), -1);
	assert_int_equal(e.code, ERR_USAGE);
	assert_string_equal(e.next, "did you mean '--json'?");
	assert_int_equal(PARSE(&a, &e, "--js=1"), -1);
	assert_non_null(strstr(e.what, "'--js'"));
	assert_int_equal(PARSE(&a, &e, "-x"), -1);
	assert_string_equal(e.next, "usage: test [A] [B]");
	assert_int_equal(PARSE(&a, &e, "--json=1"), -1);
	assert_non_null(strstr(e.what, "no value"));
	assert_int_equal(PARSE(&a, &e, "--seed"), -1);
	assert_non_null(strstr(e.what, "needs a value"));
	assert_int_equal(PARSE(&a, &e, "--seed="), -1);
	assert_int_equal(PARSE(&a, &e, "1", "2", "3"), -1);
	assert_non_null(strstr(e.what, "'3' is one too many"));
	/* Prefixes are no flags: scripts would break when one is added. */
	assert_int_equal(PARSE(&a, &e, "--jso"), -1);
	assert_int_equal(PARSE(&a, &e, "--"), 0);
}

static void test_long_words(void **state)
{
	char word[5000];
	struct cmd_args a;
	struct err e;

	memset(word, 'x', sizeof(word) - 1);
	word[sizeof(word) - 1] = '\0';
	memcpy(word, "--", 2);
	assert_int_equal(PARSE(&a, &e, word), -1);
	memcpy(word, "xx", 2);
	assert_int_equal(PARSE(&a, &e, "1", "2", word), -1);
	assert_null(cmd_guess(word));
}

/* ---- a line ---- */

static void split(const char *line, const char *expect)
{
	struct strv words = STRV_INIT;
	struct buf joined = BUF_INIT;

	assert_int_equal(prompt_split(&words, line, NULL), 0);
	for (size_t i = 0; i < words.n; i++)
		buf_addf(&joined, "<%s>", words.v[i]);
	assert_string_equal(buf_str(&joined), expect);
	buf_release(&joined);
	strv_release(&words);
}

static void test_split(void **state)
{
	struct strv words = STRV_INIT;
	struct err e;

	split("", "");
	split("  a \t b ", "<a><b>");
	split("klog 'my file' \"an \\\"other\\\"\"",
	      "<klog><my file><an \"other\">");
	split("a\\ b ''", "<a b><>");
	setenv("HOME", "/home/me", 1);
	split("check --dir ~/x a~/ ~", "<check><--dir></home/me/x><a~/><~>");
	assert_int_equal(prompt_split(&words, "a 'b", &e), -1);
	assert_int_equal(e.code, ERR_USAGE);
	assert_int_equal(prompt_split(&words, "a \"b", &e), -1);
	assert_int_equal(words.n, 0);
}

/* ---- completion ---- */

static struct catalogue_entry lessons[] = {
	{.id = (char *)"0.1", .slug = (char *)"two-hellos"},
	{.id = (char *)"1.2",
	 .slug = (char *)"rust-calls-c",
	 .title = (char *)"Calls"},
	{.id = (char *)"1.10", .slug = (char *)"refcounted"},
};

static void complete(const char *before, const char *word, const char *expect)
{
	struct session s = {
		.is_open = true,
		.lessons = {.v = lessons, .n = 3},
	};
	struct strv words = STRV_INIT;
	struct strv out = STRV_INIT;
	struct buf joined = BUF_INIT;

	assert_int_equal(prompt_split(&words, before, NULL), 0);
	complete_words(&out, &s, (int)words.n, (const char *const *)words.v,
		       word);
	for (size_t i = 0; i < out.n; i++)
		buf_addf(&joined, "%s%s", i ? " " : "", out.v[i]);
	assert_string_equal(buf_str(&joined), expect);
	buf_release(&joined);
	strv_release(&words);
	strv_release(&out);
}

static void test_complete(void **state)
{
	complete("", "st", "start status step");
	complete("", "zz", "");
	complete("help", "do", "doctor");
	complete("start", "", "refcounted rust-calls-c two-hellos");
	complete("start", "r", "refcounted rust-calls-c");
	complete("check --json", "1", "1.10 1.2");
	complete("check", "--",
		 "--cold --dir --format --json --keep --output --seed");
	complete("check", "--j", "--json");
	complete("list", "", "");
	complete("history", "s", "show");
	complete("history show", "s", "");
	complete("restore", "r", "refcounted rust-calls-c");
	complete("author", "", "lint mutate new test");
	complete("author lint", "--n", "--no-build");
	complete("author", "c", ""); /* hidden */
	complete("author test 1.2", "r", "refcounted rust-calls-c");
	complete("author test", "--t", "--tap");
	complete("nix", "", "");
}

/* What a flag takes is known by the name of its argument. */
static void test_complete_values(void **state)
{
	complete("check --format", "", "gradescope json junit tap text");
	complete("check --format", "ju", "junit");
	complete("check", "--format=j", "--format=json --format=junit");
	complete("check", "--seed=", "");
	complete("check --seed", "", "");
	complete("check", "--nix=", "");
	/* It takes none, so this is a lesson. */
	complete("check --cold", "1.2", "1.2");
	complete("check --", "--", "");
	complete("check", "--h", "--help");
	complete("author test", "1.2", "1.2");
}

static void test_complete_about(void **state)
{
	const char *const check[] = {"check"}, *const help[] = {"help"};
	struct session s = {
		.is_open = true,
		.lessons = {.v = lessons, .n = 3},
	};

	assert_string_equal(complete_about(&s, 0, NULL, "start"),
			    cmd_find("start")->summary);
	assert_string_equal(complete_about(&s, 1, check, "--cold"),
			    "boot a guest from nothing");
	assert_string_equal(complete_about(&s, 1, help, "start"),
			    cmd_find("start")->summary);
	assert_string_equal(complete_about(&s, 1, check, "1.2"), "Calls");
	assert_null(complete_about(&s, 1, check, "start"));
	assert_null(complete_about(&s, 0, NULL, "nix"));
}

static void test_complete_files(void **state)
{
	char dir[] = "/tmp/kiln-cmd-XXXXXX";
	char word[128], expect[256];

	assert_non_null(mkdtemp(dir));
	assert_int_equal(chdir(dir), 0);
	mkdir("sub", 0700);
	fclose(fopen("a b.log", "w"));
	fclose(fopen(".hidden", "w"));
	complete("klog", "", "a b.log sub/");
	complete("klog", ".", ".hidden");
	complete("check --dir", "", "sub/");
	complete("check", "--dir=s", "--dir=sub/");
	complete("check --keep", "", "a b.log sub/");
	setenv("HOME", dir, 1);
	complete("klog", "~/a", "~/a b.log");
	complete("check --dir", "~/", "~/sub/");
	complete("klog", "~/../nowhere/", "");
	snprintf(word, sizeof(word), "%s/a", dir);
	snprintf(expect, sizeof(expect), "%s/a b.log", dir);
	complete("klog", word, expect);
	complete("klog", "/nowhere/x", "");
	unlink("a b.log");
	unlink(".hidden");
	rmdir("sub");
	assert_int_equal(chdir("/"), 0);
	assert_int_equal(rmdir(dir), 0);
}

static void test_common(void **state)
{
	struct strv v = STRV_INIT;

	assert_int_equal(complete_common(&v), 0);
	strv_add(&v, "start");
	assert_int_equal(complete_common(&v), 5);
	strv_add(&v, "status");
	assert_int_equal(complete_common(&v), 3);
	strv_add(&v, "list");
	assert_int_equal(complete_common(&v), 0);
	strv_release(&v);
}

/* `help` forgets no command: each that is shown is in a group. */
static void test_topics(void **state)
{
	for (size_t i = 0; cmd_table[i]; i++)
		if (!cmd_table[i]->hidden && !topic_has(cmd_table[i]->name))
			fail_msg("no group of shell/topic.c has '%s'",
				 cmd_table[i]->name);
	assert_non_null(topic_find("keys"));
	assert_null(topic_find("list"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_guess),
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_parse_errors),
		cmocka_unit_test(test_long_words),
		cmocka_unit_test(test_split),
		cmocka_unit_test(test_complete),
		cmocka_unit_test(test_complete_values),
		cmocka_unit_test(test_complete_about),
		cmocka_unit_test(test_complete_files),
		cmocka_unit_test(test_common),
		cmocka_unit_test(test_topics),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
