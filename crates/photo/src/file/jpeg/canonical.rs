//! A JPEG file written anew for the decoders: the same coded data under headers that every decoder reads alike.
//!
//! Decoders differ in what they forgive: stray bytes between segments, a missing end marker, fields of a baseline
//! scan that mean nothing, colours told by one header and denied by another. Browsers forgive all of it. Here it is
//! decided once, and what a decoder gets is without such faults. Source: `docs/sources.md#photo-jpeg-faults`.

use super::{EOI, FileFault, PROGRESSIVE, Part, Parts, SOI, SOS, is_frame};

const APP0: u8 = 0xE0;
const APP14: u8 = 0xEE;
const DHT: u8 = 0xC4;
const DQT: u8 = 0xDB;
const DRI: u8 = 0xDD;

/// Component ids that say YCbCr, whatever else a decoder looks at.
const YCBCR_IDS: [u8; 3] = [1, 2, 3];
/// Component ids that say RGB.
const RGB_IDS: [u8; 3] = *b"RGB";
/// So many bytes can be added at most: a segment, an end marker and padding.
const MOST_ADDED: usize = 128;
/// An Adobe segment that says RGB.
const ADOBE_RGB: &[u8] = b"\xFF\xEE\0\x0EAdobe\0\x64\0\0\0\0\0";

/// Which decoder reads a file rightly; `tests/it/layouts.rs` has the whole table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// All components in one scan or progressive ones, the brightness sampled once or twice as often as the colours.
    Common,
    /// Everything else that the standard allows, such as a scan for each component.
    Rare,
}

/// A file for the decoders.
#[derive(Debug)]
pub(crate) struct Canonical {
    bytes: Vec<u8>,
    /// How many of the bytes are before the end marker.
    length: usize,
    /// Which decoder reads it.
    pub(crate) layout: Layout,
    /// Whether the end marker was there.
    pub(crate) has_end: bool,
    /// Whether it comes in layers, of which a cut file lacks the last.
    pub(crate) is_progressive: bool,
}

impl Canonical {
    /// Writes the file anew. Its size and scans were checked by [`inspect`](super::super::inspect).
    ///
    /// # Errors
    /// [`FileFault::Truncated`] where a component or, without an end marker, a refinement is missing;
    /// [`FileFault::Damaged`] where a header contradicts another.
    pub(crate) fn new(file: &[u8]) -> Result<Self, FileFault> {
        let mut writer = Writer {
            // What is left out is more than what is added.
            bytes: Vec::with_capacity(file.len() + MOST_ADDED),
            ..Writer::default()
        };
        let mut parts = Parts::new(file, 2);
        let has_end = loop {
            match parts.next_part()? {
                Part::Segment { marker, payload } => writer.segment(marker, payload)?,
                Part::Scan { header, data } => writer.scan(header, data)?,
                Part::End { has_marker, .. } => break has_marker,
            }
        };
        let frame = writer.frame.ok_or(FileFault::Damaged)?;
        if !frame.has_all(has_end) {
            return Err(FileFault::Truncated);
        }
        let layout = frame.layout();
        let mut canonical = Self {
            length: writer.bytes.len(),
            bytes: writer.bytes,
            layout,
            has_end,
            is_progressive: frame.is_progressive,
        };
        canonical.pad(&[]);
        Ok(canonical)
    }

    /// Puts these bytes, which must contain no 0xFF, between the coded data and the end marker. A decoder that has
    /// all the data does not look at them.
    pub(crate) fn pad(&mut self, padding: &[u8]) {
        self.bytes.truncate(self.length);
        self.bytes.extend(padding);
        self.bytes.extend([0xFF, EOI]);
    }

    /// The file.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

#[derive(Default)]
struct Writer {
    bytes: Vec<u8>,
    is_jfif: bool,
    /// The colour transform of an Adobe segment.
    adobe: Option<u8>,
    frame: Option<Frame>,
}

impl Writer {
    fn segment(&mut self, marker: u8, payload: &[u8]) -> Result<(), FileFault> {
        if self.bytes.is_empty() {
            self.bytes.extend([0xFF, SOI]);
        }
        match marker {
            APP0 => self.is_jfif |= payload.starts_with(b"JFIF\0"),
            APP14 if payload.starts_with(b"Adobe") => {
                self.adobe = payload.get(11).copied().or(self.adobe);
            }
            DQT | DHT | DRI if !self.frame.as_ref().is_some_and(Frame::is_sequence_done) => {
                self.write(marker, payload);
            }
            _ if is_frame(marker) => self.frame_header(marker, payload)?,
            _ => {}
        }
        Ok(())
    }

    fn write(&mut self, marker: u8, payload: &[u8]) {
        // The payload came from a segment, whose length had two bytes.
        let length = u16::try_from(payload.len() + 2).unwrap_or(u16::MAX);
        self.bytes.extend([0xFF, marker]);
        self.bytes.extend(length.to_be_bytes());
        self.bytes.extend(payload);
    }

    fn frame_header(&mut self, marker: u8, payload: &[u8]) -> Result<(), FileFault> {
        let (fixed, components) = payload.split_at_checked(6).ok_or(FileFault::Damaged)?;
        let (components, _) = components.as_chunks::<3>();
        if components.len() != usize::from(fixed[5]) || !matches!(components.len(), 1 | 3) {
            return Err(FileFault::Damaged);
        }
        let ids: Vec<u8> = components.iter().map(|component| component[0]).collect();
        let is_rgb = components.len() == 3 && self.is_rgb(&ids);
        let frame = Frame {
            is_progressive: marker == PROGRESSIVE,
            new_ids: if is_rgb { RGB_IDS } else { YCBCR_IDS },
            sampling: components.iter().map(|component| component[1]).collect(),
            is_interleaved: true,
            precision: vec![[u8::MAX; 64]; ids.len()],
            ids,
        };
        let mut payload = fixed.to_vec();
        for (component, id) in components.iter().zip(frame.new_ids) {
            // A single component is never interleaved, so that its sampling says nothing.
            let sampling = if frame.ids.len() == 1 {
                0x11
            } else {
                component[1]
            };
            payload.extend([id, sampling, component[2]]);
        }
        if is_rgb {
            self.bytes.extend(ADOBE_RGB);
        }
        self.write(marker, &payload);
        self.frame = Some(frame);
        Ok(())
    }

    /// Whether the three components are red, green and blue, as libjpeg and with it the browsers decide.
    fn is_rgb(&self, ids: &[u8]) -> bool {
        match (self.is_jfif, self.adobe) {
            (true, _) => false,
            (false, Some(transform)) => transform == 0,
            (false, None) => ids == RGB_IDS,
        }
    }

    fn scan(&mut self, header: &[u8], data: &[u8]) -> Result<(), FileFault> {
        let frame = self.frame.as_mut().ok_or(FileFault::Damaged)?;
        if frame.is_sequence_done() {
            // What follows a whole picture belongs to something behind it.
            return Ok(());
        }
        let header = frame.scan_header(header)?;
        self.write(SOS, &header);
        self.bytes.extend(data);
        Ok(())
    }
}

/// What the frame header said, and what has come of it.
struct Frame {
    is_progressive: bool,
    ids: Vec<u8>,
    new_ids: [u8; 3],
    sampling: Vec<u8>,
    /// Whether each scan with the mean brightness of blocks had all components.
    is_interleaved: bool,
    /// For each component and coefficient the lowest bit that came, or `u8::MAX` where nothing did.
    precision: Vec<[u8; 64]>,
}

impl Frame {
    /// The scan's header for this frame: ids that are written, and for a sequential one fields that mean nothing as
    /// the standard wants them.
    fn scan_header(&mut self, header: &[u8]) -> Result<Vec<u8>, FileFault> {
        let (&count, rest) = header.split_first().ok_or(FileFault::Damaged)?;
        let (components, bounds) = rest
            .split_at_checked(usize::from(count) * 2)
            .ok_or(FileFault::Damaged)?;
        let &[first, last, bits] = bounds.first_chunk().ok_or(FileFault::Damaged)?;
        let (first, last, bits) = if self.is_progressive {
            (first, last, bits)
        } else {
            (0, 63, 0)
        };
        if first > last || last > 63 {
            return Err(FileFault::Damaged);
        }
        let mut written = vec![count];
        let mut used = Vec::new();
        for component in components.as_chunks::<2>().0 {
            let mut places = 0..self.ids.len();
            let place =
                places.find(|place| self.ids[*place] == component[0] && !used.contains(place));
            let place = place.ok_or(FileFault::Damaged)?;
            used.push(place);
            written.extend([self.new_ids[place], component[1]]);
            self.precision[place][usize::from(first)..=usize::from(last)].fill(bits & 0x0F);
        }
        self.is_interleaved &= first > 0 || used.len() == self.ids.len();
        written.extend([first, last, bits]);
        Ok(written)
    }

    /// Whether every component of a sequential picture came, after which no scan can follow.
    fn is_sequence_done(&self) -> bool {
        !self.is_progressive && self.precision.iter().all(|bits| bits[0] != u8::MAX)
    }

    /// Whether everything came; with an end marker a progressive picture may do without its last refinement, of one bit.
    fn has_all(&self, has_end: bool) -> bool {
        let most = u8::from(has_end);
        let is_enough = |&bit: &u8| bit <= most;
        self.precision.iter().flatten().all(is_enough)
    }

    fn layout(&self) -> Layout {
        let is_usual = match self.sampling[..] {
            [_] => true,
            [brightness, blue, red] => {
                matches!(brightness, 0x11 | 0x12 | 0x21 | 0x22) && blue == 0x11 && red == 0x11
            }
            _ => false,
        };
        if is_usual && self.is_interleaved {
            Layout::Common
        } else {
            Layout::Rare
        }
    }
}
