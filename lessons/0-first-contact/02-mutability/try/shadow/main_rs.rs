// SPDX-License-Identifier: GPL-2.0

//! What a second `let` does.

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
        let total = 0;
        for sample in &[10, 20, 30] {
            let total = total + *sample;
        }
        pr_info!("total {total}\n");

        Ok(Module)
    }
}
