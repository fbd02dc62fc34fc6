// SPDX-License-Identifier: GPL-2.0

//! Takes the solution in, to print it.

use kernel::prelude::*;

const SOLUTION: &str = include_str!("../solution/work.rs");

#[path = "../tests/work_test.rs"]
mod tests;
