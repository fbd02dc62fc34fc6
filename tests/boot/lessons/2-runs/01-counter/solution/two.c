// SPDX-License-Identifier: GPL-2.0
#include "two.h"

#define ROUNDS 20000

static DEFINE_SPINLOCK(lock);
static int count;

static void work(void)
{
	for (int i = 0; i < ROUNDS; i++) {
		spin_lock(&lock);
		count = hidden(count) + 1;
		spin_unlock(&lock);
	}
}

static bool all_there(void)
{
	return count == 2 * ROUNDS;
}
