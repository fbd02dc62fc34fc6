// SPDX-License-Identifier: GPL-2.0

//! Two questions about a whole table of samples.

/// The longest of the samples, 0 if there are none.
pub(crate) fn longest(samples: &[u32]) -> u32 {
    samples.iter().copied().max().unwrap_or(0)
}

/// How many percent of the samples are above `limit`, 0 if there are none.
pub(crate) fn slow_percent(samples: &[u32], limit: u32) -> u32 {
    let slow = samples.iter().filter(|&&sample| sample > limit).count();

    (slow * 100).checked_div(samples.len()).unwrap_or(0) as u32
}
