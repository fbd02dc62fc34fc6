// SPDX-License-Identifier: GPL-2.0

//! Many things that the kernel survives, each of them reported.

use core::ffi::c_void;
use kernel::prelude::*;

module! {
    type: Ring,
    name: "ring",
    authors: ["Kiln"],
    description: "A module of two languages",
    license: "GPL",
}

extern "C" {
    fn ring_new(size: usize) -> *mut c_void;
    fn ring_free(p: *mut c_void);
    fn ring_twice();
    fn ring_sleep();
    fn ring_orders();
    fn ring_leak() -> *mut c_void;
}

struct Ring {
    items: *mut u8,
}

impl Ring {
    fn push(&self, at: usize, value: u8) {
        // SAFETY: There is none: that is what this is for.
        unsafe { *self.items.add(at) = value }; // BEYOND
    }

    fn last(&self) -> u8 {
        let mut to = [0u8; 16];

        // SAFETY: There is none here either.
        unsafe {
            core::ptr::copy_nonoverlapping(self.items, to.as_mut_ptr(), core::hint::black_box(16)) // COPY
        };
        core::hint::black_box(to)[3]
    }
}

fn beyond() {
    // SAFETY: It takes any size.
    let ring = Ring { items: unsafe { ring_new(core::hint::black_box(24)) }.cast() };

    ring.push(core::hint::black_box(24), 1);
    // SAFETY: It came from ring_new().
    unsafe { ring_free(ring.items.cast()) };
}

fn after() {
    // SAFETY: It takes any size.
    let ring = Ring { items: unsafe { ring_new(core::hint::black_box(24)) }.cast() };

    // SAFETY: It came from ring_new().
    unsafe { ring_free(ring.items.cast()) };
    pr_info!("{}\n", ring.last());
}

fn twice() -> Result {
    let b = KBox::new([0u64; 5], GFP_KERNEL)?; // BOX
    let p = core::ptr::from_ref(&*b).cast_mut();

    // SAFETY: There is none: the box owns it.
    unsafe { ring_free(p.cast()) };
    drop(core::hint::black_box(b)); // DROP
    Ok(())
}

#[inline(never)]
fn leak() -> Result {
    core::mem::forget(KBox::new([0u64; 100], GFP_KERNEL)?); // LEAKRS
    Ok(())
}

impl kernel::Module for Ring {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        pr_info!("ready\n");
        // FAULTS
        Ok(Ring {
            items: core::ptr::null_mut(),
        })
    }
}

// SAFETY: Nobody uses the pointer.
unsafe impl Send for Ring {}
// SAFETY: As above.
unsafe impl Sync for Ring {}
