// SPDX-License-Identifier: GPL-2.0

//! A `struct meter` of C's: C counts, Rust holds.

use core::ptr::NonNull;
use kernel::{
    sync::aref::{
        ARef,
        AlwaysRefCounted, //
    },
    types::Opaque, //
};

use crate::ffi;

/// A meter.
///
/// # Invariants
///
/// It was made by `meter_add` of `meter.c`, which is the only place that makes
/// any, so it has a reference count, and lives while that is not zero.
#[repr(transparent)]
pub(crate) struct Meter(Opaque<ffi::meter>);

// SAFETY: Nothing in a meter belongs to a thread: any may use it, and any may
// put the last reference, for `meter.h` allows `meter_put` from any.
unsafe impl Send for Meter {}

// SAFETY: Of a `&Meter` only the functions of `meter.h` make use, which may be
// called by several threads at once: the count and the litres are atomic.
unsafe impl Sync for Meter {}

// SAFETY: By the type invariant all meters are counted, and none is freed before
// as many references were put as were taken: `meter_get` and `meter_put` are
// the ends of a `kref`.
unsafe impl AlwaysRefCounted for Meter {
    fn inc_ref(&self) {
        // SAFETY: There is a `&self`, so the meter lives until we return.
        unsafe { ffi::meter_get(self.as_ptr()) };
    }

    unsafe fn dec_ref(obj: NonNull<Self>) {
        // SAFETY: Our caller has a reference and gives it up. The cast is fine,
        // since a `Meter` is a transparent wrapper of `ffi::meter`.
        unsafe { ffi::meter_put(obj.as_ptr().cast()) };
    }
}

impl Meter {
    /// The pointer that C wants.
    fn as_ptr(&self) -> *mut ffi::meter {
        self.0.get()
    }

    /// How much has flowed so far.
    pub(crate) fn litres(&self) -> u32 {
        // SAFETY: There is a `&self`, so the meter lives until we return.
        unsafe { ffi::meter_litres(self.as_ptr()) }
    }

    /// Looks a meter up.
    pub(crate) fn find(id: u32) -> Option<ARef<Self>> {
        // SAFETY: `meter_find` asks nothing of its caller.
        let ptr = unsafe { ffi::meter_find(id) };
        let ptr = NonNull::new(ptr.cast::<Self>())?;

        // SAFETY: With the pointer came a reference, which is ours to put. The
        // `ARef` takes it over.
        Some(unsafe { ARef::from_raw(ptr) })
    }

    /// Takes a reference of our own to a meter that C lends us, if it is one.
    ///
    /// # Safety
    ///
    /// `ptr` must be NULL, or point to a meter that lives until this function
    /// returns.
    pub(crate) unsafe fn keep(ptr: *mut ffi::meter) -> Option<ARef<Self>> {
        if ptr.is_null() {
            return None;
        }

        // SAFETY: Our caller promises that it lives until we return.
        unsafe { ffi::meter_get(ptr) };

        // SAFETY: It is not NULL, and the reference was taken just now.
        Some(unsafe { ARef::from_raw(NonNull::new_unchecked(ptr.cast())) })
    }

    /// Makes `new` the main meter, and returns the one that was it so far.
    pub(crate) fn set_main(new: ARef<Self>) -> Option<ARef<Self>> {
        // C is to have one of its own, so that ours can be put as ever.
        new.inc_ref();
        // SAFETY: `meter_set_main` takes over the reference that was just taken.
        let old = unsafe { ffi::meter_set_main(new.as_ptr()) };
        let old = NonNull::new(old.cast::<Self>())?;

        // SAFETY: With the old one came the reference that was kept for it, and
        // it is ours to put.
        Some(unsafe { ARef::from_raw(old) })
    }
}
