// SPDX-License-Identifier: GPL-2.0
#include "limit.h"

long limit_value(const struct limit *l)
{
	return l->value;
}
