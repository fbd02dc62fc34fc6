// SPDX-License-Identifier: GPL-2.0

//! The Rust half of `thermo.ko`, with the sign made by hand.

/// Turns the value of the sensor's register into millidegrees Celsius.
#[no_mangle]
pub extern "C" fn thermo_from_reg(reg: u16) -> i32 {
    let mut half_degrees = i32::from(reg >> 7);

    if half_degrees > 255 {
        half_degrees -= 512;
    }
    half_degrees * 1000 / 2
}

/// Does `reg` stand for more than `limit` millidegrees?
#[unsafe(no_mangle)]
pub extern "C" fn thermo_too_hot(reg: u16, limit: i32) -> bool {
    let above = i64::from(thermo_from_reg(reg)) - i64::from(limit);

    !matches!(above, i64::MIN..=0)
}
