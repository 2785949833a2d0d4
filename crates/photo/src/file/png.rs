//! A walk over the chunks of a PNG file. Source: W3C PNG, `docs/sources.md#photo-png-chunks`.

use super::{Colour, FileFault, Header, exif};

/// Bytes of the signature, after which the chunks begin.
const SIGNATURE_BYTES: usize = 8;

/// Reads up to the picture data: size, depth, colour type, and the orientation where an `eXIf` chunk has it.
pub(super) fn header(bytes: &[u8]) -> Result<Header, FileFault> {
    let first = chunk(bytes, SIGNATURE_BYTES)?;
    let &[w3, w2, w1, w0, h3, h2, h1, h0, bits_per_sample, colour_type] = first
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
        is_progressive: false,
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

/// Walks the rest of the file; returns where the picture ends, just after its IEND chunk.
pub(super) fn end(bytes: &[u8], mut at: usize) -> Result<usize, FileFault> {
    loop {
        let chunk = chunk(bytes, at)?;
        if chunk.name == *b"IEND" {
            return Ok(chunk.next);
        }
        at = chunk.next;
    }
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
