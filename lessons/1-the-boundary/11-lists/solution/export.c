// SPDX-License-Identifier: GPL-2.0
/* EXPORT_SYMBOL() exists in C only; these functions are in bill_rs.rs. */
#include <linux/export.h>

#include "bill.h"

#define EXPORT_FROM_RUST EXPORT_SYMBOL_GPL

EXPORT_FROM_RUST(bill_total);
EXPORT_FROM_RUST(bill_late);
EXPORT_FROM_RUST(bill_discount);
EXPORT_FROM_RUST(bill_serve);
EXPORT_FROM_RUST(bill_serve_table);
