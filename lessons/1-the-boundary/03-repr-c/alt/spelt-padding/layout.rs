// SPDX-License-Identifier: GPL-2.0

//! `struct pkt` of `pkt.h`, with the padding spelt out.

use core::mem::offset_of;
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
#[repr(C, align(8))]
pub struct Pkt {
    kind: u8,
    _pad0: [u8; 3],
    pub seq: u32,
    pub from: Addr,
    pub len: u16,
    urgent: u8,
    _pad1: [u8; 7],
    pub stamp: u64,
}

const _: () = {
    let offsets = [
        offset_of!(Pkt, kind),
        offset_of!(Pkt, seq),
        offset_of!(Pkt, from),
        offset_of!(Pkt, len),
        offset_of!(Pkt, urgent),
        offset_of!(Pkt, stamp),
        size_of::<Pkt>(),
    ];
    assert!(matches!(offsets, [0, 4, 8, 14, 16, 24, 32]));
};

impl Pkt {
    /// What kind of packet this is, or [`EINVAL`] if there is no such kind.
    pub fn kind(&self) -> Result<Kind> {
        const KINDS: [Kind; 3] = [Kind::Data, Kind::Ack, Kind::Beacon];

        KINDS
            .iter()
            .copied()
            .find(|kind| *kind as u8 == self.kind)
            .ok_or(EINVAL)
    }

    /// Is the packet urgent?
    pub fn is_urgent(&self) -> bool {
        !matches!(self.urgent, 0)
    }
}
