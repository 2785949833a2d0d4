//! The quick guards: rules of the design that neither the compiler nor clippy knows.

mod cycle;
mod dependency;
mod file;
mod licence;
mod name;
mod publish;
mod signature;
mod source;

use anyhow::{Result, bail};

use crate::run::{metadata, root};

/// The names that may still stand for types of several crates.
const NAMES_LEFT: [&str; 1] = ["Refund"];

/// Runs all guards and names everything that is wrong.
pub(crate) fn run() -> Result<()> {
    let metadata = metadata(&["--locked"])?;
    let mut faults = dependency::faults(&metadata);
    faults.extend(licence::faults(&metadata)?);
    faults.extend(file::faults()?);
    faults.extend(publish::faults(&metadata));
    let targets = source::targets(&metadata, &root())?;
    for target in &targets {
        faults.extend(cycle::faults(target));
        faults.extend(signature::faults(target));
    }
    faults.extend(name::faults(&targets, &NAMES_LEFT));
    if !faults.is_empty() {
        bail!("{} faults:\n{}", faults.len(), faults.join("\n"));
    }
    println!("Dependency directions, licences, files, modules and names are as they should be.");
    Ok(())
}
