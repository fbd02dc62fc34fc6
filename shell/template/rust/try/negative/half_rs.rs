// SPDX-License-Identifier: GPL-2.0

//! Half a number.
//
// REPLACE: the experiment: the log answers the question.

use kernel::prelude::*;

module! {
    type: Half,
    name: "half_rs",
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

/// Half of `n`; [`EINVAL`] if `n` is odd or negative.
fn half_of(n: i32) -> Result<i32> {
    if n < 0 || n % 2 != 0 {
        return Err(EINVAL);
    }
    Ok(n / 2)
}

impl kernel::Module for Half {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        match half_of(-6) {
            Ok(half) => pr_info!("half_of(-6) is Ok({})\n", half),
            Err(e) => pr_info!("half_of(-6) is Err({:?})\n", e),
        }
        Ok(Half)
    }
}
