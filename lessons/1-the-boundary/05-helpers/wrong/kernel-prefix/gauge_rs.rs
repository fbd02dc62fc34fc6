// SPDX-License-Identifier: GPL-2.0

//! Reads a gauge. What the bits of a word mean is for `gauge.h` to know.

use core::slice;
use kernel::prelude::*;

// These must say exactly what `gauge_helpers.c` says.
extern "C" {
    #[link_name = "rust_helper_gauge_is_fresh"]
    fn gauge_is_fresh(word: u16) -> bool;

    #[link_name = "rust_helper_gauge_mv"]
    fn gauge_mv(word: u16) -> c_int;

    #[link_name = "rust_helper_gauge_take"]
    fn gauge_take(word: *mut u16);
}

/// Takes the reading out of `word`, in mV, if there is a fresh one.
fn read(word: &mut u16) -> Option<c_int> {
    // SAFETY: It looks at the bits of a number, and any number will do.
    if !unsafe { gauge_is_fresh(*word) } {
        return None;
    }
    // SAFETY: As above.
    let mv = unsafe { gauge_mv(*word) };

    // SAFETY: `word` is borrowed for the call and by us alone, so it may be
    // written; the pointer is not kept.
    unsafe { gauge_take(word) };
    Some(mv)
}

/// The mean of all fresh readings, if there are any.
fn mean(words: &mut [u16]) -> Option<c_int> {
    let mut sum = 0i64;
    let mut n = 0;

    for mv in words.iter_mut().filter_map(read) {
        sum += i64::from(mv);
        n += 1;
    }
    // CAST: A mean is not larger than the largest of what it is made of.
    (n > 0).then(|| (sum / n) as c_int)
}

/// See `gauge.h`.
///
/// # Safety
///
/// `word` must point to a word that nobody else uses during the call.
#[no_mangle]
pub unsafe extern "C" fn gauge_read(word: *mut u16) -> c_int {
    // SAFETY: Our caller promises that it is ours for the call.
    read(unsafe { &mut *word }).unwrap_or(EAGAIN.to_errno())
}

/// See `gauge.h`.
///
/// # Safety
///
/// `words` must point to `n` words that nobody else uses during the call, and must not be
/// NULL even if `n` is 0.
#[no_mangle]
pub unsafe extern "C" fn gauge_mean(words: *mut u16, n: usize) -> c_int {
    // SAFETY: Our caller promises that they are there, and ours for the call.
    mean(unsafe { slice::from_raw_parts_mut(words, n) }).unwrap_or(EAGAIN.to_errno())
}
