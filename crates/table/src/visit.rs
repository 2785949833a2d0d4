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

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use rstest::rstest;

    use super::*;
    use crate::LayoutChoice;

    const FILE: &str = "姓名,学号\n,\n张三,=\"007\"\n李四,2\n王五,3\n";

    fn layout(file: &str) -> Layout {
        let choice = LayoutChoice::default();
        Layout::detect(&mut Cursor::new(file), choice, &Limits::default()).unwrap()
    }

    #[rstest]
    #[case::one(1, &[1])]
    #[case::two(2, &[1, 3])]
    #[case::more_than_there_are(9, &[1, 3, 4, 5])]
    fn a_preview_has_so_many_rows_and_no_blank_ones(#[case] rows: usize, #[case] numbers: &[u64]) {
        let layout = layout(FILE);
        let found = preview(Cursor::new(FILE), layout, Limits::default(), rows).unwrap();
        let found: Vec<_> = found.iter().map(|row| row.number).collect();
        assert_eq!(found, numbers);
    }

    #[test]
    fn wrappers_are_taken_off_the_cells_of_a_file() {
        let layout = layout(FILE);
        let found = preview(Cursor::new(FILE), layout, Limits::default(), 2).unwrap();
        assert_eq!(found[1].cells, ["张三", "007"]);
    }

    #[test]
    fn a_file_is_read_no_further_than_the_visitor_wants() {
        let mut seen = 0;
        let layout = layout(FILE);
        visit(Cursor::new(FILE), layout, Limits::default(), &mut |_| {
            seen += 1;
            ControlFlow::Break(())
        })
        .unwrap();
        assert_eq!(seen, 1);
    }
}
