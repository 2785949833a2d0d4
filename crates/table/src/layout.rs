//! How a file is written.

use std::io::{self, Read, Seek, SeekFrom};

use crate::decode::Decoded;
use crate::fill::fill;
use crate::stop::Stop;
use crate::{Delimiter, Encoding, Format, Limits, TableError, dbf};

/// So many bytes of text decide about the delimiter.
const SAMPLE: usize = 64 << 10;
/// How many bytes are looked at at once.
const CHUNK: usize = 32 << 10;

/// What a person knows better than the file shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LayoutChoice {
    /// How characters are written; workbooks have one way.
    pub encoding: Option<Encoding>,
    /// What stands between the cells of a text.
    pub delimiter: Option<Delimiter>,
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The kind of file.
    pub format: Format,
    /// How characters are written; of a workbook UTF-8.
    pub encoding: Encoding,
    /// What stands between the cells of a text; elsewhere it means nothing.
    pub delimiter: Delimiter,
}

impl Layout {
    /// Looks through a whole file, leaves it at its beginning, and says how it is written. What is chosen decides; else of a
    /// text its byte order mark, else UTF-8 where all of it is, else GB18030 where all of it is.
    ///
    /// # Errors
    /// [`TableError::Format`] and [`TableError::Empty`]; [`TableError::Encoding`] with the first line that is neither UTF-8
    /// nor GB18030, or not in the chosen encoding; [`TableError::TooManyBytes`].
    pub fn detect(
        source: &mut (impl Read + Seek),
        choice: LayoutChoice,
        limits: &Limits,
    ) -> Result<Self, TableError> {
        let format = Format::detect(source)?;
        let layout = match format {
            Format::Csv => Self::of_text(source, choice, limits)?,
            Format::Xlsx => Self {
                format,
                encoding: Encoding::Utf8,
                delimiter: Delimiter::Comma,
            },
            Format::Dbf => Self {
                format,
                encoding: choice.encoding.map_or_else(|| dbf::encoding(source), Ok)?,
                delimiter: Delimiter::Comma,
            },
        };
        source.seek(SeekFrom::Start(0))?;
        Ok(layout)
    }

    fn of_text(
        source: &mut (impl Read + Seek),
        choice: LayoutChoice,
        limits: &Limits,
    ) -> Result<Self, TableError> {
        let mut start = [0; 8];
        let filled = fill(source, &mut start)?;
        let known = choice
            .encoding
            .or_else(|| Encoding::of_mark(&start[..filled]));
        let (encoding, sample) = match known {
            Some(encoding) => (encoding, sample(source, encoding, limits)?),
            None => match sample(source, Encoding::Utf8, limits) {
                Err(TableError::Encoding { .. }) => {
                    let encoding = Encoding::Gb18030;
                    (encoding, sample(source, encoding, limits)?)
                }
                read => (Encoding::Utf8, read?),
            },
        };
        if sample.trim().is_empty() {
            return Err(TableError::Empty);
        }
        let detected = || Delimiter::detect(&sample);
        Ok(Self {
            format: Format::Csv,
            encoding,
            delimiter: choice.delimiter.unwrap_or_else(detected),
        })
    }
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
        Some(stop) => stop.told(1, limits),
        None => TableError::Io(error),
    }
}
