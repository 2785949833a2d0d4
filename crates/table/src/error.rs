//! Why a table cannot be read or written.

use std::io;

use crate::ForeignFormat;

/// Why a table cannot be read or written. Rows and columns are counted from 1, rows as spreadsheets count them, without
/// empty lines.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The file cannot be read or written.
    #[error("the file cannot be read or written")]
    Io(#[from] io::Error),
    /// It is recognised and not read.
    #[error("the file is no table that is read: {0:?}")]
    Format(ForeignFormat),
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It breaks the rules of its format, such as a workbook that is cut off.
    #[error("the file is damaged")]
    Damaged,
    /// A part of a workbook unpacks to far more than it is, or to more than is read.
    #[error("the workbook unpacks to more than is read")]
    Unpacked,
    /// The texts of a workbook take more memory than there is for them.
    #[error("the texts of the workbook are too many for memory")]
    TooManyTexts,
    /// A DBF file whose fields continue in a memo file.
    #[error("field {field} is in a memo file")]
    Memo {
        /// The field's name.
        field: String,
    },
    /// A quote that is not closed, or not where its cell ends.
    #[error("row {row}: a quote is not closed")]
    UnclosedQuote {
        /// The row in which it opens.
        row: u64,
    },
    /// It is in none of the encodings that are read.
    #[error("the line {line} is neither UTF-8 nor GB18030")]
    Encoding {
        /// The line of the file.
        line: u64,
    },
    /// A character that the encoding of the file does not have.
    #[error("row {row}, column {column}: the encoding has no such character")]
    Unencodable {
        /// The row.
        row: u64,
        /// The column.
        column: usize,
    },
    /// The file is too large.
    #[error("the file has more than {limit} bytes")]
    TooManyBytes {
        /// The most bytes.
        limit: u64,
    },
    /// The table has too many rows.
    #[error("the table has more than {limit} rows")]
    TooManyRows {
        /// The most rows.
        limit: u64,
    },
    /// A row is too long; often a quote is missing.
    #[error("row {row} has more than {limit} bytes: perhaps a quote is missing")]
    RowTooLong {
        /// The row.
        row: u64,
        /// The most bytes.
        limit: usize,
    },
    /// A row has too many cells.
    #[error("row {row} has more than {limit} columns")]
    TooManyColumns {
        /// The row.
        row: u64,
        /// The most columns.
        limit: usize,
    },
    /// A cell is too long.
    #[error("row {row}, column {column}: more than {limit} characters")]
    CellTooLong {
        /// The row.
        row: u64,
        /// The column.
        column: usize,
        /// The most characters.
        limit: usize,
    },
}
