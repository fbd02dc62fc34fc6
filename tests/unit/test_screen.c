/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * screen and suites: objects of this compiler's making stand for modules.
 */
#include "tmp_fixture.h"

#include "checker/err.h"
#include "checker/screen.h"
#include "checker/stage.h"
#include "checker/suites.h"

static struct strv allowed;

/* Compile @text to x.o; false where there is no compiler for x86-64. */
static bool compile(const char *text)
{
	char out[PATH_MAX], in[PATH_MAX];
	int status = -1;
	pid_t pid;

#ifndef __x86_64__
	return false;
#endif
	put("x.c", text);
	snprintf(in, sizeof(in), "%s", in_tmp("x.c"));
	snprintf(out, sizeof(out), "%s", in_tmp("x.o"));
	pid = fork();
	if (pid == 0) {
		execlp("cc", "cc", "-O1", "-w", "-fno-pic", "-c", "-o", out, in,
		       (char *)NULL);
		_exit(127);
	}
	return waitpid(pid, &status, 0) == pid && status == 0;
}

static char *screened(const char *text)
{
	struct err e = ERR_INIT;
	struct buf why = BUF_INIT;
	int ret;

	if (!compile(text))
		skip();
	ret = screen_module(in_tmp("x.o"), "x.ko", &allowed, &why, &e);
	assert_true(ret >= 0);
	assert_int_equal(ret, why.len > 0);
	return why.len ? buf_steal(&why) : NULL;
}

static void refused(const char *text, const char *want)
{
	char *why = screened(text);

	if (!why || !strstr(why, want))
		fail_msg("\"%s\" is not in \"%s\"", want, why ? why : "");
	free(why);
}

static void passed(const char *text)
{
	char *why = screened(text);

	if (why)
		fail_msg("refused: %s", why);
}

static void test_taken(void **state)
{
	(void)state;
	refused("int register_module_notifier(void *);\n"
		"int f(void) { return register_module_notifier(0); }\n",
		"x.ko takes register_module_notifier from the kernel");
	passed("int register_reboot_notifier(void *);\n"
	       "int f(void) { return register_reboot_notifier(0); }\n");
	/* Its own, by that name, is no notifier of the kernel's. */
	passed("static int filp_open(void) { return 0; }\n"
	       "int (*p)(void) = filp_open;\n");
	assert_int_equal(strv_add(&allowed, "filp_open"), 0);
	passed("int filp_open(void); int f(void) { return filp_open(); }\n");
	strv_release(&allowed);
	refused("int filp_open(void); int f(void) { return filp_open(); }\n",
		"filp_open");
}

static void test_defined(void **state)
{
	(void)state;
	refused("void __asan_report_store1_noabort(void *p) {}\n",
		"x.ko has a __asan_report_store1_noabort of its own");
	refused("static __attribute__((used)) void __asan_store1(void *p) {}\n",
		"__asan_store1 of its own");
	refused("void rust_helper_mutex_lock(void) {}\n",
		"take a prefix of your own");
	assert_int_equal(strv_add(&allowed, "rust_helper_mutex_lock"), 0);
	passed("void rust_helper_mutex_lock(void) {}\n");
	strv_release(&allowed);
	/* Inline functions of the kernel's headers. */
	passed("static __attribute__((used)) void kasan_check(void) {}\n");
	passed("int __asan_gen_1 = 1;\n"
	       "int f(void) { return __asan_gen_1; }\n");
}

static void test_constructors(void **state)
{
	(void)state;
	refused("int x;\n"
		"static __attribute__((constructor)) void f(void) { x = 1; }\n",
		"a function in .init_array, which would run before");
	refused("void f(void) {}\n"
		"asm(\".pushsection .ctors.1, \\\"aw\\\"\\n.quad f\\n"
		".popsection\");\n",
		"a function in .ctors");
	passed("static __attribute__((constructor)) void f(void)\n"
	       "	asm(\"asan.module_ctor\");\n"
	       "int x; static void f(void) { x = 1; }\n");
}

#define THIS_MODULE                                                            \
	"struct list { void *next, *prev; };\n"                                \
	"struct module { int state; struct list list; char name[56]; };\n"     \
	"struct module __this_module\n"                                        \
	"	__attribute__((section(\".gnu.linkonce.this_module\")));\n"

static void test_list(void **state)
{
	(void)state;
	refused(THIS_MODULE "void *f(void) { return __this_module.list.next; }",
		"THIS_MODULE->list");
	refused(THIS_MODULE "void *f(void) { return &__this_module.list; }",
		"THIS_MODULE->list");
	refused(THIS_MODULE "void **p = &__this_module.list.prev;",
		"THIS_MODULE->list");
	passed(THIS_MODULE "char *f(void) { return __this_module.name; }");
	passed(THIS_MODULE "void *f(void) { return &__this_module; }\n"
			   "void *p = &__this_module;\n");
	passed(THIS_MODULE "int f(void) { return __this_module.state; }");
}

static void test_no_module(void **state)
{
	struct err e = ERR_INIT;
	struct buf why = BUF_INIT;

	(void)state;
	put("x.o", "\177ELF is all that there is");
	assert_int_equal(
		screen_module(in_tmp("x.o"), "x.ko", &allowed, &why, &e), 1);
	assert_string_equal(buf_str(&why), "x.ko is not a module");
	buf_release(&why);
	assert_int_equal(
		screen_module(in_tmp("none"), "x.ko", &allowed, &why, &e), -1);
	assert_int_equal(e.code, ERR_ENV);
}

static void source(const char *text, const char *want)
{
	struct err e = ERR_INIT;
	struct buf why = BUF_INIT;

	put("x.c", text);
	assert_int_equal(screen_source(in_tmp("x.c"), "x.c", &why, &e), !!want);
	if (want && !strstr(buf_str(&why), want))
		fail_msg("\"%s\" is not in \"%s\"", want, buf_str(&why));
	buf_release(&why);
}

static void test_source(void **state)
{
	(void)state;
	source("a\n\n__no_sanitize_address int f;\n", "x.c:3 switches");
	source("KASAN_SANITIZE := n\n", "x.c:1 switches");
	source("CFLAGS_REMOVE_x.o = -g\n", "(CFLAGS_REMOVE)");
	source("noinstr void f(void);\n", "(noinstr)");
	source("void noinstruction(void); int my_noinstr;\n", NULL);
	source("int sanitize(void);\n", NULL);
	source("obj-m := x.o\nCFLAGS_x.o := -DX\n", NULL);
}

#define SUITE                                                                  \
	"struct suite { char name[256]; void *more[8]; };\n"                   \
	"static struct suite a = {\"first\"}, b = {\"second\"};\n"             \
	"static struct suite *s[] __attribute__((used, "                       \
	"section(\".kunit_test_suites\"))) = {&a, &b};\n"

static void test_suites(void **state)
{
	struct err e = ERR_INIT;
	struct strv names = STRV_INIT;

	(void)state;
	if (!compile(SUITE))
		skip();
	assert_int_equal(suites_read(&names, in_tmp("x.o"), &e), 0);
	assert_int_equal(names.n, 2);
	assert_string_equal(names.v[0], "first");
	assert_string_equal(names.v[1], "second");
	strv_release(&names);
	assert_true(compile("int x = 1;\n"));
	assert_int_equal(suites_read(&names, in_tmp("x.o"), &e), 0);
	assert_int_equal(names.n, 0);
	put("x.o", "no ELF");
	assert_int_equal(suites_read(&names, in_tmp("x.o"), &e), 0);
	assert_int_equal(suites_read(&names, in_tmp("none"), &e), -1);
}

/* A link that leads out of the stage is not followed, wherever it stands. */
static void test_stage_has(void **state)
{
	(void)state;
	put("secret", "x\n");
	mkdir(in_tmp("stage"), 0755);
	mkdir(in_tmp("stage/.guest"), 0755);
	put("stage/.guest/x.ko", "x\n");
	assert_true(stage_has(in_tmp("stage"), ".guest/x.ko"));
	assert_false(stage_has(in_tmp("stage"), ".guest/y.ko"));
	assert_false(stage_has(in_tmp("stage"), ".guest"));
	symlink("../../secret", in_tmp("stage/.guest/out.ko"));
	assert_false(stage_has(in_tmp("stage"), ".guest/out.ko"));
	symlink("/etc/passwd", in_tmp("stage/.guest/abs.ko"));
	assert_false(stage_has(in_tmp("stage"), ".guest/abs.ko"));
	symlink(tmp, in_tmp("stage/dir"));
	assert_false(stage_has(in_tmp("stage"), "dir/secret"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TMP_TEST(test_taken),	     TMP_TEST(test_defined),
		TMP_TEST(test_constructors), TMP_TEST(test_list),
		TMP_TEST(test_no_module),    TMP_TEST(test_source),
		TMP_TEST(test_suites),	     TMP_TEST(test_stage_has),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
