//! The programs of the web app: compiled, bound to JavaScript, optimised.

use std::path::Path;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::run::{cargo, command, run, target};
use crate::setup;

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
    /// The cargo profile.
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

impl Part {
    /// Compiles it.
    pub(super) fn compile(self) -> Result<()> {
        let mut build = cargo();
        if self.is_worker {
            build.env(
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
                "-Ctarget-feature=+simd128",
            );
        }
        run(build.args([
            "build",
            "--package",
            "frontend",
            "--bin",
            self.binary,
            "--profile",
            self.profile,
            "--target",
            setup::WASM,
        ]))
    }

    /// Makes the script and `…_bg.wasm` of what the compiler made.
    pub(super) fn bind(self, work: &Path) -> Result<()> {
        let built = target()?.join(setup::WASM).join(self.profile);
        let mut bindgen = Bindgen::new();
        bindgen
            .input_path(built.join(self.binary).with_extension("wasm"))
            .out_name(self.name)
            .typescript(false)
            .demangle(false)
            .debug(false)
            .remove_name_section(true)
            .remove_producers_section(true)
            .omit_default_module_path(true);
        if self.is_worker {
            bindgen.no_modules(true)?;
        } else {
            bindgen.web(true)?;
        }
        bindgen.generate(work).context("running wasm-bindgen")
    }

    /// Makes `…_bg.wasm` smaller and faster.
    pub(super) fn optimise(self, optimiser: &Path, work: &Path) -> Result<()> {
        let module = work.join(format!("{}_bg.wasm", self.name));
        let simd = self.is_worker.then_some("--enable-simd");
        run(command(optimiser)
            .args(self.optimise)
            .args(WASM_FEATURES)
            .args(simd)
            .arg(&module)
            .arg("-o")
            .arg(&module))
    }
}
