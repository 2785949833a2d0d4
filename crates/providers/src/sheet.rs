//! A table of a bill, read by the names of its columns: their order is not promised.
//!
//! Bills do not quote what merchants write into them, so that a comma, a line break or a quote in another shop's goods name
//! shifts the cells of its row. Such a row is put together again from the columns whose form is known on either side of the
//! free texts; one that cannot be is reported, and the others are read. Source: docs/sources.md#bill-rows

mod fit;

use crate::{
    amount::from_yuan,
    beijing,
    payment::{BillError, BillFee, UnreadRow},
};
use chrono::{DateTime, Utc};
use csv::{ReaderBuilder, Trim};
use domain::Fen;
use fit::{Fit, Form, fit, form_of};

/// A table; every row has a cell for every column.
#[derive(Debug)]
pub(crate) struct Sheet {
    columns: Vec<String>,
    rows: Vec<(usize, Vec<String>)>,
    unread: Vec<UnreadRow>,
}

/// How the cells of a row are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cells {
    /// `WeChat Pay`: a backtick before each value, commas between them.
    Backticks,
    /// Alipay: commas, and quotes around some values.
    Commas,
}

/// A row of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'a> {
    columns: &'a [String],
    cells: &'a [String],
    /// Counted from 1.
    number: usize,
}

impl Cells {
    fn between(self) -> &'static str {
        match self {
            Self::Backticks => ",`",
            Self::Commas => ",",
        }
    }

    /// The cells of a record, wherever there is something between two of them.
    fn split(self, record: &str) -> Vec<&str> {
        let record = match self {
            Self::Backticks => record.strip_prefix('`').unwrap_or(record),
            Self::Commas => record,
        };
        record.split(self.between()).collect()
    }

    /// Whether a line begins a record: with a backtick and a time, or with the number of a trade.
    fn begins(self, line: &str, columns: usize) -> bool {
        let cells = self.split(line);
        let first = cells.first().map_or("", |cell| cell.trim());
        match self {
            Self::Backticks => line.starts_with('`') && beijing::parse(first).is_some(),
            Self::Commas => {
                let number = first.trim_matches('"').trim();
                let is_number =
                    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
                is_number
                    && cells.len() > 1
                    && (number.len() >= TRADE_NUMBER || cells.len() >= columns)
            }
        }
    }
}

/// The fewest digits by which the number of a trade is known at the beginning of a line that is too short for a row.
const TRADE_NUMBER: usize = 16;

/// Column names without their unit: `收支金额(元)` becomes `收支金额`. A comma after the last one names no column.
fn columns(heading: &str) -> Vec<String> {
    let bare = |name: &str| {
        let name = name.split(['(', '（']).next().unwrap_or(name);
        name.trim().trim_matches('"').trim().to_owned()
    };
    let mut columns: Vec<String> = heading.split(',').map(bare).collect();
    while columns.last().is_some_and(String::is_empty) {
        columns.pop();
    }
    columns
}

/// Puts lines together to records: a line that begins none belongs to the value that was broken before it.
fn records<'a>(lines: impl Iterator<Item = &'a str>, begins: impl Fn(&str) -> bool) -> Vec<String> {
    let mut records: Vec<String> = Vec::new();
    for line in lines {
        match records.last_mut() {
            Some(record) if !begins(line) => {
                record.push('\n');
                record.push_str(line);
            }
            Some(_) | None => records.push(line.to_owned()),
        }
    }
    records
}

impl Sheet {
    /// A table of these lines below this heading.
    pub(crate) fn new<'a>(
        heading: &str,
        lines: impl Iterator<Item = &'a str>,
        cells: Cells,
    ) -> Self {
        let columns = columns(heading);
        let forms: Vec<Form> = columns.iter().map(|name| form_of(name)).collect();
        let (mut rows, mut unread) = (Vec::new(), Vec::new());
        let records = records(lines, |line| cells.begins(line, columns.len()));
        for (record, row) in records.iter().zip(1..) {
            match read(record, cells, &forms) {
                Ok(found) => rows.push((row, found)),
                Err(seen) => unread.push(UnreadRow { row, seen }),
            }
        }
        Self {
            columns,
            rows,
            unread,
        }
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let rows = self.rows.iter();
        rows.map(|(number, cells)| Row {
            columns: &self.columns,
            cells,
            number: *number,
        })
    }

    /// The rows that cannot be read, in no order.
    pub(crate) fn unread(&self) -> &[UnreadRow] {
        &self.unread
    }

    /// Sets aside the rows that cannot be read. Where those are more than one and more than the others, the bill is the
    /// fault and not its rows.
    pub(crate) fn set_unreadable_aside<T>(
        &mut self,
        read: impl Fn(Row<'_>) -> Result<T, BillError>,
    ) -> Result<(), BillError> {
        let mut unreadable = Vec::new();
        for row in self.rows() {
            match read(row) {
                Ok(_) => {}
                Err(BillError::Row { row, seen }) => unreadable.push(UnreadRow { row, seen }),
                Err(other) => return Err(other),
            }
        }
        let is_aside = |number| {
            unreadable
                .iter()
                .any(|aside: &UnreadRow| aside.row == number)
        };
        self.rows.retain(|(number, _)| !is_aside(*number));
        self.unread.extend(unreadable);
        let is_unreadable = self.unread.len() > self.rows.len().max(1);
        match self.unread.first() {
            Some(UnreadRow { row, seen }) if is_unreadable => Err(BillError::Row {
                row: *row,
                seen: seen.clone(),
            }),
            Some(_) | None => Ok(()),
        }
    }
}

/// The cells of a record, one for each column, or what is wrong.
fn read(record: &str, cells: Cells, forms: &[Form]) -> Result<Vec<String>, String> {
    let mut split = cells.split(record);
    if split.len() == forms.len() {
        return Ok(split.iter().map(|cell| bare(cell).to_owned()).collect());
    }
    if cells == Cells::Commas
        && let Some(quoted) = quoted(record, forms.len())
    {
        return Ok(quoted);
    }
    let seen = format!("{} cells for {} columns", split.len(), forms.len());
    match fit(&split, cells.between(), forms) {
        Fit::One(found) => return Ok(found),
        Fit::Several => return Err(seen),
        Fit::None => {}
    }
    // A comma after the last value begins no other.
    while split.len() > forms.len() && split.last().is_some_and(|cell| cell.trim().is_empty()) {
        split.pop();
    }
    match fit(&split, cells.between(), forms) {
        Fit::One(found) => Ok(found),
        Fit::Several | Fit::None => Err(seen),
    }
}

/// A value without the quotes around it.
fn bare(cell: &str) -> &str {
    let cell = cell.trim();
    let inner = cell
        .strip_prefix('"')
        .and_then(|cell| cell.strip_suffix('"'));
    inner.unwrap_or(cell).trim()
}

/// The cells of a record whose values with commas are quoted, as they should be.
fn quoted(record: &str, columns: usize) -> Option<Vec<String>> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .trim(Trim::All)
        .flexible(true)
        .from_reader(record.as_bytes());
    let mut rows = reader.records();
    let row = rows.next()?.ok()?;
    let cells: Vec<String> = row.iter().map(str::to_owned).collect();
    (cells.len() == columns && rows.next().is_none()).then_some(cells)
}

impl<'a> Row<'a> {
    pub(crate) fn text(self, column: &'static str) -> Result<&'a str, BillError> {
        let mut named = self.columns.iter().zip(self.cells);
        named
            .find(|(name, _)| *name == column)
            .map(|(_, cell)| cell.trim())
            .ok_or(BillError::Column(column))
    }

    pub(crate) fn fen(self, column: &'static str) -> Result<Fen, BillError> {
        let text = self.text(column)?;
        from_yuan(text).map_err(|error| self.broken(&error))
    }

    pub(crate) fn fee(self, column: &'static str) -> Result<BillFee, BillError> {
        let text = self.text(column)?;
        BillFee::from_yuan(text).map_err(|error| self.broken(&error))
    }

    pub(crate) fn time(self, column: &'static str) -> Result<DateTime<Utc>, BillError> {
        let text = self.text(column)?;
        beijing::parse(text).ok_or_else(|| self.broken(&format_args!("{text:?} is no time")))
    }

    pub(crate) fn broken(self, seen: &dyn std::fmt::Display) -> BillError {
        BillError::Row {
            row: self.number,
            seen: seen.to_string(),
        }
    }
}

/// Compares what a bill says of itself with what its rows come to.
pub(crate) fn require_total(what: &'static str, total: i64, rows: i64) -> Result<(), BillError> {
    if total == rows {
        Ok(())
    } else {
        Err(BillError::Total { what, total, rows })
    }
}
