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

struct Hello {
    answer: i32,
}

impl kernel::Module for Hello {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        let hello = Hello { answer: 42 };
        println!("loaded, the answer is {}\n", hello.answer);
        Ok(hello)
    }
}

impl Drop for Hello {
    fn drop(&mut self) {
        println!("unloaded, the answer was {}\n", self.answer);
    }
}
