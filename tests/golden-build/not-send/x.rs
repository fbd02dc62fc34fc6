// SPDX-License-Identifier: GPL-2.0

//! Keeps in the module what belongs to one thread.

use kernel::prelude::*;

module! {
    type: X,
    name: "x",
    authors: ["Kiln"],
    description: "Does not build",
    license: "GPL",
}

struct X {
    buffer: *mut u8,
}

impl kernel::Module for X {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        Ok(X {
            buffer: core::ptr::null_mut(),
        })
    }
}

impl Drop for X {
    fn drop(&mut self) {
        pr_info!("{:?}\n", self.buffer);
    }
}
