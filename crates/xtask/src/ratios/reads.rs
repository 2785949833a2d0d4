//! What the pages of a student cost beside a `FastAPI` server on the same database, and a request's way through everything that
//! stands around a handler beside a bare actix handler.

use anyhow::Result;
use serde_json::json;

use super::extent::Extent;
use super::line::Line;
use super::{python, served};
use crate::postgres::{self, Durability};
use crate::setup;

/// How often both take turns.
const PASSES: u32 = 5;
/// How many requests each answers in a pass.
const REQUESTS: u32 = 400;

/// Measures and prints.
pub(super) fn compare(extent: Extent) -> Result<Vec<Line>> {
    let Some(python) = python::with_reads()? else {
        return Ok(Vec::new());
    };
    setup::postgres_programs()?;
    let postgres = postgres::start(Durability::Synced)?;
    let (passes, requests) = extent.of((PASSES, REQUESTS), (1, 5));
    let more = json!({
        "peer": served::scripts().join("peer.py"),
        "postgres": postgres.url,
        "passes": passes,
        "requests": requests,
    });
    println!(
        "Ratios of processor time: the median, the least and the greatest of {passes} passes of {requests} requests; then the medians of a request."
    );
    served::by_script(&python, "measure.py", extent, more)
}
