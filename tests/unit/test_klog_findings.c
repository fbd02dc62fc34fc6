/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/klog.h"
#include "klog_logs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* One a line: "kind | title | symbol | file:line". */
static char *findings(const char *log)
{
	struct klog *k = klog_new(NULL, 0);
	const struct finding *f;
	char *text = NULL;
	size_t size, n;
	FILE *out;

	assert_non_null(k);
	klog_feed(k, log, strlen(log));
	klog_finish(k);
	out = open_memstream(&text, &size);
	f = klog_findings(k, &n);
	for (size_t i = 0; i < n; i++) {
		fprintf(out, "%s | %s | %s | ", finding_name(f[i].kind),
			f[i].title, f[i].symbol ? f[i].symbol : "-");
		fprintf(out, "%s:%u\n", f[i].file ? f[i].file : "-",
			f[i].line);
		assert_in_range(f[i].log_line, 1, f[i].log_end);
		assert_in_range(f[i].log_end, 1, klog_total_lines(k));
		assert_non_null(f[i].explain);
	}
	fclose(out);
	klog_free(k);
	return text;
}

struct row {
	const char *log;
	const char *want;
};

static void check_rows(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char *got = findings(rows[i].log);

		if (strcmp(got, rows[i].want) != 0)
			fail_msg("row %zu:\n%s---- wanted:\n%s---- log:\n%s",
				 i, got, rows[i].want, rows[i].log);
		free(got);
	}
}

#define CHECK(rows) check_rows(rows, sizeof(rows) / sizeof(*(rows)))

#define AT "wrap_read+0x1c/0x40 [wrap]"
#define OTHER "wrap_write+0x8/0x30 [wrap]"

static void each_kind(void **state)
{
	static const struct row rows[] = {
		{KASAN("slab-out-of-bounds", "42", AT),
		 "kasan | BUG: KASAN: slab-out-of-bounds in wrap_read [wrap] | "
		 AT " | -:0\n"},
		/* A Rust double free is reported inside the allocator. */
		{EQUALS "BUG: KASAN: double-free in krealloc+0x55/0x60\n"
		 "Free of addr ffff888005e7a010 by task insmod/42\n\n"
		 CPU_LINE("42") TRACE(AT) EQUALS,
		 "kasan | BUG: KASAN: double-free in krealloc | " AT
		 " | -:0\n"},
		/* Who allocated it did nothing wrong. */
		{EQUALS "BUG: KASAN: slab-use-after-free in kthread+0x1/0x2\n"
		 "Read of size 4 at addr ffff888005e7a010 by task kthread/7\n"
		 "\n" CPU_LINE("7") TRACE("ret_from_fork+0x1/0x2") "\n"
		 "Allocated by task 9:\n maker+0x10/0x20 [wrap]\n" EQUALS,
		 "kasan | BUG: KASAN: slab-use-after-free in kthread | "
		 "kthread+0x1/0x2 | -:0\n"},
		{UBSAN("array-index-out-of-bounds in wrap.c:24:36", "42", AT),
		 "ubsan | UBSAN: array-index-out-of-bounds in wrap.c:24:36: "
		 "index 7 is out of range for type 'int[4]' | "
		 AT " | wrap.c:24\n"},
		{LOCKDEP("WARNING: possible circular locking dependency "
			 "detected", "42",
			 "insmod/42 is trying to acquire lock:\n"
			 "ffffffffa0202540 (a){+.+.}-{4:4}, at: " AT "\n"
			 "\nbut task is already holding lock:\n"),
		 "lockdep | WARNING: possible circular locking dependency "
		 "detected | wrap_init+0x2a/0x60 [wrap] | -:0\n"},
		{LOCKDEP("WARNING: suspicious RCU usage", "42",
			 "wrap.c:33 suspicious rcu_dereference_check() usage!\n"
			 "\nother info that might help us debug this:\n\n"),
		 "lockdep | WARNING: suspicious RCU usage: suspicious "
		 "rcu_dereference_check() usage! | wrap_init+0x2a/0x60 [wrap]"
		 " | wrap.c:33\n"},
		{LOCKDEP("[ BUG: Invalid wait context ]", "42",
			 "insmod/42 is trying to lock:\n"),
		 "lockdep | [ BUG: Invalid wait context ] | "
		 "wrap_init+0x2a/0x60 [wrap] | -:0\n"},
		{"INFO: trying to register non-static key.\n"
		 "The code is fine but needs lockdep annotation, or maybe\n"
		 CPU_LINE("42") TRACE(AT),
		 "lockdep | INFO: trying to register non-static key. | " AT
		 " | -:0\n"},
		{HELD("42") "next line\n",
		 "held-lock | WARNING: lock held when returning to user "
		 "space! | wrap_init+0x1c/0x60 [wrap] | -:0\n"},
		{LOCKDEP("WARNING: insmod/42 still has locks held!", "42",
			 "locks held by insmod/42: 1, last CPU#0:\n"),
		 "held-lock | WARNING: insmod still has locks held! | "
		 "wrap_init+0x2a/0x60 [wrap] | -:0\n"},
		{DEEP_WARN("initcall init_module+0x0/0x1000 [wrap] returned "
			   "with preemption imbalance \n", "init/main.c:1375",
			   "42", "do_one_initcall+0x2a0/0x360",
			   "do_init_module+0x279/0x700"),
		 "held-lock | initcall init_module [wrap] returned with "
		 "preemption imbalance | init_module+0x0/0x1000 [wrap] | "
		 "-:0\n"},
		{LOCKDEP("WARNING: bad unlock balance detected!", "42",
			 "insmod/42 is trying to release lock (a) at:\n"),
		 "bad-unlock | WARNING: bad unlock balance detected! | "
		 "wrap_init+0x2a/0x60 [wrap] | -:0\n"},
		{ATOMIC("42"),
		 "atomic-sleep | BUG: sleeping function called from invalid "
		 "context at kernel/locking/mutex.c:591, with "
		 "preemption off | "
		 "wrap_init+0x40/0x60 [wrap] | -:0\n"},
		{SCHEDULING("42"),
		 "atomic-sleep | BUG: scheduling while atomic | "
		 "wrap_init+0x44/0x60 [wrap] | -:0\n"},
		{DEEP_WARN("refcount_t: underflow; use-after-free.\n",
			   "lib/refcount.c:28", "42",
			   "refcount_warn_saturate+0xf8/0x150", AT),
		 "refcount | refcount_t: underflow; use-after-free. | " AT
		 " | -:0\n"},
		{DEEP_WARN("list_del corruption. prev->next should be "
			   "ffff888005e7a010, but was ffff888005e7a020. "
			   "(prev=ffff888005e7a020)\n", "lib/list_debug.c:62",
			   "42", "__list_del_entry_valid_or_report+0x1/0x2",
			   AT),
		 "list-corruption | list_del corruption. prev->next should be "
		 "<addr>, but was <addr>. (prev=<addr>) | " AT " | -:0\n"},
		{"kmemleak: 3 new suspected memory leaks (see "
		 "/sys/kernel/debug/kmemleak)\n",
		 "leak | kmemleak: 3 new suspected memory leaks | - | -:0\n"},
		{NULL_OOPS("42", AT),
		 "oops | BUG: kernel NULL pointer dereference, "
		 "read access | " AT
		 " | -:0\n"},
		{"BUG: TASK stack guard page was hit at ffffc9000023fff8 "
		 "(stack is ffffc90000240000..ffffc90000248000)\n"
		 DIE("stack guard page", "42", AT),
		 "oops | BUG: TASK stack guard page was hit | " AT
		 " | -:0\n"},
		{DIE("divide error", "42", AT),
		 "oops | Oops: divide error | " AT " | -:0\n"},
		{CUT "kernel BUG at wrap.c:12!\n"
		 DIE("invalid opcode", "42", AT),
		 "bug | kernel BUG at wrap.c:12! | " AT " | wrap.c:12\n"},
		{EQUALS "BUG kmalloc-32 (Tainted: G           O       ): "
		 "Poison overwritten\n"
		 "-----------------------------------------------------\n\n"
		 CPU_LINE("42") TRACE(AT),
		 "bug | BUG kmalloc-32: Poison overwritten | " AT
		 " | -:0\n"},
		{WARN("", "wrap.c:30", "42", AT),
		 "warn | WARNING: wrap.c:30 at wrap_read [wrap] | " AT
		 " | wrap.c:30\n"},
		{WARN("index is 7\n", "wrap.c:30", "42", AT),
		 "warn | WARNING: wrap.c:30 at wrap_read [wrap]: index is 7 | "
		 AT " | wrap.c:30\n"},
		{RUST_PANIC("42"),
		 "rust-panic | panicked at wrap.rs:10:31: index out of bounds:"
		 " the len is 0 but the index is 3 | "
		 "init_module+0x1c/0x1000 [wrap] | wrap.rs:10\n"},
		{PANIC("splat asked for it") CPU_LINE("42") TRACE(AT)
		 "Kernel Offset: disabled\nRebooting in 1 seconds..\n",
		 "panic | Kernel panic - not syncing: splat asked for it | "
		 AT " | -:0\n"},
		{SOFT_LOCKUP("42"),
		 "soft-lockup | BUG: soft lockup - CPU#0 stuck for 26s! | "
		 "wrap_loop+0x9/0x20 [wrap] | -:0\n"},
		{HUNG("42", "10"),
		 "hung-task | INFO: task insmod blocked for more than 10 "
		 "seconds. | wrap_init+0x3c/0x60 [wrap] | -:0\n"},
		{RCU_STALL("42"),
		 "rcu-stall | INFO: rcu_preempt self-detected stall on CPU | "
		 "wrap_loop+0x9/0x20 [wrap] | -:0\n"},
	};

	CHECK(rows);
}

/* The same in the words of older kernels. */
static void older_kernels(void **state)
{
	static const struct row rows[] = {
		{CUT "refcount_t: addition on 0; use-after-free.\n"
		 "WARNING: CPU: 0 PID: 42 at lib/refcount.c:25 "
		 "refcount_warn_saturate+0xf8/0x150\n"
		 "Modules linked in: wrap(O)\n" TRACE(AT) END_TRACE,
		 "refcount | refcount_t: addition on 0; use-after-free. | " AT
		 " | -:0\n"},
		/* The message below the headline. */
		{CUT "WARNING: CPU: 0 PID: 42 at wrap.c:9 " AT "\n"
		 "the message\nModules linked in: wrap(O)\n" TRACE(AT)
		 END_TRACE,
		 "warn | WARNING: wrap.c:9 at wrap_read [wrap]: the message |"
		 " " AT " | wrap.c:9\n"},
		{"general protection fault, probably for non-canonical "
		 "address 0xdead000000000100: 0000 [#1] PREEMPT SMP KASAN\n"
		 CPU_LINE("42") REGS(AT) END_TRACE,
		 "oops | general protection fault, probably for non-canonical "
		 "address <addr> | " AT " | -:0\n"},
		{"rust_kernel: panicked at 'explicit panic', wrap.rs:7:5\n"
		 CUT "kernel BUG at rust/helpers.c:34!\n"
		 "invalid opcode: 0000 [#1] PREEMPT SMP\n" CPU_LINE("42")
		 TRACE(AT) END_TRACE,
		 "rust-panic | panicked at 'explicit panic', wrap.rs:7:5 | "
		 AT " | wrap.rs:7\n"},
	};

	CHECK(rows);
}

#define NOTE "note: insmod[42] exited with preempt_count 1\n"
#define KASAN_NULL \
	"kasan | BUG: KASAN: null-ptr-deref in wrap_read [wrap] | " AT \
	" | -:0\n"
#define LIST_DEL \
	"list_del corruption, ffff888005e7a010->next is LIST_POISON1 " \
	"(dead000000000100)\n"

static void one_fault_is_one_finding(void **state)
{
	static const struct row rows[] = {
		/* KASAN, the fault itself, the note and the panic. */
		{KASAN("null-ptr-deref", "42", AT) NULL_OOPS("42", AT) NOTE
		 PANIC("Fatal exception"), KASAN_NULL},
		/* Another CPU's line got between them. */
		{KASAN("null-ptr-deref", "42", AT) "eth0: link up\n"
		 NULL_OOPS("42", AT), KASAN_NULL},
		/* Inline checks: the CPU faults on the shadow. */
		{"Oops: general protection fault, probably for non-canonical "
		 "address 0xdffffc0000000003: 0000 [#1] SMP KASAN\n"
		 "KASAN: null-ptr-deref in range [0x0000000000000018-"
		 "0x000000000000001f]\n" CPU_LINE("42") REGS(AT) TRACE(AT)
		 END_TRACE REGS(AT),
		 "kasan | KASAN: null-ptr-deref | " AT " | -:0\n"},
		/* The dying task leaves locks and preemption behind. */
		{NULL_OOPS("42", AT) NOTE ATOMIC("42") "something\n"
		 HELD("42") SCHEDULING("42"),
		 "oops | BUG: kernel NULL pointer dereference, "
		 "read access | " AT
		 " | -:0\n"},
		{RUST_PANIC("42") "note: insmod[42] exited with irqs "
		 "disabled\n" HELD("42") PANIC("Attempted to kill init! "
		 "exitcode=0x0000000b"),
		 "rust-panic | panicked at wrap.rs:10:31: index out of bounds:"
		 " the len is 0 but the index is 3 | "
		 "init_module+0x1c/0x1000 [wrap] | wrap.rs:10\n"},
		/* BUG_ON_DATA_CORRUPTION. */
		{LIST_DEL CUT "kernel BUG at lib/list_debug.c:56!\n"
		 "Oops: invalid opcode: 0000 [#1] SMP KASAN\n" CPU_LINE("42")
		 REGS("__list_del_entry_valid_or_report+0x1/0x2") TRACE(AT)
		 END_TRACE,
		 "list-corruption | list_del corruption, <addr>->next is "
		 "LIST_POISON1 (<addr>) | " AT " | -:0\n"},
		/* The index and the access. */
		{UBSAN("array-index-out-of-bounds in wrap.c:24:36", "42", AT)
		 KASAN("global-out-of-bounds", "42", AT),
		 "kasan | BUG: KASAN: global-out-of-bounds in wrap_read "
		 "[wrap] | " AT " | wrap.c:24\n"},
		/* The counter stood in freed memory. */
		{KASAN("slab-use-after-free", "42", AT)
		 DEEP_WARN("refcount_t: underflow; use-after-free.\n",
			   "lib/refcount.c:28", "42",
			   "refcount_warn_saturate+0xf8/0x150", AT),
		 "kasan | BUG: KASAN: slab-use-after-free in wrap_read "
		 "[wrap] | " AT " | -:0\n"},
		/* Sleeping under a spinlock is noticed by three. */
		{LOCKDEP("[ BUG: Invalid wait context ]", "42", "")
		 ATOMIC("42") SCHEDULING("42")
		 DEEP_WARN("initcall init_module+0x0/0x1000 [wrap] returned "
			   "with preemption imbalance \n", "init/main.c:1375",
			   "42", "do_one_initcall+0x2a0/0x360", "x+0x1/0x2"),
		 "atomic-sleep | BUG: sleeping function called from invalid "
		 "context at kernel/locking/mutex.c:591, with "
		 "preemption off | "
		 "wrap_init+0x2a/0x60 [wrap] | -:0\n"},
		/* A lock never released. */
		{DEEP_WARN("initcall init_module+0x0/0x1000 [wrap] returned "
			   "with preemption imbalance \n", "init/main.c:1375",
			   "42", "do_one_initcall+0x2a0/0x360", "x+0x1/0x2")
		 "wrap: done\n" HELD("42"),
		 "held-lock | initcall init_module [wrap] returned with "
		 "preemption imbalance | init_module+0x0/0x1000 [wrap] | "
		 "-:0\n"},
		/* A loop, seen by two watchdogs, twice. */
		{RCU_STALL("42") "wrap: still here\n" SOFT_LOCKUP("42")
		 SOFT_LOCKUP("42") PANIC("softlockup: hung tasks"),
		 "soft-lockup | BUG: soft lockup - CPU#0 stuck for 26s! | "
		 "wrap_loop+0x9/0x20 [wrap] | -:0\n"},
		{HUNG("42", "10") "x\n" HUNG("42", "20"),
		 "hung-task | INFO: task insmod blocked for more than 10 "
		 "seconds. | wrap_init+0x3c/0x60 [wrap] | -:0\n"},
		/* Lockdep saw it come. */
		{LOCKDEP("WARNING: possible recursive locking detected", "42",
			 "") "x\n" HUNG("42", "122"),
		 "lockdep | WARNING: possible recursive locking detected | "
		 "wrap_init+0x2a/0x60 [wrap] | -:0\n"},
		/* The same place again, another task: one fault in the code. */
		{WARN("", "wrap.c:30", "42", AT) "x\n"
		 WARN("", "wrap.c:30", "43", AT),
		 "warn | WARNING: wrap.c:30 at wrap_read [wrap] | " AT
		 " | wrap.c:30\n"},
		/* A cache that still has objects. */
		{EQUALS "BUG wrap_cache (Tainted: G           O       ): "
		 "Objects remaining on __kmem_cache_shutdown()\n"
		 "-----------------------------------------------------\n\n"
		 "Object 0xffff888005e7a000 @offset=0\n"
		 DEEP_WARN("", "mm/slub.c:1268", "42", "__slab_err+0x1/0x2",
			   AT)
		 DEEP_WARN("kmem_cache_destroy wrap_cache: Slab cache still "
			   "has objects when called from wrap_exit+0x1/0x2 "
			   "[wrap]\n", "mm/slab_common.c:579", "42",
			   "kmem_cache_destroy+0x1/0x2", AT),
		 "leak | BUG wrap_cache: Objects remaining on "
		 "__kmem_cache_shutdown() | " AT " | -:0\n"},
		/* What a task locks later, it locks under the one it kept. */
		{HELD("42") LOCKDEP("[ BUG: Invalid wait context ]", "42", "")
		 "wrap: done\n" LOCKDEP("WARNING: possible circular locking "
		 "dependency detected", "42", "insmod/42 is trying to acquire "
		 "lock:\n"),
		 "held-lock | WARNING: lock held when returning to user "
		 "space! | wrap_init+0x1c/0x60 [wrap] | -:0\n"},
	};

	CHECK(rows);
}

#define WARN_30 \
	"warn | WARNING: wrap.c:30 at wrap_read [wrap] | " AT " | wrap.c:30\n"

/* What belongs to another fault must not be swallowed. */
static void a_second_fault_is_a_second_finding(void **state)
{
	static const struct row rows[] = {
		{WARN("", "wrap.c:30", "42", AT)
		 WARN("", "wrap.c:31", "42", AT),
		 WARN_30
		 "warn | WARNING: wrap.c:31 at wrap_read [wrap] | " AT
		 " | wrap.c:31\n"},
		/* Another task, after one has died. */
		{KASAN("null-ptr-deref", "42", AT) NULL_OOPS("42", AT) NOTE
		 HELD("43"),
		 KASAN_NULL
		 "held-lock | WARNING: lock held when returning to user "
		 "space! | wrap_init+0x1c/0x60 [wrap] | -:0\n"},
		{NULL_OOPS("42", AT) "x\n" NULL_OOPS("43", OTHER),
		 "oops | BUG: kernel NULL pointer dereference, "
		 "read access | " AT
		 " | -:0\n"
		 "oops | BUG: kernel NULL pointer dereference, "
		 "read access | " OTHER
		 " | -:0\n"},
		/* The same number in another boot is another task. */
		{NULL_OOPS("42", AT) "Linux version 7.3.4 (kiln@kiln)\n"
		 WARN("", "wrap.c:30", "42", AT),
		 "oops | BUG: kernel NULL pointer dereference, "
		 "read access | " AT
		 " | -:0\n" WARN_30},
		{NULL_OOPS("42", AT) "Linux version 7.3.4 (kiln@kiln)\n"
		 PANIC("Attempted to kill init! exitcode=0x0000000b"),
		 "oops | BUG: kernel NULL pointer dereference, "
		 "read access | " AT
		 " | -:0\n"
		 "panic | Kernel panic - not syncing: Attempted to kill init! "
		 "exitcode=0x0000000b | - | -:0\n"},
		/* Two tasks, even with nothing between them. */
		{UBSAN("array-index-out-of-bounds in wrap.c:24:36", "42", AT)
		 KASAN("global-out-of-bounds", "43", AT),
		 "ubsan | UBSAN: array-index-out-of-bounds in wrap.c:24:36: "
		 "index 7 is out of range for type 'int[4]' | "
		 AT " | wrap.c:24\n"
		 "kasan | BUG: KASAN: global-out-of-bounds in wrap_read "
		 "[wrap] | " AT " | -:0\n"},
		{SOFT_LOCKUP("42") HUNG("43", "122"),
		 "soft-lockup | BUG: soft lockup - CPU#0 stuck for 26s! | "
		 "wrap_loop+0x9/0x20 [wrap] | -:0\n"
		 "hung-task | INFO: task insmod blocked for more than 122 "
		 "seconds. | wrap_init+0x3c/0x60 [wrap] | -:0\n"},
		/* A shift is not what KASAN saw. */
		{UBSAN("shift-out-of-bound in wrap.c:24:36", "42", AT)
		 KASAN("slab-use-after-free", "42", AT),
		 "ubsan | UBSAN: shift-out-of-bound in wrap.c:24:36: "
		 "index 7 is out of range for type 'int[4]' | " AT
		 " | wrap.c:24\n"
		 "kasan | BUG: KASAN: slab-use-after-free in wrap_read "
		 "[wrap] | " AT " | -:0\n"},
		/* Other function, or something printed between. */
		{KASAN("slab-use-after-free", "42", AT)
		 DEEP_WARN("refcount_t: underflow; use-after-free.\n",
			   "lib/refcount.c:28", "42",
			   "refcount_warn_saturate+0xf8/0x150", OTHER),
		 "kasan | BUG: KASAN: slab-use-after-free in wrap_read "
		 "[wrap] | " AT " | -:0\n"
		 "refcount | refcount_t: underflow; use-after-free. | " OTHER
		 " | -:0\n"},
		{ATOMIC("42") "wrap: next\n" SCHEDULING("42"),
		 "atomic-sleep | BUG: sleeping function called from invalid "
		 "context at kernel/locking/mutex.c:591, with "
		 "preemption off | "
		 "wrap_init+0x40/0x60 [wrap] | -:0\n"
		 "atomic-sleep | BUG: scheduling while atomic | "
		 "wrap_init+0x44/0x60 [wrap] | -:0\n"},
		/* Our own NMI ends a loop; who sent it, the grader knows. */
		{SOFT_LOCKUP("42") PANIC("NMI: Not continuing")
		 CPU_LINE("42") TRACE(AT),
		 "soft-lockup | BUG: soft lockup - CPU#0 stuck for 26s! | "
		 "wrap_loop+0x9/0x20 [wrap] | -:0\n"
		 "panic | Kernel panic - not syncing: NMI: Not continuing | "
		 AT " | -:0\n"},
		/* A report in the middle of which the log goes on elsewhere. */
		{KASAN("slab-out-of-bounds", "42", AT) "x\n"
		 LOCKDEP("WARNING: inconsistent lock state", "42", "") "y\n"
		 HELD("42"),
		 "kasan | BUG: KASAN: slab-out-of-bounds in wrap_read [wrap] |"
		 " " AT " | -:0\n"
		 "lockdep | WARNING: inconsistent lock state | "
		 "wrap_init+0x2a/0x60 [wrap] | -:0\n"
		 "held-lock | WARNING: lock held when returning to user "
		 "space! | wrap_init+0x1c/0x60 [wrap] | -:0\n"},
		/* Init was killed, but not by the fault before. */
		{WARN("", "wrap.c:30", "42", AT)
		 PANIC("Attempted to kill init! exitcode=0x00000100"),
		 WARN_30
		 "panic | Kernel panic - not syncing: Attempted to kill init! "
		 "exitcode=0x00000100 | - | -:0\n"},
	};

	CHECK(rows);
}

static void harmless_lines(void **state)
{
	static const struct row rows[] = {
		{"wrap: loading out-of-tree module taints kernel.\n", ""},
		{"workqueue: work func wrap_work enqueued on deprecated "
		 "workqueue. Use system_{percpu|dfl}_wq instead.\n", ""},
		{"clocksource: Watchdog remote CPU 1 read timed out\n", ""},
		{"WARNING: 'bootconfig' found on the kernel command line but "
		 "CONFIG_BOOT_CONFIG is not set.\n", ""},
		{"INFO: lockdep is turned off.\n"
		 "INFO: NMI handler (x) took too long to run: 1.2 msecs\n"
		 "INFO: task rmmod:43 is blocked on a mutex likely owned by "
		 "task insmod:42.\n", ""},
		{"watchdog: Delayed init of the lockup detector failed: -19\n"
		 "rcu: \tRCU event tracing is enabled.\n"
		 "rcu: INFO: Stall ended before state dump start\n"
		 "kmemleak: Kernel memory leak detector initialized\n", ""},
		{"wrap: BUG: KASAN: is what I would print\n"
		 "wrap: WARNING: wrap.c:1 at x, CPU#0: y/1\n"
		 "Oops: I did it again\nkernel BUGs are bad\n"
		 "list_add: no corruption here\n", ""},
		{CUT "nothing came of it\n", ""},
		{"# wrap_suite: pass:1 fail:0 skip:0 total:1\n"
		 "    # b: EXPECTATION FAILED at wrap.c:12\n", ""},
	};

	CHECK(rows);
}

/* Every report, cut off after each of its lines: found from the headline. */
static void truncated_reports(void **state)
{
	const char *log = KASAN("null-ptr-deref", "42", AT)
			  NULL_OOPS("42", AT) NOTE PANIC("Fatal exception");
	char *part = strdup(log);

	for (size_t n = strlen(log); n > 0; n--) {
		char *got;

		if (log[n - 1] != '\n')
			continue;
		part[n] = '\0';
		got = findings(part);
		if (strstr(part, "BUG: KASAN"))
			assert_string_equal(got, KASAN_NULL);
		else
			assert_string_equal(got, "");
		free(got);
	}
	free(part);
}

static void line_numbers(void **state)
{
	const char *log = "one\ntwo\n" KASAN("invalid-access", "42", AT) "x\n"
			  WARN("", "wrap.c:30", "42", AT) "y\n";
	struct klog *k = klog_new(NULL, 0);
	const struct finding *f;
	struct klog_line first, last;
	size_t n;

	klog_feed(k, log, strlen(log));
	klog_finish(k);
	f = klog_findings(k, &n);
	assert_int_equal(n, 2);
	for (size_t i = 0; i < n; i++) {
		first = klog_line(k, f[i].log_line - 1);
		last = klog_line(k, f[i].log_end - 1);
		assert_int_equal(first.number, f[i].log_line);
		assert_string_equal(first.text,
				    i ? "------------[ cut here ]------------" :
					"===================================="
					"==============================");
		assert_string_equal(last.text,
				    i ? "---[ end trace 0000000000000000 ]---" :
					"===================================="
					"==============================");
	}
	klog_free(k);
}

/* The "=====" that ends one report does not begin the next. */
static void reports_do_not_overlap(void **state)
{
	const char *log = KASAN("slab-out-of-bounds", "42", AT)
			  NULL_OOPS("43", OTHER);
	struct klog *k = klog_new(NULL, 0);
	const struct finding *f;
	size_t n;

	klog_feed(k, log, strlen(log));
	klog_finish(k);
	f = klog_findings(k, &n);
	assert_int_equal(n, 2);
	assert_int_equal(f[1].log_line, f[0].log_end + 1);
	klog_free(k);
}

/* So many reports that no more are kept: time and memory stay bounded. */
static void flood_of_reports(void **state)
{
	struct klog *k = klog_new(NULL, 0);
	char line[64];
	size_t n;

	for (int i = 0; i < 200000; i++) {
		int len = snprintf(line, sizeof(line), "BUG: number %d\n", i);

		klog_feed(k, line, (size_t)len);
	}
	klog_finish(k);
	klog_findings(k, &n);
	assert_in_range(n, 10, 1000);
	klog_free(k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind),
		cmocka_unit_test(older_kernels),
		cmocka_unit_test(one_fault_is_one_finding),
		cmocka_unit_test(a_second_fault_is_a_second_finding),
		cmocka_unit_test(harmless_lines),
		cmocka_unit_test(truncated_reports),
		cmocka_unit_test(line_numbers),
		cmocka_unit_test(reports_do_not_overlap),
		cmocka_unit_test(flood_of_reports),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
