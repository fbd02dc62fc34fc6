/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "shell/lesson.h"
#include "checker/buf.h"
#include "checker/err.h"

#include <limits.h>

#include "tmp_fixture.h"
#include "lesson_fixture.h"

#define PLACE "lessons/1-boundary/02-rust-calls-c"

static char dir[PATH_MAX + 64];

static int setup(void **state)
{
	char real[PATH_MAX];

	if (make_tmp(state) < 0 || !realpath(tmp, real))
		return -1;
	snprintf(dir, sizeof(dir), "%s/" PLACE, real);
	put_lesson(dir, fixture_script);
	return 0;
}

static void load(struct lesson *l)
{
	struct err e = ERR_INIT;

	if (lesson_load(l, dir, &e) < 0)
		fail_msg("%s: %s (%s)", e.where, e.what, e.next);
}

static void test_fields(void **state)
{
	struct lesson l;

	load(&l);
	assert_string_equal(l.spec.id, "1.2");
	assert_string_equal(l.spec.slug, "rust-calls-c");
	assert_string_equal(l.spec.title, "Rust calls C, safely wrapped");
	assert_string_equal(l.spec.dir, dir);
	assert_string_equal(l.track, "1-boundary");
	assert_int_equal(l.minutes, 20);
	assert_int_equal(l.needs.n, 1);
	assert_string_equal(l.needs.v[0], "1.1");
	assert_string_equal(l.kernels.v[0], "7.3");
	assert_int_equal(l.spec.given.n, 3);
	assert_string_equal(l.spec.given.v[1], "inc/legacy.h");
	assert_int_equal(l.spec.edit.n, 1);
	assert_string_equal(l.spec.programs.v[0], "wrap_test");
	assert_int_equal(l.spec.machine.cpus, 2);
	assert_string_equal(l.spec.machine.devices.v[0], "edu");
	assert_int_equal(l.spec.guest_seconds, 7);
	assert_false(l.spec.has_test_modules);
	lesson_release(&l);
	put_file("", "%s/tests/Makefile", dir);
	load(&l);
	assert_true(l.spec.has_test_modules);
	lesson_release(&l);
}

static void test_plan(void **state)
{
	static const struct {
		enum plan_op op;
		const char *label, *target, *args;
		int expect;
	} want[] = {
		{PLAN_INSMOD, "insmod legacy.ko", "legacy.ko", NULL, 0},
		{PLAN_INSMOD, "insmod wrap.ko", "wrap.ko",
		 "a=1,2 level=3 name=\"two words\" off=0 on=1", 0},
		{PLAN_INSMOD, "insmod wrap.ko #2", "wrap.ko", NULL, -17},
		{PLAN_RUN, "run wrap_test", "wrap_test", NULL, 1},
		{PLAN_RUN, "second run", "wrap_test", NULL, 0},
		{PLAN_WRITE, "write /dev/wrap", "/dev/wrap", "hello\n", -22},
		{PLAN_READ, "read /sys/kernel/debug/wrap/hits",
		 "/sys/kernel/debug/wrap/hits", NULL, 0},
		{PLAN_SLEEP, "sleep", NULL, "1500", 0},
		{PLAN_RMMOD, "rmmod wrap", "wrap", NULL, 0},
		{PLAN_RMMOD, "rmmod legacy", "legacy", NULL, 0},
		{PLAN_LEAKS, "leaks", NULL, NULL, 0},
	};
	struct lesson l;

	load(&l);
	assert_int_equal(l.spec.nplan, sizeof(want) / sizeof(*want));
	for (size_t i = 0; i < l.spec.nplan; i++) {
		const struct plan_step *st = &l.spec.plan[i];

		assert_int_equal(st->op, want[i].op);
		assert_string_equal(st->label, want[i].label);
		assert_int_equal(st->expect, want[i].expect);
		if (want[i].target)
			assert_string_equal(st->target, want[i].target);
		if (want[i].args)
			assert_string_equal(st->args, want[i].args);
		else
			assert_null(st->args);
	}
	assert_int_equal(l.spec.plan[1].argv.n, 0);
	assert_int_equal(l.spec.plan[3].argv.n, 2);
	assert_string_equal(l.spec.plan[3].argv.v[0], "-v");
	assert_string_equal(l.spec.plan[3].argv.v[1], "3");
	lesson_release(&l);
}

/* One call in the place of the last one of the plan. */
static struct plan_step *load_call(struct lesson *l, const char *call)
{
	char *script = replaced(fixture_script, "guest:leaks()", call);
	struct err e = ERR_INIT;

	put_file(script, "%s/lesson.lua", dir);
	if (lesson_load(l, dir, &e) < 0)
		fail_msg("%s: %s: %s", call, e.where, e.what);
	free(script);
	return &l->spec.plan[l->spec.nplan - 1];
}

static void test_rounds(void **state)
{
	const struct plan_step *st;
	struct lesson l;

	st = load_call(&l, "guest:soak \"wrap.ko\"");
	assert_int_equal(st->op, PLAN_SOAK);
	assert_string_equal(st->label, "soak wrap.ko");
	assert_string_equal(st->target, "wrap.ko");
	assert_int_equal(st->rounds, 10);
	lesson_release(&l);
	st = load_call(&l, "guest:soak(\"wrap.ko\", { level = 3 }, "
			   "{ times = 50, as = \"often\" })");
	assert_string_equal(st->label, "often");
	assert_string_equal(st->args, "level=3");
	assert_int_equal(st->rounds, 50);
	lesson_release(&l);
	st = load_call(&l, "guest:failslab \"wrap.ko\"");
	assert_int_equal(st->op, PLAN_FAILSLAB);
	assert_string_equal(st->label, "failslab wrap.ko");
	assert_int_equal(st->rounds, 200);
	assert_int_equal(st->expect, 0);
	assert_false(st->optional);
	lesson_release(&l);
	st = load_call(&l, "guest:failslab(\"wrap.ko\", nil, { most = 30, "
			   "error = \"ENOMEM\", optional = true })");
	assert_int_equal(st->rounds, 30);
	assert_int_equal(st->expect, -12);
	assert_true(st->optional);
	lesson_release(&l);
}

static void test_checks(void **state)
{
	const struct check_spec *c;
	struct lesson l;

	load(&l);
	assert_int_equal(l.spec.nchecks, 8);
	c = l.spec.checks;
	assert_int_equal(c[0].kind, CHECK_JOB);
	assert_string_equal(c[0].job, "insmod wrap.ko");
	assert_int_equal(c[0].points, 1);
	assert_true(c[0].required);
	assert_int_equal(c[1].kind, CHECK_KTAP);
	assert_string_equal(c[1].suite, "wrap_suite");
	assert_string_equal(c[1].kase, "negative");
	assert_int_equal(c[1].points, 3);
	assert_int_equal(c[2].kind, CHECK_TAP);
	assert_string_equal(c[2].job, "second run");
	assert_null(c[2].kase);
	assert_int_equal(c[2].points, 0);
	assert_int_equal(c[3].kind, CHECK_LOG);
	assert_null(c[3].job);
	assert_int_equal(c[3].lines.n, 2);
	assert_string_equal(c[3].lines.v[1], "wrap: b");
	assert_int_equal(c[4].kind, CHECK_ABSENT);
	assert_false(c[4].required);
	assert_string_equal(c[4].job, "rmmod wrap");
	assert_int_equal(c[5].kind, CHECK_OUTPUT);
	assert_string_equal(c[5].lines.v[0], "2");
	assert_int_equal(c[6].kind, CHECK_LINT);
	assert_string_equal(c[6].lines.v[0], "clippy::x");
	assert_int_equal(c[7].kind, CHECK_FINDINGS);
	assert_string_equal(c[7].lines.v[0], "warn");
	assert_string_equal(c[7].title, "no fault");
	lesson_release(&l);
}

static void test_variants(void **state)
{
	char *script = replaced(
		fixture_script, "findings = { allow = \"warn\" }",
		"variant = \"once\", expect = \"rejected\",\n"
		"code = \"E0308\", says = \"mismatched\" },\n"
		"check \"bears\" { title = \"both\", variant = \"once\"");
	const struct check_spec *c;
	struct lesson l;

	put_file(script, "%s/lesson.lua", dir);
	load(&l);
	c = &l.spec.checks[7];
	assert_int_equal(c->kind, CHECK_VARIANT);
	assert_string_equal(c->variant.name, "once");
	assert_int_equal(c->variant.expect, VARIANT_REJECTED);
	assert_string_equal(c->variant.code, "E0308");
	assert_string_equal(c->variant.says, "mismatched");
	assert_int_equal(c[1].variant.expect, VARIANT_PASS);
	assert_null(c[1].variant.code);
	lesson_release(&l);
	free(script);
}

static void test_abi(void **state)
{
	char *script =
		replaced(fixture_script, "findings = { allow = \"warn\" }",
			 "abi = { \"f\", \"struct x\" }");
	const struct check_spec *c;
	struct lesson l;

	put_file(script, "%s/lesson.lua", dir);
	load(&l);
	c = &l.spec.checks[7];
	assert_int_equal(c->kind, CHECK_ABI);
	assert_int_equal(c->lines.n, 2);
	assert_string_equal(c->lines.v[1], "struct x");
	lesson_release(&l);
	free(script);
}

static void test_steps(void **state)
{
	const struct lesson_step *s;
	struct lesson l;

	load(&l);
	assert_int_equal(l.nsteps, 5);
	s = l.steps;
	assert_int_equal(s[0].kind, LESSON_READ);
	assert_string_equal(s[0].section, "the-boundary");
	assert_int_equal(s[1].kind, LESSON_PREDICT);
	assert_string_equal(s[1].name, "negative");
	assert_null(s[1].section);
	assert_string_equal(s[1].question, "What?");
	assert_int_equal(s[1].choices.n, 3);
	assert_int_equal(s[1].answer, 1);
	assert_string_equal(s[1].why, "So.");
	assert_int_equal(s[2].kind, LESSON_EXPLORE);
	assert_string_equal(s[2].commands.v[0], "lsmod");
	assert_string_equal(s[2].notice, "the order");
	assert_string_equal(s[2].section, "the-boundary");
	assert_int_equal(s[3].kind, LESSON_WRITE);
	assert_int_equal(s[3].files.n, 1);
	assert_int_equal(s[3].checks.n, 8);
	assert_int_equal(s[4].checks.n, 1);
	assert_string_equal(s[4].checks.v[0], "clean");
	assert_string_equal(s[4].files.v[0], "wrap.rs");
	lesson_release(&l);
}

static void test_needs(void **state)
{
	char *script = replaced(fixture_script, "points = 3,",
				"points = 3, needs = { \"loads\" },");
	struct lesson l;

	put_file(script, "%s/lesson.lua", dir);
	load(&l);
	assert_int_equal(l.spec.checks[0].needs.n, 0);
	assert_int_equal(l.spec.checks[1].needs.n, 1);
	assert_string_equal(l.spec.checks[1].needs.v[0], "loads");
	lesson_release(&l);
	free(script);
}

static void test_patterns(void **state)
{
	static const char log[] = "log = { \"legacy: a\", \"wrap: b\" }";
	char *one = replaced(fixture_script, log,
			     "log = { \"a\", { pattern = \"^b\" }, \"c\" }");
	char *two = replaced(fixture_script, log,
			     "log = { pattern = \"b+\" }, count = 3");
	struct lesson l;

	put_file(one, "%s/lesson.lua", dir);
	load(&l);
	assert_int_equal(l.spec.checks[3].lines.n, 3);
	assert_int_equal(l.spec.checks[3].patterns, 2);
	assert_string_equal(l.spec.checks[3].lines.v[1], "^b");
	assert_string_equal(l.spec.checks[3].lines.v[2], "c");
	assert_false(l.spec.checks[3].counted);
	lesson_release(&l);
	put_file(two, "%s/lesson.lua", dir);
	load(&l);
	assert_int_equal(l.spec.checks[3].lines.n, 1);
	assert_int_equal(l.spec.checks[3].patterns, 1);
	assert_true(l.spec.checks[3].counted);
	assert_int_equal(l.spec.checks[3].count, 3);
	lesson_release(&l);
	free(one);
	free(two);
}

static void test_rules(void **state)
{
	static const char lint[] = "lint = { \"clippy::x\" }";
	char *one =
		replaced(fixture_script, lint,
			 "lint = \"-Wshadow\", most = 2, files = \"wrap.rs\"");
	char *two = replaced(fixture_script, lint,
			     "forbid = { \"core::mem::forget\" }");
	struct lesson l;

	put_file(one, "%s/lesson.lua", dir);
	load(&l);
	assert_int_equal(l.spec.checks[6].kind, CHECK_LINT);
	assert_int_equal(l.spec.checks[6].most, 2);
	assert_string_equal(l.spec.checks[6].files.v[0], "wrap.rs");
	lesson_release(&l);
	put_file(two, "%s/lesson.lua", dir);
	load(&l);
	assert_int_equal(l.spec.checks[6].kind, CHECK_FORBID);
	assert_string_equal(l.spec.checks[6].lines.v[0], "core::mem::forget");
	assert_int_equal(l.spec.checks[6].files.n, 0);
	lesson_release(&l);
	free(one);
	free(two);
}

static void test_size_and_source(void **state)
{
	static const char lint[] = "lint = { \"clippy::x\" }";
	char *one = replaced(fixture_script, lint,
			     "size = { file = \"a.ko\", section = \".text\", "
			     "least = 3 }");
	char *two = replaced(fixture_script, lint,
			     "source = { file = \"legacy.c\", within = \"f\", "
			     "calls = \"kfree\", avoids = { \"a\", \"b\" } }");
	char *both = replaced(two, "given = { \"legacy.c\", ", "given = { ");
	char *three = replaced(both, "edit = { \"wrap.rs\"",
			       "edit = { \"wrap.rs\", \"legacy.c\"");
	char *wrong = replaced(three, "within = \"f\"", "within = \"f;x\"");
	const struct check_spec *c;
	struct err e = ERR_INIT;
	struct lesson l;

	put_file(one, "%s/lesson.lua", dir);
	load(&l);
	c = &l.spec.checks[6];
	assert_int_equal(c->kind, CHECK_SIZE);
	assert_string_equal(c->file, "a.ko");
	assert_string_equal(c->part, ".text");
	assert_int_equal(c->least, 3);
	assert_int_equal(c->most, UINT_MAX);
	lesson_release(&l);
	put_file(three, "%s/lesson.lua", dir);
	load(&l);
	c = &l.spec.checks[6];
	assert_int_equal(c->kind, CHECK_SOURCE);
	assert_string_equal(c->part, "f");
	assert_string_equal(c->lines.v[0], "kfree");
	assert_int_equal(c->avoids.n, 2);
	lesson_release(&l);
	/* It goes into a line of the shell's. */
	put_file(wrong, "%s/lesson.lua", dir);
	assert_int_equal(lesson_load(&l, dir, &e), -1);
	assert_non_null(strstr(e.what, "within has a ';' in it"));
	free(one);
	free(two);
	free(both);
	free(three);
	free(wrong);
}

static const char *const signed_choices =
	"choices = { \"this\", { \"that\", log = { \"a\", \"b\" }, "
	"job = \"rmmod wrap\" }, { \"it\", absent = \"a\" } },\n";

/* With an experiment, its plan may be its own; labels are of that one. */
static void test_signs(void **state)
{
	static const char try[] =
		"answer = 2, try = \"once\", run = function(guest)"
		" guest:insmod \"wrap.ko\" guest:rmmod \"wrap\" end";
	char *one = replaced(fixture_script,
			     "choices = { \"this\", \"that\", \"it\" },\n",
			     signed_choices);
	char *two = replaced(one, "answer = 2", try);
	const struct lesson_step *st;
	struct lesson l;

	put_file(one, "%s/lesson.lua", dir);
	load(&l);
	st = &l.steps[1];
	assert_int_equal(st->choices.n, 3);
	assert_string_equal(st->choices.v[1], "that");
	assert_null(st->try);
	assert_int_equal(st->signs.nchecks, 2);
	assert_null(lesson_sign(st, 0));
	assert_int_equal(lesson_sign(st, 1)->kind, CHECK_LOG);
	assert_string_equal(lesson_sign(st, 1)->job, "rmmod wrap");
	assert_int_equal(lesson_sign(st, 2)->kind, CHECK_ABSENT);
	assert_int_equal(l.spec.nchecks, 8);
	lesson_release(&l);
	put_file(two, "%s/lesson.lua", dir);
	load(&l);
	st = &l.steps[1];
	assert_string_equal(st->try, "once");
	assert_int_equal(st->signs.nplan, 2);
	assert_string_equal(st->signs.plan[1].label, "rmmod wrap");
	/* That of the lesson is what it was. */
	assert_int_equal(l.spec.nplan, 11);
	assert_string_equal(l.spec.plan[0].label, "insmod legacy.ko");
	lesson_release(&l);
	free(one);
	free(two);
}

static void test_hints_and_wrong(void **state)
{
	struct lesson l;

	load(&l);
	assert_int_equal(lesson_nhints(&l, "suite"), 2);
	assert_string_equal(lesson_hint(&l, "suite", 1), "second");
	assert_null(lesson_hint(&l, "suite", 2));
	assert_null(lesson_hint(&l, "loads", 0));
	assert_string_equal(lesson_hint(&l, "E0308", 0), "types");
	assert_string_equal(lesson_hint(&l, "held-lock", 0), "unlock");
	assert_int_equal(l.nwrongs, 3);
	assert_string_equal(l.wrongs[0].name, "both");
	assert_string_equal(l.wrongs[0].check, "clean");
	assert_true(l.wrongs[0].has_verdict);
	assert_int_equal(l.wrongs[0].verdict, OUTCOME_CRASH);
	assert_string_equal(l.wrongs[1].name, "broken");
	assert_null(l.wrongs[1].check);
	assert_int_equal(l.wrongs[1].verdict, OUTCOME_BUILD_FAILED);
	assert_string_equal(l.wrongs[2].check, "suite");
	assert_false(l.wrongs[2].has_verdict);
	lesson_release(&l);
}

static void assert_section(const struct lesson *l, const char *name,
			   const char *want)
{
	struct err e = ERR_INIT;
	struct buf b = BUF_INIT;

	if (lesson_section(l, name, &b, &e) < 0)
		fail_msg("%s", e.what);
	assert_string_equal(buf_str(&b), want);
	buf_release(&b);
}

static void test_sections(void **state)
{
	struct err e = ERR_INIT;
	struct buf b = BUF_INIT;
	struct lesson l;

	load(&l);
	assert_section(&l, "", "# The lesson\n\nWelcome.\n\n");
	assert_section(&l, "the-boundary",
		       "## The boundary\n\nC on one side.\n\n```c\n"
		       "## not this\n```\n\n### Deeper\n\nStill there.\n\n");
	assert_section(&l, "the-wrapper", "## What now?\n\nWrite it.\n\n");
	assert_section(&l, "again", "## Again\n\nOnce more.\n");
	assert_int_equal(lesson_section(&l, "deeper", &b, &e), -1);
	assert_int_equal(e.code, ERR_LESSON);
	buf_release(&b);
	lesson_release(&l);
}

#define FILES                                                                  \
	"    given = { \"legacy.c\", \"inc/legacy.h\", \"Makefile\" },\n"      \
	"    edit = { \"wrap.rs\" },\n"                                        \
	"  },\n"
#define BOTH                                                                   \
	"    given = { \"inc/legacy.h\", \"Makefile\" },\n"                    \
	"    edit = { \"wrap.rs\", \"legacy.c\" },\n"                          \
	"  },\n"

/* Every mistake: what is written in its place, and what is said of it. */
static const struct mistake {
	const char *from, *to;
	int line; /* 0: the message names the file alone */
	const char *what;
} mistakes[] = {
	{"return lesson {", "return {", 0, "return lesson { ... }"},
	{"return lesson {", "return check \"x\" {", 2, "returned a check"},
	{"minutes = 20,", "minutes = 20", 8,
	 "near 'needs'; is a comma missing before that?"},
	{"return lesson {", "local l = lesson {", 2, "returned a nil"},
	{"minutes = 20", "minutes = 20, kernel_symbols = 3", 7,
	 "kernel_symbols is a number, must be a string or a list of strings"},
	{"format = 1,", "", 2, "\"format\" is missing"},
	{"format = 1", "format = 2", 3, "only whole numbers from 1 to 1"},
	{"minutes = 20", "minuts = 20", 7,
	 "unknown field \"minuts\" (did you mean \"minutes\"?); allowed are "
	 "format, id"},
	{"minutes = 20", "minutes = \"20\"", 7,
	 "is a string, must be a whole number, 1 to 240"},
	{"minutes = 20", "minutes = 2.5", 7, "minutes is 2.5"},
	{"minutes = 20", "minutes = 0", 7, "from 1 to 240"},
	{"minutes = 20,", "", 2, "\"minutes\" is missing"},
	{"minutes = 20", "minutes = 20, \"x\"", 2, "a value without a name"},
	{"id = \"1.2\"", "id = \"1.3\"", 4,
	 "id is \"1.3\", but the folder says \"1.2\""},
	{"slug = \"rust", "slug = \"c", 5, "the folder says \"rust-calls-c\""},
	{"slug = \"rust", "slug = \"Rust", 5, "only lower-case words"},
	{"title = \"Rust", "title = \"Rust\\n", 6, "a line break"},
	{"title = \"Rust", "title = \"\\27[2J", 6, "control character"},
	{"title = \"Rust", "title = \"\\xff", 6, "UTF-8"},
	{"title = \"Rust", "title = (\"x\"):rep(70) .. \"Rust", 6,
	 "at most 60 are allowed"},
	{"needs = { \"1.1\" }", "needs = { \"1.2\" }", 8, "needs itself"},
	{"needs = { \"1.1\" }", "needs = { \"one\" }", 8,
	 "not the id of a lesson"},
	{"needs = { \"1.1\" }", "needs = { [2] = \"1.1\" }", 8, "hole"},
	{"needs = { \"1.1\" }", "needs = { 1.1 }", 8,
	 "needs[1] is a number, must be a string"},
	{"kernel = { \"7.3\" }", "kernel = { \"7\" }", 9, "not a version"},
	{"kernel = { \"7.3\" }", "kernel = {}", 9, "kernel is empty"},
	{"\"Makefile\" }", "\"Makefil\" }", 11,
	 "there is no file solution/Makefil (did you mean \"Makefile\"?); in "
	 "solution/ there is: Makefile, inc/legacy.h, legacy.c, wrap.rs"},
	{"\"Makefile\" }", "\"../Makefile\" }", 11, "only a relative path"},
	{"\"Makefile\" }", "\"/etc/passwd\" }", 11, "only a relative path"},
	{"\"Makefile\" }", "\"inc/../Makefile\" }", 11, "only a relative"},
	{"\"Makefile\" }", "\"inc\" }", 11, "there is no file solution/inc"},
	{"\"Makefile\" }", "\"legacy.c\" }", 11, "listed twice"},
	{"\"Makefile\" }", "\"wrap.rs\" }", 12, "both given and"},
	{"\"Makefile\" }", "extra = 1 }", 11, "given"},
	{"edit = { \"wrap.rs\" }", "edit = {}", 12, "edit is empty"},
	{"edit = {", "edits = {", 12, "did you mean \"edit\""},
	{"\"wrap_test\" }", "\"wrap_tst\" }", 14,
	 "there is no file tests/wrap_tst.c (did you mean \"wrap_test.c\"?)"},
	{"cpus = 2", "cpus = 9", 15, "cpus is 9"},
	{"\"edu\"", "\"edu,rombar=/etc/passwd\"", 15, "relative path"},
	{"budget = 7", "budget = 1", 39, "longer than the 1000 ms"},
	{"budget = 7", "budget = 1000", 16, "from 1 to 120"},
	{"budget = 7", "solution_after = 101", 16, "from 0 to 100"},
	{"budget = 7", "solution_after = \"soon\"", 16,
	 "must be a whole number, 0 to 100"},
	{"budget = 7", "races = { runs = 1 }", 16, "from 2 to 100"},
	{"budget = 7", "races = { runs = 5, pass = 6 }", 16, "from 1 to 5"},
	{"budget = 7", "races = 20", 16, "is a number, must be a table"},
	{"cpus = 2, devices = { \"edu\" } }", "cpus = 1 }, races = {}", 15,
	 "the machine has one CPU"},
	{"budget = 7", "swap = { c = \"legacy.c\", rust = \"wrap.rs\" }", 16,
	 "there is no file to edit \"legacy.c\""},
	{"budget = 7", "swap = { c = \"wrap.rs\", rust = \"wrap.rs\" }", 16,
	 "\"wrap.rs\" is no .c file"},
	{"budget = 7", "swap = { rust = \"wrap.rs\" }", 16, "\"c\" is missing"},
	{FILES,
	 BOTH "swap = { c = \"legacy.c\", rust = \"wrap.rs\" }, "
	      "races = {},",
	 14, "do not go together"},
	/* steps */
	{"read \"the-boundary\"", "raed \"the-boundary\"", 18,
	 "global 'raed'); did you mean \"read\"?"},
	{"minutes = 20", "minutes = tonumber(os.getenv(\"X\"))", 7,
	 "global 'os'); nothing is called that here"},
	{"read \"the-boundary\"", "read \"the-bundary\"", 18,
	 "no section \"the-bundary\" (did you mean \"the-boundary\"?); its "
	 "sections are: the-boundary, the-wrapper, again"},
	{"read \"the-boundary\"", "read { \"x\" }", 18,
	 "read without a name; it is written read \"name\""},
	{"read \"the-boundary\"", "\"the-boundary\"", 17,
	 "element 1 is no step"},
	{"read \"the-boundary\"", "read \"the-boundary\" {}", 18,
	 "which read does not take"},
	{"section = \"the-boundary\"", "section = \"x\"", 25,
	 "no section \"x\""},
	{"answer = 2", "answer = 4", 22, "from 1 to 3"},
	{"answer = 2,", "", 19, "\"answer\" is missing"},
	{"\"this\", \"that\", \"it\"", "\"this\"", 21, "at least two"},
	{"why =", "because =", 23, "unknown field \"because\""},
	{"predict \"negative\" {", "predict \"negative\", x {", 19,
	 "global 'x'"},
	/* choices with signs, and experiments */
	{"\"that\"", "{ \"that\" }", 21, "choice b: nothing says what must"},
	{"\"that\"", "{ \"that\", logs = \"x\" }", 21,
	 "choice b: unknown field \"logs\" (did you mean \"log\"?)"},
	{"\"that\"", "{ \"that\", \"x\", log = \"x\" }", 21,
	 "a value without a name"},
	{"\"that\"", "{ log = \"x\" }", 21, "its text is a nil"},
	{"\"that\"", "{ \"that\", log = \"x\", absent = \"y\" }", 21,
	 "both \"log\" and \"absent\""},
	{"\"that\"", "{ \"that\", job = \"leaks\" }", 21,
	 "without try it is the learner's own log"},
	{"\"that\"", "{ \"that\", lint = \"x_y\" }", 21,
	 "unknown field \"lint\""},
	{"\"that\"", "{ \"that\", log = \"x\", job = \"rmmod it\" }", 21,
	 "\"rmmod it\", which is no step of run"},
	{"\"this\"", "{ \"this\", log = \"x\" }", 19,
	 "the answer, choice b, does not say what the log shows"},
	{"\"that\"", "3", 21, "a choice is a number, must be a string"},
	{"answer = 2", "answer = 2, try = \"none\"", 22,
	 "there is no folder try/none/"},
	{"answer = 2", "answer = 2, try = \"../wrong\"", 22,
	 "cannot be the name of a folder in try/"},
	{"answer = 2", "answer = 2, try = \"once\"", 19,
	 "the answer, choice b, does not say what the log shows"},
	{"answer = 2", "answer = 2, run = function(guest) end", 19,
	 "there is no try"},
	{"answer = 2",
	 "answer = 2, try = \"once\", run = function(guest) guest:leeks() end",
	 22, "did you mean \"leaks\""},
	{"write \"again\"", "write \"the-wrapper\"", 28,
	 "a second step with this name; each needs"},
	{"checks = { \"clean\" }", "checks = { \"claen\" }", 28,
	 "there is no check \"claen\" (did you mean \"clean\"?)"},
	{"checks = { \"clean\" }", "files = { \"legacy.c\" }", 28,
	 "there is no file to edit \"legacy.c\""},
	/* run */
	{"guest:leaks()", "guest:leeks()", 42,
	 "no call \"leeks\" (did you mean \"leaks\"?)"},
	{"guest:leaks()", "guest.leaks()", 42, "with a colon"},
	{"guest:leaks()", "guest:leaks(1)", 42, "at most 0 are allowed"},
	{"guest:leaks()", "local t = {} for i = 1, 1e9 do t[i] = i end", 42,
	 "asked for more than 16384 KiB of memory"},
	{"guest:leaks()", "guest:rmmod(nothing.here)", 42, "global 'nothing'"},
	{"guest:leaks()", "while true do end", 42,
	 "ran too long and was stopped; allowed are 5000000 instructions"},
	{"guest:leaks()", "for i = 1, 99 do guest:leaks() end", 42,
	 "more than 64 steps"},
	{"guest:leaks()", "pcall(guest.insmod, guest, 3)", 30,
	 "step 11 of run is broken"},
	{"run = function(guest)", "run = 3, x = function(guest)", 30,
	 "unknown field \"x\""},
	{"guest:insmod \"legacy.ko\"", "guest:insmod \"legacy\"", 31,
	 "did you mean \"legacy.ko\""},
	{"guest:insmod \"legacy.ko\"", "guest:insmod \"../legacy.ko\"", 31,
	 "only a relative path"},
	{"level = 3", "level = 2.5", 32, "\"level\" must be a string"},
	{"level = 3", "level = { {} }", 32, "\"level\" must be a string"},
	{"level = 3", "[\"le vel\"] = 3", 32, "cannot be a parameter's name"},
	{"level = 3", "expect = 3", 32, "options are a table of their own"},
	{"two words", "two \\\" words", 32, "a double quote"},
	{"two words", "two\\nwords", 32, "a control character"},
	{"{ 1, 2 }", "{ 1, \"2,3\" }", 32, "a comma"},
	{"\"EEXIST\"", "\"EEXISTS\"", 34,
	 "no error is called that (did you mean \"EEXIST\"?)"},
	{"\"EEXIST\"", "17", 34, "from -4095 to 0"},
	{"nil, { expect", "nil, { expects", 34, "did you mean \"expect\""},
	{"\"wrap_test\", { \"-v\"", "\"wrap_tset\", { \"-v\"", 35,
	 "did you mean \"wrap_test\""},
	{"{ expect = 1 }", "{ expect = \"EINVAL\" }", 35, "exit status"},
	{"{ expect = 1 }", "{ expect = -1 }", 35, "from 0 to 255"},
	{"{ \"-v\", 3 }", "\"-v\"", 35, "must be a list"},
	{"as = \"second run\"", "as = \"run wrap_test\"", 36, "is taken"},
	{"\"/dev/wrap\"", "\"dev/wrap\"", 37, "only an absolute path"},
	{"\"/dev/wrap\"", "\"/dev/../etc\"", 37, "only an absolute path"},
	{"guest:sleep(1500)", "guest:sleep(0)", 39, "1 to"},
	{"guest:rmmod \"wrap\"", "guest:rmmod \"wrap.ko\"", 40,
	 "by its name, \"wrap\""},
	{"guest:rmmod \"wrap\"", "guest:rmmod \"my-wrap\"", 40, "a dash"},
	{"guest:leaks()", "guest:soak \"wrap\"", 42,
	 "did you mean \"wrap.ko\""},
	{"guest:leaks()", "guest:soak(\"wrap.ko\", nil, 50)", 42,
	 "must be a table such as { times = ... }"},
	{"guest:leaks()", "guest:soak(\"wrap.ko\", nil, { times = 1 })", 42,
	 "from 2 to 500"},
	{"guest:leaks()", "guest:soak(\"wrap.ko\", { times = 50 })", 42,
	 "options are a table of their own"},
	{"guest:leaks()", "guest:soak(\"wrap.ko\", nil, { expect = 1 })", 42,
	 "unknown field \"expect\""},
	{"guest:leaks()", "guest:failslab(\"wrap.ko\", nil, { most = 0 })", 42,
	 "from 1 to 500"},
	{"guest:leaks()",
	 "guest:failslab(\"wrap.ko\", nil, { error = \"ENO\" })", 42,
	 "error is \"ENO\": no error is called that"},
	{"guest:leaks()", "guest:failslab(\"wrap.ko\", nil, { optional = 1 })",
	 42, "must be true or false"},
	/* checks */
	{"check \"loads\" {", "check \"loads\", check \"x\" {", 45,
	 "check \"loads\" has no { ... }"},
	{"check \"suite\"", "check \"loads\"", 46,
	 "a second check with this id; each needs"},
	{"check \"suite\"", "check \"The Suite\"", 46, "only lower-case words"},
	{"check \"suite\" {", "{", 44, "element 2 is no check"},
	{"title = \"it loads\", ", "", 45, "\"title\" is missing"},
	{"points = 3", "points = 101", 46, "from 0 to 100"},
	{"points = 3", "point = 3", 46, "did you mean \"points\""},
	{"job = \"insmod wrap.ko\" }", "job = \"insmod wrp.ko\" }", 45,
	 "job names \"insmod wrp.ko\", which is no step of run (did you mean "
	 "\"insmod wrap.ko\"?); steps are: insmod legacy.ko"},
	{", job = \"insmod wrap.ko\" }", " }", 45, "nothing says what must"},
	{"ktap = \"wrap_suite\"", "ktap = \"w\", log = \"x\"", 46,
	 "both \"ktap\" and \"log\""},
	{"ktap = \"wrap_suite\"", "ktap = \"w\", job = \"leaks\"", 46,
	 "job does not go with ktap"},
	{"log = { \"legacy: a\"", "case = \"x\", log = { \"legacy: a\"", 50,
	 "case does not go with log"},
	{"tap = \"second run\"", "tap = \"insmod wrap.ko\"", 49,
	 "\"insmod wrap.ko\" prints nothing"},
	{"job = \"read /sys/kernel/debug/wrap/hits\" }", "}", 53,
	 "\"job\" is missing"},
	{"required = false, points = 2", "required = false, points = 0", 51,
	 "neither required nor worth"},
	{"required = false", "required = 0", 52, "must be true or false"},
	{"case = \"negative\"", "kase = \"negative\"", 47,
	 "did you mean \"case\""},
	{"points = 2 }", "points = -2 }", 52, "from 0 to 100"},
	{"\"legacy: a\", \"wrap: b\"", "{ pattern = \"a(b\" }", 50,
	 "log[1]: \"a(b\" is no pattern: Unmatched ("},
	{"\"legacy: a\", \"wrap: b\"", "\"a\", { pattern = \"\\\\d\" }", 50,
	 "log[2]: \"\\d\" is no pattern: a \\ may stand only before"},
	{"\"legacy: a\", \"wrap: b\"", "{ patern = \"a\" }", 50,
	 "unknown field \"patern\" (did you mean \"pattern\"?)"},
	{"\"legacy: a\", \"wrap: b\"", "{ pattern = 3 }", 50,
	 "pattern is a number, must be a string"},
	{"\"legacy: a\", \"wrap: b\"", "3", 50, "must be a string"},
	{"{ \"legacy: a\", \"wrap: b\" }", "3", 50,
	 "must be a text, { pattern = \"...\" }, or a list"},
	{"\"wrap: b\" }", "\"wrap: b\" }, count = 2", 50,
	 "log has 2 texts, and only one can be counted"},
	{"\"wrap: b\" }", "\"wrap: b\" }, count = 10001", 50,
	 "only whole numbers from 0 to 10000"},
	{"case = \"negative\"", "count = 2", 47, "count goes with log"},
	{"case = \"negative\"", "needs = \"laods\"", 47,
	 "needs names \"laods\", which is no check before this one (did you "
	 "mean \"loads\"?); before it are: loads"},
	{"case = \"negative\"", "needs = \"clean\"", 47,
	 "no check before this one; before it are: loads"},
	{"title = \"it loads\"", "title = \"it loads\", needs = { \"loads\" }",
	 45, "before it are: none"},
	{"lint = { \"clippy::x\" }", "size = { file = \"w\" }", 55,
	 "\"w\" is no module"},
	{"lint = { \"clippy::x\" }",
	 "size = { file = \"w.ko\", section = \"txt\", most = 1 }", 55,
	 "section is \"txt\"; allowed are"},
	{"lint = { \"clippy::x\" }",
	 "size = { file = \"w.ko\", section = \"text\" }", 55,
	 "neither most nor least"},
	{"lint = { \"clippy::x\" }",
	 "size = { file = \"w.ko\", section = \"text\", most = 1, least = 2 }",
	 55, "most is less than least"},
	{"lint = { \"clippy::x\" }", "source = { file = \"wrap.rs\" }", 55,
	 "\"wrap.rs\" is no C file"},
	{"lint = { \"clippy::x\" }", "source = { file = \"legacy.c\" }", 55,
	 "no file to edit \"legacy.c\""},
	{"\"clippy::x\"", "\"-Wall\"", 55,
	 "\"-Wall\" is a group of lints; name each"},
	{"\"clippy::x\"", "\"-Wno-shadow\"", 55, "not the name of a lint"},
	{"\"clippy::x\"", "\"-D\"", 55, "not the name of a lint"},
	{"lint = { \"clippy::x\" }", "forbid = \"forget\"", 55,
	 "\"forget\" is not the path of a function, a type or a macro"},
	{"lint = { \"clippy::x\" }", "forbid = \"a::b`\"", 55,
	 "is not the path"},
	{"lint = { \"clippy::x\" }", "forbid = \"a::b\", most = 1", 55,
	 "most goes with lint"},
	{"lint = { \"clippy::x\" }", "lint = \"x\", files = \"legacy.c\"", 55,
	 "no file to edit \"legacy.c\""},
	{"lint = { \"clippy::x\" }", "lint = \"x\", most = 101", 55,
	 "from 0 to 100"},
	{"case = \"negative\"", "files = \"wrap.rs\"", 47,
	 "files goes with lint and forbid"},
	{"\"clippy::x\"", "\"clippy x\"", 55, "not the name of a lint"},
	{"allow = \"warn\"", "allow = \"warning\"", 56,
	 "no kind of finding \"warning\""},
	{"findings = { allow = \"warn\" }", "findings = \"some\"", 56,
	 "allowed are \"none\" and"},
	/* variants */
	{"findings = { allow = \"warn\" }", "variant = \"onec\"", 56,
	 "there is no folder variant/onec/ (did you mean \"once\"?)"},
	{"findings = { allow = \"warn\" }", "variant = \"../try\"", 56,
	 "cannot be the name of a folder in variant/"},
	{"findings = { allow = \"warn\" }",
	 "variant = \"once\", expect = \"fail\"", 56, "expectation"},
	{"findings = { allow = \"warn\" }",
	 "variant = \"once\", code = \"E0308\"", 56,
	 "code asks for an error, and expect is \"pass\""},
	{"findings = { allow = \"warn\" }",
	 "findings = \"none\", expect = \"rejected\"", 56,
	 "expect goes with variant only"},
	{"findings = { allow = \"warn\" }", "variant = \"once\", log = \"x\"",
	 56, "both \"log\" and \"variant\""},
	/* hints and wrong answers */
	{"    suite = { \"first\"", "    siute = { \"first\"", 59,
	 "(did you mean \"suite\"?)"},
	{"E0308 = \"types\"", "E308 = \"types\"", 60, "nothing that hints"},
	{"E0308 = \"types\"", "E0308 = 3", 60,
	 "must be a string or a list of strings"},
	{"\"first\", \"second\"", "(\"x\"):rep(1001)", 59, "at most 1000"},
	{"[\"no-errno\"] = \"suite\"", "[\"no-errno\"] = \"siute\"", 66,
	 "did you mean \"suite\""},
	{"[\"no-errno\"]", "[\"noerrno\"]", 66,
	 "there is no folder wrong/noerrno/ (did you mean \"no-errno\"?); in "
	 "wrong/ there is: both, broken, no-errno"},
	{"[\"no-errno\"]", "[\"../wrong\"]", 66, "cannot be the name"},
	{"[\"no-errno\"] = \"suite\"", "[\"no-errno\"] = \"crash\"", 66,
	 "write { verdict = \"crash\" }"},
	{"verdict = \"build-failed\"", "verdict = \"pass\"", 67,
	 "verdict is \"pass\""},
	{"verdict = \"build-failed\"", "verdict = \"buildfailed\"", 67,
	 "(did you mean \"build-failed\"?); allowed are fail, build-failed"},
	{"verdict = \"build-failed\"", "", 67, "neither a check nor"},
	{"verdict = \"build-failed\"", "verdct = \"crash\"", 67,
	 "did you mean \"verdict\""},
};

static void try_mistake(const struct mistake *m)
{
	char *script = replaced(fixture_script, m->from, m->to);
	struct err e = ERR_INIT;
	char where[256];
	struct lesson l;

	put_file(script, "%s/lesson.lua", dir);
	if (lesson_load(&l, dir, &e) == 0)
		fail_msg("%s: accepted", m->to);
	assert_int_equal(e.code, ERR_LESSON);
	if (!strstr(e.what, m->what))
		fail_msg("%s: \"%s\" is not in \"%s\"", m->to, m->what, e.what);
	snprintf(where, sizeof(where), PLACE "/lesson.lua:%d", m->line);
	if (m->line == 0)
		snprintf(where, sizeof(where), PLACE "/lesson.lua");
	if (strcmp(e.where, where) != 0)
		fail_msg("%s: at %s, not %s", m->to, e.where, where);
	/* What is left may be released, or not. */
	assert_null(l.spec.id);
	lesson_release(&l);
	free(script);
}

static void test_mistakes(void **state)
{
	for (size_t i = 0; i < sizeof(mistakes) / sizeof(*mistakes); i++)
		try_mistake(&mistakes[i]);
}

static void test_no_required_check(void **state)
{
	char *script = replaced(fixture_script, "return lesson {",
				"local real = check\n"
				"local function check(id)\n"
				"  return function(t)\n"
				"    t.required, t.points = false, 1\n"
				"    return real(id)(t)\n"
				"  end\n"
				"end\n"
				"return lesson {");
	struct err e = ERR_INIT;
	struct lesson l;

	put_file(script, "%s/lesson.lua", dir);
	assert_int_equal(lesson_load(&l, dir, &e), -1);
	assert_non_null(strstr(e.what, "no check is required"));
	free(script);
}

static void load_with(struct lesson *l, const char *from, const char *to)
{
	char *script = replaced(fixture_script, from, to);

	put_file(script, "%s/lesson.lua", dir);
	free(script);
	load(l);
}

static void test_solution_after(void **state)
{
	struct lesson l;

	load(&l);
	assert_int_equal(l.solution_after, 5);
	lesson_release(&l);
	load_with(&l, "budget = 7", "solution_after = 0");
	assert_int_equal(l.solution_after, 0);
	lesson_release(&l);
}

static void test_races(void **state)
{
	struct lesson l;

	load(&l);
	assert_int_equal(l.spec.races.runs, 0);
	lesson_release(&l);
	load_with(&l, "budget = 7", "races = {}");
	assert_int_equal(l.spec.races.runs, 20);
	assert_int_equal(l.spec.races.pass, 20);
	lesson_release(&l);
	load_with(&l, "budget = 7", "races = { runs = 8, pass = 6 }");
	assert_int_equal(l.spec.races.runs, 8);
	assert_int_equal(l.spec.races.pass, 6);
	lesson_release(&l);
	/* On one CPU there is little to race. */
	load_with(&l, "machine = { cpus = 2, devices = { \"edu\" } }",
		  "races = {}");
	assert_int_equal(l.spec.machine.cpus, 2);
	lesson_release(&l);
	load_with(&l, "cpus = 2, devices = { \"edu\" } }",
		  "devices = { \"edu\" } }, races = {}");
	assert_int_equal(l.spec.machine.cpus, 2);
	lesson_release(&l);
}

static void test_swap(void **state)
{
	struct lesson l;

	load_with(&l, FILES,
		  BOTH "  swap = { c = \"legacy.c\", "
		       "rust = { \"wrap.rs\" } },\n");
	assert_int_equal(l.spec.swap.c.n, 1);
	assert_string_equal(l.spec.swap.c.v[0], "legacy.c");
	assert_string_equal(l.spec.swap.rust.v[0], "wrap.rs");
	assert_false(l.spec.swap.always);
	lesson_release(&l);
	load_with(&l, FILES,
		  BOTH "  swap = { c = \"legacy.c\", always = true, "
		       "rust = { \"wrap.rs\" } },\n");
	assert_true(l.spec.swap.always);
	lesson_release(&l);
}

static void test_missing_parts(void **state)
{
	struct err e = ERR_INIT;
	struct lesson l;
	char path[PATH_MAX + 128];

	snprintf(path, sizeof(path), "%s/text.md", dir);
	unlink(path);
	assert_int_equal(lesson_load(&l, dir, &e), -1);
	assert_int_equal(e.code, ERR_LESSON);
	assert_string_equal(e.what, "the lesson has no file text.md");
	snprintf(path, sizeof(path), "%s/lesson.lua", dir);
	unlink(path);
	assert_int_equal(lesson_load(&l, dir, &e), -1);
	assert_string_equal(e.what, "the lesson has no file lesson.lua");
	assert_string_equal(e.where, PLACE "/lesson.lua");
	assert_int_equal(lesson_load(&l, "/no/such/folder", &e), -1);
	assert_int_equal(e.code, ERR_LESSON);
}

static void test_symlinks(void **state)
{
	struct err e = ERR_INIT;
	struct lesson l;
	char path[PATH_MAX + 128];

	/* A lesson of somebody else's must not reach out of its folder. */
	snprintf(path, sizeof(path), "%s/solution/legacy.c", dir);
	unlink(path);
	assert_int_equal(symlink("/etc/passwd", path), 0);
	assert_int_equal(lesson_load(&l, dir, &e), -1);
	assert_string_equal(e.what,
			    "files: there is no file solution/legacy.c that is "
			    "a plain file, reached by no link");
}

static void test_too_large(void **state)
{
	struct err e = ERR_INIT;
	struct lesson l;
	char path[PATH_MAX + 128];

	snprintf(path, sizeof(path), "%s/lesson.lua", dir);
	assert_int_equal(truncate(path, LESSON_SCRIPT_MAX + 1), 0);
	assert_int_equal(lesson_load(&l, dir, &e), -1);
	assert_int_equal(e.code, ERR_LESSON);
	assert_string_equal(e.what, "larger than 256 KiB");
}

static void test_place(void **state)
{
	unsigned t, n;
	const char *slug;

	assert_true(
		lesson_place("/x/lessons/1-boundary/02-a-b", &t, &n, &slug));
	assert_int_equal(t, 1);
	assert_int_equal(n, 2);
	assert_string_equal(slug, "a-b");
	assert_true(lesson_place("4-x/10-y", &t, &n, &slug));
	assert_int_equal(n, 10);
	assert_false(lesson_place("/x/boundary/02-a", &t, &n, &slug));
	assert_false(lesson_place("/x/1-boundary/a", &t, &n, &slug));
	assert_false(lesson_place("/x/1-boundary/02-", &t, &n, &slug));
	assert_false(lesson_place("/x/1-boundary/02-A", &t, &n, &slug));
	assert_false(lesson_place("02-a", &t, &n, &slug));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, drop_tmp)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_fields),
		TEST(test_plan),
		TEST(test_rounds),
		TEST(test_checks),
		TEST(test_needs),
		TEST(test_patterns),
		TEST(test_rules),
		TEST(test_size_and_source),
		TEST(test_variants),
		TEST(test_abi),
		TEST(test_steps),
		TEST(test_signs),
		TEST(test_hints_and_wrong),
		TEST(test_sections),
		TEST(test_mistakes),
		TEST(test_no_required_check),
		TEST(test_solution_after),
		TEST(test_races),
		TEST(test_swap),
		TEST(test_missing_parts),
		TEST(test_symlinks),
		TEST(test_too_large),
		cmocka_unit_test(test_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
