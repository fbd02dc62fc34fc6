// SPDX-License-Identifier: GPL-2.0

//! How it is written.

use kernel::prelude::*;

mod given;

module! {
    type: RulesModule,
    name: "rulesmod",
    authors: ["Kiln"],
    description: "How it is written",
    license: "GPL",
}

extern "C" {
    fn rules_sum(a: c_int, b: c_int) -> c_int;
}

struct RulesModule;

impl kernel::Module for RulesModule {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        // SAFETY: It takes any two numbers.
        let sum = unsafe { rules_sum(1, 2) };

        pr_info!("sum {}\n", sum);
        pr_info!("first {}\n", given::first(&[1, 2]));
        Ok(RulesModule)
    }
}
