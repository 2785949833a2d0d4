//! How many students a second an import of a roster takes, sealing and hashing included, beside bare inserts of the same rows,
//! and what memory it needs.

use anyhow::Result;
use serde_json::json;

use super::extent::Extent;
use super::line::Line;
use super::{python, served};
use crate::postgres::{self, Durability};
use crate::setup;

/// How often both take turns.
const PASSES: u32 = 3;
/// How many students an import has.
const ROWS: u32 = 20_000;
/// How many it has in a short run: one batch and a part of another.
const ROWS_SHORT: u32 = 600;

/// Measures and prints; `rows` instead of the usual number of students.
pub(super) fn compare(extent: Extent, rows: Option<u32>) -> Result<Vec<Line>> {
    let Some(python) = python::with_reads()? else {
        return Ok(Vec::new());
    };
    setup::postgres_programs()?;
    let postgres = postgres::start(Durability::Synced)?;
    let more = json!({
        "postgres": postgres.url,
        "passes": extent.of(PASSES, 1),
        "rows": rows.unwrap_or(extent.of(ROWS, ROWS_SHORT)),
    });
    println!(
        "Ratios of time: the median, the least and the greatest of the passes; more is better."
    );
    served::by_script(&python, "roster.py", extent, more)
}
