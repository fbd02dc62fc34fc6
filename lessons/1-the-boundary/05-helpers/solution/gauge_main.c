// SPDX-License-Identifier: GPL-2.0
#include <linux/export.h>
#include <linux/module.h>

#include "gauge.h"

/* Exported from C, as rust/exports.c does it; the functions are in gauge_rs.rs. */
#define EXPORT_FROM_RUST EXPORT_SYMBOL_GPL

EXPORT_FROM_RUST(gauge_read);
EXPORT_FROM_RUST(gauge_mean);

static int __init gauge_init(void)
{
	u16 word = GAUGE_WORD(GAUGE_FULL_RAW);

	pr_info("gauge: the largest reading is %d mV\n", gauge_read(&word));
	return 0;
}
module_init(gauge_init);

static void __exit gauge_exit(void)
{
}
module_exit(gauge_exit);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("A gauge that is read in Rust");
MODULE_LICENSE("GPL");
