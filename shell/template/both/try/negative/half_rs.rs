// SPDX-License-Identifier: GPL-2.0

//! Half a number.
//
// REPLACE: the experiment: the log answers the question.

use kernel::prelude::*;

extern "C" {
    // What half.h says.
    fn half_of(n: c_int) -> c_int;
}

module! {
    type: Half,
    name: "half",
    authors: ["Kiln"],
    description: "Half a number",
    license: "GPL",
    params: {
        number: i32 {
            default: 6,
            description: "The number to halve",
        },
    },
}

struct Half;

impl kernel::Module for Half {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        // SAFETY: `half_of` takes any number and touches nothing else.
        let half = unsafe { half_of(-6) };

        pr_info!("half_of(-6) is {}\n", half);
        Ok(Half)
    }
}
