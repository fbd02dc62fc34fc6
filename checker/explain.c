/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The claims are those of Documentation/: dev-tools/kasan.rst and ubsan.rst,
 * locking/lockdep-design.rst and locktypes.rst, admin-guide/
 * lockup-watchdogs.rst, RCU/stallwarn.rst; and of lib/refcount.c,
 * lib/list_debug.c, lib/ubsan.c, mm/kasan/, where the headlines are made.
 */
#include "explain.h"
#include "err.h"

#include <string.h>

struct explanation {
	enum finding_kind kind;
	const char *title; /* stands in the headline; NULL: any */
	const char *text;
};

/* The first that matches holds, so each kind ends with a NULL title. */
static const struct explanation memory[] = {
	{FINDING_KASAN, "slab-use-after-free",
	 "Memory was used after it had been given back with kfree() or by "
	 "dropping its Rust owner. The report has three stacks: who used it, "
	 "who allocated it, who freed it. Find out which of the last two came "
	 "too early for the first: often a pointer was kept beyond the life "
	 "of its object, or work was still queued."},
	{FINDING_KASAN, "slab-out-of-bounds",
	 "Code read or wrote past the end, or before the start, of an object "
	 "from kmalloc() or a KBox or KVec. The line \"located N bytes …\" "
	 "says how far from the object, and the \"Allocated by\" stack says "
	 "where it got its size. Compare that size with the index or length "
	 "used here."},
	{FINDING_KASAN, "double-free",
	 "The same object was freed twice. The report names both places; in "
	 "mixed code this often means that C and Rust both think they own it: "
	 "a pointer made with into_raw() or into_foreign() may be turned back "
	 "into an owner once only."},
	{FINDING_KASAN, "invalid-free",
	 "Something was freed that is not the start of a live allocation: a "
	 "pointer into the middle of an object, to the stack, or to memory "
	 "from elsewhere. Free exactly the pointer that the allocator gave."},
	{FINDING_KASAN, "null-ptr-deref",
	 "A pointer that is NULL, or NULL plus the offset of a field, was "
	 "followed. Look for a failed allocation or lookup whose result was "
	 "not checked; in Rust this takes unsafe code, so look at what was "
	 "promised about that pointer."},
	{FINDING_KASAN, "stack-out-of-bounds",
	 "Code went past the end of a local variable, most often an array, "
	 "on the kernel stack. The report names the frame and the variables "
	 "in it with their offsets; check the index or length against the "
	 "size of the one that was hit."},
	{FINDING_KASAN, "alloca-out-of-bounds",
	 "Code went past the end of a local array whose size was computed at "
	 "run time. Check that size, and the index."},
	{FINDING_KASAN, "global-out-of-bounds",
	 "Code went past the end of a global or static variable. The report "
	 "names the variable that lies at or before the address; check the "
	 "index or length against its size."},
	{FINDING_KASAN, "vmalloc-out-of-bounds",
	 "Code went outside a live allocation of vmalloc(): past its end, or "
	 "into one that was already freed. Check the length, and whether "
	 "vfree(), or the drop of a VVec or VBox, came too early."},
	{FINDING_KASAN, "user-memory-access",
	 "Kernel code followed a user-space address as if it were one of its "
	 "own. Addresses from user space may only be used through "
	 "copy_from_user() and copy_to_user(), in Rust through UserSlice. A "
	 "small number used as a pointer by mistake looks the same."},
	{FINDING_KASAN, "wild-memory-access",
	 "An address was followed that lies in no memory at all. Such a "
	 "pointer was never set, was overwritten, or is an error code: "
	 "check for IS_ERR() (in Rust from_err_ptr()) before using it."},
	{FINDING_KASAN, "use-after-free",
	 "Memory was used after its pages had been given back. Find out who "
	 "freed them, and who still held a pointer."},
	{FINDING_KASAN, NULL,
	 "The kernel's address sanitizer checks each memory access, and this "
	 "one went to memory that the code may not touch. The first stack in "
	 "the report shows the access; \"Allocated by\" and \"Freed by\" "
	 "show the life of the object nearby."},
	{FINDING_UBSAN, "array-index-out-of-bounds",
	 "An array was indexed with a number that its type does not allow. "
	 "The report gives the line, the index and the array's type. In C "
	 "nothing else would have stopped this; check the index first."},
	{FINDING_UBSAN, "shift-out-of-bounds",
	 "A value was shifted by a negative amount, or by as many bits as it "
	 "has or more. C leaves the result undefined. Check the amount, or "
	 "shift a wider type (1ULL << n, BIT_ULL(n))."},
	{FINDING_UBSAN, "invalid-load",
	 "A value was read that its type cannot hold, such as a bool that is "
	 "neither 0 nor 1. This comes of filling it straight from bytes, "
	 "which in Rust is undefined behaviour too, for enums as well: read "
	 "an integer and convert it."},
	{FINDING_UBSAN, NULL,
	 "The undefined-behaviour sanitizer saw an operation whose result C "
	 "does not define; the report gives file and line. The compiler may "
	 "assume that such code never runs, so what happens next is luck."},
	{FINDING_REFCOUNT, "underflow",
	 "A reference was put once more than it was taken, so the object may "
	 "have been freed while others still use it. Count gets and puts on "
	 "each path; in Rust, look for a from_raw() or from_foreign() that "
	 "runs twice on one pointer."},
	{FINDING_REFCOUNT, "addition on 0",
	 "A reference was taken to an object whose count had already reached "
	 "zero, which means that it is being freed. Take the reference while "
	 "another one is still held, or use refcount_inc_not_zero()."},
	{FINDING_REFCOUNT, "saturated",
	 "A reference count grew beyond what it may hold (or was no count at "
	 "all), so the kernel pins it and leaks the object rather than free "
	 "it too early. Usually each get lacks its put, or the memory was "
	 "never initialised."},
	{FINDING_REFCOUNT, "decrement hit 0",
	 "refcount_dec() took away the last reference, and nobody was told "
	 "to free the object. Use refcount_dec_and_test() and free it when "
	 "that says so."},
	{FINDING_REFCOUNT, NULL,
	 "A reference count went where it must not. Count gets and puts on "
	 "each path, the error paths too."},
	{FINDING_LIST_CORRUPTION, "double add",
	 "An entry was added to a list that it is already on. Remove it "
	 "first (list_move() does both), or find out why the code runs "
	 "twice."},
	{FINDING_LIST_CORRUPTION, "LIST_POISON",
	 "An entry was removed from its list twice: list_del() leaves poison "
	 "in the pointers, and the second removal found it. Use "
	 "list_del_init() if a second removal is to be harmless."},
	{FINDING_LIST_CORRUPTION, NULL,
	 "The neighbours of a list entry do not point back at it. Either two "
	 "threads changed the list without a lock, or an entry was freed or "
	 "moved while still on it, or a list head was never initialised."},
	{FINDING_LEAK, NULL,
	 "The module was unloaded, and memory that it had allocated is still "
	 "there, with nobody left to free it. Every allocation needs an owner "
	 "on every path: look at error paths, at mem::forget(), leak() and "
	 "into_raw() in Rust, and at what the exit function forgets in C."},
};

static const struct explanation locking[] = {
	{FINDING_LOCKDEP, "recursive locking",
	 "A lock was taken by a task that holds it already, or holds another "
	 "of the same class (initialised at the same place). The first can "
	 "never succeed; if the second is meant, it needs a fixed order and "
	 "mutex_lock_nested(). Look for a function that locks and calls "
	 "another which locks as well."},
	{FINDING_LOCKDEP, "circular locking",
	 "Two or more locks are taken in one order here and in the other "
	 "order elsewhere. No deadlock happened now: it takes two CPUs that "
	 "do both at once. Choose one order for all paths; the report shows "
	 "the stack on which each order was seen."},
	{FINDING_LOCKDEP, "inconsistent lock state",
	 "A lock is taken in an interrupt handler (or softirq), and elsewhere "
	 "with interrupts on. If the interrupt comes while that lock is held "
	 "on the same CPU, it waits for itself. Take it with "
	 "spin_lock_irqsave() (or spin_lock_bh()) in the other place."},
	{FINDING_LOCKDEP, "lock order detected",
	 "A lock that interrupts use was held while one was taken that is "
	 "elsewhere held with interrupts on. An interrupt at the wrong moment "
	 "would deadlock. Disable interrupts around the second lock "
	 "everywhere, or do not nest the two."},
	{FINDING_LOCKDEP, "irq lock inversion",
	 "Taking this lock in an interrupt makes a deadlock possible with "
	 "another that is held with interrupts on. Disable interrupts where "
	 "that other lock is taken, or do not nest the two."},
	{FINDING_LOCKDEP, "Invalid wait context",
	 "A lock that may sleep, such as a mutex, was taken where sleeping "
	 "is forbidden: inside a spinlock, in an interrupt, under "
	 "rcu_read_lock(). A spinlock_t inside a raw_spinlock_t counts as "
	 "well, for it sleeps on real-time kernels. Take the sleeping lock "
	 "first, or use a spinlock."},
	{FINDING_LOCKDEP, "suspicious RCU usage",
	 "A pointer that RCU protects was read without rcu_read_lock() or "
	 "the lock that guards updates. Without either, the object may be "
	 "freed during the read."},
	{FINDING_LOCKDEP, "held lock freed",
	 "Memory with a lock in it was freed or initialised anew while that "
	 "lock was held. Unlock first, and be sure that nobody waits for it."},
	{FINDING_LOCKDEP, NULL,
	 "The lock validator saw an order or a use of locks that can "
	 "deadlock, even if this run did not. The report lists the locks "
	 "held and how each came to be taken."},
	{FINDING_HELD_LOCK, NULL,
	 "A task went back to user space, or out of a function that must not "
	 "keep it, with a lock still held. Look for a return, or a ? in "
	 "unsafe code, between lock and unlock; in Rust a guard was leaked."},
	{FINDING_BAD_UNLOCK, NULL,
	 "A lock was released that this task does not hold. Look for an "
	 "unlock without a lock on some path, most often two ways out of a "
	 "function that share an error label."},
	{FINDING_ATOMIC_SLEEP, "scheduling while atomic",
	 "A task gave up the CPU in a section where it must not: with a "
	 "spinlock held, preemption off, or in an interrupt. Look at the "
	 "stack for what slept (a mutex, msleep(), a GFP_KERNEL allocation), "
	 "and move it outside."},
	{FINDING_ATOMIC_SLEEP, NULL,
	 "A function that may sleep was called where sleeping is forbidden: "
	 "with a spinlock held, interrupts off, or in an interrupt. Typical "
	 "culprits are mutexes, copy_from_user() and GFP_KERNEL allocations. "
	 "Move the call outside, or use GFP_ATOMIC."},
};

static const struct explanation others[] = {
	{FINDING_OOPS, "divide error",
	 "A division by zero, or one whose result does not fit, stopped this "
	 "thread. Check the divisor before it is used."},
	{FINDING_OOPS, "NULL pointer",
	 "A pointer that is NULL, or NULL plus the offset of a field, was "
	 "followed, and the kernel killed the task. Look for a result that "
	 "was not checked."},
	{FINDING_OOPS, NULL,
	 "The CPU met something that kernel code may not do, mostly an "
	 "access to an address that is not there, and the kernel killed the "
	 "task. RIP in the report is where; the call trace is how it got "
	 "there. Locks that it held stay held, so later failures may only "
	 "be consequences."},
	{FINDING_BUG, "Poison overwritten",
	 "The allocator fills free objects with a pattern, and found it "
	 "changed: somebody wrote to an object after it was freed. The "
	 "report shows who had it last."},
	{FINDING_BUG, "Redzone overwritten",
	 "The bytes around an object were changed: somebody wrote past its "
	 "end or before its start. The report shows who allocated it."},
	{FINDING_BUG, "Objects remaining",
	 "A kmem_cache was destroyed while objects of it were still in use. "
	 "Free them all first."},
	{FINDING_BUG, "bad magic",
	 "A lock was used that was never initialised, or whose memory was "
	 "overwritten or freed. Call spin_lock_init() or mutex_init() before "
	 "anyone can reach it."},
	{FINDING_BUG, "kernel BUG at",
	 "Code reached a BUG(): a place whose author declared that it cannot "
	 "be reached, or must not be. The line in the headline holds the "
	 "condition. The kernel killed the task, and what it held stays "
	 "held."},
	{FINDING_BUG, NULL,
	 "The kernel found its own data in a state that must not be, as the "
	 "headline says. The call trace shows where it was noticed, which "
	 "may be long after it was done."},
	{FINDING_WARN, NULL,
	 "A WARN() fired: a condition that ought never to hold did, and the "
	 "kernel went on. The line in the headline holds the condition, the "
	 "call trace shows who brought it about. At do_one_initcall it means "
	 "that a module's init returned with a spinlock still held or "
	 "interrupts off."},
	{FINDING_RUST_PANIC, "overflow",
	 "Rust checks arithmetic in this kernel, and a result did not fit "
	 "its type. Use checked_add() and its kin and return an error "
	 "(EOVERFLOW), or wrapping_add() if wrapping is meant."},
	{FINDING_RUST_PANIC, "index out of bounds",
	 "A slice was indexed beyond its length. Rust stopped before any "
	 "memory was touched, but in the kernel a panic ends in BUG(). Use "
	 "get(), which gives an Option, and return an error."},
	{FINDING_RUST_PANIC, "unwrap",
	 "unwrap() met a None or an Err. In the kernel a panic ends in "
	 "BUG(), which kills the task and may take the system with it. Hand "
	 "the error to the caller with ? instead."},
	{FINDING_RUST_PANIC, NULL,
	 "Rust code panicked: an unwrap(), an index out of bounds, an "
	 "overflow, an assert. In the kernel there is no unwinding: a panic "
	 "ends in BUG(), no destructor runs, and locks stay held. Return an "
	 "error with ? instead."},
	{FINDING_PANIC, NULL,
	 "The kernel met something that it could not survive and stopped. "
	 "What came just before in the log is the cause; the panic is only "
	 "the end of it."},
	{FINDING_SOFT_LOCKUP, NULL,
	 "A CPU stayed in kernel mode for more than 20 seconds without "
	 "letting any other task run. Look at the stack for the loop: its "
	 "end condition may never come, or it waits by spinning for what it "
	 "should sleep on."},
	{FINDING_HUNG_TASK, NULL,
	 "A task slept uninterruptibly for too long: it waits for something "
	 "that never came. Look at the stack for what it waits for (a mutex "
	 "that nobody releases, a completion that nobody completes)."},
	{FINDING_RCU_STALL, NULL,
	 "RCU waits for every CPU and reader to pass a quiet point, and one "
	 "did not: it loops inside rcu_read_lock(), or with interrupts or "
	 "preemption off. The stack in the report shows where it loops."},
	{FINDING_FORGED, NULL,
	 "The log holds a line that looks like a test result, but the "
	 "kernel's own test framework knows no such result. Results are "
	 "taken from KUnit itself, so printing them wins nothing. If it was "
	 "no more than a message, begin it with something other than \"ok\" "
	 "or \"not ok\"."},
};

static const char *look_up(const struct explanation *e, size_t n,
			   enum finding_kind k, const char *title)
{
	for (size_t i = 0; i < n; i++)
		if (e[i].kind == k &&
		    (!e[i].title || (title && strstr(title, e[i].title))))
			return e[i].text;
	return NULL;
}

#define LOOK_UP(table)                                                         \
	look_up(table, sizeof(table) / sizeof(*(table)), k, title)

const char *finding_explain(enum finding_kind k, const char *title)
{
	const char *text = LOOK_UP(memory);

	if (!text)
		text = LOOK_UP(locking);
	if (!text)
		text = LOOK_UP(others);
	if (!text)
		BUG("no explanation of finding kind %d", k);
	return text;
}
