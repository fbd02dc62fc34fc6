// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>

void fill(char *p);

int half(int n);

int half(int n)
{
	char room[4096];

	memset(room, n, sizeof(room));
	barrier_data(room);
	return room[n];
}

MODULE_DESCRIPTION("Does not build");
MODULE_LICENSE("GPL");
