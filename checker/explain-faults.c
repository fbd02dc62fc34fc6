/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the CPU, the code itself and the watchdogs report.
 *
 * The claims are those of Documentation/admin-guide/lockup-watchdogs.rst,
 * RCU/stallwarn.rst, arch/x86/x86_64/mm.rst, and of arch/x86/mm/fault.c,
 * lib/bug.c, kernel/watchdog.c, kernel/hung_task.c, mm/slub.c, mm/execmem.c,
 * rust/kernel/lib.rs, where the headlines are made.
 */
#include "explain-int.h"

static const struct explanation faults[] = {
	{FINDING_OOPS, "divide error",
	 "A division by zero, or one whose result does not fit, stopped this "
	 "task. Check the divisor before it is used. Rust checks each "
	 "division, and panics instead."},
	{FINDING_OOPS, "write access, permissions violation",
	 "Code wrote to memory that is there but read-only: a const variable, "
	 "a string, or code. Somebody cast the const away, or a pointer has "
	 "gone astray. In Rust this is a &T, or a pointer made of one, that "
	 "was written through."},
	{FINDING_OOPS, "instruction fetch, permissions violation",
	 "The CPU was sent to run memory that holds data, not code. A pointer "
	 "to a function was overwritten, or something else was cast to one. "
	 "RIP is where it went; the next frame is who called."},
	{FINDING_OOPS, "module memory",
	 "The address lies where modules are loaded, and no module is there "
	 "now: a timer, a work item, a thread or a callback of one that was "
	 "unloaded still ran. What init starts or registers, exit must stop "
	 "and wait for: timer_delete_sync(), cancel_delayed_work_sync(), "
	 "kthread_stop(). Rust keeps the data of a queued Work alive, but not "
	 "the module whose code it runs."},
	{FINDING_OOPS, "dereference, instruction fetch",
	 "A function was called through a pointer that is NULL: a callback "
	 "that nobody has set. RIP is 0, so look at the next frame for who "
	 "called. Check the pointer first, or fill in the operations; an "
	 "Option<extern \"C\" fn()> in Rust makes you ask."},
	{FINDING_OOPS, "NULL pointer",
	 "A pointer that is NULL, or NULL plus the offset of a field, was "
	 "followed, and the kernel killed the task. Look for a result that "
	 "was not checked."},
	{FINDING_OOPS, "error pointer",
	 "A pointer was followed that is an error code: functions which "
	 "return ERR_PTR(-ENOMEM) put the number where the pointer would be. "
	 "Ask IS_ERR() before you use it, and hand on PTR_ERR(). In Rust, "
	 "from_err_ptr() makes a Result of it."},
	{FINDING_OOPS, "user address",
	 "The CPU was sent to an address of user space while in the kernel. "
	 "Kernel code never calls or follows such a pointer: data come "
	 "through copy_from_user() or UserSlice, and functions not at all."},
	{FINDING_OOPS, "shadow of a wild pointer",
	 "A pointer was followed that leads nowhere. The address in the "
	 "report is not the pointer's: before each access KASAN looks into "
	 "its shadow memory, and that was missing already. The pointer itself "
	 "is in one of the registers; it was never set, or was overwritten."},
	{FINDING_OOPS, "stack guard page",
	 "The kernel's stack, 16 KiB (32 with KASAN), was used up, and the "
	 "guard page below it caught that. Mostly a function calls itself "
	 "without an end; else look for large local arrays, and in Rust for "
	 "large values that are moved about: pin-init builds them in place."},
	{FINDING_OOPS, NULL,
	 "The CPU met something that kernel code may not do, mostly an "
	 "access to an address that is not there, and the kernel killed the "
	 "task. RIP in the report is where; the call trace is how it got "
	 "there. Locks that it held stay held, so later failures may only "
	 "be consequences."},

	{FINDING_BUG, "Object corrupt",
	 "The allocator fills free objects, and the gaps between objects, "
	 "with a pattern, and found it changed: somebody wrote to memory that "
	 "was not theirs. The line above the headline says which bytes, "
	 "\"Allocated in\" and \"Freed in\" who had them last. KASAN sees "
	 "such writes as they happen, so this one came from where it does not "
	 "look, a device for instance."},
	{FINDING_BUG, "bad magic",
	 "A lock was used whose memory does not look like a lock: it was "
	 "never initialised, or overwritten, or freed. Call spin_lock_init() "
	 "or mutex_init() before anyone can reach it, and look at who writes "
	 "to the fields beside it."},
	{FINDING_BUG, "kernel BUG at",
	 "Code reached a BUG(): a place whose author declared that it cannot "
	 "be reached, or must not be. The line in the headline holds the "
	 "condition. The kernel killed the task, and what it held stays "
	 "held, so return an error instead where you can."},
	{FINDING_BUG, NULL,
	 "The kernel found its own data in a state that must not be, as the "
	 "headline says. The call trace shows where it was noticed, which "
	 "may be long after it was done."},

	{FINDING_WARN, NULL,
	 "A WARN() fired: a condition that ought never to hold did, and the "
	 "kernel went on. The line in the headline has the condition, the "
	 "call trace who brought it about. A WARN_ONCE() is heard the first "
	 "time only, so it may have happened more often."},

	{FINDING_RUST_PANIC, "with overflow",
	 "Rust checks arithmetic in this kernel, and a result did not fit its "
	 "type, or a shift was too far. Compute in a wider type, or use "
	 "checked_add() and its kin and return an error (EOVERFLOW), or "
	 "wrapping_add() if wrapping is meant. C would not have stopped."},
	{FINDING_RUST_PANIC, "divide by zero",
	 "Rust checked the divisor, and it was zero. checked_div() gives an "
	 "Option instead; return an error such as EINVAL."},
	{FINDING_RUST_PANIC, "index out of bounds",
	 "A slice was indexed beyond its length. Rust stopped before any "
	 "memory was touched, but in the kernel a panic ends in BUG(). Use "
	 "get(), which gives an Option, and return an error."},
	{FINDING_RUST_PANIC, "out of range for slice",
	 "A part of a slice was asked for that goes beyond its end. Rust "
	 "stopped before any memory was touched, but in the kernel a panic "
	 "ends in BUG(). get(a..b) gives an Option; return an error, and "
	 "never index with a number from user space or a device unchecked."},
	{FINDING_RUST_PANIC, "Option::unwrap()",
	 "unwrap() met a None. In the kernel a panic ends in BUG(), which "
	 "kills the task where it stands. Say what None means: "
	 ".ok_or(ENODEV)? makes an error of it, if let passes it over."},
	{FINDING_RUST_PANIC, "Result::unwrap()",
	 "unwrap() met an error, which the headline names. In the kernel a "
	 "panic ends in BUG(), which kills the task where it stands. Hand "
	 "the error to the caller with ? instead."},
	{FINDING_RUST_PANIC, "unsafe precondition",
	 "An unsafe function was called against its own rules, which the "
	 "headline quotes. This kernel checks some of them (its debug "
	 "assertions are on); elsewhere the same call is undefined behaviour. "
	 "Read what your SAFETY comment promised."},
	{FINDING_RUST_PANIC, "not yet implemented",
	 "A todo!() was reached: something is still to be written there. "
	 "Until it is, return an error (ENOTSUPP), for in the kernel a panic "
	 "ends in BUG()."},
	{FINDING_RUST_PANIC, "assertion",
	 "An assert!() failed; the lines below show the two values. Within a "
	 "KUnit test this only fails the test. Elsewhere it ends in BUG(), so "
	 "check what others give you with an if, and return an error."},
	{FINDING_RUST_PANIC, "unreachable code",
	 "An unreachable!() was reached, so its author was wrong about what "
	 "can come there. Handle the case, or return an error: what C or a "
	 "device gives may have any value."},
	{FINDING_RUST_PANIC, NULL,
	 "Rust code panicked: an expect(), a panic!(). In the kernel there is "
	 "no unwinding: a panic ends in BUG(), no destructor runs, and locks "
	 "stay held. Return an error with ? instead."},

	{FINDING_PANIC, "kill init",
	 "Process 1 ended, without which no system can go on. Here that is "
	 "Kiln's own agent, so the module has killed it or what it runs on."},
	{FINDING_PANIC, NULL,
	 "The kernel met something that it could not survive and stopped, or "
	 "was told to by panic(). What came just before in the log is the "
	 "cause; the panic is only the end of it. A module has no reason to "
	 "call panic(): return an error."},

	{FINDING_SOFT_LOCKUP, NULL,
	 "A CPU stayed in the kernel for so long (20 seconds, unless set "
	 "otherwise) that no other task could run on it. Look at the stack "
	 "for the loop: its end may never come, or it spins while it waits "
	 "for what it should sleep on. A spinlock held around it, or "
	 "preemption off, keeps the scheduler away."},
	{FINDING_HUNG_TASK, NULL,
	 "A task has slept for too long where no signal can wake it. The "
	 "stack shows what it waits for: a mutex that nobody releases, a "
	 "completion that nobody completes. For a lock the kernel names the "
	 "task that likely holds it, and prints its stack as well."},
	{FINDING_RCU_STALL, NULL,
	 "RCU waits for every CPU and reader to pass a quiet point, and one "
	 "did not: it loops between rcu_read_lock() and rcu_read_unlock(), or "
	 "with interrupts or preemption off. The stack in the report shows "
	 "where. Until it ends, nothing that waits for RCU is freed."},
	{FINDING_FORGED, "forged marker",
	 "Around each step the agent in the guest writes a line to the log, "
	 "by which the log is cut into steps. One of them came again: "
	 "something in the guest has read the run's secret number and "
	 "writes such lines too, so what the log says of a step cannot be "
	 "believed."},
	{FINDING_FORGED, "forged answer",
	 "The agent answers each request once, over a port that is its own. "
	 "More came through that port, so something in the guest speaks in "
	 "the agent's name, and no result of this run can be believed."},
	{FINDING_FORGED, "kernel was tampered with",
	 "The host watches the memory of the guest from outside. The "
	 "kernel's code, or a variable that decides what it reports, was "
	 "written to during the run, though no driver has a reason for "
	 "that. A wild pointer can be the cause as well as intent."},
	{FINDING_FORGED, "log was tampered with",
	 "The kernel has noted that it found a fault, and the log does not "
	 "show it: something kept it from being printed, or switched off "
	 "what would have found it. A run whose faults cannot be seen "
	 "proves nothing."},
	{FINDING_FORGED, NULL,
	 "The log holds a line that looks like a test result, but the "
	 "kernel's own test framework knows no such result. Results are "
	 "taken from KUnit itself, so printing them wins nothing. If it was "
	 "no more than a message, begin it with something other than \"ok\" "
	 "or \"not ok\"."},
};

const struct explanations explain_faults = EXPLANATIONS(faults);
