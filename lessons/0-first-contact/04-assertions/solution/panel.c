// SPDX-License-Identifier: GPL-2.0
/*
 * A board sends readings: the number of a channel, and a value. This module
 * takes four of them and closes the board again.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/bug.h>
#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>
#include <linux/types.h>

#define CHANNELS	32
#define KEPT		8

static unsigned int closes = 1;
module_param(closes, uint, 0);
MODULE_PARM_DESC(closes, "How often the board is closed; 1 is right");

struct board {
	u32 seen;		/* a bit for each channel */
	u32 users;
	u32 values[KEPT];
	u32 count;
};

static struct board board;

/* Facts about constants: whoever changes one of them learns it at once. */
static_assert(CHANNELS <= 32, "a u32 has no bit for each channel");

static int board_accept(struct board *b, u32 channel, u32 value)
{
	BUILD_BUG_ON_NOT_POWER_OF_2(KEPT);

	/* The number came over a cable. */
	if (channel >= CHANNELS) {
		pr_err_once("there is no channel %u\n", channel);
		return -EINVAL;
	}

	b->seen |= 1U << channel;
	b->values[b->count++ & (KEPT - 1)] = value;
	return 0;
}

static void board_open(struct board *b)
{
	b->users++;
}

static void board_close(struct board *b)
{
	/* Whoever calls us has a bug. */
	if (WARN_ON(!b->users))
		return;

	b->users--;
}

static int __init panel_init(void)
{
	static const u32 channels[] = { 3, 40, 41, 42 };
	unsigned int i, taken = 0;

	board_open(&board);
	for (i = 0; i < ARRAY_SIZE(channels); i++)
		if (!board_accept(&board, channels[i], 100 + channels[i]))
			taken++;
	for (i = 0; i < closes; i++)
		board_close(&board);

	pr_info("%u of 4 readings taken, users %u\n", taken, board.users);
	return 0;
}
module_init(panel_init);

static void __exit panel_exit(void)
{
}
module_exit(panel_exit);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("Readings of a board, in C");
MODULE_LICENSE("GPL");
