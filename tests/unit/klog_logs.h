/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reports as Linux 7.3 prints them, put together from its format strings,
 * for tests that need them in orders in which no real run gave them. Whole
 * real logs are in tests/golden.
 */
#ifndef TESTS_KLOG_LOGS_H
#define TESTS_KLOG_LOGS_H

#define CPU_LINE(pid) \
	"CPU: 0 UID: 0 PID: " pid " Comm: insmod Tainted: G           O" \
	"        7.3.4 #1 PREEMPT\n" \
	"Tainted: [O]=OOT_MODULE\n"

#define TRACE(frame) \
	"Call Trace:\n <TASK>\n dump_stack_lvl+0x69/0x90\n" \
	" ? stale+0x1/0x2 [other]\n " frame "\n" \
	" do_one_initcall+0x184/0x360\n </TASK>\n"

#define REGS(rip) \
	"RIP: 0010:" rip "\n" \
	"Code: 38 56 e1 5b <0f> b6 04 08\n" \
	"RSP: 0018:ffffc90000247640 EFLAGS: 00010206\n" \
	"RAX: 0000000000000003 RBX: 0000000000000018 RCX: dffffc0000000000\n"

#define EQUALS \
	"==================================================================\n"
#define CUT "------------[ cut here ]------------\n"
#define END_TRACE "---[ end trace 0000000000000000 ]---\n"

#define KASAN(type, pid, at) \
	EQUALS "BUG: KASAN: " type " in " at "\n" \
	"Read of size 4 at addr ffff888005e7a010 by task insmod/" pid "\n\n" \
	CPU_LINE(pid) TRACE(at) "\n" \
	"Allocated by task 9:\n kasan_save_stack+0x2f/0x50\n" \
	" maker+0x10/0x20 [wrong]\n\n" \
	"The buggy address belongs to the object at ffff888005e7a000\n" \
	" which belongs to the cache kmalloc-16 of size 16\n" \
	"Memory state around the buggy address:\n" \
	">ffff888005e7a000: 00 00 fc fc\n                         ^\n" EQUALS

/* From "Oops:" on. */
#define DIE(what, pid, at) \
	"Oops: " what ": 0002 [#1] SMP KASAN\n" CPU_LINE(pid) REGS(at) \
	TRACE(at) "Modules linked in: wrap(O+)\n" END_TRACE REGS(at)

#define NULL_OOPS(pid, at) \
	"BUG: kernel NULL pointer dereference, address: 0000000000000010\n" \
	"#PF: supervisor read access in kernel mode\n" \
	"#PF: error_code(0x0000) - not-present page\n" \
	"PGD 0 P4D 0 \n" DIE("Oops", pid, at) \
	"CR2: 0000000000000010\n"

#define UBSAN(what, pid, at) \
	CUT "UBSAN: " what "\n" \
	"index 7 is out of range for type 'int[4]'\n" CPU_LINE(pid) \
	TRACE(at) "---[ end trace ]---\n"

#define WARN(message, place, pid, at) \
	CUT message "WARNING: " place " at " at ", CPU#0: insmod/" pid "\n" \
	"Modules linked in: wrap(O+)\n" CPU_LINE(pid) REGS(at) TRACE(at) \
	END_TRACE

/* What a WARN() in the kernel looks like when wrap called there. */
#define DEEP_WARN(message, place, pid, deep, at) \
	CUT message "WARNING: " place " at " deep ", CPU#0: insmod/" pid "\n" \
	"Modules linked in: wrap(O+)\n" CPU_LINE(pid) REGS(deep) TRACE(at) \
	END_TRACE

#define LOCKDEP(headline, pid, body) \
	"\n======================================================\n" \
	headline "\n7.3.4 #1 Tainted: G           O\n" \
	"------------------------------------------------------\n" body \
	"\nstack backtrace:\n" CPU_LINE(pid) TRACE("wrap_init+0x2a/0x60 [wrap]")

#define HELD(pid) \
	"\n================================================\n" \
	"WARNING: lock held when returning to user space!\n" \
	"7.3.4 #1 Tainted: G           O\n" \
	"------------------------------------------------\n" \
	"insmod/" pid " is leaving the kernel with locks still held!\n" \
	"locks held by insmod/" pid ": 1, last CPU#0:\n" \
	" #0: ffffffffa0202540 (wrap_lock){+.+.}-{4:4}, at: " \
	"wrap_init+0x1c/0x60 [wrap]\n"

#define ATOMIC(pid) \
	"BUG: sleeping function called from invalid context at " \
	"kernel/locking/mutex.c:591\n" \
	"in_atomic(): 1, irqs_disabled(): 0, non_block: 0, pid: " pid \
	", name: insmod\n" \
	"preempt_count: 1, expected: 0\nRCU nest depth: 0, expected: 0\n" \
	CPU_LINE(pid) TRACE("wrap_init+0x40/0x60 [wrap]")

#define SCHEDULING(pid) \
	"BUG: scheduling while atomic: insmod/" pid "/0x00000002\n" \
	"Modules linked in: wrap(O+)\n" CPU_LINE(pid) \
	TRACE("wrap_init+0x44/0x60 [wrap]")

#define RUST_PANIC(pid) \
	"rust_kernel: panicked at wrap.rs:10:31:\n" \
	"index out of bounds: the len is 0 but the index is 3\n" \
	CUT "kernel BUG at rust/helpers/bug.c:7!\n" \
	"Oops: invalid opcode: 0000 [#1] SMP KASAN\n" CPU_LINE(pid) \
	REGS("rust_helper_BUG+0x4/0x10") \
	"Call Trace:\n <TASK>\n" \
	" _RNvCs1234_7___rustc17rust_begin_unwind+0x4e/0x70\n" \
	" init_module+0x1c/0x1000 [wrap]\n </TASK>\n" END_TRACE \
	REGS("rust_helper_BUG+0x4/0x10")

#define SOFT_LOCKUP(pid) \
	"watchdog: BUG: soft lockup - CPU#0 stuck for 26s! [insmod:" pid "]\n" \
	"Modules linked in: wrap(O+)\n" CPU_LINE(pid) \
	REGS("wrap_loop+0x9/0x20 [wrap]") TRACE("wrap_init+0x9/0x20 [wrap]")

#define RCU_STALL(pid) \
	"rcu: INFO: rcu_preempt self-detected stall on CPU\n" \
	"rcu: \t0-....: (20999 ticks this GP) idle=1234/1/0x4 softirq=5/5\n" \
	"rcu: \t(t=21000 jiffies g=-1000 q=5 ncpus=1)\n" CPU_LINE(pid) \
	REGS("wrap_loop+0x9/0x20 [wrap]") TRACE("wrap_init+0x9/0x20 [wrap]")

#define HUNG(pid, seconds) \
	"INFO: task insmod:" pid " blocked for more than " seconds \
	" seconds.\n" \
	"      Tainted: G           O        7.3.4 #1\n" \
	"\"echo 0 > /proc/sys/kernel/hung_task_timeout_secs\" disables this " \
	"message.\n" \
	"task:insmod   state:D stack:0     pid:" pid "    tgid:" pid "\n" \
	TRACE("wrap_init+0x3c/0x60 [wrap]")

#define PANIC(reason) "Kernel panic - not syncing: " reason "\n"

#endif
