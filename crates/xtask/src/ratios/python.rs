//! Pythons with the packages that comparisons need, in the cache.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use crate::run::{cache, command, run, which};

/// The peers of what is measured over HTTP, pinned.
const READS: [&str; 7] = [
    "fastapi==0.165.0",
    "uvicorn==0.54.0",
    "uvloop==0.23.0",
    "httptools==0.9.0",
    "asyncpg==0.32.0",
    "pyjwt==2.15.1",
    "cryptography==50.0.2",
];

/// The interpreter with the peers of what is measured over HTTP.
pub(super) fn with_reads() -> Result<Option<PathBuf>> {
    with("ratios/reads", &READS)
}

/// The interpreter of an environment in this folder of the cache, with these packages, each pinned like `pillow==13.0.0`;
/// `None`, with a line that says how to get it, where Python is missing or the packages cannot be installed.
pub(crate) fn with(folder: &str, packages: &[&str]) -> Result<Option<PathBuf>> {
    let Some(python) = which(&["python3"]) else {
        println!("Without Python: python3 is missing (Debian: python3 python3-venv).");
        return Ok(None);
    };
    let folder = cache()?.join(folder);
    let (program, stamp) = (folder.join("bin/python"), folder.join("peers"));
    let wanted = packages.join(" ");
    if fs::read_to_string(&stamp).ok().as_ref() == Some(&wanted) {
        return Ok(Some(program));
    }
    println!("Installing {wanted}.");
    let installed = run(command(python).args(["-m", "venv"]).arg(&folder)).and_then(|()| {
        let pip = [
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ];
        run(command(&program).args(pip).args(packages))
    });
    if let Err(error) = installed {
        println!("Without Python: {error:#} (Debian: python3-venv, and PyPI is needed).");
        return Ok(None);
    }
    fs::write(&stamp, &wanted)?;
    Ok(Some(program))
}
