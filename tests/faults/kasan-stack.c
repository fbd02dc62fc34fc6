// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Writes past an array on the stack. */
static int bad_init(void)
{
	ready();
	char room[8] = "";

	hidden(&room[0])[hidden(9)] = 1; /* HERE */
	return room[hidden(0)];
}
