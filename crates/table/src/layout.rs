//! How a file is written.

use std::io::{self, Read, Seek, SeekFrom};

use crate::decode::{Decoded, Stop};
use crate::{Delimiter, Encoding, Format, Limits, TableError};

/// So many bytes of text decide about the delimiter.
const SAMPLE: usize = 64 << 10;
/// How many bytes are looked at at once.
const CHUNK: usize = 32 << 10;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The kind of file.
    pub format: Format,
    /// How characters are written.
    pub encoding: Encoding,
    /// What stands between cells.
    pub delimiter: Delimiter,
}

impl Layout {
    /// Looks through a whole file, leaves it at its beginning, and says how it is written: as its byte order mark says;
    /// else as UTF-8 where all of it is; else as GB18030 where all of it is.
    ///
    /// # Errors
    /// [`TableError::Format`]; [`TableError::Encoding`] with the first line that is neither UTF-8 nor GB18030;
    /// [`TableError::TooManyBytes`].
    pub fn detect(source: &mut (impl Read + Seek), limits: &Limits) -> Result<Self, TableError> {
        let mut start = [0; 8];
        source.seek(SeekFrom::Start(0))?;
        let filled = fill(source, &mut start)?;
        let format = Format::of_start(&start[..filled]).ok_or(TableError::Format)?;
        let (encoding, sample) = match Encoding::of_mark(&start[..filled]) {
            Some((encoding, _)) => (encoding, sample(source, encoding, limits)?),
            None => match sample(source, Encoding::Utf8, limits) {
                Err(TableError::Encoding { .. }) => {
                    let encoding = Encoding::Gb18030;
                    (encoding, sample(source, encoding, limits)?)
                }
                read => (Encoding::Utf8, read?),
            },
        };
        source.seek(SeekFrom::Start(0))?;
        Ok(Self {
            format,
            encoding,
            delimiter: Delimiter::detect(&sample),
        })
    }
}

/// Fills a buffer as far as the source goes.
fn fill(source: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match source.read(&mut buffer[filled..])? {
            0 => break,
            count => filled += count,
        }
    }
    Ok(filled)
}

/// Decodes a whole file and gives the beginning of its text.
fn sample(
    source: &mut (impl Read + Seek),
    encoding: Encoding,
    limits: &Limits,
) -> Result<String, TableError> {
    source.seek(SeekFrom::Start(0))?;
    let mut decoded = Decoded::new(source, encoding, limits);
    let (mut sample, mut chunk) = (Vec::new(), vec![0; CHUNK]);
    loop {
        decoded.begin_row();
        match decoded.read(&mut chunk) {
            Ok(0) => break,
            Ok(count) => {
                let wanted = SAMPLE.saturating_sub(sample.len()).min(count);
                sample.extend_from_slice(&chunk[..wanted]);
            }
            Err(error) => return Err(told(error, limits)),
        }
    }
    // It may be cut inside a character.
    Ok(String::from_utf8_lossy(&sample).into_owned())
}

/// An error of a [`Decoded`], where no row is known.
fn told(error: io::Error, limits: &Limits) -> TableError {
    match Stop::of(&error) {
        Some(Stop::Malformed(line)) => TableError::Encoding { line },
        Some(Stop::Bytes) => TableError::TooManyBytes {
            limit: limits.bytes,
        },
        Some(Stop::Row) | None => TableError::Io(error),
    }
}
