// SPDX-License-Identifier: GPL-2.0
#include "kitchen.h"
#include "demo.h"

void demo(void)
{
	struct order o = {
		.id = 1, .table = 12, .cents = 700, .guests = 4,
		.waiter = 3, .course = 2, .placed = 1830,
	};

	for (o.id = 1; o.id <= 3; o.id++)
		kitchen_add(&o);
	kitchen_delay(1);
}
