// SPDX-License-Identifier: GPL-2.0

//! Reads lines and shows values, for callers in C.

use core::slice;
use kernel::{
    error::{
        from_result,
        to_result, //
    },
    prelude::*,
    str::{
        parse_int::ParseInt,
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
    let line = line.to_bytes();
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let mut parts = line.splitn(2, |&b| b == b'=');

    match (parts.next(), parts.next()) {
        (Some(name @ [_, ..]), Some(number)) => Ok((name, u32::from_str(number.as_ref())?)),
        _ => Err(EINVAL),
    }
}

/// The string at `ptr`, or [`None`] if there is none.
///
/// # Safety
///
/// `ptr` must be null, or point to a NUL-terminated string that does not
/// change as long as `'a` lasts.
unsafe fn text_at<'a>(ptr: *const c_char) -> Option<&'a CStr> {
    if ptr.is_null() {
        return None;
    }
    // SAFETY: `ptr` is not null; the rest our caller promises.
    Some(unsafe { CStr::from_char_ptr(ptr) })
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
        // SAFETY: Just what our caller promises.
        let line = unsafe { text_at(line) }.ok_or(EINVAL)?;
        let (found, number) = split(line)?;

        if found.len() >= size {
            return Err(ENAMETOOLONG);
        }

        // SAFETY: Our caller promises room for `size` bytes at `name`, which
        // are ours during the call.
        let room = unsafe { slice::from_raw_parts_mut(name, size) };

        room[..found.len()].copy_from_slice(found);
        room[found.len()] = 0;
        // SAFETY: Our caller promises room for a number at `value`.
        unsafe { value.write(number) };
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
        // SAFETY: Just what our caller promises.
        let name = unsafe { text_at(name) }.ok_or(EINVAL)?;
        let text = CString::try_from_fmt(fmt!("{name}: {value}"))?;

        // SAFETY: `text` ends in a NUL, and lives until we return;
        // `panel_show` does not keep the pointer.
        to_result(unsafe { panel_show(text.as_char_ptr()) })?;
        Ok(0)
    })
}
