//! The orientation from an EXIF block, and nothing else of it.

use crate::orientation::Orientation;

/// EXIF tag Orientation. Source: `docs/sources.md#photo-exif-orientation`.
const ORIENTATION_TAG: u16 = 0x0112;
/// TIFF field type SHORT.
const SHORT: u16 = 3;
/// Bytes of one directory entry.
const ENTRY_BYTES: usize = 12;

/// Reads the orientation from a TIFF block; `None` where it has none or is broken, for a broken EXIF block must not
/// make a good photo unusable. Reads at most the first directory, so it ends whatever the offsets say.
pub(super) fn orientation(tiff: &[u8]) -> Option<Orientation> {
    let order = match tiff.get(..4)? {
        b"II*\0" => Order::Little,
        b"MM\0*" => Order::Big,
        _ => return None,
    };
    let directory = tiff.get(usize::try_from(order.u32(tiff.get(4..)?)?).ok()?..)?;
    let count = usize::from(order.u16(directory)?);
    let entry = directory
        .get(2..)?
        .chunks_exact(ENTRY_BYTES)
        .take(count)
        .find(|entry| order.u16(entry) == Some(ORIENTATION_TAG))?;
    if order.u16(&entry[2..])? != SHORT {
        return None;
    }
    Orientation::from_exif(order.u16(&entry[8..])?)
}

#[derive(Clone, Copy)]
enum Order {
    Little,
    Big,
}

impl Order {
    fn u16(self, bytes: &[u8]) -> Option<u16> {
        let bytes = *bytes.first_chunk()?;
        Some(match self {
            Self::Little => u16::from_le_bytes(bytes),
            Self::Big => u16::from_be_bytes(bytes),
        })
    }

    fn u32(self, bytes: &[u8]) -> Option<u32> {
        let bytes = *bytes.first_chunk()?;
        Some(match self {
            Self::Little => u32::from_le_bytes(bytes),
            Self::Big => u32::from_be_bytes(bytes),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LITTLE: [u8; 22] = *b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0";
    const BIG: [u8; 22] = *b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0";

    #[test]
    fn both_byte_orders_are_read() {
        assert_eq!(orientation(&LITTLE), Some(Orientation::QuarterTurn));
        assert_eq!(orientation(&BIG), Some(Orientation::QuarterTurn));
    }

    #[test]
    fn a_broken_block_says_nothing() {
        for length in 0..LITTLE.len() {
            assert_eq!(orientation(&LITTLE[..length]), None, "cut to {length}");
        }
        let changed = |at: usize, value: u8| {
            let mut block = LITTLE;
            block[at] = value;
            orientation(&block)
        };
        assert_eq!(changed(18, 0), None, "value 0");
        assert_eq!(changed(18, 9), None, "value 9");
        assert_eq!(changed(12, 4), None, "not a SHORT");
        assert_eq!(changed(7, 0xFF), None, "directory far outside");
        assert_eq!(changed(0, b'X'), None, "neither byte order");
    }
}
