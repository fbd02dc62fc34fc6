/* SPDX-License-Identifier: GPL-2.0 */
/* What the till wants to know of the kitchen. It is in bill_rs.rs. */
#ifndef BILL_H
#define BILL_H

#include <linux/types.h>

/* What all orders cost. */
u64 bill_total(void);

/* The ids and tables of up to @room late orders, and how many these were. */
size_t bill_late(u32 *ids, u32 *tables, size_t room);

/* Each order of this table costs so much less, but not less than nothing. */
void bill_discount(u32 table, u32 cents);

/* Serve this order. 0 or -ENOENT. */
int bill_serve(u32 id);

/* Serve all orders of a table. Returns how many these were. */
size_t bill_serve_table(u32 table);

#endif
