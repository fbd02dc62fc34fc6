// SPDX-License-Identifier: GPL-2.0

//! A list under a mutex, filled at load and summed at unload.

use kernel::{new_mutex, prelude::*, sync::Mutex};

module! {
    type: Counter,
    name: "counter",
    authors: ["Kiln"],
    description: "What make bench checks",
    license: "GPL",
}

#[pin_data(PinnedDrop)]
struct Counter {
    #[pin]
    seen: Mutex<KVec<u32>>,
}

impl kernel::InPlaceModule for Counter {
    fn init(_module: &'static ThisModule) -> impl PinInit<Self, Error> {
        // BEGIN SOLUTION
        try_pin_init!(Self {
            seen <- {
                let mut seen = KVec::with_capacity(3, GFP_KERNEL)?;
                for n in 1..=3u32 {
                    seen.push(n, GFP_KERNEL)?;
                    pr_info!("{} of 3\n", n);
                }
                new_mutex!(seen)
            },
        })
        // STUB
        // try_pin_init!(Self { seen <- new_mutex!(KVec::new()) })
        // END SOLUTION
    }
}

#[pinned_drop]
impl PinnedDrop for Counter {
    fn drop(self: Pin<&mut Self>) {
        pr_info!("was {}\n", self.seen.lock().iter().sum::<u32>());
    }
}
