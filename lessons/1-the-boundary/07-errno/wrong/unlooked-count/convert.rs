// SPDX-License-Identifier: GPL-2.0

//! Between C's ways to say that something failed, and [`Result`].
//!
//! The functions `from_…` take what C returned; the functions `to_…` make what
//! C shall get.

use core::ptr::{
    self,
    NonNull, //
};
use kernel::{
    error::{
        from_err_ptr,
        from_result,
        to_result, //
    },
    prelude::*, //
};

/// C returned 0, or a negative errno.
pub(crate) fn from_status(ret: c_int) -> Result {
    to_result(ret)
}

/// C returned a count, or a negative errno.
pub(crate) fn from_count(ret: c_int) -> Result<usize> {
    Ok(ret as usize)
}

/// C returned an address, NULL for "none", or an error pointer.
pub(crate) fn from_lookup<T>(ptr: *mut T) -> Result<Option<NonNull<T>>> {
    Ok(NonNull::new(from_err_ptr(ptr)?))
}

/// C returned an address, or NULL for "no memory".
pub(crate) fn from_alloc<T>(ptr: *mut T) -> Result<NonNull<T>> {
    NonNull::new(ptr).ok_or(ENOMEM)
}

/// C shall get 0, or a negative errno.
pub(crate) fn to_status(result: Result) -> c_int {
    match result {
        Ok(()) => 0,
        Err(e) => e.to_errno(),
    }
}

/// C shall get a count, or a negative errno: `-EOVERFLOW` for a count that
/// does not fit into an `int`.
pub(crate) fn to_count(result: Result<usize>) -> c_int {
    from_result(|| c_int::try_from(result?).map_err(|_| EOVERFLOW))
}

/// C shall get an address, NULL for "none", or an error pointer.
pub(crate) fn to_lookup<T>(result: Result<Option<NonNull<T>>>) -> *mut T {
    match result {
        Ok(Some(found)) => found.as_ptr(),
        Ok(None) => ptr::null_mut(),
        Err(e) => e.to_ptr(),
    }
}

/// C shall get an address, or NULL when there was any error: a caller of this
/// style looks for nothing else.
pub(crate) fn to_alloc<T>(result: Result<NonNull<T>>) -> *mut T {
    result.map_or(ptr::null_mut(), NonNull::as_ptr)
}
