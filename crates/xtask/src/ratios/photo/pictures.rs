//! The pictures that are measured: the test portrait as a camera, the web app and a scanner would send it.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;
use image::RgbImage;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;

use crate::pictures::portrait;
use crate::run::cache;

/// A picture and what stands for it in the table.
#[derive(Debug)]
pub(super) struct Picture {
    /// Its name.
    pub(super) name: &'static str,
    /// Where it lies.
    pub(super) file: PathBuf,
    /// How large the file is.
    pub(super) bytes: usize,
}

/// Name, width, height, JPEG quality.
const PICTURES: [(&str, u32, u32, u8); 3] = [
    ("12 megapixels, as from a camera", 3024, 4032, 93),
    ("long side 1600, as the web app sends it", 1200, 1600, 92),
    ("480×640", 480, 640, 92),
];

/// How far the noise of a sensor moves a sample, either way; without it a large JPEG would be too simple.
const NOISE: i16 = 5;

/// Makes them in the cache.
pub(super) fn make() -> Result<Vec<Picture>> {
    let folder = cache()?.join("ratios");
    fs::create_dir_all(&folder)?;
    let portrait = image::open(portrait(None)?)?;
    let make = |(name, width, height, quality): (&'static str, u32, u32, u8)| {
        let resized = portrait.resize_exact(width, height, FilterType::CatmullRom);
        let mut jpeg = Vec::new();
        JpegEncoder::new_with_quality(&mut jpeg, quality)
            .encode_image(&noisy(resized.into_rgb8()))?;
        let file = folder.join(format!("{width}x{height}.jpg"));
        fs::write(&file, &jpeg)?;
        let bytes = jpeg.len();
        Ok(Picture { name, file, bytes })
    };
    PICTURES.into_iter().map(make).collect()
}

/// The same noise every time, by the generator of Knuth's MMIX.
fn noisy(mut picture: RgbImage) -> RgbImage {
    let mut state: u64 = 1;
    for sample in picture.iter_mut() {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let random = i16::try_from(state >> 60).unwrap_or_default();
        let moved = i16::from(*sample) + random % (2 * NOISE + 1) - NOISE;
        *sample = u8::try_from(moved.clamp(0, 255)).unwrap_or(u8::MAX);
    }
    picture
}
