// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

#include <linux/completion.h>

/* Waits five seconds for what nobody completes. */
static DECLARE_COMPLETION(done);

static int bad_init(void)
{
	ready();
	return wait_for_completion_timeout(&done, 5 * HZ) ? -EINVAL : 0;
}
