//! A table of a bill, read by the names of its columns: their order is not promised.

use crate::{
    amount::from_yuan,
    beijing,
    payment::{BillError, BillFee},
};
use chrono::{DateTime, Utc};
use domain::Fen;

/// A table; every row has a cell for every column.
#[derive(Debug)]
pub(crate) struct Sheet {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// A row of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'a> {
    columns: &'a [String],
    cells: &'a [String],
    /// Counted from 1.
    number: usize,
}

impl Sheet {
    /// A table of these rows. Column names lose their unit: `收支金额(元)` becomes `收支金额`.
    pub(crate) fn new<'a>(
        columns: impl Iterator<Item = &'a str>,
        rows: Vec<Vec<String>>,
    ) -> Result<Self, BillError> {
        let columns: Vec<_> = columns
            .map(|name| name.split(['(', '（']).next().unwrap_or(name))
            .map(|name| name.trim().to_owned())
            .collect();
        for (row, number) in rows.iter().zip(1..) {
            if row.len() != columns.len() {
                let seen = format!("{} cells for {} columns", row.len(), columns.len());
                return Err(BillError::Row { row: number, seen });
            }
        }
        Ok(Self { columns, rows })
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().zip(1..).map(|(cells, number)| Row {
            columns: &self.columns,
            cells,
            number,
        })
    }
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
