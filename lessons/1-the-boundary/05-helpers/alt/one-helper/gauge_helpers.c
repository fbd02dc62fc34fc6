// SPDX-License-Identifier: GPL-2.0
/*
 * Functions for what gauge.h has without a symbol: macros, and what is static
 * inline. They are called from gauge_rs.rs, and from nowhere in C.
 */
#include "gauge.h"

/* Everything that Rust wants of a word, in one call. */
bool gauge_helper_next(u16 *word, int *mv)
{
	if (!gauge_is_fresh(*word))
		return false;

	*mv = gauge_mv(*word);
	gauge_take(word);
	return true;
}
