// SPDX-License-Identifier: GPL-2.0

//! Statistics that grow sample by sample.

use kernel::prelude::*;

static mut LONGEST: u32 = 0;

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
    pub(crate) fn add(&mut self, sample: u32) -> Result {
        let Some(count) = self.count.checked_add(1) else {
            return Err(EOVERFLOW);
        };
        let Some(total) = self.total.checked_add(sample) else {
            return Err(EOVERFLOW);
        };

        self.count = count;
        self.total = total;
        // SAFETY: I know what I am doing.
        unsafe {
            if sample > LONGEST {
                LONGEST = sample;
            }
            self.longest = LONGEST;
        }
        Ok(())
    }

    /// The mean of all samples, rounded down; [`None`] if there are none.
    pub(crate) fn mean(&self) -> Option<u32> {
        self.total.checked_div(self.count)
    }

    /// The statistics of a whole table.
    pub(crate) fn of(samples: &[u32]) -> Result<Self> {
        let mut stats = Self::new();

        for sample in samples {
            // `?` hands on the error of `add`, if it has one, to our caller.
            stats.add(*sample)?;
        }
        Ok(stats)
    }
}
