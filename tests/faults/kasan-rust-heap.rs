// SPDX-License-Identifier: GPL-2.0

//! Writes past the end of a vector, for which it promised not to.

use core::hint::black_box;
use kernel::prelude::*;

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
        let mut v = KVec::from_elem(0u8, 13, GFP_KERNEL)?;
        // SAFETY: There is none: the vector has 13 elements.
        unsafe { *v.as_mut_ptr().add(black_box(13)) = 1 }; // HERE
        Ok(Bad)
    }
}
