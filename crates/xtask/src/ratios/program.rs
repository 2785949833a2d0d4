//! The programs that are measured.

use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::run::output;

/// The JSON object that a program prints last.
pub(super) fn last_json(program: &mut Command) -> Result<Value> {
    let text = output(program)?;
    let line = text.lines().last().unwrap_or_default();
    serde_json::from_str(line).with_context(|| format!("{program:?} printed {text:?}"))
}
