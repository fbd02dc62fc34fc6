// SPDX-License-Identifier: GPL-2.0-or-later

//! A module of Kiln's own, never loaded.

use kernel::prelude::*;

module! {
    type: Sample,
    name: "sample_rs",
    authors: ["Kiln"],
    description: "a module of Kiln's own, never loaded",
    license: "GPL",
}

struct Sample;

impl kernel::Module for Sample {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        Ok(Self)
    }
}
