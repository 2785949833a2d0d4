//! The login page on a phone that opens it for the first time: its bytes beside the smallest app of the same framework, and Lighthouse's points.

use anyhow::Result;
use serde_json::json;

use super::line::{self, Line};
use crate::product::Product;
use crate::run::{command, free_port, which};
use crate::{setup, web};

/// A counter of Yew as brotli, the least that the framework makes a phone load, in bytes: the figure by which R6 was set; it is not built here.
const COUNTER: u64 = 48_300;
/// How often Lighthouse opens the page.
const RUNS: u32 = 5;

/// Measures and prints.
pub(super) fn measure() -> Result<Vec<Line>> {
    let bundle = web::build(web::Purpose::Release)?;
    let mut lines = vec![first_load(bundle.first_load())];
    if which(&["npm"]).is_none() {
        println!("Without Lighthouse: npm is missing (Debian: npm).");
        return Ok(lines);
    }
    lines.extend(lighthouse()?);
    Ok(lines)
}

#[expect(clippy::float_arithmetic, reason = "figures for people")]
fn first_load(bytes: u64) -> Line {
    let hundredths = u32::try_from(bytes * 100 / COUNTER).unwrap_or(u32::MAX);
    let ratio = f64::from(hundredths) / 100.0;
    let rest = format!("{bytes} beside {COUNTER} bytes of brotli");
    let name = "R6 first load ÷ counter of Yew";
    println!("{name} {ratio:.2} ({ratio:.2} to {ratio:.2})  {rest}");
    Line {
        name: name.to_owned(),
        median: ratio,
        least: ratio,
        greatest: ratio,
        rest,
    }
}

/// Lets Lighthouse open the login page of a product with sample data.
fn lighthouse() -> Result<Vec<Line>> {
    let (script, chromium) = (setup::lighthouse()?, setup::browser()?);
    let data = tempfile::tempdir()?;
    let dist = web::Purpose::Release.dist();
    let product = Product::start(data.path(), free_port()?, &dist, &[])?;
    let job = json!({ "address": product.address, "chromium": chromium, "runs": RUNS });
    line::of(command("node").arg(script).arg(job.to_string()))
}
