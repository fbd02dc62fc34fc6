// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>

int ring_answer(void);

int ring_answer(void)
{
	return 42;
}
