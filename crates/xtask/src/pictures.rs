//! Pictures for tests: a portrait in the public domain, and groups of people.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::fetch::{Item, Package, fetch};
use crate::run::{cache, cargo, command, run, target};

/// Source: NASA, "Portrait of Eileen Collins", public domain, as shipped by scikit-image.
const ASTRONAUT: Item = Item {
    name: "astronaut.png",
    package: Package::PyPi("scikit-image==0.26.0"),
    path: "skimage/data/astronaut.png",
    slice: None,
    sha256: "88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5",
};

const GROUPS: Package = Package::Npm("@vladmandic/face-api@1.7.15");

/// Several people each. Source: the demonstration of face-api, MIT.
const PEOPLE: [Item; 2] = [
    Item {
        name: "group1.jpg",
        package: GROUPS,
        path: "package/demo/sample1.jpg",
        slice: None,
        sha256: "8ecae4b267b2d3169e06e00c7dee97097aa2a94635d45216f7732a5f4943cb51",
    },
    Item {
        name: "group2.jpg",
        package: GROUPS,
        path: "package/demo/sample4.jpg",
        slice: None,
        sha256: "729efa5923061d40eb4ed5f267a18cc7b8ba6f852bb2757b16d8b7e4937476fc",
    },
];

/// The portrait's path: what `GRADPHOTO_PORTRAIT` names, else the one in the cache, fetched where it is not there yet.
pub(crate) fn portrait(mirror: Option<&Path>) -> Result<PathBuf> {
    if let Some(chosen) = env::var_os("GRADPHOTO_PORTRAIT") {
        return Ok(chosen.into());
    }
    let portrait = cache()?.join("portrait.jpg");
    if !portrait.exists() {
        let folder = cache()?.join("pictures");
        fetch(&[ASTRONAUT], &folder, mirror)?;
        run(maker()?
            .arg("portrait")
            .arg(folder.join(ASTRONAUT.name))
            .arg(&portrait))?;
    }
    Ok(portrait)
}

/// The folder with the pictures of several people, fetched where they are not there yet.
pub(crate) fn groups(mirror: Option<&Path>) -> Result<PathBuf> {
    let folder = cache()?.join("pictures");
    fetch(&PEOPLE, &folder, mirror)?;
    Ok(folder)
}

/// The program of `crates/ratios`, which makes pictures and measures them; built where it has changed.
pub(crate) fn maker() -> Result<Command> {
    run(cargo().args(["build", "--bin", "ratios"]))?;
    Ok(command(target()?.join("debug/ratios")))
}
