//! Kinds of files, told by what is in them and not by their names.

use std::io::{Read, Seek, SeekFrom};

use crate::fill::fill;
use crate::{ForeignFormat, TableError};

/// How a file holds its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Text: a line for each row, with a delimiter between the cells (RFC 4180).
    Csv,
    /// A workbook of Office Open XML: XML files in a ZIP archive.
    Xlsx,
    /// A table of dBase or `FoxPro`: records of fixed width.
    Dbf,
}

/// How compound files of Microsoft begin.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// How files begin that hold no rows: PDF, JPEG, PNG, GIF, RAR, 7z, gzip.
const BINARY: [&[u8]; 7] = [
    b"%PDF",
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
];
/// So many bytes tell.
pub(crate) const START: usize = 1 << 10;
/// The name of the stream of a workbook that needs a password, as compound files write names.
const ENCRYPTED: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";

impl Format {
    /// The format of a file, whatever its name says; it is left at its beginning.
    ///
    /// # Errors
    /// [`TableError::Format`] for what is recognised and not read; [`TableError::Empty`]; [`TableError::Io`].
    pub fn detect(source: &mut (impl Read + Seek)) -> Result<Self, TableError> {
        let mut start = vec![0; START];
        source.seek(SeekFrom::Start(0))?;
        let filled = fill(source, &mut start)?;
        start.truncate(filled);
        let found = if start.is_empty() {
            Err(TableError::Empty)
        } else if start.starts_with(COMPOUND) {
            Err(TableError::Format(compound(source, &start)?))
        } else {
            Self::of_start(&start).map_err(TableError::Format)
        };
        source.seek(SeekFrom::Start(0))?;
        found
    }

    /// The format of a file that begins with these bytes and is no compound file.
    fn of_start(start: &[u8]) -> Result<Self, ForeignFormat> {
        if start.starts_with(b"PK\x05\x06") {
            return Err(ForeignFormat::Archive);
        }
        if start.starts_with(b"PK\x03\x04") {
            return Ok(Self::Xlsx);
        }
        if BINARY.iter().any(|begin| start.starts_with(begin)) {
            return Err(ForeignFormat::Other);
        }
        if crate::dbf::is_dbf(start) {
            return Ok(Self::Dbf);
        }
        match markup(start) {
            Some(markup) => Err(markup),
            None => Ok(Self::Csv),
        }
    }
}

/// What kind of compound file it is: its directory names its streams.
fn compound(source: &mut (impl Read + Seek), start: &[u8]) -> Result<ForeignFormat, TableError> {
    let shift = u32::from(start.get(30).copied().unwrap_or(9)).min(12);
    let number = |at: usize| start.get(at).copied().map_or(0, u64::from);
    let directory = (0..4).fold(0, |sum, index| sum | number(48 + index) << (8 * index));
    let mut names = vec![0; 4 << 10];
    source.seek(SeekFrom::Start((directory + 1) << shift))?;
    let filled = fill(source, &mut names)?;
    let is_encrypted = names[..filled]
        .windows(ENCRYPTED.len())
        .any(|window| window == ENCRYPTED);
    Ok(if is_encrypted {
        ForeignFormat::ProtectedWorkbook
    } else {
        ForeignFormat::OldWorkbook
    })
}

/// What kind of markup a text begins with, in any encoding that has the letters of ASCII.
fn markup(start: &[u8]) -> Option<ForeignFormat> {
    let text: Vec<u8> = start
        .iter()
        .copied()
        .filter(|&byte| byte != 0 && byte < 0x80 && !byte.is_ascii_whitespace())
        .map(|byte| byte.to_ascii_lowercase())
        .collect();
    let first_tag = text.strip_prefix(b"<")?;
    let contains = |tag: &[u8]| text.windows(tag.len()).any(|window| window == tag);
    let is_tag = first_tag.starts_with(b"?xml")
        || first_tag.starts_with(b"!")
        || first_tag.first().is_some_and(u8::is_ascii_alphabetic) && first_tag.contains(&b'>');
    is_tag.then(|| {
        if contains(b"<html") || contains(b"<table") || contains(b"doctypehtml") {
            ForeignFormat::Html
        } else {
            ForeignFormat::Xml
        }
    })
}
