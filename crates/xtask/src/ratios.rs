//! What the product costs, beside what one would otherwise use: CPU time on the same files in the same run, as ratios.

mod photo;

use anyhow::Result;
use clap::ValueEnum;

/// What can be compared.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Subject {
    /// Checking and framing a photo
    Photo,
}

/// Measures and prints a subject's figures.
pub(crate) fn run(subject: Subject) -> Result<()> {
    match subject {
        Subject::Photo => photo::compare(),
    }
}
