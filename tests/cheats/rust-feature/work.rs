// SPDX-License-Identifier: GPL-2.0

//! Asks the compiler for more than a module may have.

#![feature(rustc_private)]

extern crate rustc_driver;
