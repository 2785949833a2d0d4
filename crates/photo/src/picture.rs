//! A decoded picture: upright, 8 bits, RGB.

use std::io::Cursor;

use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;

use crate::file::{FileFacts, FileFault, Kind, Limits, MAX_SCANS, inspect, is_display_p3};
use crate::gamut::to_srgb;
use crate::orientation::Orientation;

/// Samples of a pixel.
pub(crate) const CHANNELS: usize = 3;

/// An upright picture.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Red, green, blue of each pixel, row by row from the top left; `width * height * 3` bytes.
    pub rgb: Vec<u8>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Picture({}×{})", self.width, self.height)
    }
}

impl Picture {
    /// The picture after this turn.
    pub(crate) fn turned(&self, orientation: Orientation) -> Self {
        let (width, height) = if orientation.swaps_sides() {
            (self.height, self.width)
        } else {
            (self.width, self.height)
        };
        let stored = (self.width as usize, self.height as usize);
        Self {
            width,
            height,
            rgb: turned(&self.rgb, stored, orientation),
        }
    }
}

/// Decodes a JPEG or PNG file: checks the limits on its header, decodes, turns the colours of Display P3 in a JPEG into
/// those of sRGB, lays transparency over white, and turns the picture upright. Takes at most about nine bytes of memory
/// a pixel, twice the result and the decoder's own.
///
/// # Errors
/// As [`inspect`]; [`FileFault::Damaged`] where the decoder finds the data wrong.
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Picture, FileFault> {
    whole(bytes, &inspect(bytes, limits)?)
}

/// The same of a file that was inspected.
pub(crate) fn whole(bytes: &[u8], facts: &FileFacts) -> Result<Picture, FileFault> {
    let rgb = match facts.kind {
        Kind::Jpeg => decode_jpeg(bytes, facts),
        Kind::Png => decode_png(bytes, facts),
    };
    // Both decoders only fail on data that contradicts itself, for the end of the file was seen.
    let rgb = rgb.ok_or(FileFault::Damaged)?;
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
    match half_decoder(bytes, facts) {
        // What fails late is not begun again: that would cost as much once more, and more memory.
        Some(decoder) => decode_jpeg_half(bytes, decoder, facts).ok_or(FileFault::Damaged),
        None => whole(bytes, facts),
    }
}

/// Browsers decode the whole alone.
#[cfg(target_family = "wasm")]
pub(crate) use whole as half;

/// The size of half a picture, whose last row or column may stand for one.
pub(crate) fn half_of(width: u32, height: u32) -> (u32, u32) {
    (width.div_ceil(2), height.div_ceil(2))
}

/// A decoder that has read the header and gives the half; `None` where there is none.
#[cfg(not(target_family = "wasm"))]
fn half_decoder<'a>(bytes: &'a [u8], facts: &FileFacts) -> Option<jpeg_decoder::Decoder<&'a [u8]>> {
    if facts.kind != Kind::Jpeg {
        return None;
    }
    let (width, height) = half_of(facts.stored_width, facts.stored_height);
    let side = |length: u32| u16::try_from(length).ok();
    let half = (side(width)?, side(height)?);
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    (decoder.scale(half.0, half.1).ok()? == half).then_some(decoder)
}

#[cfg(not(target_family = "wasm"))]
fn decode_jpeg_half(
    bytes: &[u8],
    mut decoder: jpeg_decoder::Decoder<&[u8]>,
    facts: &FileFacts,
) -> Option<Picture> {
    let samples = decoder.decode().ok()?;
    let mut rgb = match decoder.info()?.pixel_format {
        jpeg_decoder::PixelFormat::RGB24 => samples,
        jpeg_decoder::PixelFormat::L8 => {
            samples.iter().flat_map(|&grey| [grey; CHANNELS]).collect()
        }
        jpeg_decoder::PixelFormat::L16 | jpeg_decoder::PixelFormat::CMYK32 => return None,
    };
    if is_display_p3(bytes) {
        to_srgb(&mut rgb);
    }
    let (stored_width, stored_height) = half_of(facts.stored_width, facts.stored_height);
    let half = FileFacts {
        stored_width,
        stored_height,
        ..*facts
    };
    (Some(rgb.len()) == stored_bytes(&half)).then(|| upright(rgb, &half))
}

/// Bytes of the picture as stored.
fn stored_bytes(facts: &FileFacts) -> Option<usize> {
    let (width, height) = stored_size(facts);
    width.checked_mul(height)?.checked_mul(CHANNELS)
}

fn stored_size(facts: &FileFacts) -> (usize, usize) {
    (facts.stored_width as usize, facts.stored_height as usize)
}

fn decode_jpeg(bytes: &[u8], facts: &FileFacts) -> Option<Vec<u8>> {
    let (width, height) = stored_size(facts);
    let options = DecoderOptions::default()
        .set_strict_mode(true)
        .set_max_width(width)
        .set_max_height(height)
        .jpeg_set_max_scans(MAX_SCANS)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let mut rgb = decoder.decode().ok()?;
    if is_display_p3(bytes) {
        to_srgb(&mut rgb);
    }
    (decoder
        .info()
        .map(|info| (usize::from(info.width), usize::from(info.height)))
        == Some((width, height))
        && Some(rgb.len()) == stored_bytes(facts))
    .then_some(rgb)
}

fn decode_png(bytes: &[u8], facts: &FileFacts) -> Option<Vec<u8>> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().ok()?;
    let (info, colour) = (reader.info(), reader.output_color_type().0);
    if (info.width, info.height) != (facts.stored_width, facts.stored_height) {
        return None;
    }
    let rgb = if info.interlaced {
        decode_interlaced(&mut reader, colour)?
    } else {
        let mut rgb = Vec::with_capacity(stored_bytes(facts)?);
        while let Some(row) = reader.next_row().ok()? {
            append_rgb(&mut rgb, row.data(), colour)?;
        }
        rgb
    };
    (Some(rgb.len()) == stored_bytes(facts)).then_some(rgb)
}

/// An interlaced PNG, whose rows do not come in order: it is decoded whole and then turned into RGB. Takes at most five
/// bytes of memory a pixel.
fn decode_interlaced(
    reader: &mut png::Reader<Cursor<&[u8]>>,
    colour: png::ColorType,
) -> Option<Vec<u8>> {
    let mut samples = vec![0; reader.output_buffer_size()?];
    let output = reader.next_frame(&mut samples).ok()?;
    samples.truncate(output.buffer_size());
    match colour {
        png::ColorType::Rgb => Some(samples),
        png::ColorType::Rgba => {
            drop_alpha(&mut samples);
            Some(samples)
        }
        png::ColorType::Grayscale | png::ColorType::GrayscaleAlpha | png::ColorType::Indexed => {
            let mut rgb = Vec::new();
            append_rgb(&mut rgb, &samples, colour)?;
            Some(rgb)
        }
    }
}

/// Appends decoded samples of 8 bits as RGB over white; `None` for a palette, which the decoder's transformations
/// resolve.
fn append_rgb(rgb: &mut Vec<u8>, samples: &[u8], colour: png::ColorType) -> Option<()> {
    match colour {
        png::ColorType::Rgb => rgb.extend_from_slice(samples),
        png::ColorType::Grayscale => {
            rgb.reserve_exact(samples.len() * CHANNELS);
            rgb.extend(samples.iter().flat_map(|&grey| [grey; CHANNELS]));
        }
        png::ColorType::GrayscaleAlpha => {
            rgb.reserve_exact(samples.len() / 2 * CHANNELS);
            let pixels = samples.chunks_exact(2);
            rgb.extend(pixels.flat_map(|pixel| [over_white(pixel[0], pixel[1]); CHANNELS]));
        }
        png::ColorType::Rgba => {
            rgb.reserve_exact(samples.len() / 4 * CHANNELS);
            let pixels = samples.chunks_exact(4);
            let colours = |pixel: &[u8]| [0, 1, 2].map(|at| over_white(pixel[at], pixel[3]));
            rgb.extend(pixels.flat_map(colours));
        }
        png::ColorType::Indexed => return None,
    }
    Some(())
}

/// Turns RGBA into RGB over white, in place.
fn drop_alpha(samples: &mut Vec<u8>) {
    let pixels = samples.len() / 4;
    for pixel in 0..pixels {
        let alpha = samples[pixel * 4 + 3];
        for channel in 0..CHANNELS {
            samples[pixel * CHANNELS + channel] = over_white(samples[pixel * 4 + channel], alpha);
        }
    }
    samples.truncate(pixels * CHANNELS);
}

/// The sample as it looks on white paper.
fn over_white(sample: u8, alpha: u8) -> u8 {
    let (sample, alpha) = (u32::from(sample), u32::from(alpha));
    let mixed = (sample * alpha + 255 * (255 - alpha) + 127) / 255;
    u8::try_from(mixed).unwrap_or(u8::MAX)
}

fn upright(rgb: Vec<u8>, facts: &FileFacts) -> Picture {
    let (width, height) = (facts.width(), facts.height());
    if facts.orientation == Orientation::Upright {
        return Picture { width, height, rgb };
    }
    Picture {
        width,
        height,
        rgb: turned(&rgb, stored_size(facts), facts.orientation),
    }
}

/// The pixels turned upright, square by square, since a column of the stored picture is spread over all memory.
fn turned(rgb: &[u8], stored: (usize, usize), orientation: Orientation) -> Vec<u8> {
    /// Pixels of a square's side; two squares fit a core's nearest cache.
    const SIDE: usize = 32;
    let (width, height) = if orientation.swaps_sides() {
        (stored.1, stored.0)
    } else {
        stored
    };
    let mut turned = vec![0; rgb.len()];
    for top in (0..height).step_by(SIDE) {
        for left in (0..width).step_by(SIDE) {
            let right = width.min(left + SIDE);
            for y in top..height.min(top + SIDE) {
                let row =
                    &mut turned[(y * width + left) * CHANNELS..(y * width + right) * CHANNELS];
                for (x, pixel) in (left..right).zip(row.chunks_exact_mut(CHANNELS)) {
                    let (stored_x, stored_y) = orientation.stored_at((x, y), stored);
                    let at = (stored_y * stored.0 + stored_x) * CHANNELS;
                    pixel.copy_from_slice(&rgb[at..at + CHANNELS]);
                }
            }
        }
    }
    turned
}
