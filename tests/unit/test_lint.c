/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What lint finds without building: a lesson without a fault, and then one
 * fault after the other.
 */
#include "tmp_fixture.h"
#include "lesson_fixture.h"

#include "checker/err.h"
#include "checker/store.h"
#include "shell/catalogue.h"
#include "shell/lesson.h"
#include "shell/lint.h"

static char dir[PATH_MAX + 64];
static struct store store;
static struct catalogue lessons;
static struct lesson l;
static struct lint lint;
static size_t third; /* 1: there is a third lesson */

static const char head[] =
	"return lesson {\n" /* 1 */
	"  format = 1, id = \"1.2\",\n" /* 2 */
	"  slug = \"b\",\n" /* 3 */
	"  title = \"B\", minutes = 20,\n" /* 4 */
	"  needs = { \"1.1\" },\n" /* 5 */
	"  kernel = { \"7.3\" },\n" /* 6 */
	"  files = { given = { \"Makefile\", \"x.h\" },\n" /* 7 */
	"    edit = { \"x.c\" } },\n" /* 8 */
	"  programs = { \"user\" },\n" /* 9 */
	"  steps = { read \"one\", write \"two\" },\n" /* 10 */
	"  run = function(guest) guest:insmod \"x.ko\" end,\n" /* 11 */
	"  checks = {\n" /* 12 */
	"    check \"loads\" { title = \"it loads\", job = \"insmod x.ko\" },\n"
	"    check \"clean\" { title = \"no fault\", findings = \"none\" },\n"
	"  },\n" /* 15 */
	"  hints = {\n" /* 16 */
	"    start = \"begin\", loads = \"does it?\", kasan = \"what?\",\n"
	"    [\"build-failed\"] = \"read it\",\n" /* 18 */
	"  },\n" /* 19 */
	"  wrong = {\n" /* 20 */
	"    one = \"loads\", two = \"loads\", three = \"loads\",\n"
	"  },\n" /* 22 */
	"}\n";

/* Words enough: 400 of them, in lines. */
static char *text_of(const char *before)
{
	static char text[8192];
	size_t n = (size_t)snprintf(text, sizeof(text),
				    "# B\n\n%s\n\n## One\n\n", before);

	for (int i = 0; i < 40; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n,
				      "a b c d e f g h i j\n");
	snprintf(text + n, sizeof(text) - n, "\n## Two\n\nend\n");
	return text;
}

static void put_all(const char *script, const char *text)
{
	char *other = replaced(script, "1.2", "1.1");
	char *needs = replaced(other, "\"1.1\" }", "}");
	char *slug = replaced(needs, "slug = \"b\"", "slug = \"a\"");

	free(other);
	free(needs);
	snprintf(dir, sizeof(dir), "%s/lessons/1-t/01-a", tmp);
	for (int i = 0; i < 2; i++) {
		put_file(i ? script : slug, "%s/lesson.lua", dir);
		put_file(text, "%s/text.md", dir);
		put_file("obj-m := x.o\n", "%s/solution/Makefile", dir);
		put_file("int x;\n", "%s/solution/x.c", dir);
		put_file("int x;\n", "%s/solution/x.h", dir);
		put_file("int x;\n", "%s/tests/user.c", dir);
		put_file("int y;\n", "%s/wrong/one/x.c", dir);
		put_file("int y;\n", "%s/wrong/two/x.c", dir);
		put_file("int y;\n", "%s/wrong/three/x.c", dir);
		put_file("int z;\n", "%s/alt/other/x.c", dir);
		snprintf(dir, sizeof(dir), "%s/lessons/1-t/02-b", tmp);
	}
	free(slug);
	put_file("7.3.4\n", "%s/linux/.complete", tmp);
	put_file("int k;\n", "%s/linux/src/kernel/sched/core.c", tmp);
	put_file("int k;\n", "%s/linux/src/include/linux/list.h", tmp);
}

/* Look at lesson 1.2; what was put must be right enough to be loaded. */
static void look(void)
{
	static char linux_dir[PATH_MAX + 16];
	struct err e = ERR_INIT;

	snprintf(dir, sizeof(dir), "%s/lessons/1-t/02-b", tmp);
	snprintf(linux_dir, sizeof(linux_dir), "%s/linux", tmp);
	store = (struct store){.linux_dir = linux_dir};
	assert_int_equal(catalogue_open(&lessons, tmp, NULL, &e), 0);
	assert_int_equal(lessons.n, 2 + third);
	if (lesson_load(&l, dir, &e) < 0)
		fail_msg("%s: %s", e.where, e.what);
	lint = (struct lint){.store = &store,
			     .lessons = &lessons,
			     .entry = &lessons.v[1],
			     .l = &l,
			     .cancel_fd = -1};
	if (lint_all(&lint, false, &e) < 0)
		fail_msg("%s: %s", e.where, e.what);
}

static void done(void)
{
	lint_release(&lint);
	lesson_release(&l);
	catalogue_release(&lessons);
}

/* One finding and no other: where, and a part of what it says. */
static void only(enum lint_level level, const char *file, unsigned line,
		 const char *what)
{
	look();
	for (size_t i = 0; i < lint.n && lint.n != 1; i++)
		print_error("%s:%u: %s\n", lint.v[i].file, lint.v[i].line,
			    lint.v[i].what);
	assert_int_equal(lint.n, 1);
	assert_string_equal(lint.v[0].file, file);
	assert_int_equal(lint.v[0].line, line);
	assert_int_equal(lint.v[0].level, level);
	if (!strstr(lint.v[0].what, what))
		fail_msg("it says: %s", lint.v[0].what);
	done();
}

static void with_script(const char *from, const char *to)
{
	char *script = replaced(head, from, to);

	put_all(head, text_of(""));
	put_file(script, "%s/lesson.lua", dir);
	free(script);
}

static void no_fault(void **state)
{
	put_all(head, text_of("See `kernel/sched/core.c`, "
			      "`linux/list.h`, `kernel/sched/core.c:12`, "
			      "`/proc/modules.c`, `a/b`, `tests/user.c`, "
			      "[two](#two), [there](https://docs.kernel.org/), "
			      "[core](kernel/sched/core.c).\n"));
	look();
	for (size_t i = 0; i < lint.n; i++)
		print_error("%s:%u: %s\n", lint.v[i].file, lint.v[i].line,
			    lint.v[i].what);
	assert_int_equal(lint.n, 0);
	done();
}

static void place(void **state)
{
	with_script("{ \"1.1\" }", "{ \"3.1\" }");
	only(LINT_ERROR, "lesson.lua", 5, "there is no lesson 3.1");
	with_script("{ \"7.3\" }", "{ \"7.2\", \"7.31\" }");
	only(LINT_ERROR, "lesson.lua", 6, "Kiln has Linux 7.3.4");
	with_script("{ \"7.3\" }", "{ \"7.2\", \"7.3.4\" }");
	look();
	assert_int_equal(lint.n, 0);
	done();
}

/* A lesson of another track has the slug, under a name that fits there. */
static void slug(void **state)
{
	char *script = replaced(head, "\"1.2\"", "\"2.1\"");

	put_all(head, text_of(""));
	put_file(script, "%s/lessons/2-u/01-b/lesson.lua", tmp);
	free(script);
	snprintf(dir, sizeof(dir), "%s/lessons/1-t/02-b", tmp);
	third = 1;
	only(LINT_ERROR, "lesson.lua", 3, "lesson 2.1 has the slug \"b\" too");
	third = 0;
}

static void circle(void **state)
{
	char *script = replaced(head, "\"1.2\"", "\"1.1\"");
	char *needs = replaced(script, "{ \"1.1\" }", "{ \"1.2\" }");
	char *slug = replaced(needs, "\"b\"", "\"a\"");

	put_all(head, text_of(""));
	put_file(slug, "%s/lessons/1-t/01-a/lesson.lua", tmp);
	only(LINT_ERROR, "lesson.lua", 5, "1.1 needs 1.2 in turn");
	free(script);
	free(needs);
	free(slug);
}

static void files(void **state)
{
	static const struct {
		const char *file, *what;
	} rows[] = {
		{"solution/y.c", "neither given nor to be edited"},
		{"tests/left.c", "nothing uses this"},
		{"wrong/four/x.c", "lists no wrong answer \"four\""},
		{"wrong/one/y.c", "is no file to edit"},
		{"wrong/stray", "a file beside the answers"},
		{"alt/other/Makefile", "is no file to edit"},
		{"try/nobody/x.c", "no predict step has try"},
		{"variant/nobody/x.h", "no check has variant = \"nobody\""},
		{"solutions/x.c", "no part of a lesson"},
	};

	(void)state;
	put_all(head, text_of(""));
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char path[PATH_MAX + 128];

		put_file("", "%s/%s", dir, rows[i].file);
		only(LINT_ERROR, rows[i].file, 0, rows[i].what);
		snprintf(path, sizeof(path), "%s/%s", dir, rows[i].file);
		unlink(path);
	}
	/* And these have their use. */
	put_file("#include \"help.h\"\n", "%s/tests/user.c", dir);
	put_file("", "%s/tests/help.h", dir);
	put_file("obj-m := suite.o\n", "%s/tests/Makefile", dir);
	put_file("", "%s/tests/suite.c", dir);
	put_file("", "%s/notes.md", dir);
	put_file("", "%s/.hidden", dir);
	put_file("", "%s/text.md~", dir);
	look();
	assert_int_equal(lint.n, 0);
	done();
}

static void answers(void **state)
{
	char path[PATH_MAX + 128];

	put_all(head, text_of(""));
	snprintf(path, sizeof(path), "%s/alt/other/x.c", dir);
	unlink(path);
	only(LINT_WARNING, "alt/", 0, "no other solution");
	put_all(head, text_of(""));
	put_file("", "%s/alt/other/x.c", dir);
	with_script(", three = \"loads\"", "");
	snprintf(path, sizeof(path), "%s/wrong/three/x.c", dir);
	unlink(path);
	only(LINT_WARNING, "lesson.lua", 20, "2 wrong answers");
}

static void hints(void **state)
{
	with_script("start = \"begin\", ", "");
	only(LINT_ERROR, "lesson.lua", 16, "no hint for \"start\"");
	with_script("loads = \"does it?\", ", "");
	only(LINT_ERROR, "lesson.lua", 16, "no hint for \"loads\"");
	with_script(", kasan = \"what?\"", "");
	only(LINT_ERROR, "lesson.lua", 16, "no hint for \"clean\"");
	with_script("[\"build-failed\"] = \"read it\",", "");
	only(LINT_ERROR, "lesson.lua", 16, "no hint for \"build-failed\"");
	with_script("one = \"loads\"", "one = { verdict = \"abi-failed\" }");
	only(LINT_ERROR, "lesson.lua", 16,
	     "no hint for \"abi-failed\": wrong/one");
}

/* Line 3 of the text is ours. */
static void text(void **state)
{
	static const struct {
		const char *text, *what;
	} rows[] = {
		{"`kernel/sched/cores.c`", "there is no kernel/sched/cores.c"},
		{"`show kernel/x.rs`", "there is no kernel/x.rs"},
		{"[x](#three)", "no such section"},
		{"[x](http://docs.kernel.org/)", "allowed are https://"},
		{"[x](https://localhost)", "not the form of a link"},
		{"[x](https:///x)", "not the form of a link"},
		{"[x](other.md)", "no file of the lesson or the kernel"},
		{"`~/kiln/mine`", "a learner has ~/kiln/linux and"},
		{"`~/src/linux`", "a learner has ~/kiln/linux and"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		put_all(head, text_of(rows[i].text));
		only(LINT_ERROR, "text.md", 3, rows[i].what);
	}
}

static void sections(void **state)
{
	put_all(head, text_of(""));
	put_file(text_of("## Three\n\nx"), "%s/text.md", dir);
	only(LINT_ERROR, "text.md", 3, "no step shows the section \"three\"");
	put_file("# B\n\n## One\n\nfew\n\n## Two\n\nwords\n", "%s/text.md",
		 dir);
	only(LINT_ERROR, "text.md", 0, "allowed are 300 to 1200");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TMP_TEST(no_fault), TMP_TEST(place), TMP_TEST(circle),
		TMP_TEST(slug),	    TMP_TEST(files), TMP_TEST(answers),
		TMP_TEST(hints),    TMP_TEST(text),  TMP_TEST(sections),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
