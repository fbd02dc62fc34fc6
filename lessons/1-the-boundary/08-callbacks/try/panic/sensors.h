/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A rack with eight slots, and a sensor for the temperature in some of them.
 */
#ifndef SENSORS_H
#define SENSORS_H

#include <linux/types.h>

#define RACK_SLOTS	8

/**
 * rack_for_each() - visit all sensors, in the order of their slots
 * @visit: called once for each sensor, before rack_for_each() returns and
 *	never after; the rack's mutex is held, so it may sleep, but must not
 *	call any function of the rack
 * @ctx: handed to @visit as it is: the rack neither looks behind it nor
 *	keeps it
 *
 * Goes on for as long as @visit returns 0.
 *
 * Return: 0 when all were visited; whatever else @visit returned; or -ENODEV
 * if there is no sensor to visit.
 */
int rack_for_each(int (*visit)(unsigned int slot, int celsius, void *ctx),
		  void *ctx);

/* For the tests: put a sensor into a slot, take it out, count visits. */
void rack_plug(unsigned int slot, int celsius);
void rack_unplug(unsigned int slot);
unsigned int rack_visits(void);
bool rack_is_locked(void);

#endif
