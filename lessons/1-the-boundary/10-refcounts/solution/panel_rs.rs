// SPDX-License-Identifier: GPL-2.0

//! The panel: it holds on to a meter for as long as it shows it. It is given.

use core::mem;
use kernel::{
    error::from_result,
    prelude::*,
    sync::aref::ARef, //
};

mod counted;
mod ffi;

use counted::Meter;

module! {
    type: Panel,
    name: "meters",
    authors: ["Kiln"],
    description: "A panel in Rust for meters in C",
    license: "GPL",
}

// Any thread may come here, so what is in it must be `Send`.
kernel::sync::global_lock! {
    // SAFETY: Initialized in `init`, before anything else can come here.
    unsafe(uninit) static SHOWN: Mutex<Option<ARef<Meter>>> = None;
}

/// Shows `new` from now on. What was shown is put when `old` goes out of scope,
/// after the lock was released.
fn show(new: Option<ARef<Meter>>) {
    let _old = mem::replace(&mut *SHOWN.lock(), new);
}

/// What is shown: a reference more, so that no lock need be held to use it.
fn shown() -> Result<ARef<Meter>> {
    SHOWN.lock().clone().ok_or(ENODATA)
}

struct Panel;

impl kernel::Module for Panel {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        // SAFETY: This is the only place, and `init` runs once.
        unsafe { SHOWN.init() };

        pr_info!("the panel is dark\n");
        Ok(Panel)
    }
}

impl Drop for Panel {
    fn drop(&mut self) {
        show(None);
        // SAFETY: The module goes, so nobody else uses a meter now.
        unsafe { ffi::meters_stop() };
    }
}

// What panel.h says.

/// Shows the meter of this number.
#[no_mangle]
pub extern "C" fn panel_show(id: c_uint) -> c_int {
    from_result(|| {
        show(Some(Meter::find(id).ok_or(ENOENT)?));
        Ok(0)
    })
}

/// Shows a meter that there is an alarm for.
///
/// # Safety
///
/// `m` must be NULL, or point to a meter that lives until this returns.
#[no_mangle]
pub unsafe extern "C" fn panel_alarm(m: *mut ffi::meter) {
    // SAFETY: Our caller promises the same.
    show(unsafe { Meter::keep(m) });
}

/// What the shown meter says.
#[no_mangle]
pub extern "C" fn panel_litres() -> c_int {
    from_result(|| Ok(shown()?.litres().try_into()?))
}

/// Makes the shown meter the main one, and shows what was that so far.
#[no_mangle]
pub extern "C" fn panel_promote() -> c_int {
    from_result(|| {
        let new = mem::take(&mut *SHOWN.lock()).ok_or(ENODATA)?;

        show(Meter::set_main(new));
        Ok(0)
    })
}

/// Shows nothing.
#[no_mangle]
pub extern "C" fn panel_clear() {
    show(None);
}
