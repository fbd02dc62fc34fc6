// SPDX-License-Identifier: GPL-2.0

//! A user of the board: the same as `panel.c`.

use kernel::prelude::*;

mod board;
mod board_tests;
mod config;

use board::Board;

module! {
    type: Panel,
    name: "panel_rs",
    authors: ["Kiln"],
    description: "Readings of a board, in Rust",
    license: "GPL",
    params: {
        closes: u32 {
            default: 1,
            description: "How often the board is closed; 1 is right",
        },
    },
}

struct Panel;

impl kernel::Module for Panel {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        let mut board = Board::new();
        let mut taken = 0;

        board.open();
        for channel in [3, 40, 41, 42] {
            if board.accept(channel, 100 + channel).is_ok() {
                taken += 1;
            }
        }
        for _ in 0..module_parameters::closes.value() {
            board.close();
        }

        pr_info!("{} of 4 readings taken, users {}\n", taken, board.users());
        Ok(Panel)
    }
}
