//! `kill -9` of the real program at random moments: five times as often as in a full run of the tests.

use anyhow::Result;

use crate::run::run as run_command;
use crate::test::tests;

/// Five parts of so many products, with eight students each, are 200 ways from order to paid.
const PRODUCTS: &str = "5";

/// Runs them on the database of `TEST_DATABASE_URL`, or on `SQLite`.
pub(crate) fn run() -> Result<()> {
    let mut tests = tests()?;
    tests.env("GRADPHOTO_KILL_PRODUCTS", PRODUCTS);
    run_command(tests.arg("kill::"))
}
