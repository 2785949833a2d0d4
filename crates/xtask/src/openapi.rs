//! The API document and the client made from it: both are committed, and a step of the tests fails where they are stale.

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};
use tempfile::TempDir;

use crate::models;
use crate::run::{cargo, command, files_below, output, root, run, target};

const DOCUMENT: &str = "openapi/openapi.json";
const CONFIG: &str = "openapi/client.toml";
/// The module that `codegen` writes, beside the folder of the same name.
const MODULE: &str = "crates/client/src/generated.rs";

/// Writes the document as the server states it, and the client.
pub(crate) fn write() -> Result<()> {
    let fresh = fresh()?;
    for file in stale(&fresh, &root())? {
        let target = root().join(&file);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(fresh.path().join(&file), target)?;
        println!("Wrote {file}.");
    }
    Ok(())
}

/// Fails where the document or the client is not what the server's routes give now.
pub(crate) fn check() -> Result<()> {
    let stale = stale(&fresh()?, &root())?;
    if !stale.is_empty() {
        bail!("stale: {}; run `cargo xtask openapi`", stale.join(", "));
    }
    Ok(())
}

/// All generated files, in a folder laid out like the repository.
fn fresh() -> Result<TempDir> {
    models::models(None)?;
    run(cargo().args(["build", "--bin", "gradphoto", "--bin", "codegen"]))?;
    let programs = target()?.join("debug");
    let folder = tempfile::tempdir()?;
    fs::create_dir_all(folder.path().join("openapi"))?;
    let document = output(command(programs.join("gradphoto")).arg("openapi"))?;
    fs::write(folder.path().join(DOCUMENT), document)?;
    fs::copy(root().join(CONFIG), folder.path().join(CONFIG))?;
    run(command(programs.join("codegen")).arg(folder.path()))?;
    run(command("rustfmt")
        .args(["--edition", "2024", "--config-path"])
        .arg(root())
        .arg(folder.path().join(MODULE)))?;
    Ok(folder)
}

/// The fresh files that `root` lacks or holds otherwise, by their path.
fn stale(fresh: &TempDir, root: &Path) -> Result<Vec<String>> {
    let mut stale = Vec::new();
    for file in files_below(fresh.path())? {
        let path = file.strip_prefix(fresh.path())?;
        if fs::read(root.join(path)).ok() != Some(fs::read(&file)?) {
            stale.push(path.display().to_string());
        }
    }
    Ok(stale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_or_is_missing_is_stale() {
        let (fresh, root) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for (name, text) in [("same", "1"), ("other", "2"), ("missing", "3")] {
            fs::write(fresh.path().join(name), text).unwrap();
        }
        fs::write(root.path().join("same"), "1").unwrap();
        fs::write(root.path().join("other"), "0").unwrap();
        assert_eq!(stale(&fresh, root.path()).unwrap(), ["missing", "other"]);
    }
}
