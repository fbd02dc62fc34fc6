// SPDX-License-Identifier: GPL-2.0

//! Two questions about a whole table of samples.

/// The longest of the samples, 0 if there are none.
pub(crate) fn longest(samples: &[u32]) -> u32 {
    // BEGIN SOLUTION mend
    let mut most = 0;

    for sample in samples {
        if *sample > most {
            most = *sample;
        }
    }
    most
    // STUB
    // for sample in samples {
    //     let mut most = 0;
    //
    //     if *sample > most {
    //         most = *sample;
    //     }
    // }
    // most
    // END SOLUTION
}

/// How many percent of the samples are above `limit`, 0 if there are none.
pub(crate) fn slow_percent(samples: &[u32], limit: u32) -> u32 {
    // BEGIN SOLUTION mend
    let mut slow = 0;

    for sample in samples {
        if *sample > limit {
            slow += 1;
        }
    }

    let percent = if samples.is_empty() {
        0
    } else {
        slow * 100 / samples.len()
    };

    // CAST: no more than all of them are slow, so it is 100 at most.
    percent as u32
    // STUB
    // let slow = 0;
    // let percent = 0;
    //
    // for sample in samples {
    //     if *sample > limit {
    //         slow += 1;
    //     }
    // }
    // if !samples.is_empty() {
    //     let percent = slow * 100 / samples.len();
    // }
    // percent
    // END SOLUTION
}
