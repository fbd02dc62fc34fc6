// SPDX-License-Identifier: GPL-2.0

//! What the tests call. It is given; the prototypes are in `door.h`.
//!
//! Only the closures are of interest: each is of another shape.

use super::walk;
use core::slice;
use kernel::{
    error::from_result,
    prelude::*, //
};

/// # Safety
///
/// `sum` must point to an `int` that nobody else uses during the call.
#[no_mangle]
unsafe extern "C" fn rack_rs_sum(sum: *mut c_int) -> c_int {
    // SAFETY: Our caller promises an `int` that is ours for the call.
    let sum = unsafe { &mut *sum };

    from_result(|| {
        walk::for_each(|_slot, celsius| {
            *sum += celsius;
            Ok(())
        })?;
        Ok(0)
    })
}

/// # Safety
///
/// `dst` must point to `room` numbers, and `copied` to a `size_t`, which
/// nobody else uses during the call.
#[no_mangle]
unsafe extern "C" fn rack_rs_copy(dst: *mut c_int, room: usize, copied: *mut usize) -> c_int {
    // SAFETY: Our caller promises `room` numbers that are ours for the call.
    let dst = unsafe { slice::from_raw_parts_mut(dst, room) };
    // SAFETY: Our caller promises a `size_t` that is ours for the call.
    let copied = unsafe { &mut *copied };

    from_result(|| {
        walk::for_each(|_slot, celsius| {
            *dst.get_mut(*copied).ok_or(ENOSPC)? = celsius;
            *copied += 1;
            Ok(())
        })?;
        Ok(0)
    })
}

#[no_mangle]
extern "C" fn rack_rs_stop_at(slot: c_uint, errno: c_int) -> c_int {
    from_result(|| {
        walk::for_each(|this, _celsius| {
            if this == slot {
                return Err(Error::from_errno(errno));
            }
            Ok(())
        })?;
        Ok(0)
    })
}

/// # Safety
///
/// `count` must point to a number that nobody else uses during the call.
#[no_mangle]
unsafe extern "C" fn rack_rs_count(count: *mut c_uint) -> c_int {
    // SAFETY: Our caller promises a number that is ours for the call.
    let count = unsafe { &mut *count };

    from_result(|| {
        let mut seen = 0;

        // `move`: the closure has a `seen` of its own.
        walk::for_each(move |_slot, _celsius| {
            seen += 1;
            *count = seen;
            Ok(())
        })?;
        Ok(0)
    })
}

/// Adds numbers up on the heap, and says when it ends.
struct Owner<'a> {
    total: KBox<c_int>,
    sum: &'a mut c_int,
    drops: &'a mut c_uint,
}

impl Drop for Owner<'_> {
    fn drop(&mut self) {
        *self.sum = *self.total;
        *self.drops += 1;
    }
}

/// # Safety
///
/// `sum` and `drops` must point to numbers that nobody else uses during the
/// call.
#[no_mangle]
unsafe extern "C" fn rack_rs_owner(sum: *mut c_int, drops: *mut c_uint) -> c_int {
    from_result(|| {
        let mut owner = Owner {
            total: KBox::new(0, GFP_KERNEL)?,
            // SAFETY: Our caller promises a number that is ours for the call.
            sum: unsafe { &mut *sum },
            // SAFETY: As above.
            drops: unsafe { &mut *drops },
        };

        // `move`: the closure owns the `owner` now, and ends it.
        walk::for_each(move |_slot, celsius| {
            let owner = &mut owner;
            *owner.total += celsius;
            Ok(())
        })?;
        Ok(0)
    })
}
