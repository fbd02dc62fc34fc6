// SPDX-License-Identifier: GPL-2.0

//! The readings that a board sends.

use kernel::prelude::*;

use super::config;

// `Board::seen` has a bit for each channel.
static_assert!(config::CHANNELS <= u32::BITS, "more channels than bits");

/// The last `N` values. `N` must be a power of two.
pub(crate) struct History<const N: usize> {
    values: [u32; N],
    count: usize,
}

impl<const N: usize> History<N> {
    pub(crate) fn new() -> Self {
        const_assert!(N.is_power_of_two(), "N is not a power of two");

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
        if channel >= config::CHANNELS {
            kernel::pr_err_once!("there is no channel {}\n", channel);
            return Err(EINVAL);
        }

        self.seen |= 1 << channel;
        self.history.push(value);
        Ok(())
    }

    pub(crate) fn open(&mut self) {
        self.users += 1;
    }

    /// Ends what one call of `open` began.
    pub(crate) fn close(&mut self) {
        if self.users == 0 {
            return;
        }

        self.users -= 1;
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
