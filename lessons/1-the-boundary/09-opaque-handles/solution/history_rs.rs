// SPDX-License-Identifier: GPL-2.0

//! A history of measurements. It is given, and knows nothing of C.

use kernel::{
    prelude::*,
    sync::atomic::{
        Atomic,
        Relaxed, //
    },
};

mod handle;

/// For `pr_info!`: in a module with `module!` that macro says it.
const __LOG_PREFIX: &[u8] = b"history\0";

static ALIVE: Atomic<i32> = Atomic::new(0);

struct History {
    nr: u32,
    limit: usize,
    values: KVec<i32>,
}

impl History {
    /// Makes an empty history. Fails with [`EINVAL`] if `limit` is 0.
    fn new(nr: u32, limit: u32) -> Result<KBox<Self>> {
        if limit == 0 {
            return Err(EINVAL);
        }

        let history = KBox::new(
            History {
                nr,
                limit: limit as usize,
                values: KVec::new(),
            },
            GFP_KERNEL,
        )?;

        ALIVE.fetch_add(1, Relaxed);
        Ok(history)
    }

    /// Adds a value. Fails with [`ENOSPC`] if there are `limit` of them.
    fn push(&mut self, value: i32) -> Result {
        if self.values.len() >= self.limit {
            return Err(ENOSPC);
        }

        self.values.push(value, GFP_KERNEL)?;
        Ok(())
    }

    fn sum(&self) -> i64 {
        self.values.iter().map(|&value| i64::from(value)).sum()
    }
}

impl Drop for History {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, Relaxed);
        pr_info!("{} is dropped, it held {}\n", self.nr, self.values.len());
    }
}

/// How many histories there are, for the tests.
#[no_mangle]
extern "C" fn history_alive() -> c_int {
    ALIVE.load(Relaxed)
}
