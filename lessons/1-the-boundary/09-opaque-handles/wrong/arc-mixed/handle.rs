// SPDX-License-Identifier: GPL-2.0

//! Histories in the hands of C. The prototypes are in `history.h`.

use super::History;
use core::ptr;
use kernel::{
    new_mutex,
    prelude::*,
    sync::{
        Arc,
        Mutex, //
    },
    types::ForeignOwnable, //
};

type Shared = Mutex<KBox<History>>;

fn share(nr: u32, limit: u32) -> Result<Arc<Shared>> {
    let history = History::new(nr, limit)?;

    Arc::pin_init(new_mutex!(history), GFP_KERNEL)
}

/// Makes a history, and gives it to C.
#[no_mangle]
extern "C" fn history_new(nr: c_uint, limit: c_uint) -> *mut c_void {
    match share(nr, limit) {
        Ok(history) => Arc::into_raw(history).cast_mut().cast(),
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
    // SAFETY: Our caller promises a handle, and so a pointer that came from
    // `into_foreign` of a `Arc<Shared>`. It goes to `from_foreign` in
    // `history_free` only, which is not called before we return, and nobody
    // else borrows the history until then.
    let history = unsafe { Arc::<Shared>::borrow(handle) };
    let mut history = history.lock();

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
    let history = unsafe { Arc::<Shared>::borrow(handle.cast_mut()) };
    let history = history.lock();

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
    // SAFETY: Our caller promises NULL, or a pointer that came from
    // `into_foreign` of a `Arc<Shared>` and is given back this once.
    drop(unsafe { Arc::<Shared>::try_from_foreign(handle) });
}
