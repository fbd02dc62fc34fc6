// SPDX-License-Identifier: GPL-2.0

//! Any closure may visit the sensors of `sensors.c`.

use kernel::{
    error::to_result,
    prelude::*, //
};

extern "C" {
    fn rack_for_each(
        visit: unsafe extern "C" fn(slot: c_uint, celsius: c_int, ctx: *mut c_void) -> c_int,
        ctx: *mut c_void,
    ) -> c_int;
}

/// A closure, and how its last visit went.
struct Call<F> {
    visit: F,
    result: Result,
}

/// What C calls in the place of a closure of type `F`.
///
/// # Safety
///
/// `ctx` must point to a `Call<F>` that nobody else uses during the call.
unsafe extern "C" fn trampoline<F>(slot: c_uint, celsius: c_int, ctx: *mut c_void) -> c_int
where
    F: FnMut(u32, i32) -> Result,
{
    // SAFETY: Our caller promises a `Call<F>` behind `ctx` that is ours
    // for the call.
    let call = unsafe { &mut *ctx.cast::<Call<F>>() };

    call.result = (call.visit)(slot, celsius);
    c_int::from(call.result.is_err())
}

/// Calls `visit` with slot and temperature of each sensor, in the order of
/// the slots, for as long as it returns `Ok`.
///
/// Returns the error of `visit` if it returned one. Fails with [`ENODEV`] if
/// there is no sensor. May sleep; `visit` must not call into the rack again.
pub(crate) fn for_each<F>(visit: F) -> Result
where
    F: FnMut(u32, i32) -> Result,
{
    let mut call = Call {
        visit,
        result: Ok(()),
    };

    // SAFETY: `ctx` points to `call`, which is of the type that this
    // trampoline expects. It lives until the end of this function, and
    // `rack_for_each` calls nobody after it has returned. Until then nobody
    // else uses `call`, and the rack calls for one sensor after the other.
    let ret = unsafe { rack_for_each(trampoline::<F>, (&raw mut call).cast()) };

    // Above 0 it is our own sign to stop: the closure failed.
    to_result(ret)?;
    call.result
}
