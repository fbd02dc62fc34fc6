/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A gauge measures a voltage and puts it into words of 16 bits. What the bits
 * mean is different from chip to chip: nobody but this header is to know it.
 */
#ifndef GAUGE_H
#define GAUGE_H

#include <linux/bits.h>
#include <linux/math.h>
#include <linux/types.h>

#define GAUGE_FULL_MV	3300		/* the largest reading, in mV */
#define GAUGE_FULL_RAW	4095
#define GAUGE_VALID	BIT(15)		/* there is a reading */
#define GAUGE_TAKEN	BIT(14)		/* and it has been used */
#define GAUGE_RAW	GENMASK(11, 0)

/* The word of a gauge with a reading between 0 and GAUGE_FULL_RAW */
#define GAUGE_WORD(raw)	((u16)(GAUGE_VALID | (raw)))

/* Does the word have a reading that nobody has used yet? */
#define gauge_is_fresh(word) \
	(((word) & (GAUGE_VALID | GAUGE_TAKEN)) == GAUGE_VALID)

/* Marks the reading in the word that @w points to as used */
#define gauge_take(w)	((void)(*(w) |= GAUGE_TAKEN))

/* The reading in mV, to the nearest */
static inline int gauge_mv(u16 word)
{
	int raw = word & GAUGE_RAW;

	return DIV_ROUND_CLOSEST(raw * GAUGE_FULL_MV, GAUGE_FULL_RAW);
}

/* In gauge_rs.rs: */

/*
 * The reading in *@word, in mV, which is then taken; -EAGAIN if there is no
 * fresh one, and then *@word stays as it is.
 */
int gauge_read(u16 *word);

/*
 * The mean of all fresh readings in @words, rounded down; they are taken.
 * -EAGAIN if there is none. @words is never NULL, even if @n is 0.
 */
int gauge_mean(u16 *words, size_t n);

#endif
