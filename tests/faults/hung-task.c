// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

#include <linux/completion.h>

/* Waits five seconds for what nobody completes. */
static DECLARE_COMPLETION(done);

static int bad_init(void)
{
	ready();
	wait_for_completion_timeout(&done, 5 * HZ); /* HERE */
	return 0;
}
