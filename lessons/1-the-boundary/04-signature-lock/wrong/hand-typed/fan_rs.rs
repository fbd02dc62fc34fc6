// SPDX-License-Identifier: GPL-2.0

//! How fast the fans turn. C calls these functions; `fan.h` says how.

use kernel::prelude::*;

/// What `fan.h` says.
mod fan_bindings {
    use kernel::{bindings::list_head, prelude::*};

    pub(crate) const FAN_DUTY_MAX: u32 = 255;
    pub(crate) const FAN_TEMP_MIN: i32 = -273_150;

    /// A part of the machine with a fan of its own.
    #[repr(C)]
    pub(crate) struct fan_zone {
        pub(crate) node: list_head,
        pub(crate) duty: u8,
        pub(crate) temp: i32,
        pub(crate) limit: i32,
    }

    extern "C" {
        pub(crate) fn fan_duty(zone: *const fan_zone, ambient: c_long) -> c_int;
        pub(crate) fn fan_headroom(zone: *const fan_zone) -> c_long;
        pub(crate) fn fan_update(zones: *mut list_head, ambient: c_long) -> c_uint;
    }
}
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
    (above * abi::FAN_DUTY_MAX as c_long / range) as c_int
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
