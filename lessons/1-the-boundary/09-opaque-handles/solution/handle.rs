// SPDX-License-Identifier: GPL-2.0

//! Histories in the hands of C. The prototypes are in `history.h`.

// BEGIN SOLUTION
use super::History;
use core::ptr;
use kernel::{
    prelude::*,
    types::ForeignOwnable, //
};
// STUB
// use super::History;
// use kernel::prelude::*;
//
// // TODO: import ForeignOwnable, and core::ptr
// END SOLUTION

/// Makes a history, and gives it to C.
#[no_mangle]
extern "C" fn history_new(nr: c_uint, limit: c_uint) -> *mut c_void {
    // BEGIN SOLUTION
    match History::new(nr, limit) {
        Ok(history) => history.into_foreign(),
        Err(_) => ptr::null_mut(),
    }
    // STUB
    // // TODO: make a history; C gets its handle, or NULL
    // let _ = History::new(nr, limit);
    // core::ptr::null_mut()
    // END SOLUTION
}

/// Adds a value to a history that C owns.
///
/// # Safety
///
/// `handle` must be a handle from [`history_new`] that was not yet given to
/// [`history_free`]. Nobody else may use it during the call.
#[no_mangle]
unsafe extern "C" fn history_add(handle: *mut c_void, value: c_int) -> c_int {
    // BEGIN SOLUTION
    // SAFETY: Our caller promises a handle, and so a pointer that came from
    // `into_foreign` of a `KBox<History>`. It goes to `from_foreign` in
    // `history_free` only, which is not called before we return, and nobody
    // else borrows the history until then.
    let history = unsafe { KBox::<History>::borrow_mut(handle) };

    match history.push(value) {
        Ok(()) => 0,
        Err(e) => e.to_errno(),
    }
    // STUB
    // // TODO: borrow the history, and push the value
    // let _ = (handle, value);
    // EOPNOTSUPP.to_errno()
    // END SOLUTION
}

/// Adds up a history that C owns.
///
/// # Safety
///
/// `handle` must be a handle from [`history_new`] that was not yet given to
/// [`history_free`]. Nobody else may use it during the call.
#[no_mangle]
unsafe extern "C" fn history_sum(handle: *const c_void) -> i64 {
    // BEGIN SOLUTION
    // SAFETY: As in `history_add`; and the `const` of C is kept, for a shared
    // reference does not change the history.
    let history = unsafe { KBox::<History>::borrow(handle.cast_mut()) };

    history.sum()
    // STUB
    // // TODO: borrow the history, and add it up
    // let _ = handle;
    // 0
    // END SOLUTION
}

/// Takes a history back from C, and ends it.
///
/// # Safety
///
/// `handle` must be NULL, or a handle from [`history_new`] that nobody uses
/// any more, now or later.
#[no_mangle]
unsafe extern "C" fn history_free(handle: *mut c_void) {
    // BEGIN SOLUTION
    // SAFETY: Our caller promises NULL, or a pointer that came from
    // `into_foreign` of a `KBox<History>`, is given back this once, and is
    // not borrowed. A `History` is `Send`, so any task may end it.
    drop(unsafe { KBox::<History>::try_from_foreign(handle) });
    // STUB
    // // TODO: take the history back, and let it go
    // let _ = handle;
    // END SOLUTION
}
