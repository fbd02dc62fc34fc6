// SPDX-License-Identifier: GPL-2.0

//! Histories in the hands of C. The prototypes are in `history.h`.

use super::History;
use core::ptr;
use kernel::prelude::*;

/// Makes a history, and gives it to C.
#[no_mangle]
extern "C" fn history_new(nr: c_uint, limit: c_uint) -> *mut c_void {
    match History::new(nr, limit) {
        Ok(history) => KBox::into_raw(history).cast(),
        Err(_) => ptr::null_mut(),
    }
}

/// Adds a value to a history that C owns.
///
/// # Safety
///
/// `handle` must be a handle from [`history_new`] that was not yet given to
/// [`history_free`]. Nobody else may use it during the call.
#[no_mangle]
unsafe extern "C" fn history_add(handle: *mut c_void, value: c_int) -> c_int {
    // SAFETY: Our caller promises a handle, and so a pointer to a `History`
    // that is alive and that nobody else uses until we return.
    let history = unsafe { &mut *handle.cast::<History>() };

    match history.push(value) {
        Ok(()) => 0,
        Err(e) => e.to_errno(),
    }
}

/// Adds up a history that C owns.
///
/// # Safety
///
/// `handle` must be a handle from [`history_new`] that was not yet given to
/// [`history_free`]. Nobody else may use it during the call.
#[no_mangle]
unsafe extern "C" fn history_sum(handle: *const c_void) -> i64 {
    // SAFETY: As in `history_add`; and the `const` of C is kept, for a shared
    // reference does not change the history.
    let history = unsafe { &*handle.cast::<History>() };

    history.sum()
}

/// Takes a history back from C, and ends it.
///
/// # Safety
///
/// `handle` must be NULL, or a handle from [`history_new`] that nobody uses
/// any more, now or later.
#[no_mangle]
unsafe extern "C" fn history_free(handle: *mut c_void) {
    if handle.is_null() {
        return;
    }

    // SAFETY: Our caller promises that it is NULL, which it is not, or came
    // from `into_raw` of a `KBox<History>` and is given back this once.
    drop(unsafe { KBox::from_raw(handle.cast::<History>()) });
}
