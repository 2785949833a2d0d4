//! Whether the server and the browser see the same: the engine natively and as wasm, with vectors and without, on the same
//! photos, to the last digit and the last byte.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::program::last_json;
use super::wasm::{APP, CHECKER, Module};
use crate::run::{command, files_below, run, target};
use crate::{models, pictures};

/// Compares.
///
/// # Errors
/// Where a program fails, or two of them differ.
pub(crate) fn check() -> Result<()> {
    let models = models::models(None)?;
    let native = target()?.join("debug/ratios");
    let modules = [CHECKER, APP].map(Module::build);
    let folder = tempfile::tempdir()?;
    let photos = photos(folder.path())?;
    for module in modules {
        let module = module?.context("the engine cannot run as wasm without Node")?;
        for photo in &photos {
            let natively = last_json(
                command(&native)
                    .arg("time")
                    .arg(&models)
                    .arg(photo)
                    .arg("1"),
            )?;
            let as_wasm = last_json(module.node(&models, photo).args(["1", "server"]))?;
            let (one, other) = (outcome(&natively)?, outcome(&as_wasm)?);
            ensure!(
                one == other,
                "{} comes out otherwise as wasm ({module:?}):\n{one}\n{other}",
                photo.display()
            );
        }
    }
    println!(
        "{} photos come out the same natively and as wasm.",
        photos.len()
    );
    Ok(())
}

fn outcome(told: &Value) -> Result<&str> {
    told["told"].as_str().context("a program told no outcome")
}

/// A portrait, the same small, noisy and on its head, several people, and nobody.
fn photos(folder: &Path) -> Result<Vec<PathBuf>> {
    let portrait = pictures::portrait(None)?;
    run(pictures::maker()?
        .arg("odd-pictures")
        .arg(&portrait)
        .arg(folder))?;
    let mut photos = files_below(folder)?;
    photos.extend([portrait, pictures::groups(None)?.join("group1.jpg")]);
    Ok(photos)
}
