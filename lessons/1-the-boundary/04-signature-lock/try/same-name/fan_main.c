// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>

void fan_look(void);

static int __init fan_init(void)
{
	fan_look();
	return 0;
}
module_init(fan_init);

static void __exit fan_exit(void)
{
}
module_exit(fan_exit);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("Two functions of one name");
MODULE_LICENSE("GPL");
