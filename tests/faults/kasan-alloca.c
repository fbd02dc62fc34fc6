// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Writes past an array whose size was computed. */
static int bad_init(void)
{
	ready();
	size_t size = hidden(17);
	char *room = __builtin_alloca(size);

	hidden(room)[hidden(18)] = 1; /* HERE */
	return hidden(room)[0] == 3;
}
