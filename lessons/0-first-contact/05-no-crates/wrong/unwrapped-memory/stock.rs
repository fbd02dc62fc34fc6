// SPDX-License-Identifier: GPL-2.0

//! What is in stock, by name.

use kernel::{
    prelude::*,
    str::CString, //
};

use kernel::rbtree::{
    RBTree,
    RBTreeNode, //
};

use crate::name::Name;

pub(crate) struct Stock {
    counts: RBTree<Name, u32>,
    deliveries: KVec<u32>,
}

impl Stock {
    pub(crate) fn new() -> Self {
        Self {
            counts: RBTree::new(),
            deliveries: KVec::new(),
        }
    }

    /// Takes in a line such as "bolt 12", or else changes nothing.
    ///
    /// Fails with [`EINVAL`] if it is no such line, with [`EOVERFLOW`] if
    /// there would be too many, and with [`ENOMEM`] if memory is short.
    pub(crate) fn deliver(&mut self, line: &str) -> Result {
        let (name, count) = line.split_once(' ').ok_or(EINVAL)?;
        let count = count.parse::<u32>().map_err(|_| EINVAL)?;

        let name = Name::new(name)?;
        let before = self.counts.get(&name).copied().unwrap_or(0);
        let after = before.checked_add(count).ok_or(EOVERFLOW)?;

        // Whatever can fail comes before the first change.
        let node = RBTreeNode::new(name, after, GFP_KERNEL)?;
        self.deliveries.push(count, GFP_KERNEL).unwrap();
        self.counts.insert(node);
        Ok(())
    }

    /// What stands on the shelf: "bolt: 12".
    ///
    /// Fails with [`ENOENT`] if there never was such a thing, and with
    /// [`ENOMEM`] if memory is short.
    pub(crate) fn label(&self, name: &str) -> Result<CString> {
        let count = self.counts.get(&Name::new(name)?).ok_or(ENOENT)?;

        CString::try_from_fmt(fmt!("{name}: {count}"))
    }

    /// How many of all things together were delivered.
    pub(crate) fn delivered(&self) -> u64 {
        self.deliveries.iter().copied().map(u64::from).sum()
    }

    /// How many of all things together are on the shelves.
    pub(crate) fn counted(&self) -> u64 {
        self.counts.values().copied().map(u64::from).sum()
    }
}
