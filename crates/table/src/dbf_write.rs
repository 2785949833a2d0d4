//! Writing DBF files as dBase III does, in CP936: what old programs of schools still take. Every field is text, so that
//! numbers keep their zeros. Source of the layout: docs/sources.md#dbf.

use crate::{TableError, cp936};

/// Bytes of the header before its fields, and of each field's description.
const BLOCK: usize = 32;
/// The longest name of a field.
const NAME_MAX: usize = 10;
/// The widest text of a field, in bytes.
const WIDTH_MAX: usize = 254;
/// dBase III without a memo file.
const KIND: u8 = 0x03;
/// The language driver of CP936.
const DRIVER: u8 = 0x7a;
const FIELDS_END: u8 = 0x0d;
const PRESENT: u8 = b' ';
const FILE_END: u8 = 0x1a;

/// What of a row a DBF file cannot hold as it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DbfLoss {
    /// A character that CP936 lacks; two question marks stand for it.
    pub is_replaced: bool,
    /// A text that is longer than a field can be; its end is missing.
    pub is_cut: bool,
}

/// The day that a DBF file gives as that of its last change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DbfDay {
    /// The year, from 1900 to 2155.
    pub year: u16,
    /// The month, from 1.
    pub month: u8,
    /// The day, from 1.
    pub day: u8,
}

/// Takes rows of text and makes a DBF file of them. The rows are in memory until then, since each field is as wide as its
/// longest text.
#[derive(Debug)]
pub struct DbfWriter {
    names: Vec<String>,
    widths: Vec<usize>,
    /// Each cell: its length, then its bytes.
    cells: Vec<u8>,
    rows: u32,
}

impl DbfWriter {
    /// Begins a file with fields of these names, of which the first ten characters count.
    pub fn new(names: &[&str]) -> Self {
        let short = |name: &&str| name.chars().take(NAME_MAX).collect::<String>();
        Self {
            names: names.iter().map(short).collect(),
            widths: vec![1; names.len()],
            cells: Vec::new(),
            rows: 0,
        }
    }

    /// Adds a row, and tells what of it is not there as it is. Cells that are missing are empty.
    pub fn write<T: AsRef<str>>(&mut self, cells: &[T]) -> DbfLoss {
        let mut loss = DbfLoss::default();
        for (index, width) in self.widths.iter_mut().enumerate() {
            let text = cells.get(index).map(AsRef::as_ref).unwrap_or_default();
            let (bytes, is_replaced) = cp936::encode(text);
            let whole = cp936::cut(&bytes, WIDTH_MAX);
            loss.is_replaced |= is_replaced;
            loss.is_cut |= whole.len() < bytes.len();
            *width = whole.len().max(*width);
            self.cells
                .push(u8::try_from(whole.len()).unwrap_or(u8::MAX));
            self.cells.extend_from_slice(whole);
        }
        self.rows += 1;
        loss
    }

    /// The file.
    ///
    /// # Errors
    /// [`TableError::TooManyColumns`] where the fields are more, or wider together, than a header can say.
    pub fn finish(self, day: DbfDay) -> Result<Vec<u8>, TableError> {
        let too_many = TableError::TooManyColumns {
            row: 1,
            limit: usize::from(u16::MAX) / BLOCK - 2,
        };
        let header = BLOCK * (self.names.len() + 1) + 1;
        let record = 1 + self.widths.iter().sum::<usize>();
        let (Ok(header_bytes), Ok(record_bytes)) = (u16::try_from(header), u16::try_from(record))
        else {
            return Err(too_many);
        };
        let mut file = Vec::with_capacity(header + record * self.rows as usize + 1);
        let year = u8::try_from(day.year.saturating_sub(1900)).unwrap_or(u8::MAX);
        file.extend_from_slice(&[KIND, year, day.month, day.day]);
        file.extend_from_slice(&self.rows.to_le_bytes());
        file.extend_from_slice(&header_bytes.to_le_bytes());
        file.extend_from_slice(&record_bytes.to_le_bytes());
        file.resize(BLOCK, 0);
        file[29] = DRIVER;
        for (name, width) in self.names.iter().zip(&self.widths) {
            let begin = file.len();
            file.extend_from_slice(name.as_bytes());
            file.resize(begin + 11, 0);
            file.push(b'C');
            file.resize(begin + 16, 0);
            file.push(u8::try_from(*width).unwrap_or(u8::MAX));
            file.resize(begin + BLOCK, 0);
        }
        file.push(FIELDS_END);
        let mut rest = self.cells.as_slice();
        for _ in 0..self.rows {
            file.extend_from_slice(&[PRESENT]);
            for width in &self.widths {
                let Some((length, behind)) = rest.split_first() else {
                    break;
                };
                let (cell, behind) = behind.split_at(usize::from(*length).min(behind.len()));
                rest = behind;
                let end = file.len() + width;
                file.extend_from_slice(cell);
                file.resize(end, b' ');
            }
        }
        file.push(FILE_END);
        Ok(file)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;
    use std::ops::ControlFlow;

    use super::*;
    use crate::{Encoding, Limits, dbf};

    const DAY: DbfDay = DbfDay {
        year: 2026,
        month: 4,
        day: 20,
    };

    fn read(file: Vec<u8>) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        let limits = Limits::default();
        dbf::read(Cursor::new(file), Encoding::Gb18030, &limits, &mut |row| {
            rows.push(row.cells);
            ControlFlow::Continue(())
        })
        .unwrap();
        rows
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut writer = DbfWriter::new(&["XH", "XM", "REVIEWED_AT"]);
        let row = ["0023", "张三", "2026-04-20"];
        assert_eq!(writer.write(&row), DbfLoss::default());
        let lost = writer.write(&["=1+1", "王䶮"]);
        assert_eq!((lost.is_replaced, lost.is_cut), (true, false));
        let lost = writer.write(&["", &"张".repeat(200), "x"]);
        assert_eq!((lost.is_replaced, lost.is_cut), (false, true));
        let file = writer.finish(DAY).unwrap();
        assert!(dbf::is_dbf(&file));
        assert_eq!(&file[..4], [KIND, 126, 4, 20]);
        let name = "张".repeat(127);
        let expected = [
            vec!["XH", "XM", "REVIEWED_A"],
            row.to_vec(),
            vec!["=1+1", "王??", ""],
            vec!["", &name, "x"],
        ];
        assert_eq!(read(file), expected);
    }

    #[test]
    fn a_file_without_rows_and_one_that_is_too_wide() {
        let empty = DbfWriter::new(&["XH"]).finish(DAY).unwrap();
        assert_eq!(read(empty), [["XH"]]);
        let names = vec!["XH"; 3_000];
        assert!(DbfWriter::new(&names).finish(DAY).is_err());
    }

    /// Another library reads what we write.
    #[test]
    fn others_read_it() {
        let mut writer = DbfWriter::new(&["XH", "XM"]);
        writer.write(&["0001", "Li"]);
        let file = writer.finish(DAY).unwrap();
        // It cannot read CP936 by itself; the layout is what is held here.
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("manifest.dbf");
        std::fs::write(&path, file).unwrap();
        let reader = dbase::ReaderBuilder::new().with_encoding(dbase::Unicode);
        let mut reader = reader.open(path).unwrap();
        let records = reader.read().unwrap();
        let text = |name: &str| match records[0].get(name) {
            Some(dbase::FieldValue::Character(Some(text))) => text.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!((text("XH"), text("XM")), ("0001".into(), "Li".into()));
    }
}
