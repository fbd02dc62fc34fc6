// SPDX-License-Identifier: GPL-2.0
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/atomic.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/slab.h>

#include "meter.h"

struct meter {
	struct kref ref;
	struct list_head link;
	unsigned int id;
	atomic_t litres;
};

static LIST_HEAD(table);
static struct meter *main_meter;
static DEFINE_MUTEX(meters_lock);	/* for both of the above */
static atomic_t alive;

static void meter_release(struct kref *ref)
{
	struct meter *m = container_of(ref, struct meter, ref);

	atomic_dec(&alive);
	kfree(m);
}

void meter_get(struct meter *m)
{
	kref_get(&m->ref);
}
EXPORT_SYMBOL_GPL(meter_get);

void meter_put(struct meter *m)
{
	kref_put(&m->ref, meter_release);
}
EXPORT_SYMBOL_GPL(meter_put);

static struct meter *lookup(unsigned int id)
{
	struct meter *m;

	lockdep_assert_held(&meters_lock);
	list_for_each_entry(m, &table, link)
		if (m->id == id)
			return m;

	return NULL;
}

struct meter *meter_find(unsigned int id)
{
	struct meter *m;

	mutex_lock(&meters_lock);
	m = lookup(id);
	if (m)
		meter_get(m);
	mutex_unlock(&meters_lock);

	return m;
}
EXPORT_SYMBOL_GPL(meter_find);

unsigned int meter_litres(const struct meter *m)
{
	return atomic_read(&m->litres);
}
EXPORT_SYMBOL_GPL(meter_litres);

struct meter *meter_set_main(struct meter *m)
{
	struct meter *old;

	mutex_lock(&meters_lock);
	old = main_meter;
	main_meter = m;
	mutex_unlock(&meters_lock);

	return old;
}
EXPORT_SYMBOL_GPL(meter_set_main);

int meter_add(unsigned int id, unsigned int litres)
{
	struct meter *m = kzalloc_obj(*m);

	if (!m)
		return -ENOMEM;

	kref_init(&m->ref);
	m->id = id;
	atomic_set(&m->litres, litres);
	atomic_inc(&alive);

	mutex_lock(&meters_lock);
	list_add_tail(&m->link, &table);
	mutex_unlock(&meters_lock);

	return 0;
}
EXPORT_SYMBOL_GPL(meter_add);

void meter_remove(unsigned int id)
{
	struct meter *m;

	mutex_lock(&meters_lock);
	m = lookup(id);
	if (m)
		list_del(&m->link);
	mutex_unlock(&meters_lock);

	if (m)
		meter_put(m);
}
EXPORT_SYMBOL_GPL(meter_remove);

unsigned int meter_id(const struct meter *m)
{
	return m->id;
}
EXPORT_SYMBOL_GPL(meter_id);

unsigned int meter_refs(const struct meter *m)
{
	return kref_read(&m->ref);
}
EXPORT_SYMBOL_GPL(meter_refs);

unsigned int meters_alive(void)
{
	return atomic_read(&alive);
}
EXPORT_SYMBOL_GPL(meters_alive);

void meters_stop(void)
{
	struct meter *m = meter_set_main(NULL);
	struct meter *next;

	if (m)
		meter_put(m);

	/* The module goes: nobody else comes to the table now. */
	list_for_each_entry_safe(m, next, &table, link) {
		list_del(&m->link);
		meter_put(m);
	}
	pr_info("unloaded, meters left: %u\n", meters_alive());
}
