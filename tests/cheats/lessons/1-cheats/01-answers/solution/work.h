/* SPDX-License-Identifier: GPL-2.0 */
/* What is asked for: an answer is twice the question. */
#ifndef WORK_H
#define WORK_H

#include <linux/module.h>
#include <linux/printk.h>

int work_answer(int question);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("A module that answers");
MODULE_LICENSE("GPL");

#endif
