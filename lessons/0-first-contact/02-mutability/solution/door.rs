// SPDX-License-Identifier: GPL-2.0

//! The door for C, and so for the tests. The prototypes are in `door.h`. You
//! need not read it: track 1 is about doors like this one.

use crate::{
    acc::Stats,
    survey, //
};
use core::slice;
use kernel::{
    error::from_result,
    prelude::*, //
};

/// `struct door_stats`.
#[repr(C)]
pub(crate) struct DoorStats {
    count: u32,
    total: u32,
    longest: u32,
}

/// [`survey::longest`] for C.
///
/// # Safety
///
/// There must be `n` numbers behind `samples`, which nobody changes during the
/// call.
#[no_mangle]
pub(crate) unsafe extern "C" fn door_longest(samples: *const u32, n: usize) -> u32 {
    // SAFETY: Our caller promises `n` numbers that stay as they are.
    survey::longest(unsafe { slice::from_raw_parts(samples, n) })
}

/// [`survey::slow_percent`] for C.
///
/// # Safety
///
/// There must be `n` numbers behind `samples`, which nobody changes during the
/// call.
#[no_mangle]
pub(crate) unsafe extern "C" fn door_slow_percent(
    samples: *const u32,
    n: usize,
    limit: u32,
) -> u32 {
    // SAFETY: Our caller promises `n` numbers that stay as they are.
    survey::slow_percent(unsafe { slice::from_raw_parts(samples, n) }, limit)
}

/// [`Stats::of`] for C.
///
/// # Safety
///
/// There must be `n` numbers behind `samples`, which nobody changes during the
/// call, and `to` must be valid for writes.
#[no_mangle]
pub(crate) unsafe extern "C" fn door_of(
    samples: *const u32,
    n: usize,
    to: *mut DoorStats,
) -> c_int {
    from_result(|| {
        // SAFETY: Our caller promises `n` numbers that stay as they are.
        let stats = Stats::of(unsafe { slice::from_raw_parts(samples, n) })?;

        // SAFETY: Our caller promises that `to` may be written.
        unsafe {
            to.write(DoorStats {
                count: stats.count,
                total: stats.total,
                longest: stats.longest,
            })
        };
        Ok(0)
    })
}

/// [`Stats::add`] for C.
///
/// # Safety
///
/// `s` must point to a `struct door_stats` which nobody else uses during the
/// call.
#[no_mangle]
pub(crate) unsafe extern "C" fn door_add(s: *mut DoorStats, sample: u32) -> c_int {
    // SAFETY: Our caller promises that it is there, and ours for the call.
    let s = unsafe { &mut *s };
    // `mut` is of no use as long as `add` asks for less than `&mut self`.
    #[allow(unused_mut)]
    let mut stats = Stats {
        count: s.count,
        total: s.total,
        longest: s.longest,
    };
    let result = stats.add(sample);

    *s = DoorStats {
        count: stats.count,
        total: stats.total,
        longest: stats.longest,
    };
    from_result(|| result.map(|()| 0))
}

/// [`Stats::mean`] for C.
///
/// # Safety
///
/// `s` must point to a `struct door_stats` that nobody changes during the call.
#[no_mangle]
pub(crate) unsafe extern "C" fn door_mean(s: *const DoorStats) -> i64 {
    // SAFETY: Our caller promises that it is there, and stays as it is.
    let s = unsafe { &*s };
    let stats = Stats {
        count: s.count,
        total: s.total,
        longest: s.longest,
    };

    stats.mean().map_or(-1, i64::from)
}
