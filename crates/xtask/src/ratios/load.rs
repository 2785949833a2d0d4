//! How long students wait when the server has much to do.

use anyhow::Result;
use serde_json::json;

use super::extent::Extent;
use super::line::Line;
use super::served;
use crate::postgres::{self, Durability};
use crate::run::which;
use crate::setup;

/// How often each load is put on.
const PASSES: u32 = 5;
/// For how long, in seconds.
const SECONDS: u32 = 12;

/// Measures and prints.
pub(super) fn measure(extent: Extent) -> Result<Vec<Line>> {
    let Some(python) = which(&["python3"]) else {
        println!("Without Python: python3 is missing (Debian: python3).");
        return Ok(Vec::new());
    };
    setup::postgres_programs()?;
    let postgres = postgres::start(Durability::Synced)?;
    let (passes, seconds) = extent.of((PASSES, SECONDS), (1, 1));
    let more = json!({ "postgres": postgres.url, "passes": passes, "seconds": seconds });
    served::by_script(&python, "load.py", extent, more)
}
