// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Reads a field of an object that was not found. */
struct thing {
	char name[24];
	int size;
};

static noinline struct thing *find(const char *name)
{
	return hidden((struct thing *)NULL);
}

static int bad_init(void)
{
	ready();
	return find("door")->size == 1; /* HERE */
}
