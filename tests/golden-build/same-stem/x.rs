// SPDX-License-Identifier: GPL-2.0

//! Makes x.o, and so does x.c.

/// Half of it.
#[no_mangle]
pub extern "C" fn x_half(n: i32) -> i32 {
    n / 2
}
