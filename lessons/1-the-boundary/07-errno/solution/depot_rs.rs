// SPDX-License-Identifier: GPL-2.0

//! A user of the depot, and the doors for the tests. Both are given.

use convert::*;
use core::ptr::NonNull;
use kernel::{
    error::Error,
    prelude::*, //
};

mod convert;

module! {
    type: Depot,
    name: "depot",
    authors: ["Kiln"],
    description: "Three ways to say that it failed",
    license: "GPL",
}

/// A part of the depot. Only C knows what is in it.
#[repr(C)]
struct Part {
    _opaque: [u8; 0],
}

// As in `depot.h`.
extern "C" {
    fn depot_reserve(slot: c_uint) -> c_int;
    fn depot_stock(slot: c_uint) -> c_int;
    fn depot_find(slot: c_uint) -> *mut Part;
    fn depot_make(weight: c_uint) -> *mut Part;
    fn depot_scrap(part: *mut Part);
}

struct Depot;

impl Depot {
    /// Looks at a slot, and fails at the first thing that fails.
    fn look(slot: u32) -> Result {
        // SAFETY: None of these three asks anything of its caller.
        let (stock, part, reserved) =
            unsafe { (depot_stock(slot), depot_find(slot), depot_reserve(slot)) };

        let stock = from_count(stock)?;
        match from_lookup(part)? {
            Some(_) => pr_info!("slot {} holds {} parts\n", slot, stock),
            None => pr_info!("slot {} is empty\n", slot),
        }
        from_status(reserved)
    }

    /// Makes a part, and scraps it.
    fn make(weight: u32) -> Result {
        // SAFETY: It asks nothing of its caller.
        let part = from_alloc(unsafe { depot_make(weight) })?;

        pr_info!("a part of {} g was made\n", weight);
        // SAFETY: It was made above, and nobody else has it.
        unsafe { depot_scrap(part.as_ptr()) };
        Ok(())
    }
}

impl kernel::Module for Depot {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        for slot in [0, 1, 4] {
            pr_info!("look at slot {}: {:?}\n", slot, Depot::look(slot));
        }
        for weight in [500, 2000] {
            pr_info!("make {} g: {:?}\n", weight, Depot::make(weight));
        }
        Ok(Depot)
    }
}

// The doors, see `doors.h`.

const IS_OK: c_int = 1;
const IS_NONE: c_int = 2;
const IS_AN_ERR: c_int = 3;

/// # Safety
///
/// `err` must be valid for writes.
#[no_mangle]
pub unsafe extern "C" fn seen_status(ret: c_int, err: *mut c_int) -> c_int {
    match from_status(ret) {
        Ok(()) => IS_OK,
        Err(e) => {
            // SAFETY: Our caller promises that it may be written.
            unsafe { err.write(e.to_errno()) };
            IS_AN_ERR
        }
    }
}

/// # Safety
///
/// `n` and `err` must be valid for writes.
#[no_mangle]
pub unsafe extern "C" fn seen_count(ret: c_int, n: *mut usize, err: *mut c_int) -> c_int {
    match from_count(ret) {
        Ok(count) => {
            // SAFETY: Our caller promises that it may be written.
            unsafe { n.write(count) };
            IS_OK
        }
        Err(e) => {
            // SAFETY: As above.
            unsafe { err.write(e.to_errno()) };
            IS_AN_ERR
        }
    }
}

/// # Safety
///
/// `found` and `err` must be valid for writes.
#[no_mangle]
pub unsafe extern "C" fn seen_lookup(
    ptr: *mut c_void,
    found: *mut *mut c_void,
    err: *mut c_int,
) -> c_int {
    match from_lookup(ptr) {
        Ok(Some(address)) => {
            // SAFETY: Our caller promises that it may be written.
            unsafe { found.write(address.as_ptr()) };
            IS_OK
        }
        Ok(None) => IS_NONE,
        Err(e) => {
            // SAFETY: As above.
            unsafe { err.write(e.to_errno()) };
            IS_AN_ERR
        }
    }
}

/// # Safety
///
/// `found` and `err` must be valid for writes.
#[no_mangle]
pub unsafe extern "C" fn seen_alloc(
    ptr: *mut c_void,
    found: *mut *mut c_void,
    err: *mut c_int,
) -> c_int {
    match from_alloc(ptr) {
        Ok(address) => {
            // SAFETY: Our caller promises that it may be written.
            unsafe { found.write(address.as_ptr()) };
            IS_OK
        }
        Err(e) => {
            // SAFETY: As above.
            unsafe { err.write(e.to_errno()) };
            IS_AN_ERR
        }
    }
}

/// A `Result` with `value` in it, or an error.
fn result_of<V>(what: c_int, value: V, err: c_int) -> Result<V> {
    if what == IS_AN_ERR {
        Err(Error::from_errno(err))
    } else {
        Ok(value)
    }
}

/// `what` and `err` as in `doors.h`.
#[no_mangle]
pub extern "C" fn told_status(what: c_int, err: c_int) -> c_int {
    to_status(result_of(what, (), err))
}

/// `what` and `err` as in `doors.h`.
#[no_mangle]
pub extern "C" fn told_count(what: c_int, n: usize, err: c_int) -> c_int {
    to_count(result_of(what, n, err))
}

/// `what` and `err` as in `doors.h`.
#[no_mangle]
pub extern "C" fn told_lookup(what: c_int, ptr: *mut c_void, err: c_int) -> *mut c_void {
    to_lookup(result_of(what, NonNull::new(ptr), err))
}

/// `what` and `err` as in `doors.h`.
#[no_mangle]
pub extern "C" fn told_alloc(what: c_int, ptr: *mut c_void, err: c_int) -> *mut c_void {
    match NonNull::new(ptr) {
        Some(address) => to_alloc(result_of(what, address, err)),
        None => to_alloc::<c_void>(Err(Error::from_errno(err))),
    }
}
