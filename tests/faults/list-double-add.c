// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Adds one entry to a list twice. */
static LIST_HEAD(list);
static LIST_HEAD(entry);

static int bad_init(void)
{
	ready();
	list_add(&entry, &list);
	list_add(hidden(&entry), &list); /* HERE */
	return 0;
}
