// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Takes one entry off a list twice. */
static LIST_HEAD(list);
static LIST_HEAD(entry);

static int bad_init(void)
{
	ready();
	list_add(&entry, &list);
	list_del(&entry);
	list_del(hidden(&entry)); /* HERE */
	return 0;
}
