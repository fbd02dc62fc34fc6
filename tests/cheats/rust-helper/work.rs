// SPDX-License-Identifier: GPL-2.0

//! Has a mutex of its own where the kernel's helper is called.

use kernel::prelude::*;

module! {
    type: Work,
    name: "work",
    authors: ["Kiln"],
    description: "A module in Rust",
    license: "GPL",
}

struct Work;

/// Called in place of the kernel's.
#[no_mangle]
pub extern "C" fn rust_helper_mutex_lock(_lock: *mut kernel::bindings::mutex) {}

impl kernel::Module for Work {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        pr_info!("ready\n");
        Ok(Work)
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        pr_info!("gone\n");
    }
}
