// SPDX-License-Identifier: GPL-2.0

//! `struct pkt_addr` of `pkt.h`. It is given: it shows how such a struct looks.

use kernel::prelude::*;

/// The address of a radio.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Addr {
    pub octets: [u8; 8],
}

assert_offsets!(Addr { octets: 0 });
static_assert!(size_of::<Addr>() == 8);
