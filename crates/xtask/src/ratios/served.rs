//! The server as it is released, measured by a script.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

use super::line::{self, Line};
use crate::run::{cargo, command, root, run, target};
use crate::{models, pictures};

/// The folder of the scripts.
pub(super) fn scripts() -> PathBuf {
    root().join("crates/xtask/src/ratios/reads")
}

/// Builds the server and the handler beside it, and runs `script` with this Python; the job that it gets has `more` as well.
pub(super) fn by_script(python: &Path, script: &str, more: Value) -> Result<Vec<Line>> {
    models::models(None)?;
    let programs = ["--bin", "gradphoto", "--example", "bare"];
    run(cargo().args(["build", "--release"]).args(programs))?;
    let built = target()?.join("release");
    let folder = tempfile::tempdir_in(target()?).context("making a folder for the servers")?;
    let job = json!({
        "gradphoto": built.join("gradphoto"),
        "bare": built.join("examples/bare"),
        "python": python,
        "portrait": pictures::portrait(None)?,
        "folder": folder.path(),
    });
    let mut job: Map<String, Value> = serde_json::from_value(job)?;
    job.extend(serde_json::from_value::<Map<_, _>>(more)?);
    let script = scripts().join(script);
    let job = Value::from(job).to_string();
    // No compiled copies beside the scripts.
    line::of(command(python).arg("-B").arg(script).arg(job))
}
