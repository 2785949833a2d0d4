//! Tables as files: read as a whole, and given out.

use std::io::Cursor;
use std::ops::ControlFlow;

use domain::sheet::{SHEET_ROWS_MAX, SheetFormat};
use domain::{Lang, Text};
use table::{Layout, LayoutChoice, Limits, Row, TableError, WorkbookWriter, WriteOptions, Writer};

use crate::Failure;

/// What the last row of a cut file says.
const CUT: Text = Text::new(
    "行数过多，其余未导出。请按学院或班级筛选后分次导出。",
    "There are more rows than one file may have. Filter by college or class and export again.",
);

/// A table as a file.
#[derive(Debug, Clone)]
pub struct SheetFile {
    /// How it is written.
    pub format: SheetFormat,
    /// Its name, without folder.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

enum Writing {
    Csv(Box<Writer<Vec<u8>>>),
    Xlsx(Box<WorkbookWriter>),
}

/// How large a file may be that is read as a whole.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FileBounds {
    /// Bytes; ten times as many once they are unpacked.
    pub(crate) bytes: u64,
    /// Rows.
    pub(crate) rows: u64,
}

/// All rows of a file, whatever its format and encoding.
pub(crate) async fn read_rows(
    content: Vec<u8>,
    bounds: FileBounds,
) -> Result<Vec<Row>, TableError> {
    // A parser that panics is a file that cannot be read.
    let read = tokio::task::spawn_blocking(move || rows(content, bounds)).await;
    read.unwrap_or(Err(TableError::Damaged))
}

fn rows(content: Vec<u8>, bounds: FileBounds) -> Result<Vec<Row>, TableError> {
    let limits = Limits {
        bytes: bounds.bytes,
        unpacked_bytes: bounds.bytes * 10,
        rows: bounds.rows,
        ..Limits::default()
    };
    let mut source = Cursor::new(content);
    let layout = Layout::detect(&mut source, LayoutChoice::default(), &limits)?;
    let mut found = Vec::new();
    table::visit(source, layout, limits, &mut |row| {
        found.push(row);
        ControlFlow::Continue(())
    })?;
    Ok(found)
}

/// How a table is written, and in which language its words are.
#[derive(Debug, Clone, Copy)]
pub struct SheetStyle {
    /// The format.
    pub format: SheetFormat,
    /// The language.
    pub lang: Lang,
}

/// Writes a table row by row.
pub(crate) struct Sheet {
    writing: Writing,
    format: SheetFormat,
    lang: Lang,
    rows: usize,
}

fn broken(_: TableError) -> Failure {
    Failure::Fault("a table cannot be written")
}

impl Sheet {
    /// Begins a table with these headings.
    pub(crate) fn begin(
        SheetStyle { format, lang }: SheetStyle,
        headings: &[&str],
    ) -> Result<Self, Failure> {
        let writing = match format {
            SheetFormat::Csv => {
                let writer = Writer::new(Vec::new(), WriteOptions::default());
                Writing::Csv(Box::new(writer.map_err(broken)?))
            }
            SheetFormat::Xlsx => {
                let writer = WorkbookWriter::new("Sheet1");
                Writing::Xlsx(Box::new(writer.map_err(broken)?))
            }
        };
        let mut sheet = Self {
            writing,
            format,
            lang,
            rows: 0,
        };
        sheet.write(headings)?;
        Ok(sheet)
    }

    fn write<T: AsRef<str>>(&mut self, cells: &[T]) -> Result<(), Failure> {
        match &mut self.writing {
            Writing::Csv(writer) => writer.write(cells),
            Writing::Xlsx(writer) => writer.write(cells),
        }
        .map_err(broken)
    }

    /// Adds a row; false where the file is full, which its last row then says.
    pub(crate) fn add<T: AsRef<str>>(&mut self, cells: &[T]) -> Result<bool, Failure> {
        if self.rows == SHEET_ROWS_MAX {
            self.write(&[CUT.get(self.lang)])?;
            return Ok(false);
        }
        self.rows += 1;
        self.write(cells)?;
        Ok(true)
    }

    /// The file.
    pub(crate) fn finish(self, name: &str) -> Result<SheetFile, Failure> {
        let bytes = match self.writing {
            Writing::Csv(writer) => writer.finish().map_err(broken)?,
            Writing::Xlsx(writer) => {
                let mut bytes = Cursor::new(Vec::new());
                writer.finish(&mut bytes).map_err(broken)?;
                bytes.into_inner()
            }
        };
        Ok(SheetFile {
            format: self.format,
            name: format!("{name}.{}", self.format),
            bytes,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_is_too_long_is_cut_and_says_so() {
        let style = SheetStyle {
            format: SheetFormat::Csv,
            lang: Lang::En,
        };
        let mut sheet = Sheet::begin(style, &["Row"]).unwrap();
        for _ in 0..SHEET_ROWS_MAX {
            assert!(sheet.add(&["1"]).unwrap());
        }
        assert!(!sheet.add(&["1"]).unwrap());
        let file = sheet.finish("report").unwrap();
        let text = String::from_utf8(file.bytes).unwrap();
        assert_eq!(file.name, "report.csv");
        assert!(text.starts_with("\u{feff}\"Row\"\r\n\"1\"\r\n"));
        assert!(text.trim_end().ends_with("export again.\""));
    }
}
