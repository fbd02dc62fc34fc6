// SPDX-License-Identifier: GPL-2.0

//! The second of two hellos. It keeps one number for as long as it is loaded.

use kernel::prelude::*;

module! {
    type: Hello,
    name: "hello_rs",
    authors: ["Kiln"],
    description: "The second of two hellos, in Rust",
    license: "GPL",
}

// BEGIN SOLUTION
struct Hello {
    answer: i32,
}
// STUB
// // TODO: one field, `answer`, in the place of the static variable in hello.c
// struct Hello;
// END SOLUTION

impl kernel::Module for Hello {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        // BEGIN SOLUTION
        let hello = Hello { answer: 42 };
        pr_info!("loaded, the answer is {}\n", hello.answer);
        Ok(hello)
        // STUB
        // // TODO: make a Hello, print the first line, and return the Hello
        // Err(EOPNOTSUPP)
        // END SOLUTION
    }
}
// BEGIN SOLUTION

impl Drop for Hello {
    fn drop(&mut self) {
        pr_info!("unloaded, the answer was {}\n", self.answer);
    }
}
// STUB
//
// // TODO: what happens to the Hello at rmmod?
// END SOLUTION
