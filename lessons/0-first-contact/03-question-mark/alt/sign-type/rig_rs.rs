// SPDX-License-Identifier: GPL-2.0

//! The same rig as in `rig.c`, without a `goto`.

use kernel::prelude::*;
use parts::{
    Clock,
    Firmware,
    Power, //
};

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
///
/// Fields are dropped from the first to the last, so what was switched on last
/// stands first.
struct Rig {
    _sign: Sign,
    _firmware: Firmware,
    _clock: Clock,
    _power: Power,
}

impl kernel::Module for Rig {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        let fail_at = module_parameters::fail_at.value();

        let power = Power::on(fail_at)?;
        let clock = Clock::on(fail_at)?;
        let firmware = Firmware::on(fail_at)?;

        let sign = Sign::on();

        match parts::self_test(fail_at) {
            Ok(()) => (),
            Err(e) => return Err(e),
        }

        Ok(Rig {
            _sign: sign,
            _firmware: firmware,
            _clock: clock,
            _power: power,
        })
    }
}

/// The sign, which is on as long as there is a `Sign`.
struct Sign;

impl Sign {
    fn on() -> Self {
        parts::sign_on();
        Sign
    }
}

impl Drop for Sign {
    fn drop(&mut self) {
        parts::sign_off();
    }
}
