// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/module.h>

MODULE_DESCRIPTION("a module of Kiln's own, never loaded");
MODULE_LICENSE("GPL");
