//! Whether the server and the browser see the same: the engine natively and as wasm, with vectors and without, on the same
//! photos, to the last digit and the last byte.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use image::codecs::jpeg::JpegEncoder;
use image::imageops::{self, FilterType};
use image::{Rgb, RgbImage};
use serde_json::Value;

use super::told;
use super::wasm::{APP, CHECKER, Module};
use crate::run::{cargo, command, run, target};
use crate::{models, pictures};

/// Compares.
///
/// # Errors
/// Where a program fails, or two of them differ.
pub(crate) fn check() -> Result<()> {
    let models = models::models(None)?;
    run(cargo().args(["build", "--package", "ratios"]))?;
    let native = target()?.join("debug/ratios");
    let modules = [CHECKER, APP].map(Module::build);
    let folder = tempfile::tempdir()?;
    let photos = photos(folder.path())?;
    for module in modules {
        let module = module?.context("the engine cannot run as wasm without Node")?;
        for photo in &photos {
            let natively = told(command(&native).arg(&models).arg(photo).arg("1"))?;
            let as_wasm = told(module.node(&models, photo).args(["1", "server"]))?;
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
    let small = image::open(&portrait)?.resize_exact(480, 640, FilterType::CatmullRom);
    let mut turned = imageops::rotate180(&small.into_rgb8());
    for (place, sample) in turned.iter_mut().enumerate() {
        let noise = place.wrapping_mul(2_654_435_761) >> 13;
        *sample = sample.saturating_add(noise.to_le_bytes()[0] / 16);
    }
    let nobody = RgbImage::from_fn(600, 800, |x, y| {
        let [low, ..] = (x * y / 97 + x).to_le_bytes();
        Rgb([low, 255 - low, low / 2])
    });
    let mut photos = vec![portrait, pictures::groups(None)?.join("group1.jpg")];
    for (name, picture) in [("turned.jpg", turned), ("nobody.jpg", nobody)] {
        let mut jpeg = Vec::new();
        JpegEncoder::new_with_quality(&mut jpeg, 75).encode_image(&picture)?;
        photos.push(folder.join(name));
        fs::write(folder.join(name), jpeg)?;
    }
    Ok(photos)
}
