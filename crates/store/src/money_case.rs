//! Money that a person must look at: opened once for each cause, counted where it is met again.

use chrono::{DateTime, Utc};
use domain::money_case::{CaseKind, CaseOrder, CaseState, MoneyCase, Resolution, SYSTEM};
use domain::payment::MerchantAccount;
use domain::{Fen, MoneyCaseId, OrderId, SchoolId};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Select,
};

use crate::entity::money_case::{Column, Entity, Model};
use crate::word::word;
use crate::{StoreError, Tx};

const OPEN: &str = CaseState::Open.as_str();
const RESOLVED: &str = CaseState::Resolved.as_str();

/// What becomes of a case that somebody resolved when it is met again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// It is the same trouble, and stays resolved.
    StaysResolved,
    /// It is new trouble, and is open again.
    Reopens,
}

/// Replaces a case; the caller holds its lock.
pub async fn save(tx: &Tx, case: &MoneyCase) -> Result<(), StoreError> {
    crate::row::save(tx, row(case)).await
}

fn row(case: &MoneyCase) -> Model {
    let resolution = case.resolution.as_ref();
    Model {
        id: case.id.0,
        kind: case.kind.as_str().to_owned(),
        key: case.key.clone(),
        provider: case.provider.as_str().to_owned(),
        merchant_account: case.merchant_account.clone(),
        school_id: case.order.map(|order| order.school_id.0),
        order_id: case.order.map(|order| order.order_id.0),
        amount_fen: case.amount.map(|amount| amount.0),
        facts: case.facts.clone(),
        state: resolution.map_or(OPEN, |_| RESOLVED).to_owned(),
        seen_count: case.seen_count,
        opened_at: case.opened_at,
        resolved_at: resolution.map(|resolution| resolution.at),
        resolved_by: resolution.map(|resolution| resolution.by.clone()),
        resolution: resolution.and_then(|resolution| resolution.text.clone()),
    }
}

pub(crate) fn read(row: Model) -> Result<MoneyCase, StoreError> {
    let order = row.school_id.zip(row.order_id);
    let resolved = row.resolved_at.zip(row.resolved_by);
    let state: CaseState = word("money_cases.state", &row.state)?;
    if resolved.is_some() != (state == CaseState::Resolved) {
        return Err(StoreError::corrupt("money_cases.state"));
    }
    Ok(MoneyCase {
        id: MoneyCaseId(row.id),
        kind: word("money_cases.kind", &row.kind)?,
        key: row.key,
        provider: word("money_cases.provider", &row.provider)?,
        merchant_account: row.merchant_account,
        order: order.map(|(school, order)| CaseOrder {
            school_id: SchoolId(school),
            order_id: OrderId(order),
        }),
        amount: row.amount_fen.map(Fen),
        facts: row.facts,
        seen_count: row.seen_count,
        opened_at: row.opened_at,
        resolution: resolved.map(|(at, by)| Resolution {
            at,
            by,
            text: row.resolution,
        }),
    })
}

async fn all(
    on: &impl ConnectionTrait,
    query: Select<Entity>,
) -> Result<Vec<MoneyCase>, StoreError> {
    let rows = query.all(on).await?;
    rows.into_iter().map(read).collect()
}

/// Opens a case, or counts it where it was met before and keeps what is said of it now. One that ended by itself opens
/// again; one that somebody resolved does where `again` says so.
pub async fn open(tx: &Tx, case: &MoneyCase, again: Again) -> Result<(), StoreError> {
    let row = row(case);
    let (kind, key) = (row.kind.clone(), row.key.clone());
    let known = OnConflict::columns([Column::Kind, Column::Key])
        .value(
            Column::SeenCount,
            Expr::col((Entity, Column::SeenCount)).add(1),
        )
        .update_column(Column::Facts)
        .to_owned();
    Entity::insert(row.into_active_model().reset_all())
        .on_conflict(known)
        .exec_without_returning(tx)
        .await?;
    let reopened = Entity::update_many()
        .col_expr(Column::State, Expr::value(OPEN))
        .col_expr(Column::ResolvedAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(Column::ResolvedBy, Expr::value(None::<String>))
        .col_expr(Column::Resolution, Expr::value(None::<String>))
        .filter(Column::Kind.eq(kind))
        .filter(Column::Key.eq(key))
        .filter(Column::State.eq(RESOLVED));
    let reopened = match again {
        Again::StaysResolved => reopened.filter(Column::ResolvedBy.eq(SYSTEM)),
        Again::Reopens => reopened,
    };
    reopened.exec(tx).await?;
    Ok(())
}

/// Every case of an order, open or not, oldest first.
pub async fn of_order(
    on: &impl ConnectionTrait,
    order: OrderId,
) -> Result<Vec<MoneyCase>, StoreError> {
    let query = Entity::find()
        .filter(Column::OrderId.eq(order.0))
        .order_by_asc(Column::OpenedAt)
        .order_by_asc(Column::Id);
    all(on, query).await
}

/// The open cases about a merchant account, oldest first.
pub async fn open_of_account(
    on: &impl ConnectionTrait,
    account: MerchantAccount<'_>,
) -> Result<Vec<MoneyCase>, StoreError> {
    let query = Entity::find()
        .filter(Column::Provider.eq(account.provider.as_str()))
        .filter(Column::MerchantAccount.eq(account.name))
        .filter(Column::State.eq(OPEN))
        .order_by_asc(Column::OpenedAt);
    all(on, query).await
}

/// The open cases of an order, oldest first.
pub async fn open_of_order(
    on: &impl ConnectionTrait,
    order: OrderId,
) -> Result<Vec<MoneyCase>, StoreError> {
    let query = Entity::find()
        .filter(Column::OrderId.eq(order.0))
        .filter(Column::State.eq(OPEN))
        .order_by_asc(Column::OpenedAt);
    all(on, query).await
}

/// Whether there was ever a case of a kind about a thing.
pub async fn is_known(
    on: &impl ConnectionTrait,
    kind: CaseKind,
    key: &str,
) -> Result<bool, StoreError> {
    let found = Entity::find()
        .filter(Column::Kind.eq(kind.as_str()))
        .filter(Column::Key.eq(key))
        .one(on);
    Ok(found.await?.is_some())
}

/// A case, whoever's, locked until `tx` ends.
pub async fn lock(tx: &Tx, id: MoneyCaseId) -> Result<Option<MoneyCase>, StoreError> {
    let found = Entity::find_by_id(id.0).lock_exclusive().one(tx);
    found.await?.map(read).transpose()
}

/// Ends the open cases of a kind about a thing, because the thing settled itself.
pub async fn settle(
    tx: &Tx,
    kind: CaseKind,
    key: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(RESOLVED))
        .col_expr(Column::ResolvedAt, Expr::value(now))
        .col_expr(Column::ResolvedBy, Expr::value(SYSTEM))
        .filter(Column::Kind.eq(kind.as_str()))
        .filter(Column::Key.eq(key))
        .filter(Column::State.eq(OPEN))
        .exec(tx)
        .await?;
    Ok(())
}
