// SPDX-License-Identifier: GPL-2.0

//! What a user of the board may rely on. KUnit runs it whenever the module
//! has been loaded.

use kernel::prelude::*;

#[kunit_tests(board_readings)]
mod readings {
    use kernel::prelude::*;

    use crate::{
        board::{
            Board,
            History, //
        },
        config::CHANNELS,
    };

    #[test]
    fn good_readings_are_kept() {
        let mut board = Board::new();

        assert_eq!(board.accept(0, 5), Ok(()));
        assert_eq!(board.accept(31, 7), Ok(()));
        assert_eq!(board.seen(), 1 << 31 | 1 << 0);
        assert_eq!(board.last(), Some(7));
    }

    #[test]
    fn a_channel_that_is_not_there_is_einval() {
        let mut board = Board::new();

        assert_eq!(board.accept(CHANNELS, 1), Err(EINVAL));
        assert_eq!(board.accept(u32::MAX, 1), Err(EINVAL));
    }

    #[test]
    fn what_is_refused_changes_nothing() {
        let mut board = Board::new();

        assert_eq!(board.accept(3, 9), Ok(()));
        assert!(board.accept(CHANNELS, 1).is_err());
        assert_eq!(board.seen(), 1 << 3);
        assert_eq!(board.last(), Some(9));
    }

    #[test]
    fn every_power_of_two_makes_a_history() {
        let mut one = History::<1>::new();
        let mut four = History::<4>::new();

        for value in 1..=6 {
            one.push(value);
            four.push(value);
        }
        assert_eq!(one.last(), Some(6));
        assert_eq!(four.last(), Some(6));
        assert_eq!(History::<1024>::new().last(), None);
    }

    #[test]
    fn users_are_counted() {
        let mut board = Board::new();

        board.open();
        board.open();
        assert_eq!(board.users(), 2);
        board.close();
        assert_eq!(board.users(), 1);
        board.close();
        assert_eq!(board.users(), 0);
    }
}
