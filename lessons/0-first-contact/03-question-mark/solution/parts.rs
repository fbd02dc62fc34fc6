// SPDX-License-Identifier: GPL-2.0

//! The parts of the rig. Each prints what it does, and complains in the log
//! when it is handled in a wrong order.

// Not all of it is used from the first step on.
#![allow(dead_code)]

use kernel::{
    prelude::*,
    sync::atomic::{
        Atomic,
        Relaxed, //
    }, //
};

/// The power supply. It is on as long as there is a `Power`.
///
/// The `()` in it is nothing at all; but it is private, so that `on` is the only
/// way to a `Power`.
pub(crate) struct Power(());

impl Power {
    /// Switches the power on. Fails with [`EIO`] if `fail_at` is 1.
    pub(crate) fn on(fail_at: i32) -> Result<Self> {
        if fail_at == 1 {
            return Err(EIO);
        }
        switch_on(POWER);
        Ok(Self(()))
    }
}

impl Drop for Power {
    fn drop(&mut self) {
        switch_off(POWER);
    }
}

/// The clock, which needs the power. It is on as long as there is a `Clock`.
pub(crate) struct Clock(());

impl Clock {
    /// Switches the clock on. Fails with [`ETIMEDOUT`] if `fail_at` is 2.
    pub(crate) fn on(fail_at: i32) -> Result<Self> {
        if fail_at == 2 {
            return Err(ETIMEDOUT);
        }
        switch_on(CLOCK);
        Ok(Self(()))
    }
}

impl Drop for Clock {
    fn drop(&mut self) {
        switch_off(CLOCK);
    }
}

/// The firmware, which needs the clock. It runs as long as there is a
/// `Firmware`.
pub(crate) struct Firmware(());

impl Firmware {
    /// Starts the firmware. Fails with [`ENOENT`] if `fail_at` is 3.
    pub(crate) fn on(fail_at: i32) -> Result<Self> {
        if fail_at == 3 {
            return Err(ENOENT);
        }
        switch_on(FIRMWARE);
        Ok(Self(()))
    }
}

impl Drop for Firmware {
    fn drop(&mut self) {
        switch_off(FIRMWARE);
    }
}

/// Lights the sign, which needs the firmware. No type looks after it.
pub(crate) fn sign_on() {
    switch_on(SIGN);
}

/// Puts the sign out.
pub(crate) fn sign_off() {
    switch_off(SIGN);
}

/// Tests the rig. Fails with [`EBADMSG`] if `fail_at` is 4.
pub(crate) fn self_test(fail_at: i32) -> Result {
    if fail_at == 4 {
        pr_info!("self-test failed\n");
        return Err(EBADMSG);
    }
    pr_info!("self-test passed\n");
    Ok(())
}

// What follows is for the complaints; you need not read it.

const POWER: usize = 0;
const CLOCK: usize = 1;
const FIRMWARE: usize = 2;
const SIGN: usize = 3;

const NAMES: [&str; 4] = ["power", "clock", "firmware", "sign"];

/// What is on.
static IS_ON: [Atomic<bool>; 4] = [
    Atomic::new(false),
    Atomic::new(false),
    Atomic::new(false),
    Atomic::new(false),
];

fn switch_on(part: usize) {
    let name = NAMES[part];

    if IS_ON[part].xchg(true, Relaxed) {
        pr_err!("wrong order: {name} on, and it was on already\n");
    }
    if part > 0 && !IS_ON[part - 1].load(Relaxed) {
        let below = NAMES[part - 1];

        pr_err!("wrong order: {name} on, without the {below} that it needs\n");
    }
    pr_info!("{name} on\n");
}

fn switch_off(part: usize) {
    let name = NAMES[part];

    if !IS_ON[part].xchg(false, Relaxed) {
        pr_err!("wrong order: {name} off, and it was not on\n");
    }
    if part < SIGN && IS_ON[part + 1].load(Relaxed) {
        let above = NAMES[part + 1];

        pr_err!("wrong order: {name} off, while the {above} still needs it\n");
    }
    pr_info!("{name} off\n");
}
