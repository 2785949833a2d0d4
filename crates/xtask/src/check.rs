//! The quick guards: rules of the design that neither the compiler nor clippy knows.

mod dependency;
mod file;
mod licence;

use anyhow::{Result, bail};

use crate::run::metadata;

/// Runs all guards and names everything that is wrong.
pub(crate) fn run() -> Result<()> {
    let metadata = metadata(&["--locked"])?;
    let mut faults = dependency::faults(&metadata);
    faults.extend(licence::faults(&metadata)?);
    faults.extend(file::faults()?);
    if !faults.is_empty() {
        bail!("{} faults:\n{}", faults.len(), faults.join("\n"));
    }
    println!("Dependency directions, licences and files are as they should be.");
    Ok(())
}
