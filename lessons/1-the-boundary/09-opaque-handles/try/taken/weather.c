// SPDX-License-Identifier: GPL-2.0
/* A weather station: it owns two histories for as long as it is loaded. */
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/printk.h>

#include "history.h"

static struct history *indoors;
static struct history *outdoors;

static int __init station_init(void)
{
	outdoors = NULL;
	indoors = history_new(1, 4);
	if (!indoors)
		return -ENOMEM;

	pr_info("station: the first history_add() returns %d\n",
		history_add(indoors, 20));
	pr_info("station: the second history_add() returns %d\n",
		history_add(indoors, 21));
	return 0;
}

static void __exit station_exit(void)
{
	history_free(outdoors);
	history_free(indoors);
}

module_init(station_init);
module_exit(station_exit);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("C owns what Rust has made");
MODULE_LICENSE("GPL");
