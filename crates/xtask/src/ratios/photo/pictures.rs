//! The pictures that are measured: the test portrait as a camera, the web app and a scanner would send it.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use crate::pictures::{maker, portrait};
use crate::run::{cache, run};

/// A picture and what stands for it in the table.
#[derive(Debug)]
pub(super) struct Picture {
    /// Its name.
    pub(super) name: &'static str,
    /// Where it lies.
    pub(super) file: PathBuf,
    /// How large the file is.
    pub(super) bytes: u64,
}

/// Each picture's name, and what `crates/ratios` calls its file.
const PICTURES: [(&str, &str); 3] = [
    ("12 megapixels, as from a camera", "3024x4032.jpg"),
    ("long side 1600, as the web app sends it", "1200x1600.jpg"),
    ("480×640", "480x640.jpg"),
];

/// Makes them in the cache.
pub(super) fn make() -> Result<Vec<Picture>> {
    let folder = cache()?.join("ratios");
    fs::create_dir_all(&folder)?;
    run(maker()?.arg("sizes").arg(portrait(None)?).arg(&folder))?;
    let picture = |(name, file): (&'static str, &str)| {
        let file = folder.join(file);
        let bytes = fs::metadata(&file)?.len();
        Ok(Picture { name, file, bytes })
    };
    PICTURES.into_iter().map(picture).collect()
}
