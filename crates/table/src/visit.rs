//! Going through the rows of a file of any kind.

use std::io::{Read, Seek};
use std::ops::ControlFlow;

use crate::{Format, Layout, Limits, Reader, Row, TableError, dbf, guard, xlsx};

/// Hands the rows of a file, which is written as [`Layout::detect`] said, to a visitor until it breaks off. Blank rows are
/// left out, and wrappers are taken off the cells ([`guard::unwrapped`]).
///
/// # Errors
/// [`TableError::Empty`] where there is no row; what is wrong with the file, once the rows before it were handed over.
pub fn visit<R: Read + Seek>(
    source: R,
    layout: Layout,
    limits: Limits,
    visitor: &mut dyn FnMut(Row) -> ControlFlow<()>,
) -> Result<(), TableError> {
    let mut is_empty = true;
    let mut hand_over = |mut row: Row| {
        if row.is_blank() {
            return ControlFlow::Continue(());
        }
        is_empty = false;
        for cell in &mut row.cells {
            let inner = guard::unwrapped(cell);
            if inner.len() != cell.len() {
                *cell = inner.to_owned();
            }
        }
        visitor(row)
    };
    match layout.format {
        Format::Csv => {
            for row in Reader::new(source, layout, limits) {
                if hand_over(row?).is_break() {
                    break;
                }
            }
        }
        Format::Xlsx => xlsx::read(source, &limits, &mut hand_over)?,
        Format::Dbf => dbf::read(source, layout.encoding, &limits, &mut hand_over)?,
    }
    if is_empty {
        return Err(TableError::Empty);
    }
    Ok(())
}

/// The first rows of a file.
///
/// # Errors
/// As [`visit`], as far as it reads.
pub fn preview<R: Read + Seek>(
    source: R,
    layout: Layout,
    limits: Limits,
    rows: usize,
) -> Result<Vec<Row>, TableError> {
    let mut found = Vec::new();
    visit(source, layout, limits, &mut |row| {
        found.push(row);
        if found.len() < rows {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    })?;
    Ok(found)
}
