//! Tables that are given out as files.

use crate::word::words;

/// The most rows of one file; a list that is longer is cut, and its last row says so. A sheet of a workbook has 1,048,576.
pub const SHEET_ROWS_MAX: usize = 200_000;

words! {
    /// How a table is written.
    SheetFormat {
        /// Text: UTF-8 with a byte order mark, commas.
        Csv = "csv", "CSV 文本", "CSV";
        /// A workbook.
        Xlsx = "xlsx", "Excel 工作簿", "Excel workbook";
    }
}

impl SheetFormat {
    /// The media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}
