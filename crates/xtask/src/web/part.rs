//! The programs of the web app: compiled, bound to JavaScript, optimised.

use std::path::Path;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::run::{cargo, command, run, target};
use crate::setup;

use super::chunk;

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
        build.args([
            "rustc",
            "--package",
            "frontend",
            "--bin",
            self.binary,
            "--profile",
            self.profile,
            "--target",
            setup::WASM,
        ]);
        if !self.is_worker {
            // What splitting needs to know; for the program alone, so that what it is made of is compiled once.
            build.args(["--", "-Clink-arg=--emit-relocs"]);
        }
        run(&mut build)
    }

    /// Makes the script and `…_bg.wasm` of what the compiler made.
    pub(super) fn bind(self, work: &Path) -> Result<()> {
        let built = target()?.join(setup::WASM).join(self.profile);
        let built = built.join(self.binary).with_extension("wasm");
        let mut bindgen = Bindgen::new();
        if self.is_worker {
            bindgen.input_path(built);
        } else {
            // The chunks use the memory, the table and the stack pointer that the linker exports.
            bindgen
                .input_path(chunk::split(&built, work)?)
                .keep_lld_exports(true);
        }
        bindgen
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
        bindgen.generate(work).context("running wasm-bindgen")?;
        if self.is_worker {
            return Ok(());
        }
        chunk::join_scripts(work)
    }

    /// Makes `…_bg.wasm` and its chunks smaller and faster.
    pub(super) fn optimise(self, optimiser: &Path, work: &Path) -> Result<()> {
        let mut modules = vec![work.join(format!("{}_bg.wasm", self.name))];
        if !self.is_worker {
            modules.extend(chunk::files(work)?);
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
