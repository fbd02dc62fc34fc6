// SPDX-License-Identifier: GPL-2.0

//! Locks a mutex whose guard it has.

use kernel::prelude::*;
use kernel::sync::new_mutex;

module! {
    type: Bad,
    name: "bad_rs",
    authors: ["Kiln"],
    description: "A module that misbehaves",
    license: "GPL",
}

struct Bad;

impl kernel::Module for Bad {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        pr_info!("ready\n");
        let lock = KBox::pin_init(new_mutex!(7u32), GFP_KERNEL)?;
        let first = lock.lock();
        let second = lock.lock(); // HERE
        pr_info!("{}\n", *first + *second);
        Ok(Bad)
    }
}
