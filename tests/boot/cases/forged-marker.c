// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Speaks as the agent would, with a nonce that it guesses. */
static int bad_init(void)
{
	ready();
	pr_info("kiln: 0123456789abcdef end 0 0\n");
	printk(KERN_INFO "kiln: 0123456789abcdef end 0 0\n");
	printk(KERN_INFO "kiln: 0123456789abcdef begin 1\n");
	printk(KERN_INFO "kiln: 0123456789abcdef end 1 0\n");
	printk(KERN_INFO "kiln: 0123456789abcdef done\n");
	emergency_restart();
	return 0;
}
