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
    /// The crate, and its cargo target.
    binary: &'static str,
    /// Its name in the bundle.
    name: &'static str,
    /// The cargo profile of a release.
    profile: &'static str,
    /// Where it runs.
    host: Host,
    /// What wasm-opt is to do, pass by pass.
    optimise: &'static [&'static str],
}

/// Where a program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Host {
    /// A page, which comes in chunks.
    Page,
    /// A classic worker, which may use SIMD: where a browser lacks it, the server alone looks at photos.
    Worker,
}

impl Host {
    /// What `crates/bundle` calls it.
    const fn word(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Worker => "worker",
        }
    }
}

/// Flat and then rebuilt, the code is 1 % smaller than by `-Oz` alone. The linker puts the stack first, so that the lowest
/// kilobyte of memory is not used.
const SMALL: &[&str] = &[
    "--flatten",
    "--rereloop",
    "--low-memory-unused",
    "-Oz",
    "-Oz",
];

/// The students' pages.
pub(super) const STUDENT: Part = Part {
    binary: "student",
    name: "app",
    profile: "web",
    host: Host::Page,
    optimise: SMALL,
};

/// The pages of staff.
pub(super) const CONSOLE: Part = Part {
    binary: "console",
    name: "console",
    profile: "web",
    host: Host::Page,
    optimise: SMALL,
};

/// The worker that looks at photos.
pub(super) const CHECKER: Part = Part {
    binary: "checker",
    name: "checker",
    profile: "checker",
    host: Host::Worker,
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
        // Browsers for whom the checker is too new still show the pages. A demo has one set of flags, so that what all
        // programs are made of is compiled once.
        if self.host == Host::Worker || purpose == Purpose::Demo {
            build.env(
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
                "-Ctarget-feature=+simd128",
            );
        }
        build.args(["rustc", "--package", self.binary, "--bin", self.binary]);
        build.args(["--profile", profile, "--target", setup::WASM]);
        if self.host == Host::Page {
            // What splitting needs to know; for the program alone, so that what it is made of is compiled once.
            build.args(["--", "-Clink-arg=--emit-relocs"]);
        }
        run(&mut build)?;
        let folder = target()?.join(setup::WASM).join(profile);
        Ok(folder.join(self.binary).with_extension("wasm"))
    }

    /// Makes the script and `…_bg.wasm` of what the compiler made.
    pub(super) fn bind(self, program: &Path, work: &Path) -> Result<()> {
        run(bundler()?
            .arg("bind")
            .arg(program)
            .args(["--name", self.name, "--host", self.host.word(), "--to"])
            .arg(work))
    }

    /// Makes `…_bg.wasm` and its chunks smaller and faster.
    pub(super) fn optimise(self, optimiser: &Path, work: &Path) -> Result<()> {
        let mut modules = vec![work.join(format!("{}_bg.wasm", self.name))];
        if self.host == Host::Page {
            let mut chunks = files_below(&work.join(format!("{}-{CHUNKS}", self.name)))?;
            chunks.retain(|file| file.extension().is_some_and(|is| is == "wasm"));
            modules.extend(chunks);
        }
        let simd = (self.host == Host::Worker).then_some("--enable-simd");
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
