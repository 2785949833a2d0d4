//! The programs of the web app: compiled, bound to JavaScript, optimised.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::run::{cargo, command, files_below, run, target};
use crate::setup;

use super::bundler::{CHUNKS, Purpose, bundler};

/// What Chromium 96 and Safari 15 understand; `--all-features` would let wasm-opt write what they refuse.
const WASM_FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// A program of the web app.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    /// The cargo target.
    binary: &'static str,
    /// Its name in the bundle.
    name: &'static str,
    /// The cargo profile of a release.
    profile: &'static str,
    /// A classic worker's program, which may use SIMD: where a browser lacks it, the server alone looks at photos.
    is_worker: bool,
    /// What wasm-opt is to do, pass by pass.
    optimise: &'static [&'static str],
}

/// The pages.
pub(super) const APP: Part = Part {
    binary: "frontend",
    name: "app",
    profile: "web",
    is_worker: false,
    // Flat and then rebuilt, the code is 1 % smaller than by `-Oz` alone.
    optimise: &["--flatten", "--rereloop", "-Oz", "-Oz"],
};

/// The worker that looks at photos.
pub(super) const CHECKER: Part = Part {
    binary: "checker",
    name: "checker",
    profile: "checker",
    is_worker: true,
    optimise: &["-O3"],
};

/// The cargo profile of a demo.
const DEMO: &str = "demo";

impl Part {
    /// Compiles it and tells where the program lies.
    pub(super) fn compile(self, purpose: Purpose) -> Result<PathBuf> {
        let profile = match purpose {
            Purpose::Release => self.profile,
            Purpose::Demo => DEMO,
        };
        let mut build = cargo();
        // Browsers for whom the checker is too new still show the pages. A demo has one set of flags, so that what both
        // programs are made of is compiled once.
        if self.is_worker || purpose == Purpose::Demo {
            build.env(
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
                "-Ctarget-feature=+simd128",
            );
        }
        build.args(["rustc", "--package", "frontend", "--bin", self.binary]);
        build.args(["--profile", profile, "--target", setup::WASM]);
        if !self.is_worker {
            // What splitting needs to know; for the program alone, so that what it is made of is compiled once.
            build.args(["--", "-Clink-arg=--emit-relocs"]);
        }
        run(&mut build)?;
        let folder = target()?.join(setup::WASM).join(profile);
        Ok(folder.join(self.binary).with_extension("wasm"))
    }

    /// Makes the script and `…_bg.wasm` of what the compiler made.
    pub(super) fn bind(self, program: &Path, work: &Path) -> Result<()> {
        let host = if self.is_worker { "worker" } else { "page" };
        run(bundler()?
            .arg("bind")
            .arg(program)
            .args(["--name", self.name, "--host", host, "--to"])
            .arg(work))
    }

    /// Makes `…_bg.wasm` and its chunks smaller and faster.
    pub(super) fn optimise(self, optimiser: &Path, work: &Path) -> Result<()> {
        let mut modules = vec![work.join(format!("{}_bg.wasm", self.name))];
        if !self.is_worker {
            let mut chunks = files_below(&work.join(CHUNKS))?;
            chunks.retain(|file| file.extension().is_some_and(|is| is == "wasm"));
            modules.extend(chunks);
        }
        let simd = self.is_worker.then_some("--enable-simd");
        for module in modules {
            run(command(optimiser)
                .args(self.optimise)
                .args(WASM_FEATURES)
                .args(simd)
                .arg(&module)
                .arg("-o")
                .arg(&module))?;
        }
        Ok(())
    }
}
