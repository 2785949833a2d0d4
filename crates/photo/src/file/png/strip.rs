//! A PNG file without metadata: the chunks that tell pixels and colours, as they are.

use super::super::exif;
use super::{FileFault, SIGNATURE_BYTES, chunk};
use crate::orientation::Orientation;

/// The chunks that decoding needs or that change what is seen. Source: `docs/sources.md#photo-png-chunks`.
const KEPT: [&[u8; 4]; 13] = [
    b"IHDR", b"PLTE", b"IDAT", b"tRNS", b"bKGD", b"cICP", b"iCCP", b"sRGB", b"gAMA", b"cHRM",
    b"sBIT", b"mDCV", b"cLLI",
];

/// The file with nothing but the picture.
pub(in super::super) fn strip(
    bytes: &[u8],
    orientation: Orientation,
) -> Result<Vec<u8>, FileFault> {
    let signature = bytes.get(..SIGNATURE_BYTES).ok_or(FileFault::Truncated)?;
    let mut stripped = Vec::with_capacity(bytes.len());
    stripped.extend(signature);
    let (mut at, mut has_data) = (SIGNATURE_BYTES, false);
    loop {
        let chunk = match chunk(bytes, at) {
            Ok(chunk) => chunk,
            // As where the file is inspected: the end of the last chunk is the end of the picture.
            Err(_) if has_data => break,
            Err(fault) => return Err(fault),
        };
        if chunk.name == *b"IEND" {
            break;
        }
        if KEPT.contains(&&chunk.name) {
            stripped.extend(bytes.get(at..chunk.next).ok_or(FileFault::Truncated)?);
        }
        if chunk.name == *b"IHDR"
            && let Some(block) = exif::block(orientation, None)
        {
            write(&mut stripped, *b"eXIf", &block);
        }
        has_data |= chunk.name == *b"IDAT";
        at = chunk.next;
    }
    write(&mut stripped, *b"IEND", &[]);
    Ok(stripped)
}

fn write(file: &mut Vec<u8>, name: [u8; 4], data: &[u8]) {
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX);
    let mut sum = flate2::Crc::new();
    sum.update(&name);
    sum.update(data);
    file.extend(length.to_be_bytes());
    file.extend(name);
    file.extend(data);
    file.extend(sum.sum().to_be_bytes());
}
