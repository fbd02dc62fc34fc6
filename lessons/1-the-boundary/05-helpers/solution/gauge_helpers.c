// SPDX-License-Identifier: GPL-2.0
/*
 * Functions for what gauge.h has without a symbol: macros, and what is static
 * inline. They are called from gauge_rs.rs, and from nowhere in C.
 */
#include "gauge.h"

// BEGIN SOLUTION
bool gauge_helper_is_fresh(u16 word)
{
	return gauge_is_fresh(word);
}

int gauge_helper_mv(u16 word)
{
	return gauge_mv(word);
}

void gauge_helper_take(u16 *word)
{
	gauge_take(word);
}
// STUB
// /* TODO: a function for each of gauge_is_fresh, gauge_mv and gauge_take */
// END SOLUTION
