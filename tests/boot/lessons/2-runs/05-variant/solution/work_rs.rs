// SPDX-License-Identifier: GPL-2.0

//! What C calls, and what it calls in C.

use kernel::prelude::*;

extern "C" {
    fn limit_value(l: *const c_int) -> c_int;
}

/// The value of a limit.
///
/// # Safety
///
/// `l` must point to a limit.
#[no_mangle]
pub unsafe extern "C" fn work_value(l: *const c_int) -> c_int {
    // SAFETY: As our caller promises.
    unsafe { limit_value(l) }
}
