// SPDX-License-Identifier: GPL-2.0

//! A user of the store. It is given: it shows what your wrapper is for.

use core::slice;
use kernel::{
    error::from_result,
    prelude::*,
    str::BStr, //
};

mod wrap;

module! {
    type: Store,
    name: "store",
    authors: ["Kiln"],
    description: "An old store behind a safe wrapper",
    license: "GPL",
}

struct Store;

impl kernel::Module for Store {
    // Note what is not here: no `unsafe`, no pointer, no errno.
    fn init(_module: &'static ThisModule) -> Result<Self> {
        let mut id = [0u8; 8];
        let n = wrap::read(0, &mut id)?;

        pr_info!("id {}\n", BStr::from_bytes(&id[..n]));
        Ok(Store)
    }
}

// The door for C, and so for the tests. It is given; a later lesson is about
// this side.

/// Reads the store for a caller in C. The prototype is in `store.h`.
///
/// # Safety
///
/// `dst` must point to `len` initialised bytes, and `copied` to a `size_t`,
/// which nobody else uses during the call. Both must be valid for reads and
/// writes, and `dst` must not be null even if `len` is 0.
#[no_mangle]
pub unsafe extern "C" fn store_rs_read(
    offset: c_uint,
    dst: *mut u8,
    len: usize,
    copied: *mut usize,
) -> c_int {
    from_result(|| {
        // SAFETY: Our caller promises `len` initialised bytes behind `dst`
        // that are ours for the call, and no null pointer.
        let n = wrap::read(offset, unsafe { slice::from_raw_parts_mut(dst, len) })?;

        // SAFETY: Our caller promises that `copied` may be written.
        unsafe { copied.write(n) };
        Ok(0)
    })
}

/// Writes the store for a caller in C. The prototype is in `store.h`.
///
/// # Safety
///
/// `src` must point to `len` initialised bytes that are valid for reads and do
/// not change during the call. It must not be null even if `len` is 0.
#[no_mangle]
pub unsafe extern "C" fn store_rs_write(offset: c_uint, src: *const u8, len: usize) -> c_int {
    from_result(|| {
        // SAFETY: Our caller promises `len` initialised bytes behind `src`
        // that stay as they are, and no null pointer.
        wrap::write(offset, unsafe { slice::from_raw_parts(src, len) })?;
        Ok(0)
    })
}
