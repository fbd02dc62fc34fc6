// SPDX-License-Identifier: GPL-2.0
/*
 * Functions for what gauge.h has without a symbol: macros, and what is static
 * inline. They are called from gauge_rs.rs, and from nowhere in C.
 */
#include "gauge.h"

bool gauge_helper_is_fresh(const u16 *word)
{
	return gauge_is_fresh(*word);
}

s32 gauge_helper_mv(const u16 *word)
{
	return gauge_mv(*word);
}

void gauge_helper_take(u16 *word)
{
	gauge_take(word);
}
