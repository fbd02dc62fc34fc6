// SPDX-License-Identifier: GPL-2.0

//! The Rust half of `thermo.ko`: ordinary Rust in a type of its own, and two
//! thin functions with names for C.

use kernel::prelude::*;

struct HalfDegrees(i16);

impl HalfDegrees {
    fn new(reg: u16) -> Self {
        HalfDegrees(i16::from_ne_bytes(reg.to_ne_bytes()) / 128)
    }

    fn millidegrees(&self) -> c_int {
        c_int::from(self.0) * 500
    }
}

#[export_name = "thermo_from_reg"]
extern "C" fn millidegrees_for_c(reg: u16) -> c_int {
    HalfDegrees::new(reg).millidegrees()
}

#[export_name = "thermo_too_hot"]
extern "C" fn too_hot_for_c(reg: u16, limit: c_int) -> bool {
    HalfDegrees::new(reg).millidegrees() > limit
}
