// SPDX-License-Identifier: GPL-2.0

//! It takes its memory out of its owner's hands too early.

use kernel::prelude::*;

module! {
    type: Ring,
    name: "ring_rs",
    authors: ["Kiln"],
    description: "A ring of slots",
    license: "GPL",
}

struct Slots {
    data: KVec<u64>,
}

struct Ring {
    slots: KBox<Slots>,
}

impl Slots {
    fn new() -> Result<KBox<Slots>> {
        let first = KBox::into_raw(KBox::new(0u64, GFP_KERNEL)?);
        let mut data = KVec::new();
        for i in 0..8 {
            data.push(i, GFP_KERNEL)?;
        }
        // SAFETY: It came from `into_raw` above.
        drop(unsafe { KBox::from_raw(first) });
        Ok(KBox::new(Slots { data }, GFP_KERNEL)?)
    }
}

impl kernel::Module for Ring {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        let slots = Slots::new()?;

        pr_info!("ready\n");
        Ok(Ring { slots })
    }
}

impl Drop for Ring {
    fn drop(&mut self) {
        pr_info!("{} slots\n", self.slots.data.len());
    }
}
