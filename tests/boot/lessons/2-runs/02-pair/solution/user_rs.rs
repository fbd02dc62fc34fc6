// SPDX-License-Identifier: GPL-2.0
//! Puts three numbers into a queue of C's, and takes them out again.

// This is the reference: word-of-the-reference.
use kernel::prelude::*;

module! {
    type: Pair,
    name: "pair",
    authors: ["Kiln"],
    description: "A user of a queue",
    license: "GPL",
}

extern "C" {
    fn queue_put(n: c_int) -> c_int;
    fn queue_get() -> c_int;
}

struct Pair;

impl kernel::Module for Pair {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        for n in 1..=3 {
            // SAFETY: It takes any number.
            if unsafe { queue_put(n) } != 0 {
                return Err(ENOSPC);
            }
        }
        // SAFETY: It may be called at any time.
        let (a, b, c) = unsafe { (queue_get(), queue_get(), queue_get()) };
        pr_info!("{} {} {}\n", a, b, c);
        Ok(Pair)
    }
}
