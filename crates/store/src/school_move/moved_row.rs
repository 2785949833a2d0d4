//! Rows of any table as plain values, and back.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Order, Query, Value};
use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;

use super::moved_table::{Kind, MovedTable, Moving};
use crate::{StoreError, Tx};

/// So many rows make a page, and are added by one statement.
const PAGE: u64 = 200;
/// So many rows are deleted by one statement: a time limit of the database must not end the deletion of a large school, and
/// other writers wait for one such statement at most.
const CLEARED: u64 = 500;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// None.
    Null,
    /// A key.
    Uuid(Uuid),
    /// Bytes, such as what is sealed.
    Bytes(Vec<u8>),
    /// A text.
    Text(String),
    /// A number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// A moment.
    Time(DateTime<Utc>),
    /// A document.
    Json(serde_json::Value),
}

/// A row, by the names of its columns.
pub type MovedRow = BTreeMap<String, Cell>;

fn cell(row: &QueryResult, name: &str, kind: Kind) -> Result<Cell, StoreError> {
    let cell = match kind {
        Kind::Uuid => row.try_get::<Option<_>>("", name)?.map(Cell::Uuid),
        Kind::Bytes => row.try_get::<Option<_>>("", name)?.map(Cell::Bytes),
        Kind::Text => row.try_get::<Option<_>>("", name)?.map(Cell::Text),
        Kind::Small => {
            let number = row.try_get::<Option<i32>>("", name)?;
            number.map(|number| Cell::Number(number.into()))
        }
        Kind::Number => row.try_get::<Option<_>>("", name)?.map(Cell::Number),
        Kind::Flag => row.try_get::<Option<_>>("", name)?.map(Cell::Flag),
        Kind::Time => row.try_get::<Option<_>>("", name)?.map(Cell::Time),
        Kind::Json => row.try_get::<Option<_>>("", name)?.map(Cell::Json),
    };
    Ok(cell.unwrap_or(Cell::Null))
}

/// The value of a column; `None` where the cell is of another kind.
fn value(cell: Cell, kind: Kind) -> Option<Value> {
    Some(match (kind, cell) {
        (Kind::Uuid, Cell::Null) => None::<Uuid>.into(),
        (Kind::Uuid, Cell::Uuid(id)) => id.into(),
        (Kind::Bytes, Cell::Null) => None::<Vec<u8>>.into(),
        (Kind::Bytes, Cell::Bytes(bytes)) => bytes.into(),
        (Kind::Text, Cell::Null) => None::<String>.into(),
        (Kind::Text, Cell::Text(text)) => text.into(),
        (Kind::Small, Cell::Null) => None::<i32>.into(),
        (Kind::Small, Cell::Number(number)) => i32::try_from(number).ok()?.into(),
        (Kind::Number, Cell::Null) => None::<i64>.into(),
        (Kind::Number, Cell::Number(number)) => number.into(),
        (Kind::Flag, Cell::Null) => None::<bool>.into(),
        (Kind::Flag, Cell::Flag(flag)) => flag.into(),
        (Kind::Time, Cell::Null) => None::<DateTime<Utc>>.into(),
        (Kind::Time, Cell::Time(at)) => at.into(),
        (Kind::Json, Cell::Null) => None::<serde_json::Value>.into(),
        (Kind::Json, Cell::Json(json)) => json.into(),
        (
            Kind::Uuid
            | Kind::Bytes
            | Kind::Text
            | Kind::Small
            | Kind::Number
            | Kind::Flag
            | Kind::Time
            | Kind::Json,
            _,
        ) => return None,
    })
}

/// The rows of a school after one, in the order of their keys; fewer than a page after the last.
pub async fn page(
    on: &impl ConnectionTrait,
    table: &MovedTable,
    moving: &Moving,
    after: Option<&MovedRow>,
) -> Result<(Vec<MovedRow>, bool), StoreError> {
    let kinds = table.kinds()?;
    let mut query = Query::select();
    query
        .columns(kinds.iter().map(|(name, _)| Alias::new(*name)))
        .from(Alias::new(table.name))
        .and_where(table.condition(moving))
        .limit(PAGE);
    for key in &table.key {
        query.order_by(Alias::new(key), Order::Asc);
    }
    if let Some(after) = after {
        let kind = |key: &str| {
            kinds
                .iter()
                .find(|(name, _)| *name == key)
                .map(|(_, kind)| *kind)
        };
        let last = table.key.iter().map(|key| {
            let last = kind(key).and_then(|kind| value(after.get(key)?.clone(), kind));
            last.map(Expr::value)
                .ok_or_else(|| StoreError::corrupt(format!("{}: a key", table.name)))
        });
        let last = last.collect::<Result<Vec<_>, _>>()?;
        let keys = table.key.iter().map(|key| Expr::col(Alias::new(key)));
        query.and_where(Expr::tuple(keys).gt(Expr::tuple(last)));
    }
    let rows = on.query_all(&query).await?;
    let is_last = (rows.len() as u64) < PAGE;
    let read = |row: &QueryResult| {
        let cells = kinds.iter();
        let cells = cells.map(|(name, kind)| Ok(((*name).to_owned(), cell(row, name, *kind)?)));
        cells.collect::<Result<MovedRow, StoreError>>()
    };
    let rows = rows.iter().map(read).collect::<Result<_, _>>()?;
    Ok((rows, is_last))
}

/// Adds rows, at most a page.
///
/// # Errors
/// [`StoreError::Corrupt`] where a row has other columns than the table, or a cell of another kind;
/// [`StoreError::Conflict`] where one is there already.
pub async fn insert_rows(
    tx: &Tx,
    table: &MovedTable,
    rows: Vec<MovedRow>,
) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let kinds = table.kinds()?;
    let mut query = Query::insert();
    query
        .into_table(Alias::new(table.name))
        .columns(kinds.iter().map(|(name, _)| Alias::new(*name)));
    for mut row in rows {
        let mut values = Vec::with_capacity(kinds.len());
        for (name, kind) in &kinds {
            let found = row.remove(*name).and_then(|cell| value(cell, *kind));
            let found = found
                .ok_or_else(|| StoreError::corrupt(format!("{}.{name} of a file", table.name)))?;
            values.push(Expr::value(found));
        }
        if !row.is_empty() {
            let what = format!("{}: another column in a file", table.name);
            return Err(StoreError::corrupt(what));
        }
        query.values_panic(values);
    }
    tx.execute(&query).await?;
    Ok(())
}

/// Deletes some rows of a school that has moved, the newest first, since a row of a table may refer to an older one of the
/// same table. Returns whether there may be more. Accounts and the audit log stay.
pub async fn clear_some(tx: &Tx, table: &MovedTable, moving: &Moving) -> Result<bool, StoreError> {
    let Some(which) = table.cleared(moving) else {
        return Ok(false);
    };
    let keys = || table.key.iter().map(Alias::new);
    let mut some = Query::select();
    some.columns(keys())
        .from(Alias::new(table.name))
        .and_where(which)
        .limit(CLEARED);
    for key in keys() {
        some.order_by(key, Order::Desc);
    }
    let mut query = Query::delete();
    query
        .from_table(Alias::new(table.name))
        .and_where(Expr::tuple(keys().map(Expr::col)).in_subquery(some));
    let gone = tx.execute(&query).await?;
    Ok(gone.rows_affected() == CLEARED)
}
