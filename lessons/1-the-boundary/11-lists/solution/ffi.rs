// SPDX-License-Identifier: GPL-2.0

//! What `kitchen.h` says, for Rust. It is given.

#![allow(non_camel_case_types)]

use kernel::{
    bindings::list_head,
    prelude::*, //
};

/// An order, field by field as in C.
#[repr(C)]
pub(crate) struct order {
    pub(crate) placed: u64,
    pub(crate) queue: list_head,
    pub(crate) late: list_head,
    pub(crate) id: u32,
    pub(crate) table: u32,
    pub(crate) cents: u32,
    pub(crate) guests: u32,
    pub(crate) waiter: u32,
    pub(crate) course: u32,
}

extern "C" {
    pub(crate) fn kitchen_lock();
    pub(crate) fn kitchen_unlock();

    // These three want the lock to be held.
    pub(crate) fn kitchen_orders() -> *mut list_head;
    pub(crate) fn kitchen_late() -> *mut list_head;
    pub(crate) fn kitchen_serve(id: u32) -> c_int;

    pub(crate) fn kitchen_close();
}
