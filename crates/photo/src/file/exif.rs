//! The orientation and the colours from an EXIF block, and nothing else of it.

use crate::orientation::Orientation;

/// EXIF tag Orientation. Source: `docs/sources.md#photo-exif-orientation`.
const ORIENTATION_TAG: u16 = 0x0112;
/// The tag that leads to the directory with what EXIF adds to TIFF. Source: `docs/sources.md#photo-exif-colours`.
const EXIF_TAG: u16 = 0x8769;
/// EXIF tag `ColorSpace`.
const COLOUR_SPACE_TAG: u16 = 0xA001;
/// Its value for sRGB.
const SRGB: u16 = 1;
/// Its value for everything else.
const UNCALIBRATED: u16 = 0xFFFF;
/// The tag that leads to the directory of interoperability.
const INTEROPERABILITY_TAG: u16 = 0xA005;
/// In it, the name of the rules that a file follows; `R03` is Adobe RGB.
const INTEROPERABILITY_INDEX_TAG: u16 = 1;
/// TIFF field type SHORT.
const SHORT: u16 = 3;
/// TIFF field type LONG.
const LONG: u16 = 4;
/// Bytes of one directory entry.
const ENTRY_BYTES: usize = 12;

/// Reads the orientation from a TIFF block; `None` where it has none or is broken, for a broken EXIF block must not
/// make a good photo unusable.
pub(super) fn orientation(tiff: &[u8]) -> Option<Orientation> {
    let tiff = Tiff::new(tiff)?;
    let value = tiff
        .entry(tiff.first()?, ORIENTATION_TAG)?
        .short(tiff.order)?;
    Orientation::from_exif(value)
}

/// Reads which colours the block says; `None` where it says nothing.
pub(super) fn colours(tiff: &[u8]) -> Option<ExifColours> {
    let tiff = Tiff::new(tiff)?;
    let first = tiff.first()?;
    let exif = tiff.entry(first, EXIF_TAG)?.offset(tiff.order)?;
    let space = tiff.entry(exif, COLOUR_SPACE_TAG)?.short(tiff.order)?;
    if space != UNCALIBRATED {
        return (space == SRGB).then_some(ExifColours::Srgb);
    }
    let name = tiff
        .entry(exif, INTEROPERABILITY_TAG)
        .and_then(|entry| entry.offset(tiff.order))
        .and_then(|directory| tiff.entry(directory, INTEROPERABILITY_INDEX_TAG));
    let is_adobe = name.is_some_and(|name| name.value().starts_with(b"R03"));
    Some(if is_adobe {
        ExifColours::AdobeRgb
    } else {
        ExifColours::Other
    })
}

/// What an EXIF block says of the colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ExifColours {
    /// sRGB.
    Srgb,
    /// Adobe RGB, by the interoperability index of DCF.
    AdobeRgb,
    /// Something else.
    Other,
}

/// A TIFF block. Each look-up reads one directory, so that it ends whatever the offsets say.
#[derive(Clone, Copy)]
struct Tiff<'a> {
    bytes: &'a [u8],
    order: Order,
}

impl<'a> Tiff<'a> {
    fn new(bytes: &'a [u8]) -> Option<Self> {
        let order = match bytes.get(..4)? {
            b"II*\0" => Order::Little,
            b"MM\0*" => Order::Big,
            _ => return None,
        };
        Some(Self { bytes, order })
    }

    /// Where the first directory begins.
    fn first(self) -> Option<usize> {
        usize::try_from(self.order.u32(self.bytes.get(4..)?)?).ok()
    }

    /// The entry with this tag in the directory that begins at `at`.
    fn entry(self, at: usize, tag: u16) -> Option<Entry<'a>> {
        let directory = self.bytes.get(at..)?;
        let count = usize::from(self.order.u16(directory)?);
        let mut entries = directory.get(2..)?.chunks_exact(ENTRY_BYTES).take(count);
        entries
            .find(|entry| self.order.u16(entry) == Some(tag))
            .map(Entry)
    }
}

/// An entry of a directory: tag, type, count, value.
struct Entry<'a>(&'a [u8]);

impl<'a> Entry<'a> {
    fn value(&self) -> &'a [u8] {
        self.0.get(8..).unwrap_or_default()
    }

    fn short(&self, order: Order) -> Option<u16> {
        let is_short = order.u16(self.0.get(2..)?)? == SHORT;
        is_short.then(|| order.u16(self.value())).flatten()
    }

    fn offset(&self, order: Order) -> Option<usize> {
        let is_long = order.u16(self.0.get(2..)?)? == LONG;
        let offset = is_long.then(|| order.u32(self.value())).flatten()?;
        usize::try_from(offset).ok()
    }
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
