//! Attacks on the program, on loopback: longer than in a full run of the tests.

use anyhow::Result;

use crate::run::run as run_command;
use crate::test::tests;

/// Attacks for so many seconds, on the database of `TEST_DATABASE_URL` or on `SQLite`.
pub(crate) fn run(seconds: u32) -> Result<()> {
    let mut tests = tests()?;
    tests.env("GRADPHOTO_ATTACK_SECONDS", seconds.to_string());
    run_command(tests.args(["--no-capture", "attacks::"]))
}
