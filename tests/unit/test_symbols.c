/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From symbols to lines, in a module that the host's compiler makes here: a
 * .ko is a relocatable object, whoever compiled it. tests/boot/75-places.t
 * does it with the kernel's own.
 */
#include "tmp_fixture.h"

#include "checker/buf.h"
#include "checker/proc.h"
#include "checker/symbols.h"

#include <signal.h>

/* A symbol of that name behind the call on the same line. */
#define HERE(name) " __asm__ volatile(\".globl " name "\\n" name ":\");\n"

/* The line of each is told: tests count on it. */
static const char ring_c[] = "#include \"ring.h\"\n" /* 1 */
			     "void *ring_new(void) NOINLINE;\n" /* 2 */
			     "void ring_put(int *) NOINLINE;\n" /* 3 */
			     "static int both(int) NOINLINE;\n" /* 4 */
			     "void *ring_new(void)\n" /* 5 */
			     "{\n" /* 6 */
			     "	char *p = kmalloc(24);" HERE("at_new") /* 7 */
	"	*p = 1; return p;\n" /* 8 */
	"}\n" /* 9 */
	"void ring_put(int *p)\n" /* 10 */
	"{\n" /* 11 */
	"	poke(p);\n" /* 12 */
	"	kfree(p);" HERE("at_free") /* 13 */
	"}\n" /* 14 */
	"static int both(int n)\n" /* 15 */
	"{\n" /* 16 */
	"	return outside(n) + 1;\n" /* 17 */
	"}\n" /* 18 */
	"int ring_all(int n)\n" /* 19 */
	"{\n" /* 20 */
	"	ring_new();" HERE("at_all") /* 21 */
	"	ring_put(&n);\n" /* 22 */
	"	return both(n) * 3;\n" /* 23 */
	"}\n"; /* 24 */
static const char other_c[] =
	"#include \"ring.h\"\n" /* 1 */
	"static int both(int n) NOINLINE;\n" /* 2 */
	"static int both(int n)\n" /* 3 */
	"{\n" /* 4 */
	"	return outside(n) + outside(n + 1) + outside(n * 7);\n"
	"}\n" /* 6 */
	"int other_both(int n)\n" /* 7 */
	"{\n" /* 8 */
	"	return both(n) * 5;\n" /* 9 */
	"}\n"; /* 10 */
/* None of the learner's files. */
static const char ring_h[] =
	"#define NOINLINE __attribute__((noinline, noclone))\n"
	"void *kmalloc(unsigned long);\n"
	"void kfree(void *);\n"
	"int outside(int);\n"
	"static inline __attribute__((always_inline)) void poke(int *p)\n"
	"{\n"
	"	*p = outside(*p);" HERE("at_poke") "}\n";

#define MODULE "[ring_ko]"
#define BASE   0xffffffffa0123000ull

static struct strv files = STRV_INIT;
static struct symbols *symbols;
static struct place places[PLACES_MAX];
static char names[65536]; /* nm's */

static void run(char *out, size_t cap, const char *const *argv)
{
	struct proc_spec spec = PROC_SPEC_INIT;
	struct proc_result r;

	spec.argv = argv;
	spec.merge = true;
	spec.out_max = 1 << 20;
	assert_int_equal(proc_run(&r, &spec, NULL), 0);
	if (r.end != PROC_EXITED || r.status != 0)
		fail_msg("%s: %s", argv[0], buf_str(&r.out));
	if (out)
		snprintf(out, cap, "%s", buf_str(&r.out));
	proc_result_release(&r);
}

static void compile(const char *source, const char *object)
{
	char map[PATH_MAX + 64];

	/* As the compilers in the box see it. */
	snprintf(map, sizeof(map), "-ffile-prefix-map=%s=/kiln/work", tmp);
	run(NULL, 0,
	    (const char *const[]){"cc", "-g", "-O1", "-fno-pic", "-w",
				  "-fcf-protection=none", "-mcmodel=kernel",
				  map, "-c", "-o", in_tmp(object),
				  in_tmp(source), NULL});
}

static int make_module(void **state)
{
	make_tmp(state);
	put("ring.c", ring_c);
	put("other.c", other_c);
	put("ring.h", ring_h);
	compile("ring.c", "ring.o");
	compile("other.c", "other.o");
	run(NULL, 0,
	    (const char *const[]){"ld", "-r", "-o", in_tmp("ring-ko.ko"),
				  in_tmp("ring.o"), in_tmp("other.o"), NULL});
	run(names, sizeof(names),
	    (const char *const[]){"nm", in_tmp("ring-ko.ko"), NULL});
	assert_int_equal(strv_add(&files, "ring.c"), 0);
	assert_int_equal(strv_add(&files, "other.c"), 0);
	symbols = symbols_new(tmp, &files);
	return symbols ? 0 : -1;
}

static int drop_module(void **state)
{
	symbols_free(symbols);
	strv_release(&files);
	files = (struct strv)STRV_INIT;
	return drop_tmp(state);
}

#define MODULE_TEST(name)                                                      \
	cmocka_unit_test_setup_teardown(name, make_module, drop_module)

static void assert_place(size_t i, const char *file, unsigned line,
			 const char *function)
{
	assert_string_equal(places[i].file, file);
	assert_int_equal(places[i].line, line);
	assert_string_equal(places[i].function, function);
}

static size_t ask(const char *symbol, bool exact)
{
	return symbols_places(symbols, places, symbol, exact);
}

/* What stands behind a call is the call's; the module is "ring-ko.ko". */
static void test_calls(void **state)
{
	assert_int_equal(ask("at_new+0x0/0x20 " MODULE, false), 1);
	assert_place(0, "ring.c", 7, "ring_new");
	assert_int_equal(ask("at_free+0x0/0x20 " MODULE, false), 1);
	assert_place(0, "ring.c", 13, "ring_put");
	assert_int_equal(ask("ring_new+0x0/0x20 " MODULE, true), 1);
	assert_place(0, "ring.c", 6, "ring_new");
}

/* The header is not the learner's: it is who called. */
static void test_inlined(void **state)
{
	struct strv all = STRV_INIT;
	struct symbols *s;

	assert_int_equal(ask("at_poke+0x0/0x20 " MODULE, false), 1);
	assert_place(0, "ring.c", 12, "ring_put");
	/* And if it is, both are told, innermost first. */
	strv_add(&all, "ring.c");
	strv_add(&all, "ring.h");
	s = symbols_new(tmp, &all);
	assert_int_equal(
		symbols_places(s, places, "at_poke+0x0/0x20 " MODULE, false),
		2);
	assert_place(0, "ring.h", 7, "poke");
	assert_place(1, "ring.c", 12, "ring_put");
	symbols_free(s);
	strv_release(&all);
}

/* Two functions of one name: the size in the log tells which. */
static void test_ambiguous(void **state)
{
	unsigned found = 0, of_ring = 0;
	char symbol[64];

	assert_int_equal(ask("both+0x1/0xfff " MODULE, true), 0);
	for (unsigned size = 0; size < 0x200; size++) {
		snprintf(symbol, sizeof(symbol), "both+0x1/0x%x " MODULE, size);
		if (ask(symbol, true) == 0)
			continue;
		found++;
		of_ring += strcmp(places[0].file, "ring.c") == 0;
		assert_string_equal(places[0].function, "both");
	}
	assert_int_equal(found, 2);
	assert_int_equal(of_ring, 1);
}

static void test_unknown(void **state)
{
	static const char *const odd[] = {
		"",
		"+",
		"[",
		"]",
		"at_new",
		"at_new+0x0/0x20",
		"at_new+0x0/0x20 []",
		"at_new+0x0/0x20 [other]",
		"at_new+0x0/0x20 [../ring_ko]",
		"no_such+0x0/0x20 " MODULE,
		"at_new+0xffffffffffff/0x20 " MODULE,
		"kmalloc+0x1/0x2 " MODULE,
	};

	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++)
		if (ask(odd[i], false) != 0)
			fail_msg("\"%s\" has a place", odd[i]);
}

static uint64_t value_of(const char *name)
{
	char want[64];
	const char *p;

	snprintf(want, sizeof(want), " T %s\n", name);
	p = strstr(names, want);
	assert_non_null(p);
	assert_true(p >= names + 16);
	return strtoull(p - 16, NULL, 16);
}

/* A stack whose module is gone: where it was is found by its calls. */
static void test_gone(void **state)
{
	struct gone_frame f[2] = {
		{.address = BASE + value_of("at_new")},
		{.address = BASE + value_of("at_all")},
	};

	symbols_gone(symbols, f, 2, "kmalloc");
	assert_int_equal(ask(f[0].symbol, false), 1);
	assert_place(0, "ring.c", 7, "ring_new");
	assert_int_equal(ask(f[1].symbol, false), 1);
	assert_place(0, "ring.c", 21, "ring_all");

	/* Without a name any function of the kernel's will do. */
	symbols_gone(symbols, f, 2, NULL);
	assert_int_equal(ask(f[0].symbol, false), 1);
	assert_place(0, "ring.c", 7, "ring_new");

	/* That call is not of kfree(), and a byte on there is none. */
	symbols_gone(symbols, f, 2, "kfree");
	assert_string_equal(f[0].symbol, "");
	f[0].address++;
	symbols_gone(symbols, f, 2, NULL);
	assert_string_equal(f[0].symbol, "");
	/* Nor has the caller a line, if no call ends there. */
	f[0].address--;
	f[1].address++;
	symbols_gone(symbols, f, 2, "kmalloc");
	assert_string_not_equal(f[0].symbol, "");
	assert_string_equal(f[1].symbol, "");
	f[1].address--;
	/* The caller alone calls nothing of the kernel's. */
	symbols_gone(symbols, f + 1, 1, NULL);
	assert_string_equal(f[1].symbol, "");
}

/* Whatever stands there instead of a module: no place, and no crash. */
static void test_damaged(void **state)
{
	struct buf ko = BUF_INIT, part = BUF_INIT;

	assert_int_equal(
		buf_read_file(&ko, in_tmp("ring-ko.ko"), 1 << 24, NULL), 0);
	for (size_t len = 0; len < ko.len; len += ko.len / 40) {
		struct symbols *s = symbols_new(tmp, &files);

		buf_clear(&part);
		buf_add(&part, ko.data, len);
		buf_adds(&part, "");
		assert_int_equal(
			buf_write_file(&part, in_tmp("ring-ko.ko"), 0644, NULL),
			0);
		symbols_places(s, places, "at_new+0x0/0x20 " MODULE, false);
		symbols_free(s);
	}
	buf_release(&ko);
	buf_release(&part);
}

static int says_hello(int fd, void *arg)
{
	return write(fd, arg, strlen(arg)) > 0 ? 0 : -1;
}

static int crashes(int fd, void *arg)
{
	says_hello(fd, (void *)"half an answer");
	raise(SIGSEGV);
	return 0;
}

static int never_ends(int fd, void *arg)
{
	pause();
	return 0;
}

static int fails(int fd, void *arg)
{
	return -1;
}

static int floods(int fd, void *arg)
{
	while (says_hello(fd, (void *)"and on and on and on\n") == 0)
		;
	return -1;
}

static void test_guard(void **state)
{
	struct buf b = {.max = 1000};

	assert_int_equal(proc_guard(&b, 5000, says_hello, (void *)"hello"), 0);
	assert_string_equal(buf_str(&b), "hello");
	assert_int_equal(proc_guard(&b, 5000, crashes, NULL), -1);
	assert_int_equal(proc_guard(&b, 5000, fails, NULL), -1);
	assert_int_equal(proc_guard(&b, 50, never_ends, NULL), -1);
	assert_int_equal(proc_guard(&b, 5000, floods, NULL), -1);
	buf_release(&b);
	/* None of them is left behind. */
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		MODULE_TEST(test_calls),      MODULE_TEST(test_inlined),
		MODULE_TEST(test_ambiguous),  MODULE_TEST(test_unknown),
		MODULE_TEST(test_gone),	      MODULE_TEST(test_damaged),
		cmocka_unit_test(test_guard),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
