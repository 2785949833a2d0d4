//! Writing workbooks (XLSX) row by row.

use std::fmt;
use std::io::{Seek, Write};

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use crate::{TableError, guard};

/// The only sheet.
const SHEET: usize = 0;

/// Writes rows one after another. Every cell is text, so that document numbers keep their digits, and
/// [protected](guard), since people save workbooks as CSV. What was written waits in a temporary file.
pub struct WorkbookWriter {
    workbook: Workbook,
    text: Format,
    number: u32,
}

impl fmt::Debug for WorkbookWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WorkbookWriter")
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}

impl WorkbookWriter {
    /// Begins a workbook with one sheet of this name, whose first row stays in view.
    ///
    /// # Errors
    /// [`TableError::Damaged`] for a name that sheets cannot have.
    pub fn new(sheet: &str) -> Result<Self, TableError> {
        let mut workbook = Workbook::new();
        workbook
            .add_worksheet_with_constant_memory()
            .map_err(told)?
            .set_name(sheet)
            .and_then(|sheet| sheet.set_freeze_panes(1, 0))
            .map_err(told)?;
        Ok(Self {
            workbook,
            text: Format::new().set_num_format("@"),
            number: 0,
        })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// [`TableError::TooManyRows`] behind the 1,048,576 that a sheet has; [`TableError::Io`].
    pub fn write<T: AsRef<str>>(&mut self, cells: &[T]) -> Result<(), TableError> {
        let sheet = self.workbook.worksheet_from_index(SHEET).map_err(told)?;
        for (column, cell) in (0_u16..).zip(cells) {
            let text = guard::protected(cell.as_ref());
            sheet
                .write_string_with_format(self.number, column, text.as_ref(), &self.text)
                .map_err(told)?;
        }
        self.number += 1;
        Ok(())
    }

    /// Writes the workbook.
    ///
    /// # Errors
    /// [`TableError::Io`].
    pub fn finish<W: Write + Seek + Send>(mut self, sink: W) -> Result<(), TableError> {
        self.workbook.save_to_writer(sink).map_err(told)
    }
}

fn told(error: XlsxError) -> TableError {
    if let XlsxError::IoError(error) = error {
        TableError::Io(error)
    } else if matches!(error, XlsxError::RowColumnLimitError) {
        TableError::TooManyRows { limit: 1 << 20 }
    } else {
        TableError::Damaged
    }
}
