//! A walk over the markers of a JPEG file. Source: ITU-T T.81, `docs/sources.md#photo-jpeg-markers`.

mod canonical;
mod strip;

pub(crate) use canonical::{Canonical, Layout};
pub(super) use strip::strip;

use super::{Colour, FileFault, FileType, Header, exif};

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

/// Pixels of a picture without an end marker. That all its rows are there shows only when it is decoded, twice: a larger
/// one is refused at once, so that files that are refused stay cheap. Source: `docs/sources.md#photo-upload-limits`.
const MAX_UNENDED_PIXELS: u64 = 13_000_000;

/// Reads the headers before the first scan: size, colours, and the orientation, which browsers also take from an EXIF
/// block that stands behind the frame header.
pub(super) fn header(bytes: &[u8]) -> Result<Header, FileFault> {
    let mut parts = Parts::new(bytes, 2);
    let mut orientation = None;
    let mut header: Option<Header> = None;
    loop {
        match (parts.next_part(), &header) {
            (Ok(Part::Segment { marker, payload }), None) if is_frame(marker) => {
                header = Some(frame_header(marker, payload, parts.at)?);
            }
            (Ok(Part::Segment { marker, payload }), _) => {
                if marker == APP1 && orientation.is_none() {
                    orientation = exif_block(payload).and_then(exif::orientation);
                }
            }
            (Ok(Part::Scan { .. } | Part::End { .. }) | Err(_), Some(header)) => {
                return Ok(Header {
                    orientation: orientation.unwrap_or_default(),
                    ..*header
                });
            }
            (Ok(Part::Scan { .. } | Part::End { .. }), None) => return Err(FileFault::Damaged),
            (Err(fault), None) => return Err(fault),
        }
    }
}

/// Walks the rest of the file behind its frame header; returns where the picture ends: behind its EOI marker, or where
/// something else begins. Whether all rows are there is only known once the picture is decoded.
pub(super) fn end(bytes: &[u8], header: &Header) -> Result<usize, FileFault> {
    let mut parts = Parts::new(bytes, header.next);
    let (mut scans, mut is_layered) = (0, header.is_progressive);
    loop {
        match parts.next_part()? {
            // A second frame header could promise the decoder another size than the one that was checked.
            Part::Segment { marker, .. } if is_frame(marker) => return Err(FileFault::Damaged),
            Part::Segment { .. } => {}
            Part::Scan { header: scan, .. } => {
                scans += 1;
                is_layered |= scan.first() != Some(&components(header.colour));
                check_scans(header, scans, is_layered)?;
            }
            Part::End {
                has_marker: false, ..
            } if pixels(header) > MAX_UNENDED_PIXELS => return Err(FileFault::Truncated),
            Part::End { at, .. } => return Ok(at),
        }
    }
}

/// The TIFF block of an APP1 segment with EXIF.
fn exif_block(payload: &[u8]) -> Option<&[u8]> {
    payload.strip_prefix(b"Exif\0\0")
}

/// A part of a JPEG file.
enum Part<'a> {
    /// A segment other than a scan's header.
    Segment { marker: u8, payload: &'a [u8] },
    /// A scan: its header's payload, and the coded data up to the next marker.
    Scan { header: &'a [u8], data: &'a [u8] },
    /// The picture's end, after at least one scan. Without an end marker, the file ends or something that cannot belong
    /// to the picture begins at `at`.
    End { at: usize, has_marker: bool },
}

/// Reads a file part by part. Bytes between segments that belong to none are skipped, as browsers do.
struct Parts<'a> {
    bytes: &'a [u8],
    /// Where the next part is looked for.
    at: usize,
    has_scan: bool,
}

impl<'a> Parts<'a> {
    fn new(bytes: &'a [u8], at: usize) -> Self {
        let has_scan = false;
        Self {
            bytes,
            at,
            has_scan,
        }
    }

    /// The next part.
    ///
    /// # Errors
    /// [`FileFault::Truncated`] or [`FileFault::Damaged`] where the file ends or is broken before its first scan.
    fn next_part(&mut self) -> Result<Part<'a>, FileFault> {
        loop {
            let Some((marker, after)) = next_marker(self.bytes, self.at) else {
                return self.end_without_marker(self.bytes.len(), FileFault::Truncated);
            };
            match marker {
                SOI if self.has_scan => {
                    return self.end_without_marker(after - 2, FileFault::Damaged);
                }
                SOI | TEM => self.at = after,
                EOI if self.has_scan => {
                    let has_marker = true;
                    return Ok(Part::End {
                        at: after,
                        has_marker,
                    });
                }
                EOI => return Err(FileFault::Damaged),
                _ => {
                    return match segment(self.bytes, after) {
                        Ok((payload, next)) => Ok(self.part(marker, payload, next)),
                        Err(fault) => self.end_without_marker(after - 2, fault),
                    };
                }
            }
        }
    }

    fn part(&mut self, marker: u8, payload: &'a [u8], next: usize) -> Part<'a> {
        self.at = next;
        if marker != SOS {
            return Part::Segment { marker, payload };
        }
        self.has_scan = true;
        self.at = next_marker(self.bytes, next).map_or(self.bytes.len(), |(_, after)| after - 2);
        let mut data = &self.bytes[next..self.at];
        // Data never end so: it is how a marker begins, of which the rest is missing or more of the same follow.
        while let Some(rest) = data.strip_suffix(&[0xFF]) {
            data = rest;
        }
        Part::Scan {
            header: payload,
            data,
        }
    }

    fn end_without_marker(&self, at: usize, fault: FileFault) -> Result<Part<'a>, FileFault> {
        let has_marker = false;
        if self.has_scan {
            Ok(Part::End { at, has_marker })
        } else {
            Err(fault)
        }
    }
}

fn check_scans(header: &Header, scans: usize, is_layered: bool) -> Result<(), FileFault> {
    let (width, height) = (header.width, header.height);
    let is_large = pixels(header) > MAX_LAYERED_PIXELS;
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

fn pixels(header: &Header) -> u64 {
    u64::from(header.width) * u64::from(header.height)
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
        at += memchr::memchr(0xFF, bytes.get(at..)?)? + 1;
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

/// The payloads of the segments in which a colour profile can be.
pub(super) fn profile_segments(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let profiles = segments(bytes).filter(|(marker, _)| *marker == APP2);
    profiles.map(|(_, payload)| payload)
}

/// The first EXIF block before the picture, a TIFF file by itself.
pub(super) fn exif(bytes: &[u8]) -> Option<&[u8]> {
    let mut blocks = segments(bytes).filter(|(marker, _)| *marker == APP1);
    blocks.find_map(|(_, payload)| exif_block(payload))
}

/// The segments before the first scan: markers and payloads.
fn segments(bytes: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    let mut parts = Parts::new(bytes, 2);
    std::iter::from_fn(move || match parts.next_part() {
        Ok(Part::Segment { marker, payload }) => Some((marker, payload)),
        Ok(Part::Scan { .. } | Part::End { .. }) | Err(_) => None,
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
