//! Rows of text in and out of files that spreadsheets use. What the rows mean is the caller's.
//!
//! # Reading
//! [`Layout::detect`] looks through a file once and says what it is and how it is written; [`visit`] then hands its rows one
//! after another to a visitor. Both hold little in memory, never the file, and both enforce [`Limits`], since the files come
//! from strangers. [`Reader`] reads CSV alone.
//!
//! # Writing
//! [`Writer`] writes CSV: it quotes every cell and protects the reader's spreadsheet from formulas ([`guard`]).
//! [`WorkbookWriter`] writes XLSX, in which every cell is text, [`DbfWriter`] DBF for old programs. [`ArchiveWriter`] puts tables and other files into a ZIP that
//! can be read as a stream.

mod archive;
mod cell;
mod cp936;
mod dbf;
mod dbf_write;
mod decode;
mod delimiter;
mod encoding;
mod error;
mod fill;
mod foreign;
mod format;
pub mod guard;
mod heading;
mod layout;
mod limits;
mod quote;
mod read;
mod stop;
mod visit;
mod workbook;
mod write;
mod xlsx;

pub use archive::ArchiveWriter;
pub use cell::{CellFault, CellFaultKind, Row};
pub use dbf_write::{DbfDay, DbfLoss, DbfWriter};
pub use delimiter::Delimiter;
pub use encoding::Encoding;
pub use error::TableError;
pub use foreign::ForeignFormat;
pub use format::Format;
pub use heading::{HEADING_ROWS, Heading};
pub use layout::{Layout, LayoutChoice};
pub use limits::Limits;
pub use read::Reader;
pub use visit::{preview, visit};
pub use workbook::WorkbookWriter;
pub use write::{WriteOptions, Writer};
