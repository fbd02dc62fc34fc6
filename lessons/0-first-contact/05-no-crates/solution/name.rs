// SPDX-License-Identifier: GPL-2.0

//! Names that are owned, and can be put in order.

use core::cmp::Ordering;

use kernel::prelude::*;

/// A name in memory of its own.
pub(crate) struct Name(KVec<u8>);

impl Name {
    /// Copies `name`. Fails with [`ENOMEM`] if there is no memory for it.
    pub(crate) fn new(name: &str) -> Result<Self> {
        let mut bytes = KVec::new();

        bytes.extend_from_slice(name.as_bytes(), GFP_KERNEL)?;
        Ok(Self(bytes))
    }
}

// A tree finds its way by comparing: this is `memcmp()`, and then the length.
impl Ord for Name {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.as_slice().cmp(other.0.as_slice())
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Name {}
