// SPDX-License-Identifier: GPL-2.0

//! A line in Rust.

use kernel::prelude::*;

module! {
    type: Line,
    name: "line",
    authors: ["Kiln"],
    description: "A line in Rust",
    license: "GPL",
}

struct Line;

impl kernel::Module for Line {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        // BEGIN SOLUTION
        let word = "seven";
        pr_info!("{}\n", word);
        // STUB
        // pr_info!("{}\n", word); // TODO: which word?
        // END SOLUTION
        Ok(Line)
    }
}
