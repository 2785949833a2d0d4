//! Kinds of files.

/// How a file holds its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Text: a line for each row, with a delimiter between the cells (RFC 4180).
    Csv,
}

/// How files begin that are no text: ZIP (XLSX, ODS), OLE (XLS), PDF, JPEG, PNG.
const BINARY: [&[u8]; 6] = [
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\xd0\xcf\x11\xe0",
    b"%PDF",
    b"\xff\xd8\xff",
    b"\x89PNG",
];

impl Format {
    /// The format of a file that begins with these bytes, whatever its name says; `None` for one that cannot be read.
    pub fn of_start(start: &[u8]) -> Option<Self> {
        let is_binary = BINARY.iter().any(|begin| start.starts_with(begin));
        (!is_binary).then_some(Self::Csv)
    }
}
