/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The places that reports name, read from the real logs in tests/golden. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "checker/buf.h"
#include "checker/klog.h"
#include "checker/leaks.h"
#include "checker/splat.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const roles[SITE_NROLES] = {
	[SITE_FRAME] = "frame",	    [SITE_ALLOCATED] = "allocated",
	[SITE_FREED] = "freed",	    [SITE_WANTED] = "wanted",
	[SITE_HELD] = "held",	    [SITE_CHAIN] = "chain",
	[SITE_EARLIER] = "earlier", [SITE_DISABLED] = "disabled",
};

/* A line for each: "role[ name]: symbol[ exact]"; "  " within a stack. */
static void list(struct buf *b, const struct finding *f)
{
	for (size_t i = 0; i < f->nsites; i++) {
		const struct finding_site *s = &f->sites[i];

		buf_addf(b, "%s%s%s%s: %s%s\n", s->first ? "" : "  ",
			 roles[s->role], s->name ? " " : "",
			 s->name ? s->name : "", s->symbol,
			 s->exact ? " exact" : "");
	}
}

static struct klog *read_log(const char *text, size_t len)
{
	struct klog *k = klog_new(NULL, 1);

	assert_non_null(k);
	klog_feed(k, text, len);
	klog_finish(k);
	return k;
}

/* The sites of the first finding in a log. */
static void assert_sites_of(const char *text, size_t len, const char *want)
{
	struct klog *k = read_log(text, len);
	struct buf b = BUF_INIT;
	size_t n;
	const struct finding *f = klog_findings(k, &n);

	assert_true(n > 0);
	list(&b, f);
	assert_string_equal(buf_str(&b), want);
	buf_release(&b);
	klog_free(k);
}

static void assert_golden(const char *name, const char *want)
{
	struct buf log = BUF_INIT;
	char path[256];

	snprintf(path, sizeof(path), "tests/golden/%s.log", name);
	assert_int_equal(buf_read_file(&log, path, 1 << 20, NULL), 0);
	assert_sites_of(log.data, log.len, want);
	buf_release(&log);
}

static void assert_sites(const char *text, const char *want)
{
	assert_sites_of(text, strlen(text), want);
}

static void test_kasan(void **state)
{
	assert_golden("kasan-use-after-free",
		      "frame: give_and_take+0x87/0x90 [bad]\n"
		      "  frame: init_module+0x15/0x30 [bad]\n"
		      "allocated: give_and_take+0x45/0x90 [bad]\n"
		      "  allocated: init_module+0x15/0x30 [bad]\n"
		      "freed: give_and_take+0x55/0x90 [bad]\n"
		      "  freed: init_module+0x15/0x30 [bad]\n");
	assert_golden("kasan-double-free",
		      "frame kfree: give_back_twice+0x55/0x60 [bad]\n"
		      "  frame: init_module+0x15/0x20 [bad]\n"
		      "allocated: give_back_twice+0x42/0x60 [bad]\n"
		      "  allocated: init_module+0x15/0x20 [bad]\n"
		      "freed: give_back_twice+0x4d/0x60 [bad]\n"
		      "  freed: init_module+0x15/0x20 [bad]\n");
	/* The fault itself, not what follows a call. */
	assert_golden("kasan-null-read",
		      "frame: init_module+0x2b/0x60 [bad] exact\n");
	assert_golden("oops-null-call", "frame: init_module+0x3e/0x50 [bad]\n");
}

static void test_locks(void **state)
{
	assert_golden("lockdep-circular",
		      "wanted left: right_first+0x20/0x40 [bad]\n"
		      "held right: right_first+0x12/0x40 [bad]\n"
		      "chain right: left_first+0x20/0x40 [bad]\n"
		      "  chain: init_module+0x15/0x20 [bad]\n"
		      "frame mutex_lock_nested: right_first+0x20/0x40 [bad]\n"
		      "  frame: init_module+0x1a/0x20 [bad]\n");
	assert_golden("lockdep-recursive-mutex",
		      "wanted lock: init_module+0x30/0x40 [bad]\n"
		      "held lock: init_module+0x26/0x40 [bad]\n"
		      "frame mutex_lock_nested: init_module+0x30/0x40 [bad]\n");
	assert_golden("held-mutex", "held lock: init_module+0x1e/0x30 [bad]\n");
	assert_golden("held-worker", "held lock: fn+0x10/0x20 [bad]\n");
	assert_golden("bad-unlock-mutex",
		      "frame mutex_unlock: init_module+0x1c/0x20 [bad]\n");
	assert_golden(
		"atomic-kmalloc",
		"disabled: init_module+0x62/0xb0 [bad]\n"
		"frame __kmalloc_cache_noprof: init_module+0x95/0xb0 [bad]\n");
	assert_golden("held-spinlock",
		      "frame: init_module+0x0/0x20 [bad] exact\n");
}

/* What stands above the module's code only tells of it. */
static void test_reporters(void **state)
{
	assert_golden("ubsan-shift", "frame: bit+0x2f/0x40 [bad]\n"
				     "  frame: init_module+0x1a/0x30 [bad]\n");
	assert_golden("bug", "frame: must_be_small+0xb/0x10 [bad] exact\n"
			     "  frame: init_module+0x1a/0x20 [bad]\n");
	assert_golden(
		"leak-cache",
		"frame kmem_cache_destroy: init_module+0xcf/0x110 [bad]\n");
	assert_golden("soft-lockup",
		      "frame: init_module+0xa4/0xc0 [bad] exact\n");
}

/* Names as lockdep tells classes apart; an interrupt in the stack. */
static void test_forms(void **state)
{
	assert_sites("WARNING: inconsistent lock state\n"
		     "insmod/35 [HC0[0]:SC0[0]:HE1:SE1] takes:\n"
		     "ffffffffa0201098 (&x->lock#2/1){+.?.}-{3:3}, at: "
		     "late+0x6f/0x80 [bad]\n"
		     "{IN-SOFTIRQ-W} state was registered at:\n"
		     "  lock_acquire+0xe2/0x1e0\n"
		     "  fired+0x10/0x20 [bad]\n"
		     "irq event stamp: 471\n"
		     "stack backtrace:\n",
		     "wanted &x->lock: late+0x6f/0x80 [bad]\n"
		     "earlier: fired+0x10/0x20 [bad]\n");
	assert_sites("BUG: sleeping function called from invalid context at "
		     "kernel/locking/mutex.c:623\n"
		     "hardirqs last disabled at (470): [<ffffffff81f29fea>] "
		     "off+0x1a/0x60 [bad]\n"
		     "Preemption disabled at:\n"
		     "[<ffffffffa0000010>] pre+0x10/0x20 [bad]\n"
		     "Call Trace:\n"
		     " <TASK>\n"
		     " dump_stack+0x10/0x12\n"
		     " asm_sysvec_apic_timer_interrupt+0x1b/0x20\n"
		     " loops+0x8/0x20 [bad]\n",
		     "disabled: off+0x1a/0x60 [bad]\n"
		     "disabled: pre+0x10/0x20 [bad]\n"
		     "frame: loops+0x8/0x20 [bad] exact\n");
}

/* At its first instruction a function has no frame of its own yet. */
static void test_top(void **state)
{
	static const char text[] =
		"Kernel panic - not syncing: NMI: Not continuing\n"
		"Call Trace:\n <NMI>\n nmi_panic+0x184/0x1a0\n"
		" end_repeat_nmi+0xf/0x18\n"
		"RIP: 0010:rust_helper_cpu_relax+0x0/0x10\n"
		"Code: Unable to access opcode bytes at 0xffffffff9fffffe8.\n"
		" ? rust_helper_cpu_relax+0x0/0x10\n </NMI>\n <TASK>\n"
		" ? init_module+0x135/0x1000 [bad_rs]\n"
		" ? stale+0x1/0x2 [bad_rs]\n"
		" do_one_initcall+0x184/0x360\n"
		" ? later+0x1/0x2 [bad_rs]\n"
		" </TASK>\n";

	assert_sites(text, "frame rust_helper_cpu_relax: "
			   "init_module+0x135/0x1000 [bad_rs]\n");
	/* Elsewhere it may be anything's. */
	assert_sites("Kernel panic - not syncing: oh\nCall Trace:\n <TASK>\n"
		     " ? init_module+0x135/0x1000 [bad_rs]\n </TASK>\n",
		     "");
	assert_sites("Kernel panic - not syncing: oh\n"
		     "RIP: 0010:delay_tsc+0x30/0x60\nCall Trace:\n <TASK>\n"
		     " ? init_module+0x135/0x1000 [bad_rs]\n </TASK>\n",
		     "");
}

/* No more than there is room for, and no list that grows with the log. */
static void test_many(void **state)
{
	struct buf log = BUF_INIT;
	struct klog *k;
	size_t n;

	buf_adds(&log, "BUG: sleeping function called from invalid context at "
		       "a.c:1\nCall Trace:\n");
	for (int i = 0; i < 100; i++)
		buf_addf(&log, " fn%d+0x1/0x2 [bad]\n", i);
	k = read_log(log.data, log.len);
	assert_int_equal(klog_findings(k, &n)->nsites, SPLAT_SITES);
	klog_free(k);
	buf_release(&log);
}

static void assert_stack(const char *text, const char *want)
{
	struct finding f = {.title = NULL};
	struct buf b = BUF_INIT;

	assert_int_equal(stack_sites(&f, text), 0);
	list(&b, &f);
	assert_string_equal(buf_str(&b), want);
	buf_release(&b);
	finding_release(&f);
}

static void test_proc_stack(void **state)
{
	assert_stack("", "");
	assert_stack("[<0>] irqentry_exit+0x10a/0x350\n"
		     "[<0>] asm_sysvec_apic_timer_interrupt+0x1b/0x20\n"
		     "[<0>] init_module+0x10/0x20 [bad]\n"
		     "[<0>] do_one_initcall+0x184/0x360\n",
		     "frame: init_module+0x10/0x20 [bad] exact\n");
	assert_stack("[<0>] msleep+0xb5/0x110\n"
		     "[<0>] init_module+0x1a/0x20 [bad]\n",
		     "frame msleep: init_module+0x1a/0x20 [bad]\n");
	/* What a program printed before, and the stack that matters most. */
	assert_stack("[<0>] forged+0x1/0x2 [bad]\n"
		     "ok 1\n"
		     "[<0>] kunit_try_catch_run+0x150/0x660\n"
		     "another task:\n"
		     "[<0>] bad_answer+0x8/0x20 [bad]\n",
		     "frame: bad_answer+0x8/0x20 [bad]\n");
}

static void test_leaks(void **state)
{
	static const char text[] =
		"kmalloc-64       3 0xffffffffa0000091 age=420/420/420 pid=35\n"
		"        0xffffffffa0000091\n"
		"        0xffffffffa0000025\n"
		"        do_one_initcall+0x184/0x360\n"
		"        0xffffffffa0000099\n\n"
		"kmalloc-1k       1 rust_helper_krealloc+0x9/0x10 age=4 pid=3\n"
		"        krealloc_node_align_noprof+0x192/0x310\n"
		"        rust_helper_krealloc+0x9/0x10\n"
		"        0xffffffffa00002d7\n"
		"        other+0x1/0x2 [still]\n\n";
	struct buf b = BUF_INIT;
	struct finding *f;
	size_t n;

	assert_int_equal(leaks_parse(&f, &n, text), 0);
	assert_int_equal(n, 2);
	for (size_t i = 0; i < n; i++) {
		list(&b, &f[i]);
		assert_int_equal(f[i].kind, FINDING_LEAK);
		assert_non_null(f[i].explain);
	}
	assert_string_equal(buf_str(&b),
			    "frame: 0xffffffffa0000091\n"
			    "  frame: 0xffffffffa0000025\n"
			    "frame rust_helper_krealloc: 0xffffffffa00002d7\n"
			    "  frame: other+0x1/0x2 [still]\n");
	assert_string_equal(f[0].title,
			    "3 objects from kmalloc-64 were never freed");
	assert_string_equal(f[1].title,
			    "1 object from kmalloc-1k was never freed "
			    "(allocated by rust_helper_krealloc)");
	for (size_t i = 0; i < n; i++)
		finding_release(&f[i]);
	free(f);
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kasan),	   cmocka_unit_test(test_locks),
		cmocka_unit_test(test_reporters),  cmocka_unit_test(test_forms),
		cmocka_unit_test(test_top),	   cmocka_unit_test(test_many),
		cmocka_unit_test(test_proc_stack), cmocka_unit_test(test_leaks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
