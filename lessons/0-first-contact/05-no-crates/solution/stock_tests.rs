// SPDX-License-Identifier: GPL-2.0

//! What a user of the stock may rely on. KUnit runs it whenever the module
//! has been loaded.

use kernel::prelude::*;

#[kunit_tests(stock_deliveries)]
mod deliveries {
    use kernel::prelude::*;

    use crate::stock::Stock;

    #[test]
    fn counts_of_a_name_add_up() -> Result {
        let mut stock = Stock::new();

        stock.deliver("bolt 12")?;
        stock.deliver("nut 30")?;
        stock.deliver("bolt 5")?;
        assert_eq!(stock.label("bolt")?.to_bytes(), b"bolt: 17");
        assert_eq!(stock.label("nut")?.to_bytes(), b"nut: 30");
        assert_eq!(stock.delivered(), 47);
        assert_eq!(stock.counted(), 47);
        Ok(())
    }

    #[test]
    fn zero_is_a_count() -> Result {
        let mut stock = Stock::new();

        stock.deliver("bolt 0")?;
        assert_eq!(stock.label("bolt")?.to_bytes(), b"bolt: 0");
        Ok(())
    }

    #[test]
    fn the_largest_count_fits() -> Result {
        let mut stock = Stock::new();

        stock.deliver("bolt 4294967294")?;
        stock.deliver("bolt 1")?;
        assert_eq!(stock.label("bolt")?.to_bytes(), b"bolt: 4294967295");
        Ok(())
    }
}

#[kunit_tests(stock_errors)]
mod errors {
    use kernel::prelude::*;

    use crate::stock::Stock;

    #[test]
    fn a_line_without_a_count_is_einval() {
        let mut stock = Stock::new();

        assert_eq!(stock.deliver("bolt"), Err(EINVAL));
        assert_eq!(stock.deliver(""), Err(EINVAL));
        assert_eq!(stock.deliver("bolt "), Err(EINVAL));
        assert_eq!(stock.delivered(), 0);
    }

    #[test]
    fn what_is_no_u32_is_einval() {
        let mut stock = Stock::new();

        assert_eq!(stock.deliver("bolt twelve"), Err(EINVAL));
        assert_eq!(stock.deliver("bolt -1"), Err(EINVAL));
        assert_eq!(stock.deliver("bolt 4294967296"), Err(EINVAL));
        assert_eq!(stock.delivered(), 0);
    }

    #[test]
    fn more_than_a_u32_is_eoverflow() -> Result {
        let mut stock = Stock::new();

        stock.deliver("bolt 4294967295")?;
        assert_eq!(stock.deliver("bolt 1"), Err(EOVERFLOW));
        assert_eq!(stock.label("bolt")?.to_bytes(), b"bolt: 4294967295");
        assert_eq!(stock.delivered(), 4294967295);
        Ok(())
    }

    #[test]
    fn a_label_of_nothing_is_enoent() -> Result {
        let mut stock = Stock::new();

        stock.deliver("bolt 12")?;
        assert_eq!(stock.label("nut").err(), Some(ENOENT));
        Ok(())
    }
}
