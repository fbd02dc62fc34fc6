// SPDX-License-Identifier: GPL-2.0

//! The till. It is given: what it does with orders, it does in safe code.

use core::slice;
use kernel::{
    error::from_result,
    prelude::*, //
};

mod ffi;
mod walk;

use walk::Kitchen;

module! {
    type: Till,
    name: "orders",
    authors: ["Kiln"],
    description: "Orders in the lists of C, bills in Rust",
    license: "GPL",
}

struct Till;

impl kernel::Module for Till {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        pr_info!("the kitchen is open\n");
        Ok(Till)
    }
}

impl Drop for Till {
    fn drop(&mut self) {
        // SAFETY: The module goes, so nobody else comes to the kitchen now.
        unsafe { ffi::kitchen_close() };
    }
}

/// An order of this table: a copy of its id, for the walk is over then.
fn find(kitchen: &Kitchen, table: u32) -> Option<u32> {
    kitchen
        .orders()
        .find(|o| o.table() == table)
        .map(|o| o.id())
}

fn serve_table(table: u32) -> Result<usize> {
    let mut kitchen = Kitchen::lock();
    let mut served = 0;

    while let Some(id) = find(&kitchen, table) {
        kitchen.serve(id)?;
        served += 1;
    }
    Ok(served)
}

// What bill.h says.

/// What all orders cost.
#[no_mangle]
pub extern "C" fn bill_total() -> u64 {
    Kitchen::lock().orders().map(|o| u64::from(o.cents())).sum()
}

/// The ids and tables of late orders.
///
/// # Safety
///
/// `ids` and `tables` must have room for `room` numbers each, which nobody else
/// uses during the call.
#[no_mangle]
pub unsafe extern "C" fn bill_late(ids: *mut u32, tables: *mut u32, room: usize) -> usize {
    // SAFETY: Our caller promises it.
    let ids = unsafe { slice::from_raw_parts_mut(ids, room) };
    // SAFETY: Our caller promises it.
    let tables = unsafe { slice::from_raw_parts_mut(tables, room) };
    let mut n = 0;

    for (o, (id, table)) in Kitchen::lock().late().zip(ids.iter_mut().zip(tables)) {
        *id = o.id();
        *table = o.table();
        n += 1;
    }
    n
}

/// Each order of this table costs so much less.
#[no_mangle]
pub extern "C" fn bill_discount(table: u32, cents: u32) {
    for o in Kitchen::lock().orders().filter(|o| o.table() == table) {
        o.set_cents(o.cents().saturating_sub(cents));
    }
}

/// Serves an order.
#[no_mangle]
pub extern "C" fn bill_serve(id: u32) -> c_int {
    from_result(|| {
        let mut kitchen = Kitchen::lock();

        kitchen.serve(id)?;

        let next = kitchen.orders().next();
        drop(kitchen);
        pr_info!("next is {:?}\n", next.map(|o| o.id()));
        Ok(0)
    })
}

/// Serves all orders of a table.
#[no_mangle]
pub extern "C" fn bill_serve_table(table: u32) -> usize {
    serve_table(table).unwrap_or(0)
}
