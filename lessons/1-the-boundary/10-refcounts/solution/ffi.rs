// SPDX-License-Identifier: GPL-2.0

//! What `meter.h` says, for Rust. It is given.

#![allow(non_camel_case_types)]

use kernel::{
    prelude::*,
    types::NotThreadSafe, //
};

/// `struct meter`, of which we know no more than the name.
///
/// Whether it may be used by several threads Rust cannot know either, so this
/// says no, as it would be with the pointers that are in the struct.
#[repr(C)]
pub struct meter {
    _fields: [u8; 0],
    _not_thread_safe: NotThreadSafe,
}

extern "C" {
    pub(crate) fn meter_find(id: c_uint) -> *mut meter;
    pub(crate) fn meter_get(m: *mut meter);
    pub(crate) fn meter_put(m: *mut meter);
    pub(crate) fn meter_litres(m: *const meter) -> c_uint;
    pub(crate) fn meter_set_main(m: *mut meter) -> *mut meter;

    pub(crate) fn meters_stop();
}
