// SPDX-License-Identifier: GPL-2.0
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/list.h>
#include <linux/list_sort.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#include "kitchen.h"

static LIST_HEAD(all_orders);
static LIST_HEAD(late_orders);
static DEFINE_MUTEX(lock);

void kitchen_lock(void)
{
	mutex_lock(&lock);
}
EXPORT_SYMBOL_GPL(kitchen_lock);

void kitchen_unlock(void)
{
	mutex_unlock(&lock);
}
EXPORT_SYMBOL_GPL(kitchen_unlock);

struct list_head *kitchen_orders(void)
{
	lockdep_assert_held(&lock);
	return &all_orders;
}
EXPORT_SYMBOL_GPL(kitchen_orders);

struct list_head *kitchen_late(void)
{
	lockdep_assert_held(&lock);
	return &late_orders;
}
EXPORT_SYMBOL_GPL(kitchen_late);

static struct order *lookup(u32 id)
{
	struct order *o;

	lockdep_assert_held(&lock);
	list_for_each_entry(o, &all_orders, queue)
		if (o->id == id)
			return o;

	return NULL;
}

int kitchen_serve(u32 id)
{
	struct order *o = lookup(id);

	if (!o)
		return -ENOENT;

	list_del(&o->queue);
	list_del(&o->late);
	kfree(o);
	return 0;
}
EXPORT_SYMBOL_GPL(kitchen_serve);

void kitchen_sort(void)
{
	lockdep_assert_held(&lock);
	list_sort(NULL, &all_orders, order_cmp);
}
EXPORT_SYMBOL_GPL(kitchen_sort);

int kitchen_add(const struct order *o)
{
	struct order *copy = kmemdup(o, sizeof(*o), GFP_KERNEL);

	if (!copy)
		return -ENOMEM;

	INIT_LIST_HEAD(&copy->late);
	kitchen_lock();
	list_add_tail(&copy->queue, &all_orders);
	kitchen_unlock();
	return 0;
}
EXPORT_SYMBOL_GPL(kitchen_add);

int kitchen_delay(u32 id)
{
	struct order *o;

	kitchen_lock();
	o = lookup(id);
	if (o)
		list_move_tail(&o->late, &late_orders);
	kitchen_unlock();
	return o ? 0 : -ENOENT;
}
EXPORT_SYMBOL_GPL(kitchen_delay);

void kitchen_close(void)
{
	struct order *o, *next;

	kitchen_lock();
	list_for_each_entry_safe(o, next, &all_orders, queue) {
		list_del(&o->queue);
		list_del(&o->late);
		kfree(o);
	}
	kitchen_unlock();
}
EXPORT_SYMBOL_GPL(kitchen_close);
