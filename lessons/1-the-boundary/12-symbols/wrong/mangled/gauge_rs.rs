// SPDX-License-Identifier: GPL-2.0

//! A gauge, for whichever module wants to know.

use kernel::{
    prelude::*,
    sync::atomic::{
        Atomic,
        Relaxed, //
    },
};

module! {
    type: Gauge,
    name: "gauge",
    authors: ["Kiln"],
    description: "Offers its functions to other modules",
    license: "GPL",
}

struct Gauge;

impl kernel::Module for Gauge {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        pr_info!("ready\n");
        Ok(Gauge)
    }
}

impl Drop for Gauge {
    fn drop(&mut self) {
        pr_info!("gone\n");
    }
}

static CALLS: Atomic<u64> = Atomic::new(0);

fn percent(level: u32, size: u32) -> u32 {
    CALLS.fetch_add(1, Relaxed);
    if level >= size {
        return 100;
    }

    // CAST: `level` is less than `size`, so it is less than 100.
    (u64::from(level) * 100 / u64::from(size)) as u32
}

fn calls() -> u64 {
    CALLS.load(Relaxed)
}

/// How full it is: `gauge.h` has more.
pub extern "C" fn gauge_percent(level: u32, size: u32) -> u32 {
    percent(level, size)
}

/// How often that was asked.
#[no_mangle]
pub extern "C" fn gauge_calls() -> u64 {
    calls()
}
