//! The product with sample data, for a person to try.

use std::fs;

use anyhow::Result;

use crate::product::Product;
use crate::run::root;
use crate::setup;
use crate::web::{self, Purpose};

/// Builds and starts everything and says where it is; runs until Ctrl-C. The data are kept under `data/demo` from one run
/// to the next; who removes that folder begins anew.
pub(crate) fn run(port: u16) -> Result<()> {
    setup::wasm_target()?;
    println!("Building the web app and the product; the first time takes some minutes.");
    web::build(Purpose::Demo)?;
    let data = root().join("data/demo");
    fs::create_dir_all(&data)?;
    let mut product = Product::start(&data, port, &Purpose::Demo.dist(), &["--photos"])?;
    let pages = product.sandbox["pages"].as_str().unwrap_or_default();
    println!("\ngradphoto runs at {}", product.address);
    println!("Received SMS codes: {pages}/inbox");
    println!("Cashier, clock and faults: {pages}/");
    println!("{}", product.sample.trim_end());
    println!("Logs are in {}. Ctrl-C stops it all.", data.display());
    product.wait()
}
