//! From a part of a picture to the photo that is handed over.

mod auto;
mod crop;
mod encode;
mod jpeg;

use crate::finding::{Allowed, Finding, Severity, Unit};
use crate::picture::Picture;
use crate::reason::Reason;
use crate::resample::resample;
use crate::rules::{Rules, RulesError};
pub use auto::{AutoCrop, Missing, auto_crop};
pub use crop::{Crop, MIN_CROP_HEIGHT_PX, MIN_CROP_WIDTH_PX};
use jpeg::Coefficients;

/// JPEG quality of thumbnails.
const THUMBNAIL_QUALITY: u8 = 80;
/// Density of thumbnails; screens ignore it.
const THUMBNAIL_DPI: u16 = 96;

/// The photo as it is handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Framed {
    /// The JPEG file: JFIF with its density, and no other metadata.
    pub jpeg: Vec<u8>,
    /// Its pixels before they were encoded, for a thumbnail.
    pub picture: Picture,
    /// Width in pixels, as the rules say.
    pub width: u32,
    /// Height in pixels, as the rules say.
    pub height: u32,
    /// JPEG quality, as the IJG scale counts it.
    pub quality: u8,
    /// Whether it is larger than [`Rules::bytes_soft_max`] even at the lowest quality.
    pub over_size: bool,
    /// Whether it is smaller than [`Rules::bytes_soft_min`] even at the highest quality.
    pub under_size: bool,
}

impl Framed {
    /// That the result has more or fewer bytes than the rules call normal. "Normally", so that it only warns.
    pub fn finding(&self, rules: &Rules) -> Option<Finding> {
        (self.over_size || self.under_size).then(|| Finding {
            code: Reason::ResultSize,
            severity: Severity::Warn,
            measured: i64::try_from(self.jpeg.len()).ok(),
            allowed: Some(Allowed {
                min: Some(i64::from(rules.bytes_soft_min)),
                max: Some(i64::from(rules.bytes_soft_max)),
            }),
            unit: Unit::Bytes,
        })
    }
}

/// Why a picture could not be framed.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// The crop is empty or not inside the picture.
    #[error("the crop {crop:?} is not inside a picture of {width}×{height}")]
    Crop {
        /// The crop.
        crop: Crop,
        /// Width of the picture.
        width: u32,
        /// Height of the picture.
        height: u32,
    },
    /// The rules cannot be kept.
    #[error(transparent)]
    Rules(#[from] RulesError),
}

/// Cuts the crop out, resizes it and encodes it at the highest quality that fits the size rule. A crop that is not
/// exactly 3:4 loses up to a few columns or rows rather than being distorted.
///
/// # Errors
/// [`FrameError`]; none for a crop made by [`Crop::clamp`] and rules that pass [`Rules::check`].
pub fn frame(picture: &Picture, crop: &Crop, rules: &Rules) -> Result<Framed, FrameError> {
    rules.check()?;
    let part = crop.trimmed();
    if part.width == 0 || !crop.is_inside(picture.width, picture.height) {
        return Err(FrameError::Crop {
            crop: *crop,
            width: picture.width,
            height: picture.height,
        });
    }
    let (width, height) = (u32::from(rules.width_px), u32::from(rules.height_px));
    let resized = resample(picture, part, width, height);
    let (jpeg, quality) = encode::best(&resized, rules);
    Ok(Framed {
        over_size: jpeg.len() > rules.bytes_soft_max as usize,
        under_size: jpeg.len() < rules.bytes_soft_min as usize,
        jpeg,
        picture: resized,
        width,
        height,
        quality,
    })
}

/// A JPEG of the whole picture for lists, no side longer than `max_side` pixels and never enlarged.
///
/// # Errors
/// [`FrameError::Crop`] where the picture or `max_side` is 0.
pub fn thumbnail(picture: &Picture, max_side: u16) -> Result<Vec<u8>, FrameError> {
    shrink(picture, max_side, THUMBNAIL_QUALITY)
}

/// A JPEG of the whole picture at a quality of 1 to 100, no side longer than `max_side` pixels and never enlarged.
///
/// # Errors
/// [`FrameError::Crop`] where the picture or `max_side` is 0.
pub fn shrink(picture: &Picture, max_side: u16, quality: u8) -> Result<Vec<u8>, FrameError> {
    let (width, height) = (picture.width, picture.height);
    let whole = Crop {
        x: 0,
        y: 0,
        width,
        height,
    };
    if width == 0 || height == 0 || max_side == 0 {
        return Err(FrameError::Crop {
            crop: whole,
            width,
            height,
        });
    }
    let longest = u64::from(width.max(height));
    let allowed = longest.min(u64::from(max_side));
    let shrunk = |side: u32| {
        let length = (u64::from(side) * allowed / longest).max(1);
        u32::try_from(length).unwrap_or(u32::from(max_side))
    };
    let small = resample(picture, whole, shrunk(width), shrunk(height));
    Ok(Coefficients::of(&small).file(quality, THUMBNAIL_DPI))
}
