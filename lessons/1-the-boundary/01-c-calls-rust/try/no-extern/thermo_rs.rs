// SPDX-License-Identifier: GPL-2.0

//! The solution, and two functions for C that lack `extern "C"`.

use kernel::prelude::*;

/// `struct thermo_range` of `thermo.h`.
#[repr(C)]
pub struct Range {
    low: c_long,
    high: c_long,
    step: c_long,
}

/// Turns the value of the sensor's register into millidegrees Celsius.
fn rust_from_reg(reg: u16) -> c_int {
    let half_degrees = (reg as i16) >> 7;

    c_int::from(half_degrees) * 500
}

/// The lower end of `range`.
fn rust_low(range: Range, _unused: *const Range) -> c_long {
    range.low
}

/// For C, which then calls it as if it were a function of C.
#[no_mangle]
pub extern "C" fn rust_from_reg_address() -> *const c_void {
    rust_from_reg as fn(u16) -> c_int as *const c_void
}

/// For C, which then calls it as if it were a function of C.
#[no_mangle]
pub extern "C" fn rust_low_address() -> *const c_void {
    rust_low as fn(Range, *const Range) -> c_long as *const c_void
}

/// Turns the value of the sensor's register into millidegrees Celsius.
#[no_mangle]
pub extern "C" fn thermo_from_reg(reg: u16) -> c_int {
    rust_from_reg(reg)
}

/// Does `reg` stand for more than `limit` millidegrees?
#[no_mangle]
pub extern "C" fn thermo_too_hot(reg: u16, limit: c_int) -> bool {
    thermo_from_reg(reg) > limit
}
