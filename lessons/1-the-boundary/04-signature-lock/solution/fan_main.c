// SPDX-License-Identifier: GPL-2.0
#include <linux/export.h>
#include <linux/list.h>
#include <linux/module.h>

#include "fan.h"

/* Two zones; a real driver would read their temperature from a chip. */
static struct fan_zone cpu = { .temp = 65000, .limit = 85000 };
static struct fan_zone disk = { .temp = 24000, .limit = 55000 };
static LIST_HEAD(fan_zones);

/* Exported from C, as rust/exports.c does it; the functions are in fan_rs.rs. */
#define EXPORT_FROM_RUST EXPORT_SYMBOL_GPL

/* For the drivers that know the chips. None of them is in this module. */
EXPORT_FROM_RUST(fan_duty);
EXPORT_FROM_RUST(fan_headroom);

static int __init fan_init(void)
{
	unsigned int n;

	list_add_tail(&cpu.node, &fan_zones);
	list_add_tail(&disk.node, &fan_zones);

	n = fan_update(&fan_zones, 25000);
	pr_info("fan: %u zones: cpu at %u%%, disk at %u%%\n", n,
		cpu.duty * 100 / FAN_DUTY_MAX, disk.duty * 100 / FAN_DUTY_MAX);

	return 0;
}
module_init(fan_init);

static void __exit fan_exit(void)
{
}
module_exit(fan_exit);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("Fans whose speed is chosen in Rust");
MODULE_LICENSE("GPL");
