/* SPDX-License-Identifier: GPL-2.0 */
#ifndef THERMO_H
#define THERMO_H

#include <linux/types.h>

struct thermo_range {
	long low;
	long high;
	long step;
};

int thermo_from_reg(u16 reg);
bool thermo_too_hot(u16 reg, int limit);

/* The same for other modules, in thermo_main.c. */
int thermo_get(u16 value);
bool thermo_alarm(u16 value, int above);

#endif
