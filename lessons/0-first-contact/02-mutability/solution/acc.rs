// SPDX-License-Identifier: GPL-2.0

//! Statistics that grow sample by sample.

use kernel::prelude::*;

/// What is known of the samples so far. No sample is kept.
pub(crate) struct Stats {
    pub(crate) count: u32,
    pub(crate) total: u32,
    pub(crate) longest: u32,
}

impl Stats {
    /// Statistics of no samples.
    pub(crate) fn new() -> Self {
        Self {
            count: 0,
            total: 0,
            longest: 0,
        }
    }

    /// Takes one more sample into the statistics.
    ///
    /// If the count or the total would not fit, fails with [`EOVERFLOW`] and
    /// changes nothing.
    // BEGIN SOLUTION accumulate
    pub(crate) fn add(&mut self, sample: u32) -> Result {
        let Some(count) = self.count.checked_add(1) else {
            return Err(EOVERFLOW);
        };
        let Some(total) = self.total.checked_add(sample) else {
            return Err(EOVERFLOW);
        };

        self.count = count;
        self.total = total;
        self.longest = self.longest.max(sample);
        Ok(())
    }
    // STUB
    // pub(crate) fn add(&self, sample: u32) -> Result {
    //     // TODO: what stats_add() does in stats.c
    //     let _ = sample; // `(void)sample` in C; it goes when you use it
    //     Err(EOPNOTSUPP)
    // }
    // END SOLUTION

    /// The mean of all samples, rounded down; [`None`] if there are none.
    pub(crate) fn mean(&self) -> Option<u32> {
        // BEGIN SOLUTION accumulate
        self.total.checked_div(self.count)
        // STUB
        // // TODO: what stats_mean() does in stats.c
        // None
        // END SOLUTION
    }

    /// The statistics of a whole table.
    pub(crate) fn of(samples: &[u32]) -> Result<Self> {
        // BEGIN SOLUTION accumulate
        let mut stats = Self::new();
        // STUB
        // let stats = Self::new();
        // END SOLUTION

        for sample in samples {
            // `?` hands on the error of `add`, if it has one, to our caller.
            stats.add(*sample)?;
        }
        Ok(stats)
    }
}
