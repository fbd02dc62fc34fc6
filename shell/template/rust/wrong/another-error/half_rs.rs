// SPDX-License-Identifier: GPL-2.0

//! Half a number.
//
// REPLACE: an answer that is wrong: it is the argument that is.

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
        return Err(ERANGE);
    }
    Ok(n / 2)
}

impl kernel::Module for Half {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        let number = module_parameters::number.value();
        let half = half_of(number)?;

        pr_info!("half of {} is {}\n", number, half);
        Ok(Half)
    }
}
