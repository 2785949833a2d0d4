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

/// A TIFF block with this orientation and these colours and nothing else; `None` where both are what stands without one.
pub(super) fn block(orientation: Orientation, colours: Option<ExifColours>) -> Option<Vec<u8>> {
    let turn = (orientation != Orientation::Upright).then(|| {
        let place = Orientation::ALL.iter().position(|one| *one == orientation);
        let value = place.and_then(|place| u16::try_from(place + 1).ok());
        written(ORIENTATION_TAG, SHORT, value.unwrap_or(1))
    });
    let colours = colours.filter(|colours| *colours != ExifColours::Srgb);
    if turn.is_none() && colours.is_none() {
        return None;
    }
    let mut block = b"MM\0*\0\0\0\x08".to_vec();
    let own = u16::from(turn.is_some());
    block.extend((own + u16::from(colours.is_some())).to_be_bytes());
    block.extend(turn.into_iter().flatten());
    let Some(colours) = colours else {
        block.extend([0; 4]);
        return Some(block);
    };
    // Each directory lies behind the one that names it: a count, its entries, and no next one.
    let behind = |start: u16, entries: u16| start + 2 + 12 * entries + 4;
    let exif = behind(8, own + 1);
    block.extend(pointer(EXIF_TAG, exif));
    block.extend([0; 4]);
    let is_adobe = colours == ExifColours::AdobeRgb;
    let entries = 1 + u16::from(is_adobe);
    block.extend(entries.to_be_bytes());
    block.extend(written(COLOUR_SPACE_TAG, SHORT, UNCALIBRATED));
    if is_adobe {
        block.extend(pointer(INTEROPERABILITY_TAG, behind(exif, entries)));
        block.extend([0; 4]);
        block.extend(1_u16.to_be_bytes());
        block.extend(INTEROPERABILITY_INDEX_TAG.to_be_bytes());
        block.extend(*b"\0\x02\0\0\0\x04R03\0");
    }
    block.extend([0; 4]);
    Some(block)
}

/// An entry with one number of two bytes.
fn written(tag: u16, kind: u16, value: u16) -> Vec<u8> {
    let mut entry = tag.to_be_bytes().to_vec();
    entry.extend(kind.to_be_bytes());
    entry.extend(1_u32.to_be_bytes());
    entry.extend(value.to_be_bytes());
    entry.extend([0; 2]);
    entry
}

/// An entry that leads to a directory.
fn pointer(tag: u16, at: u16) -> Vec<u8> {
    let mut entry = written(tag, LONG, 0);
    entry.truncate(8);
    entry.extend(u32::from(at).to_be_bytes());
    entry
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
    fn a_written_block_says_what_was_asked_for_and_nothing_else() {
        for turn in Orientation::ALL {
            for colour in [ExifColours::Srgb, ExifColours::AdobeRgb, ExifColours::Other] {
                let written = block(turn, Some(colour));
                let Some(written) = written else {
                    assert_eq!((turn, colour), (Orientation::Upright, ExifColours::Srgb));
                    continue;
                };
                assert_eq!(orientation(&written).unwrap_or_default(), turn);
                let told = colours(&written).unwrap_or(ExifColours::Srgb);
                assert_eq!(told, colour, "{turn:?}");
                assert!(written.len() <= 86, "{}", written.len());
            }
        }
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
