// SPDX-License-Identifier: GPL-2.0

//! Allocates under a spinlock as if it might sleep.

use kernel::prelude::*;
use kernel::sync::new_spinlock;

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
        let lock = KBox::pin_init(new_spinlock!(7u32), GFP_KERNEL)?;
        let guard = lock.lock();
        pr_info!("{}\n", *KBox::new(*guard, GFP_KERNEL)?); // HERE
        drop(guard);
        Ok(Bad)
    }
}
