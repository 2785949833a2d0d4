//! What the pages of a student cost beside a `FastAPI` server on the same database, and a request's way through everything that
//! stands around a handler beside a bare actix handler.

use anyhow::{Context, Result};
use serde_json::json;

use super::python;
use crate::postgres::{self, Durability};
use crate::run::{cargo, command, root, run, target};
use crate::{models, pictures, setup};

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
pub(super) fn compare() -> Result<()> {
    let Some(python) = python::with("ratios/reads", &PEERS)? else {
        return Ok(());
    };
    models::models(None)?;
    let programs = ["--bin", "gradphoto", "--example", "bare"];
    run(cargo().args(["build", "--release"]).args(programs))?;
    let scripts = root().join("crates/xtask/src/ratios/reads");
    let built = target()?.join("release");
    setup::postgres_programs()?;
    let postgres = postgres::start(Durability::Synced)?;
    let folder = tempfile::tempdir_in(target()?).context("making a folder for the servers")?;
    let job = json!({
        "gradphoto": built.join("gradphoto"),
        "bare": built.join("examples/bare"),
        "python": python,
        "peer": scripts.join("peer.py"),
        "portrait": pictures::portrait(None)?,
        "folder": folder.path(),
        "postgres": postgres.url,
        "passes": PASSES,
        "requests": REQUESTS,
    });
    println!(
        "Ratios of processor time: the median, the least and the greatest of {PASSES} passes of {REQUESTS} requests; then the medians of a request."
    );
    run(command(&python)
        .arg(scripts.join("measure.py"))
        .arg(job.to_string()))
}
