/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory: KASAN, UBSAN, counters, lists, leaks.
 *
 * The claims are those of Documentation/dev-tools/kasan.rst and ubsan.rst,
 * and of mm/kasan/, lib/ubsan.c, lib/refcount.c, lib/list_debug.c and
 * mm/slub.c, where the headlines are made; of rust/kernel/alloc/ and of the
 * contracts that core states for its unsafe functions.
 */
#include "explain-int.h"

static const struct explanation memory[] = {
	{FINDING_KASAN, "module memory",
	 "The address lies where modules are loaded, and nothing of a module "
	 "is there now: a timer, a work item or something else of a module "
	 "that was unloaded is still in use. What init starts, exit must "
	 "stop and wait for: timer_delete_sync(), cancel_delayed_work_sync(), "
	 "kthread_stop(). A Work that Rust has queued keeps its data alive, "
	 "but not the module whose code it runs."},
	{FINDING_KASAN, "slab-use-after-free in __run_timer_base",
	 "An object was freed while a timer in it was still pending, and now "
	 "the kernel's list of timers leads into freed memory; delayed work "
	 "has such a timer, too. \"Allocated by\" and \"Freed by\" say which "
	 "object. Call timer_delete_sync() or cancel_delayed_work_sync() "
	 "before the kfree()."},
	{FINDING_KASAN, "slab-use-after-free",
	 "Memory was used after it had been given back with kfree() or by "
	 "dropping its owner in Rust. The report has three stacks: who used "
	 "it, who allocated it, who freed it; find the one that came at the "
	 "wrong time. Safe Rust cannot do this, so there look for a raw "
	 "pointer, often one that C was given, that outlived its owner."},
	{FINDING_KASAN, "slab-out-of-bounds",
	 "Code read or wrote past the end, or before the start, of an object "
	 "from kmalloc(), KBox or KVec. The line \"located N bytes …\" says "
	 "how far from it, and \"Allocated by\" where it got its size: "
	 "compare that with the index or length used here. In Rust v[i] is "
	 "checked, while raw pointers, get_unchecked() and from_raw_parts() "
	 "take your word for it."},
	{FINDING_KASAN, "double-free",
	 "The same object was freed twice; the report names both places. "
	 "Between C and Rust this often means that both think they own it: "
	 "into_raw() or into_foreign() gives ownership away, and only one "
	 "from_raw() or from_foreign() may take it back."},
	{FINDING_KASAN, "invalid-free",
	 "Something was freed that is not the start of a live allocation: a "
	 "pointer into the middle of an object, to the stack, or to memory "
	 "from elsewhere. Free exactly the pointer that the allocator gave, "
	 "not one that was moved on, nor that of a field."},
	{FINDING_KASAN, "null-ptr-deref",
	 "A pointer that is NULL, or NULL plus the offset of a field, was "
	 "followed. Look for a failed allocation or lookup whose result was "
	 "not checked. A reference in Rust is never NULL: in Rust this takes "
	 "a raw pointer, so look at what its SAFETY comment promises."},
	{FINDING_KASAN, "stack-out-of-bounds",
	 "Code went past the end, or before the start, of a local variable, "
	 "most often an array. The report names the frame and the variables "
	 "in it with their offsets. Check the index or length against the "
	 "size of the one that was hit."},
	{FINDING_KASAN, "alloca-out-of-bounds",
	 "Code went past the end of a local array whose size was computed at "
	 "run time. Check that size, and the index. Better, take a fixed "
	 "size or kmalloc(): the kernel's stack is small, and it does "
	 "without such arrays."},
	{FINDING_KASAN, "global-out-of-bounds",
	 "Code went past the end of a global or static variable. The report "
	 "names the variable that lies there; check the index or length "
	 "against its size."},
	{FINDING_KASAN, "vmalloc-out-of-bounds",
	 "Code went outside a live allocation of vmalloc(): past its end, or "
	 "into one that was already freed. Check the length, and whether "
	 "vfree(), or the drop of a VVec or VBox, came too early."},
	{FINDING_KASAN, "user-memory-access",
	 "Kernel code followed a user-space address as if it were one of its "
	 "own. Such addresses go through copy_from_user() and copy_to_user() "
	 "only, in Rust through UserSlice. A number that was taken for a "
	 "pointer looks the same."},
	{FINDING_KASAN, "wild-memory-access",
	 "A value was followed that is no address at all: a pointer that was "
	 "never set or was overwritten. Look at the registers for a run of "
	 "6b: with that byte SLUB fills what was freed, and also what "
	 "kmalloc() gives until somebody writes to it."},
	{FINDING_KASAN, "use-after-free",
	 "Memory was used after its whole pages had been given back, with "
	 "free_page() or as a large allocation. Find out who freed them, and "
	 "who still held a pointer."},
	{FINDING_KASAN, NULL,
	 "The kernel's address sanitizer checks each memory access, and this "
	 "one went to memory that the code may not touch. The first stack in "
	 "the report shows the access; \"Allocated by\" and \"Freed by\" "
	 "show the life of the object nearby."},

	{FINDING_UBSAN, "array-index-out-of-bounds",
	 "An array was indexed with a number that its type does not allow; "
	 "the headline has the line, the index and the type. In C nothing "
	 "else would have stopped this, so check the index first. Rust "
	 "checks each a[i] by itself, and panics."},
	{FINDING_UBSAN, "is negative",
	 "A value was shifted by a negative amount, for which C defines no "
	 "result. Check the amount before the shift, or keep it unsigned and "
	 "check that it is less than the number of bits."},
	{FINDING_UBSAN, "shift-out-of-bounds",
	 "A value was shifted by as many bits as its type has, or more, or "
	 "its bits were shifted out of it; C defines no result for that. "
	 "Check the amount, or shift a wider type: 1 << 40 is a shift of an "
	 "int, BIT_ULL(40) is not. Rust panics here, and has checked_shl()."},
	{FINDING_UBSAN, "invalid-load",
	 "A value was read that its type cannot hold, such as a bool that is "
	 "neither 0 nor 1: it was filled straight from bytes. In Rust to make "
	 "such a bool or enum is undefined behaviour, and no checker sees it, "
	 "so take an integer from C and convert it."},
	{FINDING_UBSAN, NULL,
	 "The undefined-behaviour sanitizer saw an operation whose result C "
	 "does not define; the report gives file and line. The compiler may "
	 "assume that such code never runs, so what happens next is luck."},

	{FINDING_REFCOUNT, "underflow",
	 "A reference was put once more than it was taken, so the object may "
	 "have been freed while others still use it. Count gets and puts on "
	 "each path, error paths too. In Rust each Arc and ARef counts "
	 "itself: look for a from_raw() or from_foreign() that runs twice."},
	{FINDING_REFCOUNT, "addition on 0",
	 "A reference was taken to an object whose count had already reached "
	 "zero, which means that it is being freed. Take it while another "
	 "one is still held, or use refcount_inc_not_zero(), and do not touch "
	 "the object if that says no."},
	{FINDING_REFCOUNT, "saturated",
	 "A reference count grew beyond what it may hold, or was no count at "
	 "all. The kernel then leaves it there for good, and leaks the object "
	 "rather than free it too early. Usually gets lack their puts, or the "
	 "memory was never initialised."},
	{FINDING_REFCOUNT, "decrement hit 0",
	 "refcount_dec() took away the last reference, and nobody was told "
	 "to free the object. Use refcount_dec_and_test(), and free it when "
	 "that says so. In Rust, dropping an Arc does both."},
	{FINDING_REFCOUNT, NULL,
	 "A reference count went where it must not. Count gets and puts on "
	 "each path, the error paths too."},

	{FINDING_LIST_CORRUPTION, "double add",
	 "An entry was added to a list while it was there, next to the same "
	 "neighbour. Remove it first (list_move() does both), or find out "
	 "why the code runs twice. Rust's List takes a ListArc, of which "
	 "there is one only for each object, so it cannot be added twice."},
	{FINDING_LIST_CORRUPTION, "LIST_POISON",
	 "An entry was removed from its list twice: list_del() leaves poison "
	 "in the pointers, and the second removal found it. Find out which "
	 "of the two has the duty, or use list_del_init(), after which "
	 "another removal is harmless."},
	{FINDING_LIST_CORRUPTION, "list_add corruption",
	 "Before an entry was added, the two neighbours-to-be did not point "
	 "at each other. Either two threads changed the list without a lock, "
	 "or an entry on it was freed or overwritten, or the list's head was "
	 "never initialised."},
	{FINDING_LIST_CORRUPTION, NULL,
	 "The neighbours of a list entry do not point back at it. Either two "
	 "threads changed the list without a lock, or an entry was freed or "
	 "moved while still on it, or a head was initialised again while it "
	 "had entries."},

	{FINDING_LEAK, "Objects remaining",
	 "A kmem_cache was destroyed while objects of it were still in use; "
	 "the report says where each was allocated. Give all of them back "
	 "before kmem_cache_destroy(), on error paths as well."},
	{FINDING_LEAK, NULL,
	 "The module was unloaded, and memory that it had allocated is still "
	 "there, with nobody left to free it. Every allocation needs an owner "
	 "on every path: in C look at error paths and the exit function. Rust "
	 "frees what it drops, so look at mem::forget(), leak(), into_raw(), "
	 "and at two Arcs that hold each other."},
};

const struct explanations explain_memory = EXPLANATIONS(memory);
