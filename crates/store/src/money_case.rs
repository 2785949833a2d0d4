//! Money that a person must look at: opened once for each cause, counted where it is met again.

use chrono::{DateTime, Utc};
use domain::MoneyCaseId;
use domain::payment::Provider;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::entity::money_case::{Column, Entity, Model};
use crate::entity::order;
use crate::{StoreError, Tx};

/// Who resolves what settled itself.
const SYSTEM: &str = "system";

/// What becomes of a case that somebody resolved when it is met again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// It is the same trouble, and stays resolved.
    StaysResolved,
    /// It is new trouble, and is open again.
    Reopens,
}

/// Opens a case, or counts it where it was met before and keeps what is said of it now. One that ended by itself opens
/// again; one that somebody resolved does where `again` says so.
pub async fn open(tx: &Tx, row: Model, again: Again) -> Result<(), StoreError> {
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
        .col_expr(Column::State, Expr::value("open"))
        .col_expr(Column::ResolvedAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(Column::ResolvedBy, Expr::value(None::<String>))
        .col_expr(Column::Resolution, Expr::value(None::<String>))
        .filter(Column::Kind.eq(kind))
        .filter(Column::Key.eq(key))
        .filter(Column::State.eq("resolved"));
    let reopened = match again {
        Again::StaysResolved => reopened.filter(Column::ResolvedBy.eq(SYSTEM)),
        Again::Reopens => reopened,
    };
    reopened.exec(tx).await?;
    Ok(())
}

/// The open cases, whoever's, oldest first.
pub async fn all_open(on: &impl ConnectionTrait, limit: u64) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::State.eq("open"))
        .order_by_asc(Column::OpenedAt)
        .limit(limit)
        .all(on)
        .await?)
}

/// The open cases about a merchant account, oldest first.
pub async fn open_of_account(
    on: &impl ConnectionTrait,
    (provider, merchant_account): (Provider, &str),
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::Provider.eq(provider.as_str()))
        .filter(Column::MerchantAccount.eq(merchant_account))
        .filter(Column::State.eq("open"))
        .order_by_asc(Column::OpenedAt)
        .all(on)
        .await?)
}

/// The open cases of an order, oldest first.
pub async fn open_of_order(
    on: &impl ConnectionTrait,
    order: &order::Model,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrderId.eq(order.id))
        .filter(Column::State.eq("open"))
        .order_by_asc(Column::OpenedAt)
        .all(on)
        .await?)
}

/// Whether there was ever a case of a kind about a thing.
pub async fn is_known(
    on: &impl ConnectionTrait,
    kind: &str,
    key: &str,
) -> Result<bool, StoreError> {
    let found = Entity::find()
        .filter(Column::Kind.eq(kind))
        .filter(Column::Key.eq(key))
        .one(on);
    Ok(found.await?.is_some())
}

/// A case, whoever's, locked until `tx` ends.
pub async fn lock(tx: &Tx, id: MoneyCaseId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id.0).lock_exclusive().one(tx).await?)
}

/// Ends the open cases of a kind about a thing, because the thing settled itself.
pub async fn settle(tx: &Tx, kind: &str, key: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value("resolved"))
        .col_expr(Column::ResolvedAt, Expr::value(now))
        .col_expr(Column::ResolvedBy, Expr::value(SYSTEM))
        .filter(Column::Kind.eq(kind))
        .filter(Column::Key.eq(key))
        .filter(Column::State.eq("open"))
        .exec(tx)
        .await?;
    Ok(())
}
