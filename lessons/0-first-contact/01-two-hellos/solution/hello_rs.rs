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

// BEGIN SOLUTION say-hello
struct Hello {
    answer: i32,
}
// STUB
// // TODO: one field, `answer`, in the place of the static variable in hello.c
// struct Hello;
// END SOLUTION

impl kernel::Module for Hello {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        // 42, unless insmod was told another: `insmod hello_rs.ko number=7`.
        let number = module_parameters::number.value();

        // BEGIN SOLUTION say-hello
        let hello = Hello { answer: number };
        pr_info!("loaded, the answer is {}\n", hello.answer);
        Ok(hello)
        // STUB
        // // TODO: make a Hello that keeps the number, print the first line,
        // // return the Hello
        // let _ = number; // `(void)number` in C; it goes when you use it
        // Err(EOPNOTSUPP)
        // END SOLUTION
    }
}
// BEGIN SOLUTION say-goodbye

impl Drop for Hello {
    fn drop(&mut self) {
        pr_info!("unloaded, the answer was {}\n", self.answer);
    }
}
// STUB
//
// // TODO: what happens to the Hello at rmmod?
// END SOLUTION
