// SPDX-License-Identifier: GPL-2.0

//! What `+=` does when the sum does not fit.

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

struct Module;

impl kernel::Module for Module {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        let mut stats = acc::Stats {
            count: 1,
            total: 4_294_967_000,
            longest: 400,
        };

        pr_info!("total {}, and 500 more\n", stats.total);
        stats.add(500)?;
        pr_info!("total {}\n", stats.total);

        Ok(Module)
    }
}
