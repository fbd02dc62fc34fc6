/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The orders in a kitchen. Each is in the list of all orders, by `queue`, and
 * may be in the list of late ones as well, by `late`.
 *
 * One mutex guards both lists and all that is in an order. Between
 * kitchen_lock() and kitchen_unlock() nobody else adds, changes, moves or
 * frees one.
 */
#ifndef KITCHEN_H
#define KITCHEN_H

#include <linux/types.h>

struct order {
	u64 placed;
	struct list_head queue;	/* among all orders */
	struct list_head late;	/* among the late ones, if it is */
	u32 id;
	u32 table;
	u32 cents;
	u32 guests;
	u32 waiter;
	u32 course;
};

void kitchen_lock(void);
void kitchen_unlock(void);

/* These four want the lock to be held. */

struct list_head *kitchen_orders(void);	/* the head of the list of all */
struct list_head *kitchen_late(void);	/* the head of the list of late ones */

/**
 * kitchen_serve() - an order is done
 * @id: which
 *
 * Takes it off both lists, and frees it.
 *
 * Return: 0, or -ENOENT if there is no such order.
 */
int kitchen_serve(u32 id);

/* Sorts all orders by table; equal ones stay as they are. */
void kitchen_sort(void);

/*
 * What kitchen_sort() gives to list_sort(), see lib/list_sort.c. It is in
 * walk.rs. @a and @b are the `queue` of one order each.
 *
 * Return: more than 0 if @a must stand after @b, else 0 or less.
 */
int order_cmp(void *priv, const struct list_head *a, const struct list_head *b);

/* For who runs the kitchen, and for tests. These take the lock. */

int kitchen_add(const struct order *o);	/* copies all but the lists */
int kitchen_delay(u32 id);	/* it is late; -ENOENT */
void kitchen_close(void);	/* frees all orders */

#endif
