// SPDX-License-Identifier: GPL-2.0

//! Reads lines and shows values, for callers in C.

use core::ptr;
use kernel::{
    error::{
        from_result,
        to_result, //
    },
    prelude::*,
    str::{
        parse_int::ParseInt,
        BStr,
        CString, //
    },
};

module! {
    type: Gauge,
    name: "gauge",
    authors: ["Kiln"],
    description: "Strings across the boundary",
    license: "GPL",
}

struct Gauge;

impl kernel::Module for Gauge {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        Ok(Gauge)
    }
}

/// Takes a line `NAME=NUMBER` apart.
///
/// Fails with [`EINVAL`] if there is no name or no number.
fn split(line: &CStr) -> Result<(&[u8], u32)> {
    let line = line.to_str()?;
    let line = line.strip_suffix("\n").unwrap_or(line).as_bytes();
    let eq = line.iter().position(|&b| b == b'=').ok_or(EINVAL)?;
    let (name, number) = (&line[..eq], &line[eq + 1..]);

    if name.is_empty() {
        return Err(EINVAL);
    }
    Ok((name, u32::from_str(BStr::from_bytes(number))?))
}

/// Takes a line apart for a caller in C. The prototype is in `gauge.h`.
///
/// # Safety
///
/// `line` must be null, or point to a NUL-terminated string that does not
/// change during the call. There must be room for `size` bytes at `name`, and
/// for an `unsigned int` at `value`, apart from the string and used by nobody
/// else during the call.
#[no_mangle]
pub unsafe extern "C" fn gauge_parse(
    line: *const c_char,
    name: *mut c_char,
    size: usize,
    value: *mut c_uint,
) -> c_int {
    from_result(|| {
        if line.is_null() {
            return Err(EINVAL);
        }

        // SAFETY: `line` is not null, so our caller promises a NUL-terminated
        // string that stays as it is until we return.
        let line = unsafe { CStr::from_char_ptr(line) };
        let (found, number) = split(line)?;

        if found.len() >= size {
            return Err(ENAMETOOLONG);
        }

        // SAFETY: Our caller promises room for `size` bytes at `name`, apart
        // from `line`, and for a number at `value`. `found` and a NUL are no
        // more than `size` bytes.
        unsafe {
            ptr::copy_nonoverlapping(found.as_ptr(), name, found.len());
            name.add(found.len()).write(0);
            value.write(number);
        }
        Ok(0)
    })
}

// As in `panel.h`.
extern "C" {
    fn panel_show(text: *const c_char) -> c_int;
}

/// Shows a value for a caller in C. The prototype is in `gauge.h`.
///
/// # Safety
///
/// `name` must be null, or point to a NUL-terminated string that does not
/// change during the call.
#[no_mangle]
pub unsafe extern "C" fn gauge_show(name: *const c_char, value: c_uint) -> c_int {
    from_result(|| {
        if name.is_null() {
            return Err(EINVAL);
        }

        // SAFETY: `name` is not null, so our caller promises a NUL-terminated
        // string that stays as it is until we return.
        let name = unsafe { CStr::from_char_ptr(name) };
        let text = CString::try_from_fmt(fmt!("{name}: {value}"))?;

        // SAFETY: `text` ends in a NUL, and lives until we return;
        // `panel_show` does not keep the pointer.
        to_result(unsafe { panel_show(text.as_char_ptr()) })?;
        Ok(0)
    })
}
