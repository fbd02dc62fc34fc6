// SPDX-License-Identifier: GPL-2.0

//! The zones on their list. It is given: walking a list of C's is for a later
//! lesson.

use crate::fan_bindings as abi;
use kernel::{
    bindings,
    interop::list::clist_create,
    prelude::*,
    types::Opaque, //
};

// What is generated has to be read by somebody, so keep it to the header.
const _: () = assert!(
    include_str!("fan_bindings.rs").len() < 20_000,
    "fan_bindings.rs has much more in it than fan.h: which flag keeps that out?"
);

#[repr(transparent)]
struct Zone(Opaque<abi::fan_zone>);

/// Sets the duty of every zone, and returns how many have one.
///
/// # Safety
///
/// `zones` must be a list of `fan_zone` which nobody else uses during the
/// call.
#[no_mangle]
pub(crate) unsafe extern "C" fn fan_update(
    zones: *mut bindings::list_head,
    ambient: c_long,
) -> c_uint {
    // SAFETY: Our caller promises that it is such a list; `Zone` is a
    // transparent `fan_zone`.
    let list = unsafe { clist_create!(zones, Zone, abi::fan_zone, node) };
    let mut n = 0;

    for zone in list.iter() {
        let zone = zone.0.get();

        // SAFETY: `zone` is on the list, and ours for the call.
        let duty = unsafe { crate::fan_duty(zone, ambient) };

        if let Ok(duty) = u8::try_from(duty) {
            // SAFETY: As above.
            unsafe { (*zone).duty = duty };
            n += 1;
        }
    }
    n
}

abi_check!(fan_update);
