/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "klog-findings.h"

#include <string.h>

#define KIND(k) (1u << FINDING_##k)
#define IS(kind, set) ((1u << (kind)) & (set))

#define MEMORY (KIND(KASAN) | KIND(UBSAN) | KIND(REFCOUNT) | \
		KIND(LIST_CORRUPTION) | KIND(OOPS) | KIND(BUG))
#define STALLS (KIND(SOFT_LOCKUP) | KIND(HUNG_TASK) | KIND(RCU_STALL))
#define LOCKS  (KIND(LOCKDEP) | KIND(HELD_LOCK) | KIND(BAD_UNLOCK) | \
		KIND(ATOMIC_SLEEP) | KIND(WARN))

static bool about_context(const char *title)
{
	return strstr(title, "wait context") || strstr(title, "RCU") ||
	       strstr(title, "non-block");
}

/* Locks: a task that gets one wrong is told about it in several ways. */
static enum relation relate_locks(const struct finding *a,
				  const struct splat *b, bool near)
{
	unsigned lost = KIND(HELD_LOCK) | KIND(BAD_UNLOCK) |
			KIND(ATOMIC_SLEEP);

	if (b->imbalance && IS(a->kind, lost))
		return AFTERMATH;
	/* Whatever it locks from now on, it locks under the one it kept. */
	if (a->kind == FINDING_HELD_LOCK)
		return IS(b->kind, KIND(HELD_LOCK) | KIND(ATOMIC_SLEEP) |
					   KIND(LOCKDEP)) ?
			       AFTERMATH : UNRELATED;
	if (!near)
		return UNRELATED;
	if (a->kind == FINDING_BAD_UNLOCK)
		return AFTERMATH;
	if (a->kind == FINDING_ATOMIC_SLEEP &&
	    IS(b->kind, KIND(ATOMIC_SLEEP) | KIND(HELD_LOCK)))
		return SAME_FAULT;
	if (b->kind == FINDING_ATOMIC_SLEEP && a->kind == FINDING_LOCKDEP)
		return about_context(a->title) ? SAME_FAULT : UNRELATED;
	if (b->kind == FINDING_LOCKDEP && a->kind == FINDING_ATOMIC_SLEEP)
		return about_context(b->title) ? SAME_FAULT : UNRELATED;
	if (b->kind == FINDING_BAD_UNLOCK && a->kind == FINDING_LOCKDEP)
		return SAME_FAULT;
	return UNRELATED;
}

/* No shadow for the address: KASAN reports it, and then the CPU faults. */
static bool faults_as_well(const char *title)
{
	return strstr(title, "null-ptr-deref") ||
	       strstr(title, "memory-access");
}

/* One access seen by two detectors: an index, freed memory. */
static bool same_access(const char *title, enum finding_kind other)
{
	if (IS(other, KIND(REFCOUNT) | KIND(LIST_CORRUPTION)))
		return strstr(title, "use-after-free");
	return strstr(title, "out-of-bounds");
}

/*
 * Memory: UBSAN sees the index and KASAN the access; KASAN sees freed memory
 * and the counter in it is garbage; then the CPU may fault. Only within one
 * function: two detectors may as well fire on two faults.
 */
static enum relation relate_memory(const struct finding *a,
				   const struct splat *b, bool near)
{
	bool oops = b->kind == FINDING_OOPS;

	if (a->kind == FINDING_KASAN && oops &&
	    (near || faults_as_well(a->title)))
		return SAME_FAULT;
	if (!near || a->kind == b->kind || !a->symbol ||
	    !text_same_function(a->symbol, splat_culprit(b)))
		return UNRELATED;
	if (oops)
		return SAME_FAULT;
	if (a->kind == FINDING_KASAN)
		return same_access(a->title, b->kind) ? SAME_FAULT : UNRELATED;
	if (b->kind == FINDING_KASAN)
		return same_access(b->title, a->kind) ? SAME_FAULT : UNRELATED;
	return UNRELATED;
}

/* SLUB and the end of a cache: the report, then a WARN() with the trace. */
static bool slub_warns(const struct finding *a, const struct splat *b)
{
	if (b->kind == FINDING_WARN && strcmp(b->file, "mm/slub.c") == 0)
		return true;
	return a->kind == FINDING_LEAK && b->kind == FINDING_LEAK;
}

/* An object was corrupt: its slab is then out of use, and never empty. */
static bool slub_gave_up(const struct finding *a, const struct splat *b)
{
	return a->kind == FINDING_BUG && strstr(a->title, "Object corrupt") &&
	       (strstr(b->title, "Slab disabled since") ||
		strstr(b->title, "Slab cache still has objects"));
}

/* Is the report @b about the fault that is the finding @i? */
enum relation findings_relate(const struct findings *f, size_t i,
			    const struct splat *b, uint64_t h)
{
	const struct finding *a = &f->v[i];
	const struct finding_memo *m = &f->memo[i];
	bool latest = i == f->latest;
	bool near = latest && b->near;
	bool same_task = m->pid >= 0 && m->pid == b->pid;

	if (b->aftermath)
		return latest && (m->died || !strstr(b->title, "kill init")) ?
			       AFTERMATH : UNRELATED;
	if (m->hash == h || (m->died && same_task) || slub_gave_up(a, b))
		return AFTERMATH;
	if (!same_task && !(near && (m->pid < 0 || b->pid < 0)))
		return UNRELATED;
	if (near && slub_warns(a, b))
		return AFTERMATH;
	/* To print the name of a lock took memory that is gone. */
	if (latest && b->within && b->kind == FINDING_KASAN &&
	    IS(a->kind, LOCKS))
		return SAME_FAULT;
	if (IS(a->kind, STALLS) && IS(b->kind, STALLS))
		return SAME_FAULT;
	/* Lockdep foresaw the deadlock, and then the task was in it. */
	if (a->kind == FINDING_LOCKDEP && IS(b->kind, STALLS))
		return AFTERMATH;
	if (IS(a->kind, LOCKS) && IS(b->kind, LOCKS))
		return relate_locks(a, b, near);
	if (latest && IS(a->kind, MEMORY) && IS(b->kind, MEMORY))
		return relate_memory(a, b, near);
	return UNRELATED;
}
