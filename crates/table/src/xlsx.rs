//! Reading workbooks (XLSX) cell by cell.

mod inspect;

use std::io::{BufReader, Read, Seek};
use std::ops::ControlFlow;

use calamine::{Cell, DataRef, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};

use crate::{CellFault, CellFaultKind, Limits, Row, TableError};

/// From here on a number has more than the 15 digits that spreadsheets keep.
const FIRST_LOSSY: f64 = 1e15;

/// Hands over the rows of the first visible sheet that has any.
pub(crate) fn read<R: Read + Seek>(
    source: R,
    limits: &Limits,
    visitor: &mut dyn FnMut(Row) -> ControlFlow<()>,
) -> Result<(), TableError> {
    let mut source = BufReader::with_capacity(64 << 10, source);
    inspect::inspect(&mut source, limits)?;
    let mut workbook: Xlsx<_> = Xlsx::new(source).map_err(told)?;
    let sheets = workbook.sheets_metadata().to_vec();
    let visible = sheets.iter().filter(|sheet| {
        sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible
    });
    for sheet in visible {
        if read_sheet(&mut workbook, &sheet.name, limits, visitor)? {
            break;
        }
    }
    Ok(())
}

/// Whether the sheet has rows.
fn read_sheet<R: Read + Seek>(
    workbook: &mut Xlsx<R>,
    name: &str,
    limits: &Limits,
    visitor: &mut dyn FnMut(Row) -> ControlFlow<()>,
) -> Result<bool, TableError> {
    let mut cells = workbook.worksheet_cells_reader(name).map_err(told)?;
    let (mut row, mut last, mut count) = (Row::default(), 0, 0_u64);
    loop {
        let cell = cells.next_cell().map_err(told)?;
        let number = cell
            .as_ref()
            .map(|cell| u64::from(cell.get_position().0) + 1);
        if number != Some(last) && !row.is_blank() {
            count += 1;
            if count > limits.rows {
                let limit = limits.rows;
                return Err(TableError::TooManyRows { limit });
            }
            if visitor(std::mem::take(&mut row)).is_break() {
                return Ok(true);
            }
        }
        let Some((cell, number)) = cell.zip(number) else {
            return Ok(count > 0);
        };
        if number < last {
            return Err(TableError::Damaged);
        }
        if number > last {
            last = number;
            row = Row {
                number,
                ..Row::default()
            };
        }
        add(&mut row, &cell, limits)?;
    }
}

fn add(row: &mut Row, cell: &Cell<DataRef<'_>>, limits: &Limits) -> Result<(), TableError> {
    let (text, fault) = text_of(cell.get_value());
    if text.is_empty() && fault.is_none() {
        return Ok(());
    }
    let column = usize::try_from(cell.get_position().1).unwrap_or(usize::MAX);
    if column >= limits.columns {
        return Err(TableError::TooManyColumns {
            row: row.number,
            limit: limits.columns,
        });
    }
    if text.len() > limits.cell_chars && text.chars().count() > limits.cell_chars {
        return Err(TableError::CellTooLong {
            row: row.number,
            column: column + 1,
            limit: limits.cell_chars,
        });
    }
    if row.cells.len() <= column {
        row.cells.resize(column + 1, String::new());
    }
    row.cells[column] = text;
    row.faults
        .extend(fault.map(|kind| CellFault { column, kind }));
    Ok(())
}

/// What people see in a cell, and what is wrong with it. Of a formula it is the value that was computed last.
fn text_of(value: &DataRef<'_>) -> (String, Option<CellFaultKind>) {
    match value {
        DataRef::Int(number) => {
            let is_lossy = number.unsigned_abs() >= 1_000_000_000_000_000;
            (
                number.to_string(),
                is_lossy.then_some(CellFaultKind::LostDigits),
            )
        }
        DataRef::Float(number) => text_of_number(*number),
        DataRef::SharedString(text) => ((*text).to_owned(), None),
        DataRef::Bool(is_true) => ((if *is_true { "TRUE" } else { "FALSE" }).to_owned(), None),
        DataRef::DateTime(at) if at.is_datetime() => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            (format!("{year:04}-{month:02}-{day:02}"), None)
        }
        DataRef::DateTime(at) => text_of_number(at.as_f64()),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            (text.clone(), None)
        }
        DataRef::Error(error) => (error.to_string(), Some(CellFaultKind::ErrorValue)),
        DataRef::Empty => (String::new(), None),
    }
}

fn text_of_number(number: f64) -> (String, Option<CellFaultKind>) {
    if number.abs() >= FIRST_LOSSY {
        (format!("{number:.0}"), Some(CellFaultKind::LostDigits))
    } else {
        // Whole numbers are written without a point.
        (number.to_string(), None)
    }
}

fn told(error: XlsxError) -> TableError {
    if let XlsxError::Io(error) = error {
        TableError::Io(error)
    } else {
        TableError::Damaged
    }
}
