/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A temperature sensor keeps what it measured in a register of 16 bits. The
 * upper nine bits of it are a signed number (two's complement) of half degrees
 * Celsius; the lower seven are always zero:
 *
 *	0x3200	 100 half degrees	 50000 millidegrees
 *	0x0080	   1 half degree	   500
 *	0xff80	  -1 half degree	  -500
 */
#ifndef THERMO_H
#define THERMO_H

#include <linux/types.h>

/* These two are in Rust: thermo_rs.rs. */

/* The value of the register @reg in millidegrees. */
int thermo_from_reg(u16 reg);

/* Does @reg stand for more than @limit millidegrees? */
bool thermo_too_hot(u16 reg, int limit);

/* The same for other modules, in thermo_main.c. */
int thermo_get(u16 value);
bool thermo_alarm(u16 value, int above);

#endif
