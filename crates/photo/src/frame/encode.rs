//! Encoding to JPEG.

use jpeg_encoder::{
    ChromaSubsamplingMethod, ColorType, Encoder, EncodingError, PixelDensity, SamplingFactor,
};

use super::FrameError;
use crate::picture::Picture;
use crate::rules::Rules;

/// The file of the highest quality that keeps to the size rule, found by halving, for files grow with quality; the
/// file of the lowest quality where none does.
pub(super) fn best(picture: &Picture, rules: &Rules) -> Result<(Vec<u8>, u8), FrameError> {
    let fits = |jpeg: &[u8]| jpeg.len() <= rules.bytes_soft_max as usize;
    let (mut low, mut high) = (rules.quality_min, rules.quality_max);
    let mut best = encode(picture, low, rules.dpi)?;
    if !fits(&best) {
        return Ok((best, low));
    }
    while low < high {
        let middle = low + (high - low).div_ceil(2);
        let jpeg = encode(picture, middle, rules.dpi)?;
        if fits(&jpeg) {
            (best, low) = (jpeg, middle);
        } else {
            high = middle - 1;
        }
    }
    Ok((best, low))
}

/// One JPEG file: baseline, 4:2:0, which lets the quality be highest at a given size
/// (`docs/sources.md#photo-subsampling`), one interleaved scan, which every reader knows, and a JFIF density in dpi.
pub(super) fn encode(picture: &Picture, quality: u8, dpi: u16) -> Result<Vec<u8>, FrameError> {
    let side = |length: u32| {
        u16::try_from(length).map_err(|_| {
            let length = picture.rgb.len();
            FrameError::Encode(EncodingError::BadImageData {
                length,
                required: length,
            })
        })
    };
    let (width, height) = (side(picture.width)?, side(picture.height)?);
    let mut jpeg = Vec::new();
    let mut encoder = Encoder::new(&mut jpeg, quality);
    encoder.set_density(PixelDensity::dpi(dpi));
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    encoder
        .encode(&picture.rgb, width, height, ColorType::Rgb)
        .map_err(FrameError::Encode)?;
    Ok(jpeg)
}
