// SPDX-License-Identifier: GPL-2.0

//! What is in stock, by name: a program for user space. It is here to be
//! read; `stock.rs` is to do the same in the kernel.

use std::{collections::HashMap, error::Error};

#[derive(Default)]
struct Stock {
    counts: HashMap<String, u32>,
    deliveries: Vec<u32>,
}

impl Stock {
    /// Takes in a line such as "bolt 12".
    fn deliver(&mut self, line: &str) -> Result<(), Box<dyn Error>> {
        let (name, count) = line.split_once(' ').ok_or("no count")?;
        let count = count.parse::<u32>()?;

        *self.counts.entry(name.to_string()).or_insert(0) += count;
        self.deliveries.push(count);
        Ok(())
    }

    /// What stands on the shelf: "bolt: 12".
    fn label(&self, name: &str) -> String {
        let count = self.counts[name];

        format!("{name}: {count}")
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut stock = Stock::default();

    stock.deliver("bolt 12")?;
    stock.deliver("nut 30")?;
    println!("{}", stock.label("nut"));
    println!("{} deliveries", stock.deliveries.len());
    Ok(())
}
