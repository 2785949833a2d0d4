//! What the pages of a student cost beside a `FastAPI` server on the same database, and a request's way through everything that
//! stands around a handler beside a bare actix handler.

use anyhow::Result;
use serde_json::json;

use super::line::Line;
use super::{python, served};
use crate::postgres::{self, Durability};
use crate::setup;

/// The peers, pinned.
const PEERS: [&str; 7] = [
    "fastapi==0.165.0",
    "uvicorn==0.54.0",
    "uvloop==0.23.0",
    "httptools==0.9.0",
    "asyncpg==0.32.0",
    "pyjwt==2.15.1",
    "cryptography==50.0.2",
];
/// How often both take turns.
const PASSES: u32 = 5;
/// How many requests each answers in a pass.
const REQUESTS: u32 = 400;

/// Measures and prints.
pub(super) fn compare() -> Result<Vec<Line>> {
    let Some(python) = python::with("ratios/reads", &PEERS)? else {
        return Ok(Vec::new());
    };
    setup::postgres_programs()?;
    let postgres = postgres::start(Durability::Synced)?;
    let more = json!({
        "peer": served::scripts().join("peer.py"),
        "postgres": postgres.url,
        "passes": PASSES,
        "requests": REQUESTS,
    });
    println!(
        "Ratios of processor time: the median, the least and the greatest of {PASSES} passes of {REQUESTS} requests; then the medians of a request."
    );
    served::by_script(&python, "measure.py", more)
}
