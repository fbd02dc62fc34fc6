// SPDX-License-Identifier: GPL-2.0

//! Safe access to the store of `legacy.c`.

use kernel::prelude::*;

// These must say exactly what `legacy.h` says.
extern "C" {
    fn legacy_read(offset: c_uint, dst: *mut u8, len: usize) -> c_int;
    fn legacy_write(offset: c_uint, src: *const u8, len: usize) -> c_int;
}

/// What C has answered, a count or a negative errno, as Rust has it.
fn count_of(answer: c_int) -> Result<usize> {
    usize::try_from(answer).map_err(|_| Error::from_errno(answer))
}

/// Fills `dst` with the bytes of the store from `offset` on, and returns how
/// many there were.
///
/// There are fewer than `dst.len()` where the store ends. Fails with [`ENXIO`]
/// if `offset` lies beyond its end. May sleep.
pub(crate) fn read(offset: u32, dst: &mut [u8]) -> Result<usize> {
    // SAFETY: `dst` is borrowed for the whole call and by us alone, so there
    // are `dst.len()` bytes that may be written; `legacy_read` writes no more
    // than that, and does not keep the pointer.
    count_of(unsafe { legacy_read(offset, dst.as_mut_ptr(), dst.len()) })
}

/// Puts all of `src` into the store, from `offset` on, or none of it.
///
/// Fails with [`ENXIO`] if `offset` lies beyond the end, with [`EROFS`] if it
/// lies in the id, and with [`ENOSPC`] if there is no room for `src`. May
/// sleep.
pub(crate) fn write(offset: u32, src: &[u8]) -> Result {
    // SAFETY: `src` is borrowed for the whole call, so there are `src.len()`
    // bytes that may be read and do not change; `legacy_write` reads no more
    // than that, and does not keep the pointer.
    let answer = unsafe { legacy_write(offset, src.as_ptr(), src.len()) };

    match count_of(answer) {
        Ok(_) => Ok(()),
        Err(e) => Err(e),
    }
}
