//! The server as it is released, measured by a script.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

use super::extent::Extent;
use super::line::{self, Line};
use crate::run::{cargo, command, root, run, target};
use crate::{models, pictures};

/// The folder of the scripts.
pub(super) fn scripts() -> PathBuf {
    root().join("crates/xtask/src/ratios/reads")
}

/// Builds the server and the handler beside it, and runs `script` with this Python; the job that it gets has `more` as well.
pub(super) fn by_script(
    python: &Path,
    script: &str,
    extent: Extent,
    more: Value,
) -> Result<Vec<Line>> {
    models::models(None)?;
    let (profile, programs) = match extent {
        Extent::Full => (
            "release",
            &["--release", "--bin", "gradphoto", "--example", "bare"][..],
        ),
        // What the tests in a browser have built as well. The handler beside it is there where the other tests were built.
        Extent::Short => (
            "debug",
            &["--bin", "gradphoto", "--bin", "gradphoto-sandbox"][..],
        ),
    };
    run(cargo().arg("build").args(programs))?;
    let built = target()?.join(profile);
    let bare = built.join("examples/bare");
    let folder = tempfile::tempdir_in(target()?).context("making a folder for the servers")?;
    let job = json!({
        "gradphoto": built.join("gradphoto"),
        "bare": bare.is_file().then_some(bare),
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
