// SPDX-License-Identifier: GPL-2.0

//! The second of two hellos. It keeps one number for as long as it is loaded.

use kernel::prelude::*;

module! {
    type: Hello,
    name: "hello_rs",
    authors: ["Kiln"],
    description: "The second of two hellos, in Rust",
    license: "GPL",
    params: {
        number: i32 {
            default: 42,
            description: "The number to keep",
        },
    },
}

struct Hello(i32);

impl kernel::Module for Hello {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        // 42, unless insmod was told another: `insmod hello_rs.ko number=7`.
        let answer = module_parameters::number.value();

        pr_info!("loaded, the answer is {answer}\n");
        Ok(Self(answer))
    }
}

impl Drop for Hello {
    fn drop(&mut self) {
        let &mut Self(answer) = self;

        pr_info!("unloaded, the answer was {answer}\n");
    }
}
