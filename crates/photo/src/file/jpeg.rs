//! A walk over the markers of a JPEG file. Source: ITU-T T.81, `docs/sources.md#photo-jpeg-markers`.

use super::{Colour, FileFault, FileType, Header, exif, icc};

const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;
const TEM: u8 = 0x01;
const PROGRESSIVE: u8 = 0xC2;
const DQT: u8 = 0xDB;
const APP1: u8 = 0xE1;
const APP2: u8 = 0xE2;

/// Scans a file may have, each of which costs a pass over the whole picture. A progressive file of the usual encoders has
/// about ten; a hostile one has as many as it can. Source: `docs/sources.md#photo-upload-limits`.
pub(crate) const MAX_SCANS: usize = 16;
/// Pixels of a picture that comes in layers, of which a decoder keeps all coefficients: up to six bytes a pixel beside the
/// three of the picture. Source: `docs/sources.md#photo-upload-limits`.
const MAX_LAYERED_PIXELS: u64 = 13_000_000;

/// Reads up to and with the frame header.
pub(super) fn header(bytes: &[u8]) -> Result<Header, FileFault> {
    let mut at = 2;
    let mut orientation = None;
    loop {
        let (marker, after) = next_marker(bytes, at).ok_or(FileFault::Truncated)?;
        at = match marker {
            SOI | TEM => after,
            EOI | SOS => return Err(FileFault::Damaged),
            _ => {
                let (payload, next) = segment(bytes, after)?;
                if is_frame(marker) {
                    let header = frame_header(marker, payload, next)?;
                    return Ok(Header {
                        orientation: orientation.unwrap_or_default(),
                        ..header
                    });
                }
                if marker == APP1 && orientation.is_none() {
                    orientation = payload
                        .strip_prefix(b"Exif\0\0")
                        .and_then(exif::orientation);
                }
                next
            }
        };
    }
}

/// Walks the rest of the file behind its header; returns where the picture ends, just after its EOI marker. A decoder
/// fills the missing part of a cut file with grey and says nothing, so this walk is what notices.
pub(super) fn end(bytes: &[u8], header: &Header) -> Result<usize, FileFault> {
    let (mut at, mut scans, mut is_layered) = (header.next, 0, header.is_progressive);
    loop {
        let (marker, after) = next_marker(bytes, at).ok_or(FileFault::Truncated)?;
        at = match marker {
            EOI if scans > 0 => return Ok(after),
            SOI | TEM => after,
            // A second frame header could promise the decoder another size than the one that was checked.
            EOI => return Err(FileFault::Damaged),
            _ if is_frame(marker) => return Err(FileFault::Damaged),
            SOS => {
                let (payload, next) = segment(bytes, after)?;
                scans += 1;
                is_layered |= payload.first() != Some(&components(header.colour));
                check_scans(header, scans, is_layered)?;
                next
            }
            _ => segment(bytes, after)?.1,
        };
    }
}

fn check_scans(header: &Header, scans: usize, is_layered: bool) -> Result<(), FileFault> {
    let (width, height) = (header.width, header.height);
    let is_large = u64::from(width) * u64::from(height) > MAX_LAYERED_PIXELS;
    match is_layered {
        true if is_large || scans > MAX_SCANS => Err(FileFault::Progressive {
            width,
            height,
            max: MAX_LAYERED_PIXELS,
            max_scans: MAX_SCANS,
        }),
        false if scans > MAX_SCANS => Err(FileFault::Damaged),
        true | false => Ok(()),
    }
}

/// How many components a pixel of an accepted file has.
fn components(colour: Colour) -> u8 {
    match colour {
        Colour::Grey => 1,
        Colour::Rgb => 3,
    }
}

/// The next marker from `at` on and the place after it. What lies before is skipped: the coded data of a scan with its
/// stuffed zeros and restart markers, fill bytes, and the stray bytes that some cameras leave.
fn next_marker(bytes: &[u8], mut at: usize) -> Option<(u8, usize)> {
    loop {
        at += bytes.get(at..)?.iter().position(|&byte| byte == 0xFF)? + 1;
        match *bytes.get(at)? {
            0x00 | 0xFF | 0xD0..=0xD7 => {}
            marker => return Some((marker, at + 1)),
        }
    }
}

/// The payload of the segment whose length stands at `at`, and the place after it.
fn segment(bytes: &[u8], at: usize) -> Result<(&[u8], usize), FileFault> {
    let length = bytes
        .get(at..)
        .and_then(|rest| rest.first_chunk())
        .ok_or(FileFault::Truncated)?;
    let next = at + usize::from(u16::from_be_bytes(*length));
    if next < at + 2 {
        return Err(FileFault::Damaged);
    }
    Ok((bytes.get(at + 2..next).ok_or(FileFault::Truncated)?, next))
}

/// Whether the marker begins a frame: `SOF0` to `SOF15`, among which stand DHT, JPG and DAC.
fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC)
}

fn frame_header(marker: u8, payload: &[u8], next: usize) -> Result<Header, FileFault> {
    let &[bits_per_sample, y1, y0, x1, x0, components] =
        payload.first_chunk().ok_or(FileFault::Damaged)?;
    let is_common = matches!(marker, 0xC0..=0xC2) && bits_per_sample == 8;
    if !is_common {
        return Err(FileFault::UnsupportedImage {
            found: FileType::RareJpeg,
        });
    }
    let colour = match components {
        1 => Colour::Grey,
        3 => Colour::Rgb,
        4 => return Err(FileFault::Cmyk),
        _ => return Err(FileFault::Damaged),
    };
    Ok(Header {
        width: u32::from(u16::from_be_bytes([x1, x0])),
        height: u32::from(u16::from_be_bytes([y1, y0])),
        orientation: crate::Orientation::default(),
        colour,
        bits_per_sample,
        is_progressive: marker == PROGRESSIVE,
        next,
    })
}

/// The brightness table of Annex K for quality 50, in no order. Source: ITU-T T.81, table K.1.
const STANDARD: [u32; 64] = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113,
    92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];

/// The quality whose table sums up to nearly what the file's first table does; `None` where the file has none.
pub(super) fn quality(bytes: &[u8]) -> Option<u8> {
    let sum = first_table(bytes)?;
    (1..=100).min_by_key(|&quality| table_sum(quality).abs_diff(sum))
}

/// What the values of the table with index 0 add up to, the last one before the first scan.
fn first_table(bytes: &[u8]) -> Option<u32> {
    let tables = segments(bytes).filter(|(marker, _)| *marker == DQT);
    tables.filter_map(|(_, tables)| brightness(tables)).last()
}

/// Whether the file says that its colours are those of Display P3.
pub(crate) fn is_display_p3(bytes: &[u8]) -> bool {
    let profiles = segments(bytes).filter(|(marker, _)| *marker == APP2);
    icc::is_display_p3(profiles.map(|(_, payload)| payload))
}

/// The segments before the first scan: markers and payloads.
fn segments(bytes: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    let mut at = 2;
    std::iter::from_fn(move || {
        loop {
            let (marker, after) = next_marker(bytes, at)?;
            match marker {
                SOI | TEM => at = after,
                SOS | EOI => return None,
                _ => {
                    let (payload, next) = segment(bytes, after).ok()?;
                    at = next;
                    return Some((marker, payload));
                }
            }
        }
    })
}

/// The sum of the table with index 0 in a segment of one or more tables.
fn brightness(mut tables: &[u8]) -> Option<u32> {
    while let Some((&kind, rest)) = tables.split_first() {
        let bytes = if kind >> 4 == 0 { 64 } else { 128 };
        let table = rest.get(..bytes)?;
        if kind.trailing_zeros() >= 4 {
            let one = |values: &[u8]| {
                values
                    .iter()
                    .fold(0, |value, &byte| value << 8 | u32::from(byte))
            };
            return Some(table.chunks(bytes / 64).map(one).sum());
        }
        tables = &rest[bytes..];
    }
    None
}

/// The sum of the standard's table as the Independent JPEG Group scales it to a quality.
fn table_sum(quality: u8) -> u32 {
    let quality = u32::from(quality);
    let percent = if quality < 50 {
        5_000 / quality
    } else {
        200 - 2 * quality
    };
    let scaled = STANDARD.map(|value| ((value * percent + 50) / 100).clamp(1, 255));
    scaled.iter().sum()
}
