//! A JPEG file without metadata: the segments that decoding needs, and the coded data as they are.

use super::super::{exif, icc};
use super::{APP1, APP2, DQT, EOI, FileFault, Part, Parts, SOI, SOS, exif as exif_of, is_frame};
use crate::orientation::Orientation;

const APP0: u8 = 0xE0;
const APP14: u8 = 0xEE;
const DHT: u8 = 0xC4;
const DAC: u8 = 0xCC;
const DNL: u8 = 0xDC;
const DRI: u8 = 0xDD;
/// What a JFIF segment says before its thumbnail: version, density, and the thumbnail's size.
const JFIF_BYTES: usize = 14;
/// What an Adobe segment says.
const ADOBE_BYTES: usize = 12;

/// The file with nothing but the picture.
pub(in super::super) fn strip(
    bytes: &[u8],
    orientation: Orientation,
) -> Result<Vec<u8>, FileFault> {
    let has_profile = super::profile_segments(bytes).any(icc::is_part);
    let colours = exif_of(bytes).and_then(exif::colours);
    let block = exif::block(orientation, colours.filter(|_| !has_profile));
    let mut writer = Writer {
        bytes: Vec::with_capacity(bytes.len()),
        exif: block,
    };
    writer.bytes.extend([0xFF, SOI]);
    let mut parts = Parts::new(bytes, 2);
    loop {
        match parts.next_part()? {
            Part::Segment { marker, payload } => writer.segment(marker, payload),
            Part::Scan { header, data } => {
                writer.write_exif();
                writer.write(SOS, header);
                writer.bytes.extend(data);
            }
            Part::End { .. } => break,
        }
    }
    writer.bytes.extend([0xFF, EOI]);
    Ok(writer.bytes)
}

struct Writer {
    bytes: Vec<u8>,
    /// What still stands for the EXIF blocks of the file.
    exif: Option<Vec<u8>>,
}

impl Writer {
    fn segment(&mut self, marker: u8, payload: &[u8]) {
        match marker {
            APP0 if payload.starts_with(b"JFIF\0") => {
                let mut fixed = payload.get(..JFIF_BYTES).unwrap_or(payload).to_vec();
                if let Some(size) = fixed.get_mut(JFIF_BYTES - 2..) {
                    size.fill(0);
                }
                self.write(marker, &fixed);
            }
            APP2 if icc::is_part(payload) => self.write_behind_exif(marker, payload),
            APP14 if payload.starts_with(b"Adobe") => {
                let fixed = payload.get(..ADOBE_BYTES).unwrap_or(payload);
                self.write_behind_exif(marker, fixed);
            }
            DQT | DHT | DAC | DNL | DRI => self.write_behind_exif(marker, payload),
            _ if is_frame(marker) => self.write_behind_exif(marker, payload),
            _ => {}
        }
    }

    fn write_behind_exif(&mut self, marker: u8, payload: &[u8]) {
        self.write_exif();
        self.write(marker, payload);
    }

    /// Behind a JFIF segment, which wants to be the first, and before all else.
    fn write_exif(&mut self) {
        if let Some(block) = self.exif.take() {
            let payload = [b"Exif\0\0", block.as_slice()].concat();
            self.write(APP1, &payload);
        }
    }

    fn write(&mut self, marker: u8, payload: &[u8]) {
        // The payload came from a segment, whose length had two bytes, or is short.
        let length = u16::try_from(payload.len() + 2).unwrap_or(u16::MAX);
        self.bytes.extend([0xFF, marker]);
        self.bytes.extend(length.to_be_bytes());
        self.bytes.extend(payload);
    }
}
