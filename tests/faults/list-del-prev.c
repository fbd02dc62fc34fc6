// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Removes an entry after its list was initialised anew. */
static LIST_HEAD(list);
static LIST_HEAD(entry);

static int bad_init(void)
{
	ready();
	list_add(&entry, &list);
	INIT_LIST_HEAD(hidden(&list));
	list_del(&entry); /* HERE */
	return 0;
}
