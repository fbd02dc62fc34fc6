// SPDX-License-Identifier: GPL-2.0

//! Half a number.
//
// REPLACE: an answer that is wrong: -EINVAL is taken for a half.

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

/// Half of `n`, as C says; [`EINVAL`] if `n` is odd or negative.
fn half(n: i32) -> Result<i32> {
    // SAFETY: `half_of` takes any number and touches nothing else.
    Ok(unsafe { half_of(n) })
}

impl kernel::Module for Half {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        let number = module_parameters::number.value();
        let half = half(number)?;

        pr_info!("half of {} is {}\n", number, half);
        Ok(Half)
    }
}
