//! JPEG files to stored pixels, by the decoder that reads their layout rightly.

use std::hash::{DefaultHasher, Hasher};

use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;

use super::pixels::CHANNELS;
use crate::file::{Canonical, FileFacts, FileFault, Layout, MAX_SCANS};
use crate::pixel::Size;

/// Side of the squares in which pixels are coded, in pixels.
const BLOCK: usize = 8;
/// Side of the largest unit of a usual file, in which colours are sampled half as often, in pixels.
const UNIT: usize = 16;
/// How much two samples of repeated blocks may differ.
const REPEATED: i32 = 2;
/// Bytes that a decoder would only read where its own are missing. Other than zeros, which decoders make up.
const PADDING: [u8; 64] = [0xA5; 64];

/// The pixels of a JPEG file at its full size, `CHANNELS` bytes each.
///
/// # Errors
/// [`FileFault::Truncated`] where rows are missing; [`FileFault::Damaged`].
pub(super) fn whole(bytes: &[u8], facts: &FileFacts) -> Result<Vec<u8>, FileFault> {
    let file = Canonical::new(bytes)?;
    let size = facts.stored_size();
    match file.layout {
        Layout::Common => checked(file, Scale { size, unit: UNIT }, |file| common(file, size)),
        Layout::Rare => checked(file, Scale { size, unit: UNIT }, |file| rare(file, size)),
    }
}

/// The pixels at half the size; `None` where the decoder has no half of the file.
///
/// # Errors
/// As [`whole`].
#[cfg(not(target_family = "wasm"))]
pub(super) fn half(bytes: &[u8], facts: &FileFacts) -> Result<Option<Vec<u8>>, FileFault> {
    let file = Canonical::new(bytes)?;
    let size = facts.half_stored_size();
    // A rare layout can have its brightness sampled so coarsely that its half would be blurred.
    if file.layout == Layout::Rare || scaled(file.bytes(), size).is_none() {
        return Ok(None);
    }
    let unit = UNIT / 2;
    let decode = |file: &[u8]| pixels(scaled(file, size)?, size);
    checked(file, Scale { size, unit }, decode).map(Some)
}

/// The decoded size in pixels, and how large a unit of the file is in it.
#[derive(Clone, Copy)]
struct Scale {
    size: Size,
    unit: usize,
}

/// Decodes a file and makes sure that all of its rows came from its own data.
///
/// A decoder makes up what is missing, often without a word. So where the end marker is missing, the last layer may be
/// cut, or the last blocks repeat each other as made-up ones do, the file is decoded once more with other bytes behind
/// its data: pixels that change were not in the file.
fn checked(
    mut file: Canonical,
    scale: Scale,
    decode: impl Fn(&[u8]) -> Option<Vec<u8>>,
) -> Result<Vec<u8>, FileFault> {
    let fault = if file.has_end {
        FileFault::Damaged
    } else {
        FileFault::Truncated
    };
    // What fails is not begun again: that would cost as much once more, and more memory.
    let rgb = decode(file.bytes()).ok_or(fault)?;
    if file.has_end && !file.is_progressive && !ends_repeated(&rgb, scale) {
        return Ok(rgb);
    }
    // Only one of the two pictures is kept in memory at a time.
    let first = fingerprint(rgb);
    file.pad(&PADDING);
    let rgb = decode(file.bytes()).ok_or(FileFault::Truncated)?;
    if fingerprint(&rgb) == first {
        Ok(rgb)
    } else {
        Err(FileFault::Truncated)
    }
}

fn fingerprint(rgb: impl AsRef<[u8]>) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(rgb.as_ref());
    hasher.finish()
}

/// Whether the last block looks as the one a unit before it, but for its brightness.
fn ends_repeated(rgb: &[u8], scale: Scale) -> bool {
    let Size { width, height } = scale.size;
    let start = |length: usize| (length - 1) / scale.unit * scale.unit;
    let (left, top) = (start(width), start(height));
    let Some(before) = left.checked_sub(scale.unit) else {
        return true;
    };
    let block = BLOCK * scale.unit / UNIT;
    let (wide, high) = (block.min(width - left), block.min(height - top));
    let sample = |x: usize, y: usize, channel: usize| {
        i32::from(rgb[((top + y) * width + x) * CHANNELS + channel])
    };
    (0..CHANNELS).all(|channel| {
        let offset = sample(left, 0, channel) - sample(before, 0, channel);
        (0..high).all(|y| {
            (0..wide).all(|x| {
                let difference = sample(left + x, y, channel) - sample(before + x, y, channel);
                (difference - offset).abs() <= REPEATED
            })
        })
    })
}

/// Decodes a file of the common layout.
fn common(file: &[u8], size: Size) -> Option<Vec<u8>> {
    let options = DecoderOptions::default()
        .set_strict_mode(true)
        .set_max_width(size.width)
        .set_max_height(size.height)
        .jpeg_set_max_scans(MAX_SCANS)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(file), options);
    let rgb = decoder.decode().ok()?;
    let info = decoder.info()?;
    let given = Size {
        width: info.width.into(),
        height: info.height.into(),
    };
    (given == size && rgb.len() == size.pixels() * CHANNELS).then_some(rgb)
}

/// Decodes a file of any layout.
fn rare(file: &[u8], size: Size) -> Option<Vec<u8>> {
    pixels(jpeg_decoder::Decoder::new(file), size)
}

/// A decoder that has read the headers and gives this size; `None` where it gives another.
#[cfg(not(target_family = "wasm"))]
fn scaled(file: &[u8], size: Size) -> Option<jpeg_decoder::Decoder<&[u8]>> {
    let short = |length: usize| u16::try_from(length).ok();
    let mut decoder = jpeg_decoder::Decoder::new(file);
    let (width, height) = decoder
        .scale(short(size.width)?, short(size.height)?)
        .ok()?;
    let given = Size {
        width: width.into(),
        height: height.into(),
    };
    (given == size).then_some(decoder)
}

fn pixels(mut decoder: jpeg_decoder::Decoder<&[u8]>, size: Size) -> Option<Vec<u8>> {
    let samples = decoder.decode().ok()?;
    let rgb = match decoder.info()?.pixel_format {
        jpeg_decoder::PixelFormat::RGB24 => samples,
        jpeg_decoder::PixelFormat::L8 => {
            samples.iter().flat_map(|&grey| [grey; CHANNELS]).collect()
        }
        jpeg_decoder::PixelFormat::L16 | jpeg_decoder::PixelFormat::CMYK32 => return None,
    };
    (rgb.len() == size.pixels() * CHANNELS).then_some(rgb)
}
