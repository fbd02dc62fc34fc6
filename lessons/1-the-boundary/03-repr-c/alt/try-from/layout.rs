// SPDX-License-Identifier: GPL-2.0

//! `struct pkt` of `pkt.h`, with types that say what their bytes mean.

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

impl TryFrom<u8> for Kind {
    type Error = Error;

    fn try_from(byte: u8) -> Result<Self> {
        if byte == Kind::Data as u8 {
            Ok(Kind::Data)
        } else if byte == Kind::Ack as u8 {
            Ok(Kind::Ack)
        } else if byte == Kind::Beacon as u8 {
            Ok(Kind::Beacon)
        } else {
            Err(EINVAL)
        }
    }
}

/// A byte of C's that means no if it is 0.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct Flag(u8);

/// A packet as the radio left it.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Pkt {
    pub kind: c_uchar,
    pub seq: c_uint,
    pub from: Addr,
    pub len: c_ushort,
    pub urgent: Flag,
    pub stamp: c_ulonglong,
}

macro_rules! at {
    ($($field:ident: $offset:literal),* $(,)?) => {
        $(static_assert!(offset_of!(Pkt, $field) == $offset);)*
    };
}

at!(kind: 0, seq: 4, from: 8, len: 14, urgent: 16, stamp: 24);
static_assert!(size_of::<Pkt>() == 32);

impl Pkt {
    /// What kind of packet this is, or [`EINVAL`] if there is no such kind.
    pub fn kind(&self) -> Result<Kind> {
        self.kind.try_into()
    }

    /// Is the packet urgent?
    pub fn is_urgent(&self) -> bool {
        self.urgent.0 > 0
    }
}
