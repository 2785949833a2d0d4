//! Headers that lie.

/// The JPEG file with another size in its header.
pub(crate) fn sized(file: &[u8], width: u16, height: u16) -> Vec<u8> {
    let mut file = file.to_vec();
    let frame = file
        .windows(2)
        .position(|pair| matches!(pair, [0xFF, 0xC0 | 0xC2]))
        .unwrap();
    file[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    file[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    file
}

/// What the header of a PNG says.
#[derive(Clone, Copy)]
pub(crate) struct Ihdr {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) depth: u8,
    pub(crate) colour: u8,
    pub(crate) interlace: u8,
}

/// The PNG file with another header.
pub(crate) fn relabelled(file: &[u8], ihdr: Ihdr) -> Vec<u8> {
    let mut file = file.to_vec();
    file[16..20].copy_from_slice(&ihdr.width.to_be_bytes());
    file[20..24].copy_from_slice(&ihdr.height.to_be_bytes());
    (file[24], file[25], file[28]) = (ihdr.depth, ihdr.colour, ihdr.interlace);
    let sum = crc32(&file[12..29]);
    file[29..33].copy_from_slice(&sum.to_be_bytes());
    file
}

/// The checksum of a chunk. Source: ISO 3309, as in W3C PNG, annex D.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, &byte| {
        (0..8).fold(sum ^ u32::from(byte), |sum, _| {
            (sum >> 1) ^ (0xEDB8_8320 & 0_u32.wrapping_sub(sum & 1))
        })
    })
}
