//! What the server keeps in memory: at rest, and after students used it.

use anyhow::Result;
use serde_json::json;

use super::line::Line;
use super::served;
use crate::run::which;

/// How many students look at their pages.
const JOURNEYS: u32 = 10_000;

/// Measures and prints.
pub(super) fn measure() -> Result<Vec<Line>> {
    let Some(python) = which(&["python3"]) else {
        println!("Without Python: python3 is missing (Debian: python3).");
        return Ok(Vec::new());
    };
    served::by_script(&python, "memory.py", json!({ "journeys": JOURNEYS }))
}
