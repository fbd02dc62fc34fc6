/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Locks, and where sleeping is forbidden.
 *
 * The claims are those of Documentation/locking/lockdep-design.rst and
 * locktypes.rst, RCU/whatisRCU.rst, and of kernel/locking/lockdep.c,
 * kernel/sched/core.c and init/main.c, where the headlines are made.
 */
#include "explain-int.h"

static const struct explanation locks[] = {
	{FINDING_LOCKDEP, "recursive locking",
	 "A lock was taken by a task that holds it already, or holds another "
	 "of the same class, which is: initialised at the same place. The "
	 "first waits for itself for ever; the second needs a fixed order and "
	 "mutex_lock_nested(). Look for a function that locks and calls "
	 "another that locks too; in Rust, for a guard that lives longer than "
	 "you thought."},
	{FINDING_LOCKDEP, "circular locking",
	 "Locks are taken in one order here and in the other order elsewhere. "
	 "No deadlock happened now: that takes two CPUs which do both at "
	 "once. Choose one order for all paths; the report has the stack on "
	 "which each order was seen. Rust's guards unlock by themselves, but "
	 "the order is yours to keep there as well."},
	{FINDING_LOCKDEP, "lock state, hardirq",
	 "A lock is taken in an interrupt, and elsewhere with interrupts on. "
	 "If the interrupt comes while the lock is held on the same CPU, it "
	 "waits for ever. Outside of the interrupt take it with "
	 "spin_lock_irqsave()."},
	{FINDING_LOCKDEP, "inconsistent lock state",
	 "A lock is taken in a softirq, such as a timer's function, and "
	 "elsewhere with softirqs on. If the timer goes off while the lock is "
	 "held on the same CPU, it waits for ever. Outside of it take the "
	 "lock with spin_lock_bh()."},
	{FINDING_LOCKDEP, "lock order detected",
	 "A lock that interrupts or softirqs take was held while one was "
	 "taken that is elsewhere held with them on. One CPU may hold the "
	 "second and be interrupted, while another holds the first and waits "
	 "for the second. Turn interrupts (softirqs) off wherever the second "
	 "is taken, or do not nest the two."},
	{FINDING_LOCKDEP, "irq lock inversion",
	 "A lock was taken in an interrupt or softirq. Elsewhere another lock "
	 "is taken within it, and that one is at times held with them on: "
	 "together this can deadlock. Turn interrupts (softirqs) off wherever "
	 "the inner lock is taken, or do not nest the two."},
	{FINDING_LOCKDEP, "Invalid wait context",
	 "A lock that may sleep was taken where sleeping is forbidden: a "
	 "mutex under a spinlock, or a spinlock_t under a raw_spinlock_t or "
	 "in a hard interrupt, for a spinlock_t sleeps on real-time kernels. "
	 "Take the sleeping lock first, or the same kind of lock for both."},
	{FINDING_LOCKDEP, "suspicious RCU usage",
	 "A pointer that RCU protects was read without rcu_read_lock() or "
	 "the lock that guards updates. Without either, the object may be "
	 "freed during the read. In Rust hold a guard of rcu::read_lock()."},
	{FINDING_LOCKDEP, "non-static key",
	 "A lock was used that was never initialised: memory of zeros is not "
	 "yet a lock. Call spin_lock_init() or mutex_init() before anyone can "
	 "reach it. In Rust new_spinlock! and new_mutex! make an initialiser, "
	 "and pin-init sees to it that it runs."},
	{FINDING_LOCKDEP, NULL,
	 "The lock validator saw an order or a use of locks that can "
	 "deadlock, even if this run did not. The report lists the locks "
	 "held and how each came to be taken."},

	{FINDING_HELD_LOCK, "held lock freed",
	 "Memory with a lock in it was freed or initialised anew while that "
	 "lock was held. Unlock first, and be sure that nobody waits for it. "
	 "In Rust a guard borrows its lock, so the lock cannot be dropped "
	 "before it."},
	{FINDING_HELD_LOCK, "preemption imbalance",
	 "The module's init function returned with preemption off: with a "
	 "spinlock still locked, in most cases, or a preempt_disable() "
	 "without its preempt_enable(). Look for a return between the two. "
	 "The kernel put preemption right, but a lock stays locked."},
	{FINDING_HELD_LOCK, "disabled interrupts",
	 "The module's init function returned with interrupts off. Look for a "
	 "return between local_irq_disable() or spin_lock_irq() and its "
	 "opposite. The kernel has turned them on again, but a lock stays "
	 "locked."},
	{FINDING_HELD_LOCK, "workqueue leaked",
	 "A work item came to its end with a lock held, preemption off or "
	 "inside rcu_read_lock(); \"workfn\" names it. The worker goes "
	 "on to other items, which would run under that lock. Look for a "
	 "return between lock and unlock."},
	{FINDING_HELD_LOCK, "still has locks held",
	 "A task ended with a lock held, which nobody can release any more. "
	 "Look for a return between lock and unlock in the thread's function, "
	 "and for a guard that mem::forget() kept from unlocking."},
	{FINDING_HELD_LOCK, NULL,
	 "A task went back to user space with a lock still held, and whoever "
	 "wants it next will wait for ever. Look for a return between lock "
	 "and unlock. Rust unlocks when the guard is dropped, so there it was "
	 "forgotten: mem::forget(), ManuallyDrop, or an owner that leaked."},

	{FINDING_BAD_UNLOCK, NULL,
	 "A lock was released that this task does not hold. Look for an "
	 "unlock without a lock on some path, most often two ways out of a "
	 "function that share an error label. Safe Rust cannot unlock twice: "
	 "only dropping the guard unlocks."},

	{FINDING_ATOMIC_SLEEP, "scheduling while atomic",
	 "A task gave up the CPU where it must not: with a spinlock held, "
	 "preemption off, or in an interrupt. Look at the stack for what "
	 "slept (msleep(), a mutex, a GFP_KERNEL allocation), and move it out "
	 "of that section."},
	{FINDING_ATOMIC_SLEEP, "in a softirq",
	 "A function that may sleep was called in a softirq, such as a "
	 "timer's function, which belongs to no task that could sleep. Hand "
	 "the work to a work item (schedule_work()), or use what never "
	 "sleeps: spinlocks, GFP_ATOMIC."},
	{FINDING_ATOMIC_SLEEP, "with interrupts off",
	 "A function that may sleep was called with interrupts off, and they "
	 "would stay off for whoever runs next. Typical culprits are mutexes "
	 "and GFP_KERNEL allocations. Do it before local_irq_save() or "
	 "spin_lock_irqsave(), or use GFP_ATOMIC."},
	{FINDING_ATOMIC_SLEEP, "in an RCU reader",
	 "A function that may sleep was called between rcu_read_lock() and "
	 "rcu_read_unlock(), where it may not, or after a function that "
	 "returned without the second of them. Take what you need out of the "
	 "section first, with a reference if it must live on, or use SRCU. "
	 "Rust's rcu::Guard does not keep you from sleeping."},
	{FINDING_ATOMIC_SLEEP, "RCU read-side",
	 "A task slept between rcu_read_lock() and rcu_read_unlock(). All "
	 "that waits for a grace period waits for it, so readers must be "
	 "short and may not sleep. Move the sleep out, or use SRCU, whose "
	 "readers may."},
	{FINDING_ATOMIC_SLEEP, "!TASK_RUNNING",
	 "A task said that it was going to sleep (set_current_state(), "
	 "prepare_to_wait()), and then, before schedule(), called something "
	 "that sleeps itself, which forgets that state. Call it earlier, or "
	 "use wait_event(), which does these steps in order."},
	{FINDING_ATOMIC_SLEEP, NULL,
	 "A function that may sleep was called where sleeping is forbidden, "
	 "mostly with a spinlock held. Typical culprits are mutexes, "
	 "copy_from_user() and GFP_KERNEL allocations, also behind "
	 "KBox::new() and KVec's push(). Do it before the lock is taken, or "
	 "use GFP_ATOMIC; Rust's types do not see this."},
};

const struct explanations explain_locks = EXPLANATIONS(locks);
