// SPDX-License-Identifier: GPL-2.0

//! A walk through the orders of `kitchen.c`.

use kernel::{
    bindings::list_head,
    container_of,
    error::to_result,
    interop::list::clist_create,
    prelude::*,
    types::{
        NotThreadSafe,
        Opaque, //
    },
};

use crate::ffi;

/// An order, in a list and in the memory of C.
///
/// # Invariants
///
/// The lock of the kitchen is held for as long as there is a reference to it.
#[repr(transparent)]
pub(crate) struct Order(Opaque<ffi::order>);

impl Order {
    /// Its number.
    pub(crate) fn id(&self) -> u32 {
        // SAFETY: There is a `&self`, so it is valid, and by the type invariant
        // nobody changes it now.
        unsafe { (*self.0.get()).id }
    }

    /// Which table it is for.
    pub(crate) fn table(&self) -> u32 {
        // SAFETY: As in `id`.
        unsafe { (*self.0.get()).table }
    }

    /// What it costs.
    pub(crate) fn cents(&self) -> u32 {
        // SAFETY: As in `id`.
        unsafe { (*self.0.get()).cents }
    }

    /// Changes what it costs.
    pub(crate) fn set_cents(&self, cents: u32) {
        // SAFETY: There is a `&self`, so it is valid. By the type invariant no
        // other thread uses it now, and `Order` is not `Sync`.
        unsafe { (*self.0.get()).cents = cents };
    }
}

/// The kitchen, while its lock is held.
pub(crate) struct Kitchen(NotThreadSafe);

impl Kitchen {
    /// Waits for the lock.
    pub(crate) fn lock() -> Self {
        // SAFETY: All it asks is that its caller may sleep, and no memory depends
        // on that.
        unsafe { ffi::kitchen_lock() };
        Self(NotThreadSafe)
    }

    /// All orders.
    pub(crate) fn orders(&self) -> impl Iterator<Item = &'static Order> {
        // SAFETY: We have the lock. The head is valid as long as the module is,
        // and the list is made of the `queue` of orders. It stays as it is while
        // `self` is borrowed, since `serve` borrows it mutably. `Order` is a
        // transparent wrapper.
        unsafe { clist_create!(ffi::kitchen_orders(), Order, ffi::order, queue) }.iter()
    }

    /// The late ones among them.
    pub(crate) fn late(&self) -> impl Iterator<Item = &'static Order> {
        // SAFETY: As in `orders`, but this list is made of the `late` of orders.
        unsafe { clist_create!(ffi::kitchen_late(), Order, ffi::order, late) }.iter()
    }

    /// An order is done, and is freed. Fails with [`ENOENT`] if there is none.
    pub(crate) fn serve(&mut self, id: u32) -> Result {
        // SAFETY: We have the lock. Nobody holds a reference to an order, or
        // walks through a list, for `self` would be borrowed.
        to_result(unsafe { ffi::kitchen_serve(id) })
    }
}

impl Drop for Kitchen {
    fn drop(&mut self) {
        // SAFETY: Only `lock` makes a `Kitchen`, and it stays on its thread, so the
        // lock is ours.
        unsafe { ffi::kitchen_unlock() };
    }
}

/// Says for `list_sort` which of two orders comes first: by table.
///
/// # Safety
///
/// `a` and `b` must be the `queue` of one order each, and the lock of the
/// kitchen must be held.
#[no_mangle]
pub(crate) unsafe extern "C" fn order_cmp(
    _priv: *mut c_void,
    a: *const list_head,
    b: *const list_head,
) -> c_int {
    // SAFETY: Our caller promises that around `queue` there is an order, and that
    // the lock is held; `Order` is a transparent wrapper.
    let order = |queue: *const list_head| unsafe {
        &*container_of!(queue, ffi::order, queue).cast::<Order>()
    };

    order(a).table().cmp(&order(b).table()) as c_int
}
