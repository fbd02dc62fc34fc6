// SPDX-License-Identifier: GPL-2.0

//! Any closure may visit the sensors of `sensors.c`.

use kernel::{
    error::{
        from_result,
        to_result, //
    },
    prelude::*, //
};

extern "C" {
    fn rack_for_each(
        visit: unsafe extern "C" fn(slot: c_uint, celsius: c_int, ctx: *mut c_void) -> c_int,
        ctx: *mut c_void,
    ) -> c_int;
    fn rack_watch(
        visit: unsafe extern "C" fn(slot: c_uint, celsius: c_int, ctx: *mut c_void) -> c_int,
        ctx: *mut c_void,
    );
}

/// Calls `visit` whenever a sensor is plugged in. Or so it says.
pub(crate) fn watch<F>(visit: F) -> Result
where
    F: FnMut(u32, i32) -> Result,
{
    let mut boxed = KBox::new(visit, GFP_KERNEL)?;

    // This is wrong, as the question says: `boxed` is dropped when `watch`
    // returns, and C keeps the pointer.
    unsafe { rack_watch(trampoline::<F>, (&raw mut *boxed).cast()) };
    Ok(())
}

/// What C calls in the place of a closure of type `F`.
///
/// # Safety
///
/// `ctx` must point to an `F` that nobody else uses during the call.
unsafe extern "C" fn trampoline<F>(slot: c_uint, celsius: c_int, ctx: *mut c_void) -> c_int
where
    F: FnMut(u32, i32) -> Result,
{
    // SAFETY: Our caller promises an `F` behind `ctx` that is ours for the
    // call.
    let visit = unsafe { &mut *ctx.cast::<F>() };

    from_result(|| {
        visit(slot, celsius)?;
        Ok(0)
    })
}

/// Calls `visit` with slot and temperature of each sensor, in the order of
/// the slots, for as long as it returns `Ok`.
///
/// Returns the error of `visit` if it returned one. Fails with [`ENODEV`] if
/// there is no sensor. May sleep; `visit` must not call into the rack again.
pub(crate) fn for_each<F>(mut visit: F) -> Result
where
    F: FnMut(u32, i32) -> Result,
{
    // SAFETY: `ctx` points to `visit`, which is of the type `F` that this
    // trampoline expects. It lives until the end of this function, and
    // `rack_for_each` calls nobody after it has returned. Until then nobody
    // else uses `visit`, and the rack calls for one sensor after the other.
    to_result(unsafe { rack_for_each(trampoline::<F>, (&raw mut visit).cast()) })
}
