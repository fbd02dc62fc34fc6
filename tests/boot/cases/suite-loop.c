// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Never answers the test that asks, which waits for it in another thread. */
int bad_answer(int question);

int bad_answer(int question)
{
	while (hidden(question)) /* HERE */
		barrier(); /* HERE */
	return 42;
}
EXPORT_SYMBOL_GPL(bad_answer);

static int bad_init(void)
{
	ready();
	return 0;
}
