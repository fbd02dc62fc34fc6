// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Follows NULL in a work item: it is not insmod that dies. */
static int *where;

static void fn(struct work_struct *work)
{
	*hidden(where) = 1; /* HERE */
}
static DECLARE_WORK(work, fn);

static int bad_init(void)
{
	ready();
	schedule_work(&work);
	msleep(100);
	return 0;
}
