//! What the server keeps in memory: at rest, and after students used it.

use anyhow::Result;
use serde_json::json;

use super::extent::Extent;
use super::line::Line;
use super::served;
use crate::run::which;

/// How many students look at their pages.
const JOURNEYS: u32 = 10_000;
/// How often memory is looked at, a second apart.
const SAMPLES: u32 = 10;
/// How long the server rests before, in seconds.
const SETTLING_S: u32 = 15;

/// Measures and prints.
pub(super) fn measure(extent: Extent) -> Result<Vec<Line>> {
    let Some(python) = which(&["python3"]) else {
        println!("Without Python: python3 is missing (Debian: python3).");
        return Ok(Vec::new());
    };
    let more = json!({
        "journeys": extent.of(JOURNEYS, 8),
        "samples": extent.of(SAMPLES, 1),
        "settling_s": extent.of(SETTLING_S, 0),
    });
    served::by_script(&python, "memory.py", extent, more)
}
