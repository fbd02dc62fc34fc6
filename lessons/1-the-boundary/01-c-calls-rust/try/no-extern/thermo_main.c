// SPDX-License-Identifier: GPL-2.0
/*
 * Calls two functions in Rust that lack extern "C". It asks for their
 * addresses: of a prototype Kiln would say that it is wrong, and stop.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/export.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/printk.h>

#include "thermo.h"

/* Where the two are. */
void *rust_from_reg_address(void);
void *rust_low_address(void);

static int __init thermo_init(void)
{
	const struct thermo_range wanted = { 15000, 25000, 500 };
	const struct thermo_range other = { -77, 0, 0 };

	int (*from_reg)(u16) = rust_from_reg_address();
	/* The lower end of a range; the second parameter is not looked at. */
	long (*low)(struct thermo_range, const struct thermo_range *) =
		rust_low_address();

	pr_info("a u16: sent 0x3200, which is 50000; the answer is %d\n",
		from_reg(0x3200));
	pr_info("a struct: sent one whose low is 15000; the answer is %ld\n",
		low(wanted, &other));
	return 0;
}
module_init(thermo_init);

static void __exit thermo_exit(void)
{
}
module_exit(thermo_exit);

int thermo_get(u16 value)
{
	return thermo_from_reg(value);
}
EXPORT_SYMBOL_GPL(thermo_get);

bool thermo_alarm(u16 value, int above)
{
	return thermo_too_hot(value, above);
}
EXPORT_SYMBOL_GPL(thermo_alarm);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("What a missing extern \"C\" does");
MODULE_LICENSE("GPL");
