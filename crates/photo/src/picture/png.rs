//! PNG files to stored pixels.

use std::io::Cursor;

use super::pixels::CHANNELS;
use crate::file::{FileFacts, FileFault};
use crate::pixel::Size;

/// The last chunk of a file.
const IEND: [u8; 12] = *b"\0\0\0\0IEND\xAE\x42\x60\x82";

/// The pixels of a PNG file, `CHANNELS` bytes each.
///
/// # Errors
/// [`FileFault::Truncated`] where rows are missing; [`FileFault::Damaged`].
pub(super) fn whole(bytes: &[u8], facts: &FileFacts) -> Result<Vec<u8>, FileFault> {
    let end = bytes.len() - usize::try_from(facts.trailing_bytes).unwrap_or(0);
    let picture = bytes.get(..end).ok_or(FileFault::Damaged)?;
    if picture.ends_with(&IEND) {
        return pixels(picture, facts).ok_or(FileFault::Damaged);
    }
    // The decoder wants the chunk that is missing.
    pixels(&[picture, &IEND].concat(), facts).ok_or(FileFault::Truncated)
}

fn pixels(bytes: &[u8], facts: &FileFacts) -> Option<Vec<u8>> {
    let Size { width, height } = facts.stored_size();
    let length = width * height * CHANNELS;
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
        let mut rgb = Vec::with_capacity(length);
        while let Some(row) = reader.next_row().ok()? {
            append_rgb(&mut rgb, row.data(), colour)?;
        }
        rgb
    };
    (rgb.len() == length).then_some(rgb)
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
