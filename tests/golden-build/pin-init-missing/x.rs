// SPDX-License-Identifier: GPL-2.0

//! Initialises one of two fields.

use kernel::prelude::*;
use kernel::sync::{new_mutex, Mutex};

module! {
    type: X,
    name: "x",
    authors: ["Kiln"],
    description: "Does not build",
    license: "GPL",
}

#[pin_data]
struct Pair {
    #[pin]
    lock: Mutex<u32>,
    size: usize,
}

struct X;

impl kernel::Module for X {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        let pair = KBox::pin_init(pin_init!(Pair { lock <- new_mutex!(7u32) }), GFP_KERNEL)?;
        pr_info!("{} {}\n", *pair.lock.lock(), pair.size);
        Ok(X)
    }
}
