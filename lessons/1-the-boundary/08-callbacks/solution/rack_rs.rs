// SPDX-License-Identifier: GPL-2.0

//! A user of the rack. It is given: it shows what your `for_each` is for.

use kernel::prelude::*;

mod door;
mod walk;

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
        let mut count = 0;
        let mut hottest = (0, i32::MIN);

        walk::for_each(|slot, celsius| {
            count += 1;
            if celsius > hottest.1 {
                hottest = (slot, celsius);
            }
            Ok(())
        })?;

        pr_info!(
            "{} sensors, the hottest has {} degrees, in slot {}\n",
            count,
            hottest.1,
            hottest.0
        );
        Ok(Rack)
    }
}
