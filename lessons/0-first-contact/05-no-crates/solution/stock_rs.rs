// SPDX-License-Identifier: GPL-2.0

//! A user of the stock.

use kernel::prelude::*;

mod name;
mod stock;
mod stock_tests;

use stock::Stock;

module! {
    type: Shop,
    name: "stock_rs",
    authors: ["Kiln"],
    description: "What is in stock, by name",
    license: "GPL",
}

struct Shop;

impl kernel::Module for Shop {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        let mut stock = Stock::new();

        for line in ["bolt 12", "nut 30"] {
            let result = stock.deliver(line);

            if stock.delivered() != stock.counted() {
                pr_err!(
                    "half a delivery: {} came, {} are counted\n",
                    stock.delivered(),
                    stock.counted()
                );
            }
            result?;
        }

        let label = stock.label("nut")?;

        pr_info!("{}\n", label.to_str()?);
        Ok(Shop)
    }
}
