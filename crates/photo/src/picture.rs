//! A decoded picture: upright, 8 bits, RGB.

mod jpeg;
mod pixels;
mod png;

use crate::file::{FileFacts, FileFault, Kind, Limits, conversion, inspect};
use crate::gamut::to_srgb;
use crate::orientation::Orientation;
pub(crate) use pixels::CHANNELS;
pub use pixels::Picture;
use pixels::turned;

/// Decodes a JPEG or PNG file: checks the limits on its header, decodes, turns colours of other profiles into those of
/// sRGB, lays transparency over white, and turns the picture upright. Takes at most about twelve bytes of memory a
/// pixel, for a progressive file whose components have scans of their own, and the file's bytes once more; a file that may
/// be cut off is decoded twice, one picture after the other.
///
/// # Errors
/// As [`inspect`]; [`FileFault::Truncated`] where rows are missing, [`FileFault::Damaged`] where the decoder finds the
/// data wrong.
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Picture, FileFault> {
    whole(bytes, &inspect(bytes, limits)?)
}

/// The same of a file that was inspected.
pub(crate) fn whole(bytes: &[u8], facts: &FileFacts) -> Result<Picture, FileFault> {
    let mut rgb = match facts.kind {
        Kind::Jpeg => jpeg::whole(bytes, facts)?,
        Kind::Png => png::whole(bytes, facts)?,
    };
    to_srgb(&mut rgb, &conversion(bytes, facts.kind));
    Ok(upright(rgb, facts))
}

/// Decodes a large JPEG file at half its size, as [`decode`] does at its full size, in about half the time and a
/// quarter of the memory; of what has no half, the whole. [`measure`](crate::measure()) and [`frame`](crate::frame())
/// know both.
///
/// Only the server does this. Its numbers differ a little from those of the full size.
///
/// # Errors
/// As [`decode`].
#[cfg(not(target_family = "wasm"))]
pub fn decode_half(bytes: &[u8], limits: &Limits) -> Result<Picture, FileFault> {
    half(bytes, &inspect(bytes, limits)?)
}

/// The same of a file that was inspected.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn half(bytes: &[u8], facts: &FileFacts) -> Result<Picture, FileFault> {
    let half = match facts.kind {
        Kind::Jpeg => jpeg::half(bytes, facts)?,
        Kind::Png => None,
    };
    let Some(mut rgb) = half else {
        return whole(bytes, facts);
    };
    to_srgb(&mut rgb, &conversion(bytes, facts.kind));
    let (stored_width, stored_height) = half_of(facts.stored_width, facts.stored_height);
    let half = FileFacts {
        stored_width,
        stored_height,
        ..*facts
    };
    Ok(upright(rgb, &half))
}

/// Browsers decode the whole alone.
#[cfg(target_family = "wasm")]
pub(crate) use whole as half;

/// The size of half a picture, whose last row or column may stand for one.
pub(crate) fn half_of(width: u32, height: u32) -> (u32, u32) {
    (width.div_ceil(2), height.div_ceil(2))
}

fn upright(rgb: Vec<u8>, facts: &FileFacts) -> Picture {
    let (width, height) = (facts.width(), facts.height());
    if facts.orientation == Orientation::Upright {
        return Picture { width, height, rgb };
    }
    Picture {
        width,
        height,
        rgb: turned(&rgb, facts.stored_size(), facts.orientation),
    }
}
