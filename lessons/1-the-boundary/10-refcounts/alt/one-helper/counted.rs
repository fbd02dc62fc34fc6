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
        // SAFETY: `meter_find` asks nothing of its caller, and gives a reference.
        unsafe { Self::take_over(ffi::meter_find(id)) }
    }

    /// Takes a reference of our own to a meter that C lends us, if it is one.
    ///
    /// # Safety
    ///
    /// `ptr` must be NULL, or point to a meter that lives until this function
    /// returns.
    pub(crate) unsafe fn keep(ptr: *mut ffi::meter) -> Option<ARef<Self>> {
        // SAFETY: Our caller promises that it is NULL or lives until we return,
        // and we have no use for it any longer than that.
        let lent = unsafe { ptr.cast::<Self>().as_ref() }?;

        Some(ARef::from(lent))
    }

    /// Makes `new` the main meter, and returns the one that was it so far.
    pub(crate) fn set_main(new: ARef<Self>) -> Option<ARef<Self>> {
        let new: *mut ffi::meter = ARef::into_raw(new).as_ptr().cast();

        // SAFETY: `into_raw` left us with the reference that `meter_set_main`
        // takes over; the one that it gives is ours.
        unsafe { Self::take_over(ffi::meter_set_main(new)) }
    }

    /// Makes an `ARef` of a pointer that came with a reference.
    ///
    /// # Safety
    ///
    /// `ptr` must be NULL, or point to a meter that the caller has a reference
    /// to and gives up.
    unsafe fn take_over(ptr: *mut ffi::meter) -> Option<ARef<Self>> {
        // SAFETY: Our caller gives the reference up.
        NonNull::new(ptr.cast()).map(|ptr| unsafe { ARef::from_raw(ptr) })
    }
}
