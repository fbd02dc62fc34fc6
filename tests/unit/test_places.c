/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is said of the places that a finding has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "checker/buf.h"
#include "checker/finding.h"
#include "checker/places.h"

#include <string.h>

/* "file:line function"; NULL: it has no place. */
static void site(struct finding *f, enum site_role role, bool first,
		 const char *name, const char *file, unsigned line,
		 const char *function)
{
	struct finding_site s = {
		.role = role,
		.first = first,
		.name = (char *)name,
		.symbol = (char *)"fn+0x1/0x2 [ring]",
		.file = (char *)file,
		.line = line,
		.function = (char *)function,
	};

	assert_int_equal(finding_add_site(f, &s), 0);
}

static void frame(struct finding *f, bool first, const char *name,
		  const char *file, unsigned line, const char *function)
{
	site(f, SITE_FRAME, first, name, file, line, function);
}

static void make(struct finding *f, enum finding_kind kind, const char *title)
{
	*f = (struct finding){.kind = kind};
	f->title = strdup(title);
}

/* Release @f too. */
static void assert_told(struct finding *f, const char *want)
{
	struct buf b = BUF_INIT;

	places_tell(&b, f);
	assert_string_equal(buf_str(&b), want);
	buf_release(&b);
	finding_release(f);
}

static void assert_stuck(struct finding *f, const char *want)
{
	struct buf b = BUF_INIT;

	places_tell_stuck(&b, f);
	assert_string_equal(buf_str(&b), want);
	buf_release(&b);
	finding_release(f);
}

static void test_object(void **state)
{
	struct finding f;

	make(&f, FINDING_KASAN, "BUG: KASAN: slab-use-after-free in ring");
	frame(&f, true, NULL, "ring.rs", 12, "ring_rs::push");
	site(&f, SITE_ALLOCATED, true, NULL, NULL, 0, NULL);
	site(&f, SITE_ALLOCATED, false, NULL, "ring.c", 31, "ring_new");
	site(&f, SITE_FREED, true, NULL, "ring.c", 55, "ring_free");
	assert_told(&f, "It was allocated at ring.c:31 in ring_new, freed at "
			"ring.c:55 in ring_free and used at ring.rs:12 in "
			"ring_rs::push. ");

	make(&f, FINDING_KASAN, "BUG: KASAN: slab-out-of-bounds in ring");
	frame(&f, true, NULL, "ring.c", 12, "ring_get");
	frame(&f, false, NULL, "ring.rs", 7, "ring_rs::get");
	site(&f, SITE_ALLOCATED, true, NULL, "ring.c", 31, "ring_new");
	assert_told(&f, "It was allocated at ring.c:31 in ring_new and used "
			"at ring.c:12 in ring_get, which was called at "
			"ring.rs:7 in ring_rs::get. ");

	make(&f, FINDING_KASAN, "BUG: KASAN: double-free in kfree");
	frame(&f, true, "kfree", "ring.c", 60, "ring_free");
	site(&f, SITE_FREED, true, NULL, "ring.c", 55, "ring_drop");
	assert_told(&f, "It was freed at ring.c:55 in ring_drop and freed "
			"again at ring.c:60 in ring_free. ");

	/* Used in the kernel: who made and freed it is known all the same. */
	make(&f, FINDING_KASAN, "BUG: KASAN: slab-use-after-free in timer");
	site(&f, SITE_ALLOCATED, true, NULL, "ring.c", 31, "ring_new");
	site(&f, SITE_FREED, true, NULL, "ring.c", 55, "ring_free");
	assert_told(&f, "It was allocated at ring.c:31 in ring_new and freed "
			"at ring.c:55 in ring_free. ");
}

/* The line is told once: it stands with the finding. */
static void test_frame(void **state)
{
	struct finding f;

	make(&f, FINDING_OOPS, "Oops");
	f.file = strdup("ring.c");
	f.line = 8;
	frame(&f, true, "memcpy", "ring.c", 8, "ring_copy");
	assert_told(&f, "It happened in memcpy(), called by ring_copy. ");

	/* As its caller wrote it. */
	make(&f, FINDING_ATOMIC_SLEEP, "BUG: sleeping function");
	frame(&f, true, "__kmalloc_cache_noprof", "ring.c", 8, "ring_copy");
	assert_told(&f, "It happened in kmalloc(), called at ring.c:8 in "
			"ring_copy. ");
	make(&f, FINDING_ATOMIC_SLEEP, "BUG: sleeping function");
	frame(&f, true, "rust_helper_mutex_lock", "ring.rs", 8, "ring::f");
	assert_told(&f, "It happened in mutex_lock(), called at ring.rs:8 in "
			"ring::f. ");

	/* The report named another line, a macro's own frame, no caller. */
	make(&f, FINDING_RUST_PANIC, "panicked at ring.rs:9:1: oh");
	f.file = strdup("ring.rs");
	f.line = 9;
	frame(&f, true, "_RNvNtCs2lKf6AS60Zg_4core9panicking9panic_fmt",
	      "ring.rs", 8, "ring::Ring::init");
	frame(&f, false, NULL, "ring.rs", 3,
	      "ring::__module_init::__module_init::__init");
	assert_told(&f, "It happened at ring.rs:8 in ring::Ring::init. ");

	make(&f, FINDING_WARN, "WARNING");
	assert_told(&f, "");
	make(&f, FINDING_WARN, "WARNING");
	frame(&f, true, NULL, NULL, 0, NULL);
	assert_told(&f, "");

	make(&f, FINDING_LEAK, "3 objects");
	frame(&f, true, NULL, "ring.c", 7, "get");
	frame(&f, false, NULL, "ring.c", 7, "get");
	frame(&f, false, NULL, "ring.c", 14, "ring_init");
	assert_told(&f, "The allocation is at ring.c:7 in get, which was "
			"called at ring.c:14 in ring_init. ");
}

static void test_locks(void **state)
{
	struct finding f;

	make(&f, FINDING_LOCKDEP, "WARNING: possible circular locking");
	site(&f, SITE_WANTED, true, "first", "ring.c", 64, "backwards");
	site(&f, SITE_HELD, true, "second", "ring.c", 63, "backwards");
	site(&f, SITE_CHAIN, true, "second", NULL, 0, NULL);
	site(&f, SITE_CHAIN, false, NULL, "ring.c", 56, "forwards");
	frame(&f, true, "mutex_lock", "ring.c", 64, "backwards");
	assert_told(&f,
		    "It takes the lock first at ring.c:64 in backwards. The "
		    "lock second, which it holds, was taken at ring.c:63 in "
		    "backwards. Before, second was taken with another of them "
		    "held, at ring.c:56 in forwards. ");

	make(&f, FINDING_ATOMIC_SLEEP, "BUG: scheduling while atomic");
	site(&f, SITE_DISABLED, true, NULL, "ring.c", 9, "ring_irq");
	frame(&f, true, "msleep", "ring.c", 11, "ring_wait");
	assert_told(&f, "It happened in msleep(), called at ring.c:11 in "
			"ring_wait. Interrupts or preemption were disabled at "
			"ring.c:9 in ring_irq. ");
}

static void test_stuck(void **state)
{
	struct finding f;

	make(&f, FINDING_PANIC, "");
	frame(&f, true, NULL, "ring.c", 44, "ring_wait");
	assert_stuck(&f, "it loops in ring_wait (ring.c:44)");

	make(&f, FINDING_PANIC, "");
	frame(&f, true, "msleep", "ring.rs", 44, "ring::wait");
	assert_stuck(&f, "it was still in msleep(), called from ring::wait "
			 "(ring.rs:44)");

	make(&f, FINDING_PANIC, "");
	frame(&f, true, NULL, NULL, 0, NULL);
	assert_stuck(&f, "it loops in fn [ring]");

	make(&f, FINDING_PANIC, "");
	assert_stuck(&f, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_object),
		cmocka_unit_test(test_frame),
		cmocka_unit_test(test_locks),
		cmocka_unit_test(test_stuck),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
