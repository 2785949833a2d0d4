//! Which colours the numbers of a file stand for. Source: `docs/sources.md#photo-colour-profiles`.

use super::conversion::Conversion;
use super::exif::{self, ExifColours};
use super::icc::{self, Profile};
use super::{Kind, jpeg, png};

/// Code points of a PNG's `cICP` chunk: primaries of sRGB and of Display P3, and the curve of sRGB. Source: ITU-T H.273.
const CICP: ([u8; 2], [u8; 2]) = ([1, 13], [12, 13]);

/// How the colours of this file become those of sRGB.
pub(crate) fn conversion(bytes: &[u8], kind: Kind) -> Conversion {
    match kind {
        Kind::Jpeg => of_jpeg(bytes),
        Kind::Png => of_png(bytes),
    }
}

fn of_profile(profile: Option<Vec<u8>>) -> Conversion {
    profile.map_or(Conversion::Unknown, |profile| {
        Conversion::of_profile(&profile)
    })
}

fn of_jpeg(bytes: &[u8]) -> Conversion {
    if jpeg::profile_segments(bytes).any(icc::is_part) {
        return of_profile(icc::joined(jpeg::profile_segments(bytes)));
    }
    match jpeg::exif(bytes).and_then(exif::colours) {
        Some(ExifColours::AdobeRgb) => Conversion::Profile(Box::new(Profile::adobe_rgb())),
        Some(ExifColours::Other) => Conversion::Unknown,
        Some(ExifColours::Srgb) | None => Conversion::None,
    }
}

fn of_png(bytes: &[u8]) -> Conversion {
    if let Some(code) = png::chunk_named(bytes, *b"cICP") {
        return match code.first_chunk() {
            Some(code) if *code == CICP.0 => Conversion::None,
            Some(code) if *code == CICP.1 => Conversion::DisplayP3,
            Some(_) | None => Conversion::Unknown,
        };
    }
    match png::chunk_named(bytes, *b"iCCP") {
        Some(chunk) => of_profile(png::profile(chunk)),
        None => Conversion::None,
    }
}
