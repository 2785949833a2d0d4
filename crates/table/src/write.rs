//! Writing a table row by row.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};

use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::{Delimiter, Encoding, TableError, guard};

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriteOptions {
    /// How characters are written. UTF-8 and UTF-16 get a byte order mark, by which spreadsheets know them.
    pub encoding: Encoding,
    /// What stands between cells.
    pub delimiter: Delimiter,
}

impl Default for WriteOptions {
    /// UTF-8 with commas: what spreadsheets open with a double click.
    fn default() -> Self {
        Self {
            encoding: Encoding::Utf8,
            delimiter: Delimiter::Comma,
        }
    }
}

/// Writes rows one after another. Every cell is quoted and [protected](guard); NUL, at which some programs end a text, is
/// left out.
pub struct Writer<W: Write> {
    lines: csv::Writer<Encoded<W>>,
    encoding: Encoding,
    number: u64,
}

impl<W: Write> fmt::Debug for Writer<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer")
            .field("encoding", &self.encoding)
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}

impl<W: Write> Writer<W> {
    /// Begins a table.
    ///
    /// # Errors
    /// [`TableError::Io`].
    pub fn new(mut sink: W, options: WriteOptions) -> Result<Self, TableError> {
        let encoding = options.encoding;
        let mark: &[u8] = match encoding {
            Encoding::Utf8 => b"\xef\xbb\xbf",
            Encoding::Utf16Le => b"\xff\xfe",
            Encoding::Utf16Be => b"\xfe\xff",
            Encoding::Gb18030 => b"",
        };
        sink.write_all(mark)?;
        let lines = WriterBuilder::new()
            .quote_style(QuoteStyle::Always)
            .terminator(Terminator::CRLF)
            .delimiter(options.delimiter.byte())
            .flexible(true)
            .from_writer(Encoded {
                sink,
                encoding,
                rest: Vec::new(),
            });
        Ok(Self {
            lines,
            encoding,
            number: 0,
        })
    }

    /// Adds a row. A row without cells is written as one with an empty cell.
    ///
    /// # Errors
    /// [`TableError::Io`]; [`TableError::Unencodable`] where the encoding lacks a character, which GB18030 alone can: the
    /// row is then not written.
    pub fn write<T: AsRef<str>>(&mut self, cells: &[T]) -> Result<(), TableError> {
        let row = self.number + 1;
        let mut written = Vec::with_capacity(cells.len().max(1));
        for (index, cell) in cells.iter().enumerate() {
            let cell = cell.as_ref().replace('\0', "");
            if self.encoding == Encoding::Gb18030 && !is_in_gb18030(&cell) {
                let column = index + 1;
                return Err(TableError::Unencodable { row, column });
            }
            written.push(guard::protected(&cell).into_owned());
        }
        if written.is_empty() {
            written.push(String::new());
        }
        self.lines.write_record(&written).map_err(told)?;
        self.number = row;
        Ok(())
    }

    /// Writes what is left and gives the sink back.
    ///
    /// # Errors
    /// [`TableError::Io`].
    pub fn finish(self) -> Result<W, TableError> {
        let encoded = self.lines.into_inner();
        Ok(encoded.map_err(csv::IntoInnerError::into_error)?.sink)
    }
}

/// Takes UTF-8 and passes it on in another encoding.
struct Encoded<W> {
    sink: W,
    encoding: Encoding,
    /// The beginning of a character that was cut.
    rest: Vec<u8>,
}

impl<W: Write> Write for Encoded<W> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        if self.encoding == Encoding::Utf8 {
            return self.sink.write(buffer);
        }
        self.rest.extend_from_slice(buffer);
        let whole = match str::from_utf8(&self.rest) {
            Ok(text) => text.len(),
            Err(error) => error.valid_up_to(),
        };
        let rest = self.rest.split_off(whole);
        let text = std::mem::replace(&mut self.rest, rest);
        let text = String::from_utf8_lossy(&text);
        self.sink.write_all(&encoded(self.encoding, &text))?;
        Ok(buffer.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}

fn encoded(encoding: Encoding, text: &str) -> Cow<'_, [u8]> {
    let units = |to_bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to_bytes).collect();
    match encoding {
        Encoding::Utf8 => Cow::Borrowed(text.as_bytes()),
        Encoding::Gb18030 => encoding_rs::GB18030.encode(text).0,
        Encoding::Utf16Le => Cow::Owned(units(u16::to_le_bytes)),
        Encoding::Utf16Be => Cow::Owned(units(u16::to_be_bytes)),
    }
}

fn is_in_gb18030(text: &str) -> bool {
    let (.., has_unmappable) = encoding_rs::GB18030.encode(text);
    !has_unmappable
}

fn told(error: csv::Error) -> TableError {
    TableError::Io(error.into())
}
