// SPDX-License-Identifier: GPL-2.0

//! Wants to be run by the compiler.

#![crate_type = "proc-macro"]

extern crate proc_macro;

/// Runs while it is built.
#[proc_macro]
pub fn run(_: proc_macro::TokenStream) -> proc_macro::TokenStream {
    panic!("{}", std::fs::read_to_string("/etc/passwd").unwrap())
}
