//! What the product costs, beside what one would otherwise use or what cannot be spared: measured in the same run, as ratios.

mod photo;
mod program;
mod python;
mod reads;
pub(crate) mod same;
mod wasm;
mod webhook;
mod webhooks;

use anyhow::Result;
use clap::ValueEnum;

/// What can be compared.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Subject {
    /// Checking and framing a photo
    Photo,
    /// Answering the pages of a student
    Reads,
    /// Taking a notice of a payment
    Webhook,
    /// Telling a receiver of what happened
    Webhooks,
}

/// Measures and prints a subject's figures.
pub(crate) fn run(subject: Subject) -> Result<()> {
    match subject {
        Subject::Photo => photo::compare(),
        Subject::Reads => reads::compare(),
        Subject::Webhook => webhook::compare(),
        Subject::Webhooks => webhooks::compare(),
    }
}
