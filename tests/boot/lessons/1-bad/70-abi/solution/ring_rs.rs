// SPDX-License-Identifier: GPL-2.0

//! The Rust side of a ring that C writes.

use core::ptr::null;
use kernel::{
    error::to_result,
    prelude::*, //
};

module! {
    type: RingModule,
    name: "ringmod",
    authors: ["Kiln"],
    description: "A ring that C and Rust share",
    license: "GPL",
}

/// As in `ring.h`.
#[repr(C)]
pub struct Ring {
    flags: u8,
    head: u32,
    tail: u32,
    kind: u8,
    slots: [c_int; 4],
    ops: *const RingOps,
}

/// As in `ring.h`.
#[repr(C)]
pub struct RingOps {
    seen: Option<unsafe extern "C" fn(r: *mut Ring, count: c_uint) -> c_int>,
}

extern "C" {
    static ring_limit: c_int;
    fn ring_push(r: *mut Ring, value: c_int) -> c_int;
    fn ring_tell(r: *mut Ring) -> c_int;
}

/// How many there are.
#[no_mangle]
pub unsafe extern "C" fn ring_count(r: *const Ring) -> c_uint {
    // SAFETY: C gives us a ring.
    unsafe { (*r).head - (*r).tail }
}

/// Like the next one, so that the compiler makes them one.
#[no_mangle]
pub extern "C" fn ring_nothing(_: *mut Ring) -> c_int {
    0
}

/// Like the one before.
#[no_mangle]
pub extern "C" fn ring_zero(_: *mut Ring) -> c_int {
    0
}

/// In a table of C's.
#[no_mangle]
pub unsafe extern "C" fn ring_first(r: *mut Ring, count: c_uint) -> c_int {
    // SAFETY: C gives us a ring.
    unsafe { (*r).slots[count as usize] }
}

unsafe extern "C" fn seen(_: *mut Ring, count: c_uint) -> c_int {
    // SAFETY: Nobody writes it.
    pr_info!("ring: seen {} of {}\n", count, unsafe { ring_limit });
    0
}

struct RingModule;

impl kernel::Module for RingModule {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        let ops = RingOps { seen: Some(seen) };
        let mut ring = Ring {
            flags: 0,
            head: 0,
            tail: 0,
            kind: 0,
            slots: [0; 4],
            ops: null(),
        };

        ring.ops = &ops;
        // SAFETY: The ring and its operations live until C returns.
        unsafe {
            to_result(ring_push(&mut ring, 1) as c_int)?;
            to_result(ring_push(&mut ring, 2) as c_int)?;
            to_result(ring_tell(&mut ring) as c_int)?;
        }
        Ok(RingModule)
    }
}
