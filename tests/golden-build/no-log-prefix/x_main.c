// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>

MODULE_DESCRIPTION("Does not build");
MODULE_LICENSE("GPL");
