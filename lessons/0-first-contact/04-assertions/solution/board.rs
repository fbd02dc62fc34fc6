// SPDX-License-Identifier: GPL-2.0

//! The readings that a board sends.

use kernel::prelude::*;

use super::config;
// BEGIN SOLUTION at-build

// `Board::seen` has a bit for each channel.
static_assert!(config::CHANNELS <= u32::BITS, "Board::seen is too small");
// STUB
//
// // TODO: `Board::seen` has a bit for each channel. What if there were 33?
// END SOLUTION

/// The last `N` values. `N` must be a power of two.
pub(crate) struct History<const N: usize> {
    values: [u32; N],
    count: usize,
}

impl<const N: usize> History<N> {
    pub(crate) fn new() -> Self {
        // BEGIN SOLUTION at-build
        const_assert!(N.is_power_of_two(), "History needs a power of two");

        // STUB
        // // TODO: what if N is 6?
        // END SOLUTION
        Self {
            values: [0; N],
            count: 0,
        }
    }

    // `& (N - 1)` is `% N`, for a power of two and for no other number.
    pub(crate) fn push(&mut self, value: u32) {
        self.values[self.count & (N - 1)] = value;
        self.count = self.count.wrapping_add(1);
    }

    pub(crate) fn last(&self) -> Option<u32> {
        let newest = self.count.checked_sub(1)?;

        Some(self.values[newest & (N - 1)])
    }
}

/// A board: the channels that were seen, and how many users have it open.
pub(crate) struct Board {
    seen: u32,
    users: u32,
    history: History<{ config::KEPT }>,
}

impl Board {
    pub(crate) fn new() -> Self {
        Self {
            seen: 0,
            users: 0,
            history: History::new(),
        }
    }

    /// Takes a reading in. Both numbers are what came over the cable.
    pub(crate) fn accept(&mut self, channel: u32, value: u32) -> Result {
        // BEGIN SOLUTION from-outside
        if channel >= config::CHANNELS {
            kernel::pr_err_once!("there is no channel {}\n", channel);
            return Err(EINVAL);
        }

        // STUB
        // // TODO: what if there is no such channel?
        // END SOLUTION
        self.seen |= 1 << channel;
        self.history.push(value);
        Ok(())
    }

    pub(crate) fn open(&mut self) {
        self.users += 1;
    }

    /// Ends what one call of `open` began.
    pub(crate) fn close(&mut self) {
        // BEGIN SOLUTION from-within
        if kernel::warn_on!(self.users == 0) {
            return;
        }

        self.users -= 1;
        // STUB
        // // TODO: what if it is called once too often? So far it wraps, as in C.
        // self.users = self.users.wrapping_sub(1);
        // END SOLUTION
    }

    pub(crate) fn users(&self) -> u32 {
        self.users
    }

    pub(crate) fn seen(&self) -> u32 {
        self.seen
    }

    pub(crate) fn last(&self) -> Option<u32> {
        self.history.last()
    }
}
