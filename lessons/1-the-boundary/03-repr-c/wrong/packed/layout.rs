// SPDX-License-Identifier: GPL-2.0

//! `struct pkt` of `pkt.h`, for Rust.

use kernel::prelude::*;

use crate::addr::Addr;

/// The kinds of packet that there are. The numbers are those of `pkt.h`.
#[derive(Clone, Copy)]
pub enum Kind {
    Data = 1,
    Ack = 2,
    Beacon = 3,
}

/// A packet as the radio left it.
#[derive(Clone, Copy)]
#[repr(C, packed)]
pub struct Pkt {
    pub kind: u8,
    pub seq: u32,
    pub from: Addr,
    pub len: u16,
    pub urgent: u8,
    pub stamp: u64,
}


impl Pkt {
    /// What kind of packet this is, or [`EINVAL`] if there is no such kind.
    pub fn kind(&self) -> Result<Kind> {
        match self.kind {
            1 => Ok(Kind::Data),
            2 => Ok(Kind::Ack),
            3 => Ok(Kind::Beacon),
            _ => Err(EINVAL),
        }
    }

    /// Is the packet urgent?
    pub fn is_urgent(&self) -> bool {
        self.urgent != 0
    }
}
