//! Reading DBF files: dBase III and IV, `FoxPro` and Visual `FoxPro`, without memo files.
//!
//! Numbers are kept as they stand, never as floating point, so that a document number of 18 digits in a numeric field stays
//! whole. Source of the layout: docs/sources.md#dbf.

use std::io::{BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

use encoding_rs::DecoderResult;

use crate::fill::fill;
use crate::{CellFault, CellFaultKind, Encoding, Limits, Row, TableError};

/// Bytes of the header before its fields, and of each field's description.
const BLOCK: usize = 32;
/// Ends the descriptions of the fields.
const FIELDS_END: u8 = 0x0d;
/// Marks a deleted record.
const DELETED: u8 = b'*';
/// Ends the records.
const FILE_END: u8 = 0x1a;
/// First bytes of files that may have a memo file.
const WITH_MEMO: [u8; 6] = [0x83, 0x8b, 0xcb, 0xe5, 0xf5, 0x43];
/// First bytes of all kinds.
const KINDS: [u8; 14] = [
    0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8b, 0xcb, 0xf5, 0xfb,
];
/// The language drivers of UTF-8, which some programs write. All others are read as GBK: 0 means that nobody said.
const UTF8_DRIVER: u8 = 0xf0;

/// A field of every record.
struct Field {
    name: String,
    width: usize,
}

/// Whether a file that begins so is a DBF file. The day of its last change tells it from text.
pub(crate) fn is_dbf(start: &[u8]) -> bool {
    if start.len() < BLOCK + 1 || !KINDS.contains(&start[0]) {
        return false;
    }
    let is_day = (0..=12).contains(&start[2]) && (0..=31).contains(&start[3]);
    let header = header_bytes(start);
    is_day && header > BLOCK && record_bytes(start) > 1 && start[4..BLOCK].contains(&0)
}

fn header_bytes(start: &[u8]) -> usize {
    usize::from(u16::from_le_bytes([start[8], start[9]]))
}

fn record_bytes(start: &[u8]) -> usize {
    usize::from(u16::from_le_bytes([start[10], start[11]]))
}

/// The encoding that the file's language driver names.
pub(crate) fn encoding(source: &mut (impl Read + Seek)) -> Result<Encoding, TableError> {
    let mut start = [0; BLOCK];
    source.seek(SeekFrom::Start(0))?;
    fill(source, &mut start)?;
    Ok(if start[29] == UTF8_DRIVER {
        Encoding::Utf8
    } else {
        Encoding::Gb18030
    })
}

/// Hands over the names of the fields as the first row, then the records that are not deleted.
pub(crate) fn read<R: Read + Seek>(
    source: R,
    encoding: Encoding,
    limits: &Limits,
    visitor: &mut dyn FnMut(Row) -> ControlFlow<()>,
) -> Result<(), TableError> {
    let mut source = BufReader::with_capacity(64 << 10, source);
    let mut start = [0; BLOCK];
    if fill(&mut source, &mut start)? < BLOCK {
        return Err(TableError::Damaged);
    }
    let fields = fields(&mut source, &start, encoding, limits)?;
    let names = fields.iter().map(|field| field.name.clone());
    let heading = Row {
        number: 1,
        cells: names.collect(),
        faults: Vec::new(),
    };
    if visitor(heading).is_break() {
        return Ok(());
    }
    source.seek(SeekFrom::Start(header_bytes(&start) as u64))?;
    let mut record = vec![0; record_bytes(&start)];
    let declared = u32::from_le_bytes([start[4], start[5], start[6], start[7]]);
    for index in 0..u64::from(declared) {
        let filled = fill(&mut source, &mut record)?;
        if filled == 0 || record[0] == FILE_END {
            break;
        }
        if filled < record.len() {
            return Err(TableError::Damaged);
        }
        // As the programs count that show such files, with the names of the fields as the first.
        let number = index + 2;
        if number > limits.rows {
            let limit = limits.rows;
            return Err(TableError::TooManyRows { limit });
        }
        if record[0] != DELETED && visitor(row(&record, &fields, encoding, number)).is_break() {
            break;
        }
    }
    Ok(())
}

fn fields(
    source: &mut impl Read,
    start: &[u8; BLOCK],
    encoding: Encoding,
    limits: &Limits,
) -> Result<Vec<Field>, TableError> {
    let (mut fields, mut left) = (Vec::new(), record_bytes(start).saturating_sub(1));
    let mut block = [0; BLOCK];
    for _ in 1..header_bytes(start) / BLOCK {
        let filled = fill(source, &mut block)?;
        if filled == 0 || block[0] == FIELDS_END {
            break;
        }
        if filled < BLOCK {
            return Err(TableError::Damaged);
        }
        let name = block[..11].split(|&byte| byte == 0).next();
        let (name, _) = decode(name.unwrap_or_default(), encoding);
        let kind = block[11].to_ascii_uppercase();
        let is_binary = kind == b'B' && start[0] != 0x30;
        if matches!(kind, b'M' | b'G' | b'P') || is_binary {
            return Err(TableError::Memo { field: name });
        }
        // dBase writes the upper half of a long text's width where numbers have their decimals.
        let high = if kind == b'C' { block[17] } else { 0 };
        let width = usize::from(u16::from_le_bytes([block[16], high]));
        left = left.checked_sub(width).ok_or(TableError::Damaged)?;
        fields.push(Field { name, width });
    }
    if fields.len() > limits.columns {
        let limit = limits.columns;
        return Err(TableError::TooManyColumns { row: 1, limit });
    }
    match fields.is_empty() {
        true if WITH_MEMO.contains(&start[0]) => Err(TableError::Memo {
            field: String::new(),
        }),
        true => Err(TableError::Empty),
        false => Ok(fields),
    }
}

fn row(record: &[u8], fields: &[Field], encoding: Encoding, number: u64) -> Row {
    let mut row = Row {
        number,
        ..Row::default()
    };
    let mut rest = &record[1..];
    for field in fields {
        let (bytes, behind) = rest.split_at(field.width);
        rest = behind;
        let (text, is_whole) = decode(trimmed(bytes), encoding);
        if !is_whole {
            row.faults.push(CellFault {
                column: row.cells.len(),
                kind: CellFaultKind::CutCharacter,
            });
        }
        row.cells.push(text);
    }
    row
}

/// Without the spaces and zeros that fill a field up.
fn trimmed(bytes: &[u8]) -> &[u8] {
    let is_filling = |byte: &u8| matches!(byte, b' ' | 0);
    let start = bytes.iter().take_while(|byte| is_filling(byte)).count();
    let end = bytes.iter().rev().take_while(|byte| is_filling(byte));
    &bytes[start..(bytes.len() - end.count()).max(start)]
}

/// The text up to what is no character, and whether that is all of it.
fn decode(bytes: &[u8], encoding: Encoding) -> (String, bool) {
    let mut decoder = encoding.codec().new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
    let mut text = String::with_capacity(room.unwrap_or_default());
    let (result, _) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    let is_whole = matches!(result, DecoderResult::InputEmpty);
    (text.trim().to_owned(), is_whole)
}
