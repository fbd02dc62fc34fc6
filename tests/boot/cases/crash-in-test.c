// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Brings down the test that calls it. */
int bad_answer(int question);

int bad_answer(int question)
{
	return *hidden((int *)NULL); /* HERE */
}
EXPORT_SYMBOL_GPL(bad_answer);

static int bad_init(void)
{
	return 0;
}
