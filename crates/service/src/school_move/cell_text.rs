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

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use serde_json::json;

    use super::*;

    #[rstest]
    #[case::null(Cell::Null)]
    #[case::id(Cell::Uuid(Uuid::from_u128(7)))]
    #[case::bytes(Cell::Bytes(vec![0, 255, 10]))]
    #[case::no_bytes(Cell::Bytes(Vec::new()))]
    #[case::text(Cell::Text("赵\"\n".to_owned()))]
    #[case::number(Cell::Number(i64::MIN))]
    #[case::flag(Cell::Flag(true))]
    #[case::time(Cell::Time(DateTime::UNIX_EPOCH + chrono::TimeDelta::microseconds(1)))]
    #[case::json(Cell::Json(json!({ "a": [1, null] })))]
    fn a_value_comes_out_of_a_file_as_it_went_in(#[case] cell: Cell) {
        let row = MovedRow::from([("column".to_owned(), cell)]);
        let text = serde_json::to_string(&written(row.clone())).unwrap();
        assert_eq!(read(serde_json::from_str(&text).unwrap()), Some(row));
    }

    #[test]
    fn bytes_that_are_no_base64_are_not_read() {
        let cells = BTreeMap::from([("column".to_owned(), CellText::Bytes("*".to_owned()))]);
        assert_eq!(read(cells), None);
    }
}
