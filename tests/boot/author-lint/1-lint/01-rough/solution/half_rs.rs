// SPDX-License-Identifier: GPL-2.0

//! A half.

use kernel::prelude::*;

module! {
    type: Half,
    name: "half_rs",
    authors: ["Kiln"],
    description: "Half",
    license: "GPL",
}

struct Half;

impl kernel::Module for Half {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        // BEGIN SOLUTION
        let n = 6u32;
        let p = &raw const n;
        // STUB
        // // TODO
        // END SOLUTION
        let half = unsafe { *p } / 2;
      pr_info!("{}\n", half);
        Ok(Half)
    }
}
