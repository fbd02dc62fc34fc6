// SPDX-License-Identifier: GPL-2.0

//! Safe access to the store of `legacy.c`.

// BEGIN SOLUTION
use kernel::{
    error::to_result,
    prelude::*, //
};

// These must say exactly what `legacy.h` says.
extern "C" {
    fn legacy_read(offset: c_uint, dst: *mut u8, len: usize) -> c_int;
    fn legacy_write(offset: c_uint, src: *const u8, len: usize) -> c_int;
}
// STUB
// use kernel::prelude::*;
//
// // TODO: declare legacy_read and legacy_write, exactly as legacy.h does
// END SOLUTION

/// Fills `dst` with the bytes of the store from `offset` on, and returns how
/// many there were.
///
/// There are fewer than `dst.len()` where the store ends. Fails with [`ENXIO`]
/// if `offset` lies beyond its end. May sleep.
pub(crate) fn read(offset: u32, dst: &mut [u8]) -> Result<usize> {
    // BEGIN SOLUTION
    // SAFETY: `dst` is borrowed for the whole call and by us alone, so there
    // are `dst.len()` bytes that may be written; `legacy_read` writes no more
    // than that, and does not keep the pointer.
    let n = unsafe { legacy_read(offset, dst.as_mut_ptr(), dst.len()) };

    to_result(n)?;
    // CAST: `n` is not negative, or we would not be here.
    Ok(n as usize)
    // STUB
    // // TODO: call legacy_read
    // let _ = (offset, dst);
    // Err(EOPNOTSUPP)
    // END SOLUTION
}

/// Puts all of `src` into the store, from `offset` on, or none of it.
///
/// Fails with [`ENXIO`] if `offset` lies beyond the end, with [`EROFS`] if it
/// lies in the id, and with [`ENOSPC`] if there is no room for `src`. May
/// sleep.
pub(crate) fn write(offset: u32, src: &[u8]) -> Result {
    // BEGIN SOLUTION
    // SAFETY: `src` is borrowed for the whole call, so there are `src.len()`
    // bytes that may be read and do not change; `legacy_write` reads no more
    // than that, and does not keep the pointer.
    to_result(unsafe { legacy_write(offset, src.as_ptr(), src.len()) })
    // STUB
    // // TODO: call legacy_write
    // let _ = (offset, src);
    // Err(EOPNOTSUPP)
    // END SOLUTION
}
