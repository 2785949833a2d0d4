//! A walk over the chunks of a PNG file. Source: W3C PNG, `docs/sources.md#photo-png-chunks`.

mod strip;

pub(super) use strip::strip;

use std::io::Read;

use super::{Colour, FileFault, Header, exif};

/// Pixels of a PNG with 16 bits a sample or with interlacing. Source: `docs/sources.md#photo-upload-limits`.
const MAX_COSTLY_PIXELS: u64 = 12_000_000;
/// Bytes that one compressed byte can become at most: a match of 258 bytes takes two bits. Source: RFC 1951, 3.2.5.
const MAX_RATIO: u64 = 1_032;
/// The bit depth whose files are costly.
const DEEP: u8 = 16;
/// The largest colour profile that is unpacked, in bytes.
const MAX_PROFILE_BYTES: u64 = 64 * 1024;
/// Bytes of the signature, after which the chunks begin.
const SIGNATURE_BYTES: usize = 8;

/// Reads up to the picture data: size, depth, colour type, and the orientation where an `eXIf` chunk has it.
pub(super) fn header(bytes: &[u8]) -> Result<Header, FileFault> {
    let first = chunk(bytes, SIGNATURE_BYTES)?;
    let &[
        w3,
        w2,
        w1,
        w0,
        h3,
        h2,
        h1,
        h0,
        bits_per_sample,
        colour_type,
        _,
        _,
        interlace,
    ] = first
        .data
        .first_chunk()
        .filter(|_| first.name == *b"IHDR")
        .ok_or(FileFault::Damaged)?;
    let colour = match colour_type {
        0 | 4 => Colour::Grey,
        2 | 3 | 6 => Colour::Rgb,
        _ => return Err(FileFault::Damaged),
    };
    let mut header = Header {
        width: u32::from_be_bytes([w3, w2, w1, w0]),
        height: u32::from_be_bytes([h3, h2, h1, h0]),
        orientation: crate::Orientation::default(),
        colour,
        bits_per_sample,
        is_progressive: interlace != 0,
        next: first.next,
    };
    // A file cut before its picture data still has a size, which is judged first.
    while let Ok(chunk) = chunk(bytes, header.next) {
        match &chunk.name {
            b"IDAT" | b"IEND" => break,
            b"eXIf" => header.orientation = exif::orientation(chunk.data).unwrap_or_default(),
            _ => {}
        }
        header.next = chunk.next;
    }
    Ok(header)
}

/// Walks the rest of the file; returns where the picture ends, just after its IEND chunk. Without one it ends where the
/// next chunk does not; whether all rows are there is only known once it is decoded.
///
/// # Errors
/// [`FileFault::CostlyPng`], from the header alone; [`FileFault::Truncated`]; [`FileFault::Damaged`] where the compressed
/// data cannot hold as many pixels as the header promises.
pub(super) fn end(bytes: &[u8], header: &Header) -> Result<usize, FileFault> {
    check_cost(header)?;
    let (mut at, mut compressed) = (header.next, 0);
    loop {
        let chunk = match chunk(bytes, at) {
            Ok(chunk) => chunk,
            Err(_) if compressed > 0 && !is_data(bytes, at) => break,
            Err(fault) => return Err(fault),
        };
        match &chunk.name {
            b"IEND" => {
                at = chunk.next;
                break;
            }
            b"IDAT" => compressed += chunk.data.len() as u64,
            _ => {}
        }
        at = chunk.next;
    }
    if compressed.saturating_mul(MAX_RATIO) < least_bytes(header) {
        return Err(FileFault::Damaged);
    }
    Ok(at)
}

fn check_cost(header: &Header) -> Result<(), FileFault> {
    let (width, height) = (header.width, header.height);
    let is_costly = header.is_progressive || header.bits_per_sample >= DEEP;
    if is_costly && u64::from(width) * u64::from(height) > MAX_COSTLY_PIXELS {
        return Err(FileFault::CostlyPng {
            width,
            height,
            max: MAX_COSTLY_PIXELS,
        });
    }
    Ok(())
}

/// The least bytes that the pixels have before compression: one sample a pixel, as if it were grey or had a palette.
fn least_bytes(header: &Header) -> u64 {
    let bits = u64::from(header.width) * u64::from(header.bits_per_sample);
    u64::from(header.height) * bits.div_ceil(8)
}

/// Whether a chunk of picture data begins at `at`, however little of it is there.
fn is_data(bytes: &[u8], at: usize) -> bool {
    bytes
        .get(at + 4..)
        .is_some_and(|name| name.starts_with(b"IDAT"))
}

/// Whether the file has a chunk of this name before its picture data, and its data.
pub(super) fn chunk_named(bytes: &[u8], name: [u8; 4]) -> Option<&[u8]> {
    let mut at = SIGNATURE_BYTES;
    loop {
        let chunk = chunk(bytes, at).ok()?;
        if chunk.name == name {
            return Some(chunk.data);
        }
        if chunk.name == *b"IDAT" {
            return None;
        }
        at = chunk.next;
    }
}

/// The colour profile in an `iCCP` chunk: a name, how it is compressed, and the compressed bytes. `None` where it is
/// broken or large.
pub(super) fn profile(chunk: &[u8]) -> Option<Vec<u8>> {
    let name = chunk.iter().position(|&byte| byte == 0)?;
    let compressed = chunk.get(name + 2..)?;
    let mut profile = Vec::new();
    let decoder = flate2::read::ZlibDecoder::new(compressed);
    decoder
        .take(MAX_PROFILE_BYTES + 1)
        .read_to_end(&mut profile)
        .ok()?;
    (profile.len() as u64 <= MAX_PROFILE_BYTES).then_some(profile)
}

struct Chunk<'a> {
    name: [u8; 4],
    data: &'a [u8],
    next: usize,
}

/// The chunk at `at`: length, name, data, checksum.
fn chunk(bytes: &[u8], at: usize) -> Result<Chunk<'_>, FileFault> {
    let rest = bytes.get(at..).ok_or(FileFault::Truncated)?;
    let (length, rest) = rest.split_first_chunk().ok_or(FileFault::Truncated)?;
    let (&name, rest) = rest.split_first_chunk().ok_or(FileFault::Truncated)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| FileFault::Damaged)?;
    let data = rest.get(..length).ok_or(FileFault::Truncated)?;
    rest.get(length..)
        .and_then(|rest| rest.get(..4))
        .ok_or(FileFault::Truncated)?;
    Ok(Chunk {
        name,
        data,
        next: at + length + 12,
    })
}
