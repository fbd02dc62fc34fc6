// SPDX-License-Identifier: GPL-2.0
/*
 * Objects from kmalloc() and its like with the module, or its init, among
 * the callers, that kfree() has not freed: in a table, by address.
 */
#include <linux/hash.h>
#include <linux/log2.h>
#include <linux/preempt.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/stacktrace.h>
#include <trace/events/kmem.h>

#include "harness.h"

#define LIVE_MOST (1u << 13)

static const void *live[LIVE_MOST];
static unsigned int nlive;
static bool live_lost; /* there was no room */
static DEFINE_RAW_SPINLOCK(lock);

static unsigned int slot_of(const void *ptr)
{
	unsigned int i = hash_ptr(ptr, ilog2(LIVE_MOST));

	while (live[i] && live[i] != ptr)
		i = (i + 1) % LIVE_MOST;
	return i;
}

static void add(const void *ptr)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&lock, flags);
	if (nlive < LIVE_MOST / 2) {
		unsigned int i = slot_of(ptr);

		nlive += !live[i];
		live[i] = ptr;
	} else {
		live_lost = true;
	}
	raw_spin_unlock_irqrestore(&lock, flags);
}

/* Those behind it that stand there only because of it move up. */
static void remove(const void *ptr)
{
	unsigned int i, j;
	unsigned long flags;

	raw_spin_lock_irqsave(&lock, flags);
	i = slot_of(ptr);
	if (live[i]) {
		nlive--;
		live[i] = NULL;
		for (j = (i + 1) % LIVE_MOST; live[j];
		     j = (j + 1) % LIVE_MOST) {
			const void *moved = live[j];

			live[j] = NULL;
			live[slot_of(moved)] = moved;
		}
	}
	raw_spin_unlock_irqrestore(&lock, flags);
}

/* The module is among the callers, or its init runs here. */
static bool is_on_its_behalf(void)
{
	const struct module *mod = READ_ONCE(harness_module);
	unsigned long stack[HARNESS_DEPTH];
	unsigned int n;

	if (!mod)
		return false;
	if (harness_in_init())
		return true;
	n = stack_trace_save(stack, HARNESS_DEPTH, 2);
	for (unsigned int i = 0; i < n; i++)
		if (within_module(stack[i], mod))
			return true;
	return false;
}

static void saw_kmalloc(void *data, unsigned long call_site, const void *ptr,
			size_t bytes_req, size_t bytes_alloc, gfp_t gfp_flags,
			int node)
{
	if (!ZERO_OR_NULL_PTR(ptr) && is_on_its_behalf())
		add(ptr);
}

static void saw_kfree(void *data, unsigned long call_site, const void *ptr)
{
	if (READ_ONCE(nlive) && !ZERO_OR_NULL_PTR(ptr))
		remove(ptr);
}

int live_start(void)
{
	int err = register_trace_kmalloc(saw_kmalloc, NULL);

	return err ? err : register_trace_kfree(saw_kfree, NULL);
}

void live_forget(void)
{
	raw_spin_lock_irq(&lock);
	memset(live, 0, sizeof(live));
	nlive = 0;
	live_lost = false;
	raw_spin_unlock_irq(&lock);
}

unsigned int live_count(bool *lost)
{
	*lost = live_lost;
	return nlive;
}
