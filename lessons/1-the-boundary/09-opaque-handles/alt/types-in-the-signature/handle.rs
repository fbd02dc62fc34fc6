// SPDX-License-Identifier: GPL-2.0

//! Histories in the hands of C. The prototypes are in `history.h`.

use super::History;
use kernel::prelude::*;

/// Makes a history, and gives it to C.
#[no_mangle]
extern "C" fn history_new(nr: c_uint, limit: c_uint) -> Option<KBox<History>> {
    History::new(nr, limit).ok()
}

/// Adds a value to a history that C owns.
///
/// What C must keep to is in `history.h`: the handle came from [`history_new`],
/// was not yet given to [`history_free`], and nobody else uses it now.
#[no_mangle]
extern "C" fn history_add(history: &mut History, value: c_int) -> c_int {
    match history.push(value) {
        Ok(()) => 0,
        Err(e) => e.to_errno(),
    }
}

/// Adds up a history that C owns.
///
/// What C must keep to is in `history.h`: the handle came from [`history_new`],
/// was not yet given to [`history_free`], and nobody else uses it now.
#[no_mangle]
extern "C" fn history_sum(history: &History) -> i64 {
    history.sum()
}

/// Takes a history back from C, and ends it.
///
/// `None` is what C calls NULL. It must not use the handle any more.
#[no_mangle]
extern "C" fn history_free(history: Option<KBox<History>>) {
    drop(history);
}
