//! Making a photo fit a profile: as it is where it fits, else encoded anew. Nothing is enlarged or stretched, and no
//! background is changed.

use bytes::Bytes;
use domain::delivery::{DeliveryFault, DeliverySettings, KILOBYTE, PhotoSize};
use photo::{Crop, Limits, Range, Rules};
use providers::keys::sha256;

/// The lowest quality of a JPEG. Source: docs/sources.md#photo-standard.
const QUALITY_MIN: u8 = 60;
/// The highest: above it a file grows without becoming better.
const QUALITY_MAX: u8 = 95;
/// Where a JPEG as we write it says its density.
const DENSITY: std::ops::Range<usize> = 14..16;

/// No demand on lines of the head.
const NOWHERE: Range = Range { min: 0, max: 0 };

/// What a photo must be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Demand {
    size: PhotoSize,
    min_bytes: u64,
    max_bytes: u64,
}

impl Demand {
    pub(super) fn new(size: PhotoSize, settings: &DeliverySettings) -> Self {
        let bytes = |kb: u32| u64::from(kb) * KILOBYTE;
        Self {
            size,
            min_bytes: settings.min_kb.map_or(0, bytes),
            max_bytes: settings.max_kb.map_or(u64::from(u32::MAX), bytes),
        }
    }
}

/// A photo that fits.
#[derive(Debug)]
pub(super) struct FittedPhoto {
    pub(super) jpeg: Bytes,
    pub(super) size: PhotoSize,
    pub(super) dpi: u16,
    pub(super) sha256: [u8; 32],
}

impl FittedPhoto {
    fn new(jpeg: Bytes, size: PhotoSize, dpi: u16) -> Self {
        let sha256 = sha256(&jpeg);
        Self {
            jpeg,
            size,
            dpi,
            sha256,
        }
    }
}

/// Makes a photo fit.
///
/// # Errors
/// Why it does not.
pub(super) fn fit(jpeg: Bytes, demand: &Demand) -> Result<FittedPhoto, DeliveryFault> {
    let facts = photo::inspect(&jpeg, &limits());
    let facts = facts.map_err(|_| DeliveryFault::PhotoPixels)?;
    let Some(dpi) = density(&jpeg) else {
        return Err(DeliveryFault::PhotoPixels);
    };
    let (width, height) = (u64::from(demand.size.width), u64::from(demand.size.height));
    let (own_width, own_height) = (
        u64::from(facts.stored_width),
        u64::from(facts.stored_height),
    );
    if own_width < width || own_height < height || own_width * height != own_height * width {
        return Err(DeliveryFault::PhotoPixels);
    }
    let fits = |length: usize| (demand.min_bytes..=demand.max_bytes).contains(&(length as u64));
    if own_width == width && fits(jpeg.len()) {
        return Ok(FittedPhoto::new(jpeg, demand.size, dpi));
    }
    encode(&jpeg, demand, dpi)
}

fn encode(jpeg: &[u8], demand: &Demand, dpi: u16) -> Result<FittedPhoto, DeliveryFault> {
    let picture = photo::decode(jpeg, &limits());
    let picture = picture.map_err(|_| DeliveryFault::PhotoPixels)?;
    let whole = Crop {
        x: 0,
        y: 0,
        width: picture.width,
        height: picture.height,
    };
    let soft = |bytes: u64| u32::try_from(bytes).unwrap_or(u32::MAX);
    let rules = Rules {
        width_px: demand.size.width,
        height_px: demand.size.height,
        dpi,
        quality_min: QUALITY_MIN,
        quality_max: QUALITY_MAX,
        bytes_soft_min: soft(demand.min_bytes),
        bytes_soft_max: soft(demand.max_bytes),
        // Where the head is was judged when the photo was submitted.
        head_top: NOWHERE,
        eye_line: NOWHERE,
        face_width: NOWHERE,
        off_centre_max: 0,
        ..Rules::default()
    };
    let framed = photo::frame(&picture, &whole, &rules);
    let framed = framed.map_err(|_| DeliveryFault::PhotoPixels)?;
    if framed.over_size {
        return Err(DeliveryFault::PhotoTooLarge);
    }
    if framed.under_size {
        return Err(DeliveryFault::PhotoTooSmall);
    }
    Ok(FittedPhoto::new(framed.jpeg.into(), demand.size, dpi))
}

/// A photo of ours may be smaller than what students may submit.
fn limits() -> Limits {
    Limits {
        min_width: 1,
        min_height: 1,
        ..Limits::default()
    }
}

/// The density of a JPEG that begins as ours do, in dots per inch.
fn density(jpeg: &[u8]) -> Option<u16> {
    let bytes = jpeg.get(DENSITY)?;
    Some(u16::from_be_bytes([*bytes.first()?, *bytes.get(1)?]))
}

#[cfg(test)]
mod tests {
    use photo::Picture;

    use super::*;

    /// Noise, so that its file is large, or one colour, so that it is small.
    fn jpeg(rules: &Rules, is_noisy: bool) -> Bytes {
        let mut state = 7_u32;
        let pixels = (0..480 * 640 * 3).map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            if is_noisy { (state >> 24) as u8 } else { 200 }
        });
        let picture = Picture {
            width: 480,
            height: 640,
            rgb: pixels.collect(),
        };
        let whole = Crop {
            x: 0,
            y: 0,
            width: 480,
            height: 640,
        };
        photo::frame(&picture, &whole, rules).unwrap().jpeg.into()
    }

    fn demand(min_kb: u64, max_kb: u64) -> Demand {
        Demand {
            size: PhotoSize {
                width: 480,
                height: 640,
            },
            min_bytes: min_kb * KILOBYTE,
            max_bytes: max_kb * KILOBYTE,
        }
    }

    #[test]
    fn a_photo_that_fits_stays_as_it_is_and_one_that_cannot_fit_is_refused() {
        let large = Rules {
            bytes_soft_max: u32::MAX,
            ..Rules::default()
        };
        let noisy = jpeg(&large, true);
        let kb = noisy.len() as u64 / KILOBYTE;
        let same = fit(noisy.clone(), &demand(1, kb + 1)).unwrap();
        assert_eq!((same.jpeg, same.dpi), (noisy.clone(), 300));
        let smaller = fit(noisy.clone(), &demand(1, kb * 2 / 3)).unwrap();
        assert!(smaller.jpeg.len() as u64 <= kb * 2 / 3 * KILOBYTE);
        assert_eq!(density(&smaller.jpeg), Some(300));
        let refused = |jpeg: &Bytes, demand: &Demand| fit(jpeg.clone(), demand).unwrap_err();
        assert_eq!(
            refused(&noisy, &demand(1, 20)),
            DeliveryFault::PhotoTooLarge
        );
        let plain = jpeg(&large, false);
        assert_eq!(
            refused(&plain, &demand(50, 100)),
            DeliveryFault::PhotoTooSmall
        );
        let enlarged = Demand {
            size: PhotoSize {
                width: 600,
                height: 800,
            },
            ..demand(1, 4_000)
        };
        assert_eq!(refused(&noisy, &enlarged), DeliveryFault::PhotoPixels);
        let stretched = Demand {
            size: PhotoSize {
                width: 480,
                height: 600,
            },
            ..demand(1, 4_000)
        };
        assert_eq!(refused(&noisy, &stretched), DeliveryFault::PhotoPixels);
        let reduced = Demand {
            size: PhotoSize {
                width: 240,
                height: 320,
            },
            ..demand(1, 4_000)
        };
        let reduced = fit(noisy, &reduced).unwrap();
        let facts = photo::inspect(&reduced.jpeg, &limits()).unwrap();
        assert_eq!((facts.stored_width, facts.stored_height), (240, 320));
    }
}
