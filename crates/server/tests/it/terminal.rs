//! The program's commands on the data of a running product, as an operator types them.

use std::path::Path;
use std::process::{Command, Output};

use crate::app::TestApp;

/// A command of the program; it knows the data, the settings and the clock of the
/// product, and no operator.
pub(crate) fn command(app: &TestApp, words: &[&str]) -> Command {
    command_in(&app.folder(), app.database_url().as_deref(), words)
}

/// As [`command`], on another installation.
pub(crate) fn command_in(folder: &Path, database: Option<&str>, words: &[&str]) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_gradphoto"));
    program.args(words).arg("--data").arg(folder);
    program.arg("--config").arg(folder.join("gradphoto.toml"));
    program.env("GRADPHOTO_TEST_CLOCK", folder.join("clock"));
    program.env_remove("GRADPHOTO_OPERATOR");
    if let Some(database) = database {
        program.env("GRADPHOTO_DATABASE", database);
    }
    program
}

/// What it printed; it must end well.
pub(crate) fn said(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What it complained of; it must end badly.
pub(crate) fn complained(output: &Output) -> String {
    assert!(!output.status.success(), "{output:?}");
    String::from_utf8(output.stderr.clone()).unwrap()
}
