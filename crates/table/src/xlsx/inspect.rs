//! Looking through a workbook before it is parsed: the parser keeps all texts, and every tag and text as it is read, in
//! memory, so that nothing of it may be larger than there is room for.

use std::io::{Read, Seek, SeekFrom};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::{ForeignFormat, Limits, TableError};

/// A part that unpacks to more than this many times its packed size is a bomb; workbooks of a million equal rows have 150.
const MOST_RATIO: u64 = 300;
/// Parts up to this size may have any ratio.
const ANY_RATIO: u64 = 16 << 20;
/// How many parts a workbook may have.
const MOST_PARTS: usize = 2_000;
/// The longest tag or text between two tags.
const MOST_PIECE: usize = 1 << 20;
/// Memory for the texts of a workbook.
const TEXT_MEMORY: u64 = 160 << 20;
/// What a text takes in memory besides its bytes, for each of the four tags or more that it has.
const PER_TAG: u64 = 12;
/// How much is unpacked at once.
const CHUNK: usize = 64 << 10;

/// Refuses what is no workbook, and what would take too much memory.
///
/// # Errors
/// [`TableError::Format`] for other archives; [`TableError::Unpacked`], [`TableError::TooManyTexts`] and
/// [`TableError::Damaged`].
pub(super) fn inspect<R: Read + Seek>(source: &mut R, limits: &Limits) -> Result<(), TableError> {
    let end = source.seek(SeekFrom::End(0))?;
    if end > limits.bytes {
        return Err(TableError::TooManyBytes {
            limit: limits.bytes,
        });
    }
    source.seek(SeekFrom::Start(0))?;
    let mut archive = ZipArchive::new(&mut *source).map_err(told)?;
    if archive.index_for_name("xl/workbook.xml").is_none() {
        return Err(TableError::Format(ForeignFormat::Archive));
    }
    if archive.len() > MOST_PARTS {
        return Err(TableError::Unpacked);
    }
    let mut left = limits.unpacked_bytes;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(told)?;
        let name = part.name().map_err(told)?.to_ascii_lowercase();
        let has_markup = [".xml", ".rels", ".vml"]
            .iter()
            .any(|end| name.ends_with(end));
        if !has_markup {
            // Pictures and the like are never unpacked.
            continue;
        }
        let most = left.min((part.compressed_size() * MOST_RATIO).max(ANY_RATIO));
        // Of sheets only a row is kept at a time. The parser looks for texts and styles beside any workbook part.
        let is_kept = !name.starts_with("xl/worksheets/")
            || ["/sharedstrings.xml", "/styles.xml"]
                .iter()
                .any(|end| name.ends_with(end));
        left -= look_through(&mut part, most, is_kept)?;
    }
    source.seek(SeekFrom::Start(0))?;
    Ok(())
}

/// Unpacks a part and gives its size.
fn look_through(part: &mut impl Read, most: u64, is_kept: bool) -> Result<u64, TableError> {
    let (mut chunk, mut size, mut markup) = (vec![0; CHUNK], 0, Markup::default());
    let mut counts = CountCheck::default();
    loop {
        let count = match part.read(&mut chunk) {
            Ok(0) => return Ok(size),
            Ok(count) => count,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(_) => return Err(TableError::Damaged),
        };
        size += count as u64;
        if size > most {
            return Err(TableError::Unpacked);
        }
        markup.follow(&chunk[..count])?;
        if is_kept {
            counts.follow(&chunk[..count])?;
        }
        if is_kept && markup.text_bytes + PER_TAG * markup.tags > TEXT_MEMORY {
            return Err(TableError::TooManyTexts);
        }
    }
}

/// What announces how many texts there are. The parser makes room for as many.
const COUNT: &[u8] = b"uniqueCount";
/// The most characters of such a number, its quotes and the equals sign included.
const COUNT_CHARS: usize = 12;

/// Follows announced numbers of texts.
#[derive(Debug, Default)]
struct CountCheck {
    matched: usize,
    behind: Option<usize>,
    quotes: usize,
}

impl CountCheck {
    fn follow(&mut self, bytes: &[u8]) -> Result<(), TableError> {
        for &byte in bytes {
            if let Some(behind) = self.behind {
                self.quotes += usize::from(byte == b'"' || byte == b'\'');
                if behind == COUNT_CHARS {
                    return Err(TableError::TooManyTexts);
                }
                self.behind = (self.quotes < 2).then_some(behind + 1);
                continue;
            }
            // No letter but the first begins the word again.
            self.matched = if byte == COUNT[self.matched] {
                self.matched + 1
            } else {
                usize::from(byte == COUNT[0])
            };
            if self.matched == COUNT.len() {
                (self.matched, self.behind, self.quotes) = (0, Some(0), 0);
            }
        }
        Ok(())
    }
}

/// Where in a part a byte is.
#[derive(Debug, Clone, Copy, Default)]
enum Place {
    #[default]
    Text,
    TagStart,
    Tag,
    Quoted(u8),
}

/// Follows tags and texts.
#[derive(Debug, Default)]
struct Markup {
    place: Place,
    piece: usize,
    tags: u64,
    text_bytes: u64,
}

impl Markup {
    fn follow(&mut self, bytes: &[u8]) -> Result<(), TableError> {
        for &byte in bytes {
            self.piece += 1;
            self.place = match (self.place, byte) {
                (Place::Text, b'<') => {
                    self.tags += 1;
                    self.piece = 0;
                    Place::TagStart
                }
                (Place::Text, _) => {
                    self.text_bytes += 1;
                    Place::Text
                }
                // Comments, types and raw text: no spreadsheet writes them, and they may hold anything.
                (Place::TagStart, b'!') | (_, b'<') => return Err(TableError::Damaged),
                (Place::TagStart | Place::Tag, b'>') => {
                    self.piece = 0;
                    Place::Text
                }
                (Place::TagStart | Place::Tag, b'"' | b'\'') => Place::Quoted(byte),
                (Place::TagStart | Place::Tag, _) => Place::Tag,
                (Place::Quoted(quote), _) if byte == quote => Place::Tag,
                (Place::Quoted(quote), _) => Place::Quoted(quote),
            };
            if self.piece > MOST_PIECE {
                return Err(TableError::Unpacked);
            }
        }
        Ok(())
    }
}

fn told(error: ZipError) -> TableError {
    if let ZipError::Io(error) = error {
        TableError::Io(error)
    } else {
        TableError::Damaged
    }
}
