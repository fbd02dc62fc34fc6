// SPDX-License-Identifier: GPL-2.0

//! How fast the fans turn. C calls these functions; `fan.h` says how.

use kernel::prelude::*;

// Made by bindgen, from `fan.h`, in each build; rustfmt need not look at it.
#[rustfmt::skip]
mod fan_bindings;
use fan_bindings as abi;

/// Refuses to compile unless `fan.h` declares the function with the type that
/// it has here.
macro_rules! abi_check {
    ($f:ident) => {
        const _: () = {
            let _ = [abi::$f, $f];
        };
    };
}

mod zones;

/// Returns how fast the fan of a zone should turn, or a negative errno.
///
/// # Safety
///
/// `zone` must point to a zone that nobody changes during the call.
#[no_mangle]
pub unsafe extern "C" fn fan_duty(zone: *const abi::fan_zone, ambient: c_long) -> c_int {
    // SAFETY: Our caller promises that it can be read.
    let (temp, limit) = unsafe { ((*zone).temp as c_long, (*zone).limit as c_long) };

    if ambient < abi::FAN_TEMP_MIN as c_long || ambient >= limit {
        return EINVAL.to_errno();
    }
    let range = limit - ambient;
    let above = (temp - ambient).clamp(0, range);

    // CAST: `above` is at most `range`, so this is at most FAN_DUTY_MAX.
    (above * 255 / range) as c_int
}

/// Returns how much warmer the zone may become.
///
/// # Safety
///
/// `zone` must point to a zone that nobody changes during the call.
#[no_mangle]
pub unsafe extern "C" fn fan_headroom(zone: *const abi::fan_zone) -> c_long {
    // SAFETY: Our caller promises that it can be read.
    let (temp, limit) = unsafe { ((*zone).temp as c_long, (*zone).limit as c_long) };

    limit - temp
}

abi_check!(fan_duty);
abi_check!(fan_headroom);
