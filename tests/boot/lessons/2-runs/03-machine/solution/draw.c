// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>
#include <linux/random.h>

static int draw_init(void)
{
	pr_info("draw: kernel %016llx\n", get_random_u64());
	return 0;
}
module_init(draw_init);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("Draws a random number");
MODULE_LICENSE("GPL");
