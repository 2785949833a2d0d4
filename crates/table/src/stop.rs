//! Why a file is not decoded to its end.

use std::io;

use crate::{Limits, TableError};

/// Why decoding stopped; carried through `std::io::Error`, since it happens inside the parser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Stop {
    /// A byte that the encoding does not have.
    #[error("malformed text in line {0}")]
    Malformed(u64),
    /// More bytes than the file may have.
    #[error("too many bytes")]
    Bytes,
    /// More bytes than a row may have.
    #[error("too many bytes in a row")]
    Row,
    /// A quote that opens in this row and is not closed, or not where its cell ends.
    #[error("a quote that is not closed in row {0}")]
    Quote(u64),
    /// More cells in this row than a row may have.
    #[error("too many columns in row {0}")]
    Columns(u64),
}

impl From<Stop> for io::Error {
    fn from(stop: Stop) -> Self {
        Self::new(io::ErrorKind::InvalidData, stop)
    }
}

impl Stop {
    /// The reason behind an error of a [`Decoded`].
    pub(crate) fn of(error: &io::Error) -> Option<Self> {
        error.get_ref()?.downcast_ref().copied()
    }

    /// What the caller is told; `row` is the one that was being read.
    pub(crate) fn told(self, row: u64, limits: &Limits) -> TableError {
        match self {
            Self::Malformed(line) => TableError::Encoding { line },
            Self::Bytes => TableError::TooManyBytes {
                limit: limits.bytes,
            },
            Self::Row => TableError::RowTooLong {
                row,
                limit: limits.row_bytes,
            },
            Self::Quote(row) => TableError::UnclosedQuote { row },
            Self::Columns(row) => TableError::TooManyColumns {
                row,
                limit: limits.columns,
            },
        }
    }
}
