/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Fans, and the parts of a machine that they cool. This header belongs to the
 * C side, which changes it when it has to: fan_headroom() was an int once.
 */
#ifndef FAN_H
#define FAN_H

#include <linux/list.h>
#include <linux/types.h>

#define FAN_DUTY_MAX	255		/* full speed */
#define FAN_TEMP_MIN	(-273150)	/* nothing is colder */

/**
 * struct fan_zone - a part of the machine with a fan of its own
 * @node: in the list of all zones
 * @duty: how fast the fan is to turn, 0 to FAN_DUTY_MAX
 * @temp: how warm it is, in thousandths of a degree Celsius
 * @limit: from here on the fan turns at full speed
 */
struct fan_zone {
	struct list_head node;
	u8 duty;
	s32 temp;
	s32 limit;
};

/* In Rust: fan_rs.rs and zones.rs. */

/**
 * fan_duty() - how fast a fan should turn
 * @zone: what it cools
 * @ambient: the air around, in thousandths of a degree
 *
 * Return: 0 for a zone that is not warmer than @ambient, FAN_DUTY_MAX from
 * its limit on, in proportion between them; -EINVAL if @ambient is colder
 * than FAN_TEMP_MIN or not below the limit.
 */
int fan_duty(const struct fan_zone *zone, long ambient);

/**
 * fan_headroom() - how much warmer a zone may become
 * @zone: the zone
 *
 * Return: limit less temperature, below 0 if the zone is too warm. The
 * difference of two s32 need not fit into one, so this is a long.
 */
long fan_headroom(const struct fan_zone *zone);

/**
 * fan_update() - set the duty of every zone
 * @zones: the list that they are in
 * @ambient: the air around
 *
 * Return: the number of zones for which there is a duty.
 */
unsigned int fan_update(struct list_head *zones, long ambient);

#endif
