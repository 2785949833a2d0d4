//! Encoding to JPEG.

use jpeg_encoder::{
    ChromaSubsamplingMethod, ColorType, Encoder, EncodingError, PixelDensity, SamplingFactor,
};

use super::FrameError;
use crate::picture::Picture;
use crate::rules::Rules;

/// Where the search begins: portraits mostly end near it (`docs/sources.md#photo-subsampling`).
const FIRST_QUALITY: u8 = 86;
/// By how much files grow with one step of quality there, as a part of their size: a 28th.
const STEPS_TO_DOUBLE: usize = 28;

/// The file of the highest quality that keeps to the size rule, for files grow with quality; the file of the lowest
/// quality where none does. Each try is placed where the sizes seen so far say that the limit lies.
pub(super) fn best(picture: &Picture, rules: &Rules) -> Result<(Vec<u8>, u8), FrameError> {
    let limit = rules.bytes_soft_max as usize;
    let (mut fitting, mut too_large) = (None::<(Vec<u8>, u8)>, None::<(usize, u8)>);
    let mut quality = FIRST_QUALITY.clamp(rules.quality_min, rules.quality_max);
    loop {
        let jpeg = encode(picture, quality, rules.dpi)?;
        if jpeg.len() <= limit {
            fitting = Some((jpeg, quality));
        } else if quality == rules.quality_min {
            return Ok((jpeg, quality));
        } else {
            too_large = Some((jpeg.len(), quality));
        }
        let low = fitting
            .as_ref()
            .map(|(jpeg, quality)| (jpeg.len(), *quality));
        match next_quality(limit, low, too_large, rules) {
            Some(next) => quality = next,
            None => match fitting {
                Some(best) => return Ok(best),
                None => quality = rules.quality_min,
            },
        }
    }
}

/// The quality to try next; `None` where the best is known. Both ends are sizes in bytes and their qualities.
fn next_quality(
    limit: usize,
    fitting: Option<(usize, u8)>,
    too_large: Option<(usize, u8)>,
    rules: &Rules,
) -> Option<u8> {
    let steps = |steps: usize| u8::try_from(steps).unwrap_or(u8::MAX);
    let (low, high) = match (fitting, too_large) {
        (Some((_, low)), Some((_, high))) => (low + 1, high - 1),
        (Some((_, low)), None) => (low + 1, rules.quality_max),
        (None, Some((_, high))) => (rules.quality_min, high - 1),
        (None, None) => return Some(rules.quality_min),
    };
    let guess = match (fitting, too_large) {
        (Some((small, low)), Some((large, high))) => {
            let part = usize::from(high - low) * (limit - small) / (large - small).max(1);
            low.saturating_add(steps(part))
        }
        (Some((small, low)), None) => {
            low.saturating_add(steps((limit - small) * STEPS_TO_DOUBLE / small.max(1)))
        }
        (None, Some((large, high))) => {
            high.saturating_sub(steps((large - limit) * STEPS_TO_DOUBLE / large))
        }
        (None, None) => low,
    };
    (low <= high).then(|| guess.clamp(low, high))
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
