//! The tests in which other programs read what schools get, with every one of those programs installed.

use anyhow::Result;

use crate::run::run as run_command;
use crate::setup;
use crate::test::tests;

/// Installs `unzip`, Python, Java, LibreOffice and `openssl`, and runs the tests that call them.
pub(crate) fn run() -> Result<()> {
    setup::readers()?;
    let mut tests = tests()?;
    tests.env("GRADPHOTO_READERS", "all");
    let filter = "test(delivery_kill::) | test(delivery_parts::) | test(archive::) | test(cp936::)";
    run_command(tests.args(["--filterset", filter]))
}
