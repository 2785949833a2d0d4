//! How much is read at most.

/// How much is read at most. Memory stays below `row_bytes` and some buffers, however large the file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the whole file.
    pub bytes: u64,
    /// Bytes of all parts of a workbook when they are unpacked.
    pub unpacked_bytes: u64,
    /// Rows, the one with the names of the columns included.
    pub rows: u64,
    /// Cells in a row.
    pub columns: usize,
    /// Characters in a cell.
    pub cell_chars: usize,
    /// Bytes of UTF-8 in a row, quotes and delimiters included.
    pub row_bytes: usize,
}

impl Default for Limits {
    /// 64 MiB, 1 GiB unpacked, 200,000 rows, 200 columns, 2,000 characters in a cell, 256 KiB in a row.
    fn default() -> Self {
        Self {
            bytes: 64 << 20,
            unpacked_bytes: 1 << 30,
            rows: 200_000,
            columns: 200,
            cell_chars: 2_000,
            row_bytes: 256 << 10,
        }
    }
}
