//! Steps that run beside another one. Each of both keeps one processor busy, so that together they take as long as the longer one.

use std::env;
use std::fs::File;
use std::io::{self, Seek};
use std::process::{Child, Stdio};

use anyhow::{Context, Result, ensure};

use crate::run::command;

/// Steps that run.
#[derive(Debug)]
pub(super) struct Beside {
    child: Child,
    /// What they print, for when they have ended.
    printed: File,
}

impl Beside {
    /// Starts them, one after the other; their names are those of the command line.
    pub(super) fn start(names: &[String]) -> Result<Self> {
        let printed = tempfile::tempfile()?;
        let mut steps = command(env::current_exe()?);
        steps.arg("test");
        steps.args(names.iter().flat_map(|name| ["--only", name.as_str()]));
        let names = names.join(" and ");
        println!("Beside it: {names}. What they print comes when they have ended.");
        let child = steps
            .stdin(Stdio::null())
            .stdout(printed.try_clone()?)
            .stderr(printed.try_clone()?)
            .spawn()
            .context("starting what runs beside")?;
        Ok(Self { child, printed })
    }

    /// Waits for their end and prints what they printed.
    pub(super) fn finish(mut self) -> Result<()> {
        let status = self.child.wait()?;
        self.printed.rewind()?;
        io::copy(&mut self.printed, &mut io::stdout())?;
        ensure!(status.success(), "a step that ran beside failed");
        Ok(())
    }
}
