//! The program that makes files of what the compiler made, and what a bundle is for.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::run::{cargo, command, root, run, target};

/// The folder below a web app's with its chunks, as `crates/bundle` lays it out.
pub(super) const CHUNKS: &str = "chunk";

/// What a bundle is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// People on phones: as small and quick as possible, which takes minutes to build.
    Release,
    /// Who tries the product on this machine: quick to build, three times as large.
    Demo,
}

impl Purpose {
    /// Where the bundle lies.
    pub(crate) fn dist(self) -> PathBuf {
        root().join(match self {
            Self::Release => "frontend/dist",
            Self::Demo => "data/web",
        })
    }

    /// What `crates/bundle` calls the compression.
    pub(super) const fn compression(self) -> &'static str {
        match self {
            Self::Release => "smallest",
            Self::Demo => "quick",
        }
    }
}

/// The program of `crates/bundle`, built where it has changed.
pub(crate) fn bundler() -> Result<Command> {
    run(cargo().args(["build", "--bin", "bundle"]))?;
    Ok(command(target()?.join("debug/bundle")))
}
