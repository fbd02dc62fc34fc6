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
	int ret;

	indoors = history_new(1, 4);
	if (!indoors)
		return -ENOMEM;

	outdoors = history_new(2, 4);
	if (!outdoors) {
		ret = -ENOMEM;
		goto free_indoors;
	}

	for (int i = 0; i < 3; i++) {
		ret = history_add(indoors, 20 + i);
		if (ret)
			goto free_outdoors;
	}

	ret = history_add(outdoors, -5);
	if (ret)
		goto free_outdoors;

	pr_info("station: indoors %lld, outdoors %lld\n",
		history_sum(indoors), history_sum(outdoors));
	return 0;

free_outdoors:
	history_free(outdoors);
free_indoors:
	history_free(indoors);
	return ret;
}

static void __exit station_exit(void)
{
	history_free(outdoors);
	history_free(indoors);
	pr_info("station: closed\n");
}

module_init(station_init);
module_exit(station_exit);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("C owns what Rust has made");
MODULE_LICENSE("GPL");
