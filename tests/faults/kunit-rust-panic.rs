// SPDX-License-Identifier: GPL-2.0

//! Tests itself: one passes, one fails, and one panics.

use kernel::prelude::*;

module! {
    type: Bad,
    name: "bad_rs",
    authors: ["Kiln"],
    description: "A module that misbehaves",
    license: "GPL",
}

struct Bad;

impl kernel::Module for Bad {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        pr_info!("ready\n");
        Ok(Bad)
    }
}

#[kunit_tests(bad_suite)]
mod tests {
    use super::*;
    use core::hint::black_box;

    #[test]
    fn passes() {
        assert_eq!(black_box(2) + 2, 4);
    }

    #[test]
    fn fails() -> Result {
        assert_eq!(black_box(2) + 2, 5);
        Ok(())
    }

    #[test]
    fn panics() {
        let numbers = [1, 2, 3];
        pr_info!("{}\n", numbers[black_box(7)]); // HERE
    }
}
