// SPDX-License-Identifier: GPL-2.0

//! Statistics of response times, in microseconds, in Rust.

use kernel::prelude::*;

mod acc;
mod door;
mod survey;

module! {
    type: Module,
    name: "stats_rs",
    authors: ["Kiln"],
    description: "Statistics of response times, in Rust",
    license: "GPL",
}

/// Constants are never changed: here as in C they have a type and a value.
const SAMPLES: [u32; 5] = [120, 80, 200, 400, 95];

struct Module;

impl kernel::Module for Module {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        let longest = survey::longest(&SAMPLES);
        let percent = survey::slow_percent(&SAMPLES, 150);

        pr_info!("longest {longest} us, {percent}% above 150 us\n");

        // Until `acc.rs` is finished this is an error, which is no reason here
        // to refuse to load.
        match acc::Stats::of(&SAMPLES) {
            Ok(stats) => match stats.mean() {
                Some(mean) => pr_info!("{} samples, mean {} us\n", stats.count, mean),
                None => pr_info!("{} samples, no mean\n", stats.count),
            },
            Err(e) => pr_info!("no statistics: {e:?}\n"),
        }

        Ok(Module)
    }
}
