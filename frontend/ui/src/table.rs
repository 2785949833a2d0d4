//! A list of many rows: its filters, its order and its place are in the page's address.

mod body;
mod filter;
mod frame;
mod text;

pub use body::{Column, Row};
pub use filter::{Filter, FilterKind};
pub use frame::{DataTable, TablePage, TableSource, is_typing};
