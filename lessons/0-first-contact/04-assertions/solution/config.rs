// SPDX-License-Identifier: GPL-2.0

//! What the board has, as its data sheet says.

/// How many channels there are. They are numbered from 0.
pub(crate) const CHANNELS: u32 = 32;

/// How many readings are kept.
pub(crate) const KEPT: usize = 8;
