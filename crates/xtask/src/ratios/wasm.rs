//! The photo engine as modules of Node's, compiled as the web app's programs are.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::run::{cache, cargo, command, root, run, target, which};
use crate::{setup, web};

/// How the engine is compiled.
#[derive(Debug, Clone, Copy)]
pub(super) struct Build {
    /// The cargo profile.
    profile: &'static str,
    /// What the compiler is told besides.
    flags: &'static str,
}

/// As the worker that looks at photos.
pub(super) const CHECKER: Build = Build {
    profile: "checker",
    flags: "-Ctarget-feature=+simd128",
};

/// As the app itself, for browsers without vectors.
pub(super) const APP: Build = Build {
    profile: "web",
    flags: "",
};

/// A module of Node's.
#[derive(Debug)]
pub(super) struct Module(PathBuf);

impl Module {
    /// Compiles it; `None` without Node, which is said.
    pub(super) fn build(build: Build) -> Result<Option<Self>> {
        if which(&["node"]).is_none() {
            println!("Without wasm: node is missing (Debian: nodejs).");
            return Ok(None);
        }
        setup::wasm_target()?;
        run(cargo()
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", build.flags)
            .args(["build", "--package", "ratios", "--lib"])
            .args(["--profile", build.profile, "--target", setup::WASM]))?;
        let compiled = target()?.join(setup::WASM).join(build.profile);
        let folder = cache()?.join("ratios").join(build.profile);
        run(web::bundler()?
            .arg("bind")
            .arg(compiled.join("ratios.wasm"))
            .args(["--name", "ratios", "--host", "node", "--to"])
            .arg(&folder))?;
        Ok(Some(Self(folder.join("ratios.js"))))
    }

    /// Node with the script that takes a photo through the module; the rounds and whose networks are still to be told.
    pub(super) fn node(&self, models: &Path, picture: &Path) -> Command {
        let mut node = command("node");
        node.arg(root().join("crates/xtask/src/ratios/wasm.mjs"));
        node.arg(&self.0).arg(models).arg(picture);
        node
    }
}
