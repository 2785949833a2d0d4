//! Reading a table row by row.

use std::fmt;
use std::io::Read;

use csv::{ErrorKind, ReaderBuilder, StringRecord};

use crate::decode::Decoded;
use crate::stop::Stop;
use crate::{Layout, Limits, Row, TableError, guard};

/// Gives the rows of a table one after another. After an error there are no more.
pub struct Reader<R> {
    parser: csv::Reader<Decoded<R>>,
    limits: Limits,
    record: StringRecord,
    number: u64,
    is_over: bool,
}

impl<R> fmt::Debug for Reader<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}

impl<R: Read> Reader<R> {
    /// Reads a file from its beginning, which is written as [`Layout::detect`] said.
    pub fn new(source: R, layout: Layout, limits: Limits) -> Self {
        let decoded = Decoded::of_rows(source, layout.encoding, layout.delimiter, &limits);
        Self {
            parser: ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .delimiter(layout.delimiter.byte())
                .from_reader(decoded),
            limits,
            record: StringRecord::new(),
            number: 0,
            is_over: false,
        }
    }

    fn read(&mut self) -> Result<Option<Row>, TableError> {
        self.parser.get_mut().begin_row();
        let row = self.number + 1;
        let is_there = self.parser.read_record(&mut self.record);
        if !is_there.map_err(|error| self.told(error, row))? {
            return Ok(None);
        }
        self.number = row;
        if row > self.limits.rows {
            let limit = self.limits.rows;
            return Err(TableError::TooManyRows { limit });
        }
        if self.record.len() > self.limits.columns {
            let limit = self.limits.columns;
            return Err(TableError::TooManyColumns { row, limit });
        }
        if self.record.as_slice().len() > self.limits.row_bytes {
            let limit = self.limits.row_bytes;
            return Err(TableError::RowTooLong { row, limit });
        }
        let limit = self.limits.cell_chars;
        let is_long = |cell: &str| cell.len() > limit && cell.chars().count() > limit;
        if let Some(index) = self.record.iter().position(is_long) {
            return Err(TableError::CellTooLong {
                row,
                column: index + 1,
                limit,
            });
        }
        let cells = self.record.iter().map(guard::unprotected);
        Ok(Some(Row {
            number: row,
            cells: cells.map(str::to_owned).collect(),
            faults: Vec::new(),
        }))
    }

    fn told(&self, error: csv::Error, row: u64) -> TableError {
        let ErrorKind::Io(error) = error.into_kind() else {
            // What is decoded is UTF-8, and rows may have any length.
            return TableError::Encoding { line: row };
        };
        match Stop::of(&error) {
            Some(stop) => stop.told(row, &self.limits),
            None => TableError::Io(error),
        }
    }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = Result<Row, TableError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let next = self.read().transpose();
        self.is_over = !matches!(next, Some(Ok(_)));
        next
    }
}
