//! The pictures that the photo engine is timed and tried on.

use std::error::Error;
use std::fs;
use std::path::Path;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::{self, FilterType};
use image::{Rgb, RgbImage};

type Done = Result<(), Box<dyn Error>>;

/// The part around the face in pixels of the 512×512 picture; 3:4.
const FACE: Part = Part {
    left: 106,
    top: 0,
    width: 240,
    height: 320,
};
/// As a phone would send it: width and height in pixels, JPEG quality.
const PORTRAIT: Size = Size {
    width: 900,
    height: 1200,
    quality: 92,
};
/// As from a camera, as the web app sends it, and as small as may be.
const SIZES: [Size; 3] = [
    Size {
        width: 3024,
        height: 4032,
        quality: 93,
    },
    Size {
        width: 1200,
        height: 1600,
        quality: 92,
    },
    Size {
        width: 480,
        height: 640,
        quality: 92,
    },
];

/// How far the noise of a sensor moves a sample, either way; without it a large JPEG would be too simple.
const NOISE: i16 = 5;

struct Part {
    left: u32,
    top: u32,
    width: u32,
    height: u32,
}

struct Size {
    width: u32,
    height: u32,
    quality: u8,
}

/// Cuts the face out and enlarges it.
pub(crate) fn portrait(from: &Path, to: &Path) -> Done {
    let face = image::open(from)?.crop_imm(FACE.left, FACE.top, FACE.width, FACE.height);
    let face = face.resize_exact(PORTRAIT.width, PORTRAIT.height, FilterType::CatmullRom);
    write(&face.into_rgb8(), PORTRAIT.quality, to)
}

/// Writes a portrait in every size, with a sensor's noise, as `WIDTHxHEIGHT.jpg`.
pub(crate) fn sizes(portrait: &Path, folder: &Path) -> Done {
    let portrait = image::open(portrait)?;
    for Size {
        width,
        height,
        quality,
    } in SIZES
    {
        let resized = portrait.resize_exact(width, height, FilterType::CatmullRom);
        let file = folder.join(format!("{width}x{height}.jpg"));
        write(&noisy(resized.into_rgb8()), quality, &file)?;
    }
    Ok(())
}

/// Writes `turned.jpg` and `nobody.jpg`.
pub(crate) fn odd(portrait: &Path, folder: &Path) -> Done {
    let small = image::open(portrait)?.resize_exact(480, 640, FilterType::CatmullRom);
    let mut turned = imageops::rotate180(&small.into_rgb8());
    for (place, sample) in turned.iter_mut().enumerate() {
        let noise = place.wrapping_mul(2_654_435_761) >> 13;
        *sample = sample.saturating_add(noise.to_le_bytes()[0] / 16);
    }
    let nobody = RgbImage::from_fn(600, 800, |x, y| {
        let [low, ..] = (x * y / 97 + x).to_le_bytes();
        Rgb([low, 255 - low, low / 2])
    });
    write(&turned, 75, &folder.join("turned.jpg"))?;
    write(&nobody, 75, &folder.join("nobody.jpg"))
}

fn write(picture: &RgbImage, quality: u8, to: &Path) -> Done {
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, quality).encode_image(picture)?;
    Ok(fs::write(to, jpeg)?)
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

#[cfg(test)]
mod tests {
    use image::DynamicImage;

    use super::*;

    #[test]
    fn the_portrait_has_the_size_of_a_phone_picture() {
        let folder = tempfile::tempdir().unwrap();
        let [from, to] = ["picture.png", "portrait.jpg"].map(|name| folder.path().join(name));
        DynamicImage::new_rgb8(512, 512).save(&from).unwrap();
        portrait(&from, &to).unwrap();
        let (width, height) = image::image_dimensions(&to).unwrap();
        assert_eq!((width, height), (PORTRAIT.width, PORTRAIT.height));
    }
}
