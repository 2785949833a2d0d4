//! Pictures for tests: a portrait in the public domain, and groups of people.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;

use crate::fetch::{Item, Package, fetch};
use crate::run::cache;

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

/// The part around the face in pixels of the 512×512 picture: left, top, width, height; 3:4.
const FACE: (u32, u32, u32, u32) = (106, 0, 240, 320);
/// As a phone would send it, in pixels.
const SIZE: (u32, u32) = (900, 1200);
const JPEG_QUALITY: u8 = 92;

/// The portrait's path: what `GRADPHOTO_PORTRAIT` names, else the one in the cache, fetched where it is not there yet.
pub(crate) fn portrait(mirror: Option<&Path>) -> Result<PathBuf> {
    if let Some(chosen) = env::var_os("GRADPHOTO_PORTRAIT") {
        return Ok(chosen.into());
    }
    let portrait = cache()?.join("portrait.jpg");
    if !portrait.exists() {
        let folder = cache()?.join("pictures");
        fetch(&[ASTRONAUT], &folder, mirror)?;
        fs::write(&portrait, cut(&fs::read(folder.join(ASTRONAUT.name))?)?)?;
    }
    Ok(portrait)
}

/// The folder with the pictures of several people, fetched where they are not there yet.
pub(crate) fn groups(mirror: Option<&Path>) -> Result<PathBuf> {
    let folder = cache()?.join("pictures");
    fetch(&PEOPLE, &folder, mirror)?;
    Ok(folder)
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
