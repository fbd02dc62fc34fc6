// SPDX-License-Identifier: GPL-2.0

//! The Rust half of `thermo.ko`: arithmetic for `thermo_main.c`.

use kernel::prelude::*;

// BEGIN SOLUTION
/// Turns the value of the sensor's register into millidegrees Celsius.
#[no_mangle]
pub extern "C" fn thermo_from_reg(reg: u16) -> c_int {
    // As `i16` the top bit is a sign, and the shift keeps it.
    let half_degrees = (reg as i16) >> 7;

    c_int::from(half_degrees) * 500
}

/// Does `reg` stand for more than `limit` millidegrees?
#[no_mangle]
pub extern "C" fn thermo_too_hot(reg: u16, limit: c_int) -> bool {
    thermo_from_reg(reg) > limit
}
// STUB
// /// Turns the value of the sensor's register into millidegrees Celsius.
// // TODO: C cannot call this, and what it answers is wrong.
// pub fn thermo_from_reg(reg: u16) -> c_int {
//     let _ = reg;
//     0
// }
//
// // TODO: thermo_too_hot: its prototype is in thermo.h
// END SOLUTION
