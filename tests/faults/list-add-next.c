// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Adds beside an entry whose memory was cleared on the list. */
static LIST_HEAD(list);
static LIST_HEAD(first);
static LIST_HEAD(second);

static int bad_init(void)
{
	ready();
	list_add(&first, &list);
	memset(hidden(&first), 0, sizeof(first));
	list_add(&second, &list); /* HERE */
	return 0;
}
