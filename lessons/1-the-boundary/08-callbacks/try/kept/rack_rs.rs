// SPDX-License-Identifier: GPL-2.0

//! A user of the rack. It is given: it shows what your `for_each` is for.

use kernel::prelude::*;

mod door;
mod walk;

extern "C" {
    fn rack_plug(slot: c_uint, celsius: c_int);
}

module! {
    type: Rack,
    name: "rack",
    authors: ["Kiln"],
    description: "Closures visit sensors",
    license: "GPL",
}

struct Rack;

impl kernel::Module for Rack {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        let limit = 60;

        walk::watch(move |slot, celsius| {
            if celsius > limit {
                pr_info!("slot {} has {} degrees, more than {}\n", slot, celsius, limit);
            }
            Ok(())
        })?;
        pr_info!("watching\n");

        // SAFETY: There are eight slots, and the lock is not held.
        unsafe { rack_plug(7, 66) };
        Ok(Rack)
    }
}
