//! Rows of text in and out of files that spreadsheets use. What the rows mean is the caller's.
//!
//! # Reading
//! [`Layout::detect`] looks through a file once and says how it is written; [`Reader`] then gives its rows one after
//! another. Both hold a row at a time in memory, never the file, and both enforce [`Limits`], since the files come from
//! strangers.
//!
//! # Writing
//! [`Writer`] quotes every cell and protects the reader's spreadsheet from formulas ([`guard`]).

mod decode;
mod delimiter;
mod encoding;
mod error;
mod format;
pub mod guard;
mod layout;
mod limits;
mod read;
mod write;

pub use delimiter::Delimiter;
pub use encoding::Encoding;
pub use error::TableError;
pub use format::Format;
pub use layout::Layout;
pub use limits::Limits;
pub use read::{Reader, Row};
pub use write::{WriteOptions, Writer};
