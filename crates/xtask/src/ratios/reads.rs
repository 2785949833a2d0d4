//! What the pages of a student cost beside a `FastAPI` server on the same database, a request's way through everything that
//! stands around a handler beside a bare actix handler, and a verification beside `pgbench` with its statements.

use std::path::Path;

use anyhow::{Context, Result};
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
/// How many students verify in a pass.
const VERIFIED: u32 = 100;

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
    let mut lines = served::by_script(&python, "measure.py", extent, more)?;
    lines.extend(verifications(&python, extent)?);
    Ok(lines)
}

/// On a `PostgreSQL` of its own, which logs the statements of one verification.
fn verifications(python: &Path, extent: Extent) -> Result<Vec<Line>> {
    let postgres = postgres::start(Durability::Synced)?;
    let pgbench = postgres::programs().context("pgbench is missing: run `cargo xtask setup`")?;
    let (passes, verified) = extent.of((PASSES, VERIFIED), (1, 2));
    let more = json!({
        "postgres": postgres.url,
        "postgres_log": postgres.log,
        "pgbench": pgbench.join("pgbench"),
        "passes": passes,
        "verified": verified,
    });
    served::by_script(python, "verify.py", extent, more)
}
