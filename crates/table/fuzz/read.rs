//! Reading a whole file as one kind of table, within small limits.

use std::io::Cursor;
use std::ops::ControlFlow;

use table::{Format, Layout, LayoutChoice, Limits};

/// As the product's, so much smaller that a search is quick.
const LIMITS: Limits = Limits {
    bytes: 1 << 20,
    unpacked_bytes: 8 << 20,
    rows: 5_000,
    columns: 200,
    cell_chars: 2_000,
    row_bytes: 64 << 10,
};

/// Finds out how the file is written and reads it to its end; whatever is wrong with it is an error, and every row that is
/// handed over keeps to the limits.
pub fn read(file: &[u8], format: Format) {
    let mut source = Cursor::new(file);
    let Ok(layout) = Layout::detect(&mut source, LayoutChoice::default(), &LIMITS) else {
        return;
    };
    if layout.format != format {
        return;
    }
    let mut rows = 0;
    let read = table::visit(source, layout, LIMITS, &mut |row| {
        rows += 1;
        assert!(row.cells.len() <= LIMITS.columns);
        let is_short = |cell: &String| cell.chars().count() <= LIMITS.cell_chars;
        assert!(row.cells.iter().all(is_short));
        ControlFlow::Continue(())
    });
    assert!(rows <= LIMITS.rows);
    drop(read);
}
