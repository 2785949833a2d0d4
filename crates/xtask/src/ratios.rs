//! What the product costs, beside what one would otherwise use or what cannot be spared: measured in the same run, as ratios.

mod photo;
pub(crate) mod same;
mod wasm;
mod webhook;

use std::process::Command;

use anyhow::{Context, Result};
use clap::ValueEnum;
use serde_json::Value;

use crate::run::output;

/// What can be compared.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Subject {
    /// Checking and framing a photo
    Photo,
    /// Taking a notice of a payment
    Webhook,
}

/// Measures and prints a subject's figures.
pub(crate) fn run(subject: Subject) -> Result<()> {
    match subject {
        Subject::Photo => photo::compare(),
        Subject::Webhook => webhook::compare(),
    }
}

/// The JSON object that a program prints last.
fn told(program: &mut Command) -> Result<Value> {
    let text = output(program)?;
    let line = text.lines().last().unwrap_or_default();
    serde_json::from_str(line).with_context(|| format!("{program:?} printed {text:?}"))
}
