// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

int bad_answer(int question);

int bad_answer(int question)
{
	return question * 2;
}
EXPORT_SYMBOL_GPL(bad_answer);

static int bad_init(void)
{
	ready();
	return 0;
}
