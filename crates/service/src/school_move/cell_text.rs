//! Values of rows as they stand in a file.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use data_encoding::BASE64;
use serde::{Deserialize, Serialize};
use store::school_move::{Cell, MovedRow};
use uuid::Uuid;

/// A value in a file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum CellText {
    Null,
    Uuid(Uuid),
    /// Base64.
    Bytes(String),
    Text(String),
    Number(i64),
    Flag(bool),
    Time(DateTime<Utc>),
    Json(serde_json::Value),
}

impl From<Cell> for CellText {
    fn from(cell: Cell) -> Self {
        match cell {
            Cell::Null => Self::Null,
            Cell::Uuid(id) => Self::Uuid(id),
            Cell::Bytes(bytes) => Self::Bytes(BASE64.encode(&bytes)),
            Cell::Text(text) => Self::Text(text),
            Cell::Number(number) => Self::Number(number),
            Cell::Flag(flag) => Self::Flag(flag),
            Cell::Time(at) => Self::Time(at),
            Cell::Json(json) => Self::Json(json),
        }
    }
}

impl CellText {
    fn cell(self) -> Option<Cell> {
        Some(match self {
            Self::Null => Cell::Null,
            Self::Uuid(id) => Cell::Uuid(id),
            Self::Bytes(text) => Cell::Bytes(BASE64.decode(text.as_bytes()).ok()?),
            Self::Text(text) => Cell::Text(text),
            Self::Number(number) => Cell::Number(number),
            Self::Flag(flag) => Cell::Flag(flag),
            Self::Time(at) => Cell::Time(at),
            Self::Json(json) => Cell::Json(json),
        })
    }
}

/// A row for a file.
pub(super) fn written(row: MovedRow) -> BTreeMap<String, CellText> {
    row.into_iter()
        .map(|(name, cell)| (name, cell.into()))
        .collect()
}

/// The row that stands in a file; `None` where a value cannot be read.
pub(super) fn read(cells: BTreeMap<String, CellText>) -> Option<MovedRow> {
    let cells = cells.into_iter();
    cells
        .map(|(name, cell)| Some((name, cell.cell()?)))
        .collect()
}
