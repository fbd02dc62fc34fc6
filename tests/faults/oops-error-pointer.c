// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

#include <linux/err.h>

/* Takes an error for an object. */
struct thing {
	int size;
};

static noinline struct thing *make(void)
{
	return hidden((struct thing *)ERR_PTR(-ENOMEM));
}

static int bad_init(void)
{
	ready();
	return READ_ONCE(make()->size) == 1; /* HERE */
}
