/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A whole lesson, made in a folder below a temporary one. Include after
 * tmp_fixture.h.
 */
#ifndef TESTS_UNIT_LESSON_FIXTURE_H
#define TESTS_UNIT_LESSON_FIXTURE_H

static const char fixture_script[] =
	"-- SPDX-License-Identifier: GPL-2.0-or-later\n"	  /* 1 */
	"return lesson {\n"					  /* 2 */
	"  format = 1,\n"					  /* 3 */
	"  id = \"1.2\",\n"					  /* 4 */
	"  slug = \"rust-calls-c\",\n"				  /* 5 */
	"  title = \"Rust calls C, safely wrapped\",\n"		  /* 6 */
	"  minutes = 20,\n"					  /* 7 */
	"  needs = { \"1.1\" },\n"				  /* 8 */
	"  kernel = { \"7.3\" },\n"				  /* 9 */
	"  files = {\n"						  /* 10 */
	"    given = { \"legacy.c\", \"inc/legacy.h\", \"Makefile\" },\n"
	"    edit = { \"wrap.rs\" },\n"				  /* 12 */
	"  },\n"						  /* 13 */
	"  programs = { \"wrap_test\" },\n"			  /* 14 */
	"  machine = { cpus = 2, devices = { \"edu\" } },\n"	  /* 15 */
	"  budget = 7,\n"					  /* 16 */
	"  steps = {\n"						  /* 17 */
	"    read \"the-boundary\",\n"				  /* 18 */
	"    predict \"negative\" {\n"				  /* 19 */
	"      question = \"What?\",\n"				  /* 20 */
	"      choices = { \"this\", \"that\", \"it\" },\n"	  /* 21 */
	"      answer = 2,\n"					  /* 22 */
	"      why = \"So.\",\n"				  /* 23 */
	"    },\n"						  /* 24 */
	"    explore \"look\" { commands = \"lsmod\",\n"	  /* 25 */
	"      notice = \"the order\", section = \"the-boundary\" },\n"
	"    write \"the-wrapper\",\n"				  /* 27 */
	"    write \"again\" { checks = { \"clean\" } },\n"	  /* 28 */
	"  },\n"						  /* 29 */
	"  run = function(guest)\n"				  /* 30 */
	"    guest:insmod \"legacy.ko\"\n"			  /* 31 */
	"    guest:insmod(\"wrap.ko\", { level = 3, name = \"two words\",\n"
	"      a = { 1, 2 }, on = true, off = false })\n"	  /* 33 */
	"    guest:insmod(\"wrap.ko\", nil, { expect = \"EEXIST\" })\n"
	"    guest:run(\"wrap_test\", { \"-v\", 3 }, { expect = 1 })\n"
	"    guest:run(\"wrap_test\", {}, { as = \"second run\" })\n"
	"    guest:write(\"/dev/wrap\", \"hello\\n\", { expect = -22 })\n"
	"    guest:read \"/sys/kernel/debug/wrap/hits\"\n"	  /* 38 */
	"    guest:sleep(1500)\n"				  /* 39 */
	"    guest:rmmod \"wrap\"\n"				  /* 40 */
	"    guest:rmmod \"legacy\"\n"				  /* 41 */
	"    guest:leaks()\n"					  /* 42 */
	"  end,\n"						  /* 43 */
	"  checks = {\n"					  /* 44 */
	"    check \"loads\" { title = \"it loads\", job = \"insmod wrap.ko\" },\n"
	"    check \"suite\" { title = \"errors stay\", points = 3,\n"
	"      ktap = \"wrap_suite\", case = \"negative\" },\n"	  /* 47 */
	"    check \"prog\" { title = \"the program\", points = 0,\n"
	"      tap = \"second run\" },\n"			  /* 49 */
	"    check \"order\" { title = \"in order\", log = { \"legacy: a\", \"wrap: b\" } },\n"
	"    check \"quiet\" { title = \"silent\", absent = \"wrap: bye\",\n"
	"      job = \"rmmod wrap\", required = false, points = 2 },\n"
	"    check \"reads\" { title = \"hits\", output = \"2\",\n" /* 53 */
	"      job = \"read /sys/kernel/debug/wrap/hits\" },\n"	  /* 54 */
	"    check \"lints\" { title = \"argued\", lint = { \"clippy::x\" } },\n"
	"    check \"clean\" { title = \"no fault\", findings = { allow = \"warn\" } },\n"
	"  },\n"						  /* 57 */
	"  hints = {\n"						  /* 58 */
	"    suite = { \"first\", \"second\" },\n"		  /* 59 */
	"    E0308 = \"types\",\n"				  /* 60 */
	"    [\"held-lock\"] = { \"unlock\" },\n"		  /* 61 */
	"    unused_must_use = \"look at it\",\n"		  /* 62 */
	"    crash = \"oh\", start = \"begin\",\n"		  /* 63 */
	"  },\n"						  /* 64 */
	"  wrong = {\n"						  /* 65 */
	"    [\"no-errno\"] = \"suite\",\n"			  /* 66 */
	"    broken = { verdict = \"build-failed\" },\n"	  /* 67 */
	"    both = { check = \"clean\", verdict = \"crash\" },\n" /* 68 */
	"  },\n"						  /* 69 */
	"}\n";

static const char fixture_text[] =
	"# The lesson\n\nWelcome.\n\n"
	"## The boundary\n\nC on one side.\n\n```c\n## not this\n```\n\n"
	"### Deeper\n\nStill there.\n\n"
	"## What now? {#the-wrapper}\n\nWrite it.\n\n"
	"## Again\n\nOnce more.\n";

/* Replace the first @from in @text by @to; both are there exactly so. */
UNUSED static char *replaced(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);
	char *out;

	if (!at)
		fail_msg("the fixture has no \"%s\"", from);
	if (asprintf(&out, "%.*s%s%s", (int)(at - text), text, to,
		     at + strlen(from)) < 0)
		fail();
	return out;
}

/* Make @path with @text in it, and the folders that lead to it. */
UNUSED static void put_file(const char *text, const char *fmt, ...)
{
	char path[4096];
	va_list ap;
	FILE *f;

	va_start(ap, fmt);
	vsnprintf(path, sizeof(path), fmt, ap);
	va_end(ap);
	for (char *p = path + 1; (p = strchr(p, '/')); p++) {
		*p = '\0';
		mkdir(path, 0755);
		*p = '/';
	}
	f = fopen(path, "w");
	if (!f)
		fail_msg("cannot write %s", path);
	fputs(text, f);
	fclose(f);
}

/* The lesson of @script in folder @dir. */
UNUSED static void put_lesson(const char *dir, const char *script)
{
	put_file(script, "%s/lesson.lua", dir);
	put_file(fixture_text, "%s/text.md", dir);
	put_file("int legacy;\n", "%s/solution/legacy.c", dir);
	put_file("extern int legacy;\n", "%s/solution/inc/legacy.h", dir);
	put_file("obj-m += wrap.o\n", "%s/solution/Makefile", dir);
	put_file("// BEGIN SOLUTION\nfn it() {}\n// STUB\n// // TODO\n"
		 "// END SOLUTION\n", "%s/solution/wrap.rs", dir);
	put_file("int main(void) { return 0; }\n", "%s/tests/wrap_test.c",
		 dir);
	put_file("", "%s/wrong/no-errno/wrap.rs", dir);
	put_file("", "%s/wrong/broken/wrap.rs", dir);
	put_file("", "%s/wrong/both/wrap.rs", dir);
	put_file("", "%s/try/once/wrap.rs", dir);
	put_file("", "%s/variant/once/inc/legacy.h", dir);
}

#endif
