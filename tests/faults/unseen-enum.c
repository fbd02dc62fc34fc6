// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Reads an enum that has no such value, which in C it may. */
enum colour { RED, GREEN };
static unsigned int number = 7;

static int bad_init(void)
{
	ready();
	return *(volatile enum colour *)hidden((enum colour *)&number) == RED;
}
