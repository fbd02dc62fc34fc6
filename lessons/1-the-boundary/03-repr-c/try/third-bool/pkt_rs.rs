// SPDX-License-Identifier: GPL-2.0

//! The Rust half of `pkt.ko`: what C may ask about a packet. It is given.

use kernel::prelude::*;

/// Asserts where the fields of a struct stand, one `static_assert!` for each.
macro_rules! assert_offsets {
    ($struct:ident { $($field:ident: $offset:literal),+ $(,)? }) => {
        $(static_assert!(core::mem::offset_of!($struct, $field) == $offset);)+
    };
}

mod addr;
mod layout;

use addr::Addr;
use layout::Pkt;

const __LOG_PREFIX: &[u8] = b"pkt\0";

/// An array of two, and what comes after it in memory.
static WAITS: [u32; 4] = [10, 20, 4711, 0];

/// All of this is safe Rust, and right for every `bool`.
fn wait(urgent: bool) {
    let Some(two) = WAITS.first_chunk::<2>() else {
        return;
    };

    pr_info!("there are {} elements, and the one taken is {}\n", two.len(), two[usize::from(urgent)]);
}

/// Which kind of packet is it? The prototype is in `pkt.h`.
///
/// # Safety
///
/// `pkt` must point to a packet that nobody changes during the call.
#[no_mangle]
pub unsafe extern "C" fn pkt_rs_kind(pkt: *const Pkt) -> c_int {
    // SAFETY: Our caller promises a packet, and that it stays as it is.
    let pkt = unsafe { &*pkt };

    match pkt.kind() {
        Ok(kind) => kind as c_int,
        Err(e) => e.to_errno(),
    }
}

/// Is it urgent? The prototype is in `pkt.h`.
///
/// # Safety
///
/// `pkt` must point to a packet that nobody changes during the call.
#[no_mangle]
pub unsafe extern "C" fn pkt_rs_is_urgent(pkt: *const Pkt) -> bool {
    // SAFETY: Our caller promises a packet, and that it stays as it is.
    let pkt = unsafe { &*pkt };

    let byte: *const u8 = &pkt.urgent;
    // SAFETY: Wrong: the byte need not be 0 or 1. This is what a field `urgent: bool` does, without
    // a word, and Kiln would not have let it through.
    wait(unsafe { *byte.cast::<bool>() });
    pkt.is_urgent()
}

/// Makes the packet that goes back. The prototype is in `pkt.h`.
///
/// # Safety
///
/// `pkt` and `own` must point to a packet and an address that nobody changes
/// during the call, `reply` to room for a packet.
#[no_mangle]
pub unsafe extern "C" fn pkt_rs_reply(pkt: *const Pkt, own: *const Addr, reply: *mut Pkt) {
    // SAFETY: Our caller promises both, and that they stay as they are.
    let (mut answer, own) = unsafe { (*pkt, *own) };

    answer.from = own;
    answer.len = 0;
    // SAFETY: Our caller promises room for a packet.
    unsafe { reply.write(answer) };
}
