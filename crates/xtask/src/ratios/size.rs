//! What pages cost in a school of a million students beside one of ten thousand: buffers and processor time, on `PostgreSQL`.

use anyhow::Result;
use serde_json::json;

use super::extent::Extent;
use super::line::Line;
use super::{python, served};
use crate::postgres::{self, Durability};
use crate::setup;

/// How many students there are first.
const SMALL: u32 = 10_000;
/// How many there are then.
const LARGE: u32 = 1_000_000;
/// How often a page is called in each of five passes, and how many students verify.
const CALLS: u32 = 20;
/// A process of `PostgreSQL` that waits tells what it counted ten seconds after its last statement at the latest.
const SETTLING_S: u32 = 11;

/// Measures and prints; `students` instead of a million, at least twice as many as a short run begins with.
pub(super) fn compare(extent: Extent, students: Option<u32>) -> Result<Vec<Line>> {
    let Some(python) = python::with_reads()? else {
        return Ok(Vec::new());
    };
    setup::postgres_programs()?;
    // What is measured does not wait for the disk.
    let postgres = postgres::start(Durability::Off)?;
    let more = json!({
        "postgres": postgres.url,
        "small": extent.of(SMALL, 100),
        "large": students.unwrap_or(extent.of(LARGE, 200)),
        "calls": extent.of(CALLS, 1),
        "verified": extent.of(CALLS, 2),
        "settling_s": extent.of(SETTLING_S, 1),
    });
    served::by_script(&python, "size.py", extent, more)
}
