// SPDX-License-Identifier: GPL-2.0
#include <linux/delay.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

/* For Rust to use beyond its end, and after its end. */
void *ring_new(size_t size);
void ring_free(void *p);
void ring_twice(void);
void ring_sleep(void);
void ring_orders(void);
void *ring_leak(void);

noinline void *ring_new(size_t size)
{
	return kmalloc(size, GFP_KERNEL); /* MADE */
}

noinline void ring_free(void *p)
{
	kfree(p); /* FREED */
}

static LIST_HEAD(list);
static LIST_HEAD(entry);

static __always_inline void add(struct list_head *e)
{
	list_add(e, &list); /* TWICE */
}

noinline void ring_twice(void)
{
	list_add(&entry, &list);
	add(&entry);
}

static DEFINE_SPINLOCK(spin);

noinline void ring_sleep(void)
{
	spin_lock(&spin); /* HELD */
	kfree(kmalloc(8, GFP_KERNEL)); /* SLEEPS */
	spin_unlock(&spin);
}

static DEFINE_MUTEX(first);
static DEFINE_MUTEX(second);

static noinline void forwards(void)
{
	mutex_lock(&first);
	mutex_lock(&second); /* CHAIN */
	mutex_unlock(&second);
	mutex_unlock(&first);
}

static noinline void backwards(void)
{
	mutex_lock(&second); /* HOLDS */
	mutex_lock(&first); /* WANTS */
	mutex_unlock(&first);
	mutex_unlock(&second);
}

void ring_orders(void)
{
	forwards();
	backwards();
}

noinline void *ring_leak(void)
{
	return kmalloc(200, GFP_KERNEL); /* LEAKC */
}
