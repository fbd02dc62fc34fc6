// SPDX-License-Identifier: GPL-2.0

//! A struct that the kernel crate has already.

use kernel::{bindings, prelude::*};

module! {
    type: X,
    name: "x",
    license: "GPL",
}

#[repr(C)]
#[allow(non_camel_case_types)]
struct list_head {
    next: *mut list_head,
    prev: *mut list_head,
}

struct X;

impl kernel::Module for X {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        let mut head = list_head {
            next: core::ptr::null_mut(),
            prev: core::ptr::null_mut(),
        };
        let raw: *mut list_head = &mut head;

        // SAFETY: It is ours.
        unsafe { bindings::INIT_LIST_HEAD(raw) };
        Ok(X)
    }
}
