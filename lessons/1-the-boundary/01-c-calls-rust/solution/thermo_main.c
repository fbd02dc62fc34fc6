// SPDX-License-Identifier: GPL-2.0
/*
 * The C half of thermo.ko, and its entry. It stands for a driver that would
 * ask a real sensor; here insmod says what is in the register.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/export.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>

#include "thermo.h"

static ushort reg = 0x3200;
module_param(reg, ushort, 0);
MODULE_PARM_DESC(reg, "What the sensor's register has in it");

static int limit = 80000;
module_param(limit, int, 0);
MODULE_PARM_DESC(limit, "What is too hot, in millidegrees");

static int __init thermo_init(void)
{
	pr_info("register 0x%04x is %d millidegrees\n",
		reg, thermo_from_reg(reg));
	if (thermo_too_hot(reg, limit))
		pr_info("that is too hot\n");
	return 0;
}
module_init(thermo_init);

static void __exit thermo_exit(void)
{
}
module_exit(thermo_exit);

/* The door for other modules, and so for the tests. It is given. */

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
MODULE_DESCRIPTION("A sensor's driver in C, its arithmetic in Rust");
MODULE_LICENSE("GPL");
