// SPDX-License-Identifier: GPL-2.0

//! The same rig as in `rig.c`, without a `goto`.

// BEGIN SOLUTION sign
use kernel::{
    prelude::*,
    types::ScopeGuard, //
};
// STUB
// use kernel::prelude::*;
// END SOLUTION
// BEGIN SOLUTION climb
use parts::{
    Clock,
    Firmware,
    Power, //
};
// STUB
// use parts::Power;
// END SOLUTION

mod parts;

module! {
    type: Rig,
    name: "rig_rs",
    authors: ["Kiln"],
    description: "A rig that comes up step by step, in Rust",
    license: "GPL",
    params: {
        fail_at: i32 {
            default: 0,
            description: "The step that is to fail, 0 for none",
        },
    },
}

/// The rig as long as it is up.
// BEGIN SOLUTION climb
///
/// Fields are dropped from the first to the last, so what was switched on last
/// stands first.
struct Rig {
    _firmware: Firmware,
    _clock: Clock,
    _power: Power,
}
// STUB
// struct Rig {
//     _power: Power,
//     // TODO: the clock and the firmware
// }
// END SOLUTION

impl kernel::Module for Rig {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        let fail_at = module_parameters::fail_at.value();

        let power = Power::on(fail_at)?;
        // BEGIN SOLUTION climb
        let clock = Clock::on(fail_at)?;
        let firmware = Firmware::on(fail_at)?;
        // STUB
        // // TODO: the clock and the firmware, as rig_init() in rig.c does
        // END SOLUTION

        // BEGIN SOLUTION sign
        parts::sign_on();
        let sign = ScopeGuard::new(parts::sign_off);

        parts::self_test(fail_at)?;
        sign.dismiss();
        // STUB
        // // TODO, in the second step: the sign and the self-test
        // END SOLUTION

        Ok(Rig {
            // BEGIN SOLUTION climb
            _firmware: firmware,
            _clock: clock,
            _power: power,
            // STUB
            // _power: power,
            // END SOLUTION
        })
    }
}
// BEGIN SOLUTION sign

impl Drop for Rig {
    fn drop(&mut self) {
        // The fields are dropped after this.
        parts::sign_off();
    }
}
// END SOLUTION
