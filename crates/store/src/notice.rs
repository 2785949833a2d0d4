//! The inbox of provider notices: stored before they are acted on, once each.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::entity::notify_inbox::{Column, Entity, Model};
use crate::{StoreError, Tx};

/// Stores a notice, or counts it where it came before; gives the row as it is then. It is one statement, so that outside
/// a transaction it is committed with its answer.
pub async fn receive(on: &impl ConnectionTrait, row: Model) -> Result<Model, StoreError> {
    let again = OnConflict::columns([Column::Provider, Column::MerchantAccount, Column::DedupeKey])
        .value(
            Column::SeenCount,
            Expr::col((Entity, Column::SeenCount)).add(1),
        )
        .to_owned();
    Ok(Entity::insert(row.into_active_model().reset_all())
        .on_conflict(again)
        .exec_with_returning(on)
        .await?)
}

/// The notices that a merchant account got about a number of its own, oldest first.
pub async fn about(
    on: &impl ConnectionTrait,
    merchant_account: &str,
    out_trade_no: &str,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::MerchantAccount.eq(merchant_account))
        .filter(Column::OutTradeNo.eq(out_trade_no))
        .order_by_asc(Column::ReceivedAt)
        .all(on)
        .await?)
}

/// Notes what acting on a notice came to; the first time counts.
pub async fn mark_processed(
    tx: &Tx,
    notice: &Model,
    result: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::ProcessedAt, Expr::value(now))
        .col_expr(Column::Result, Expr::value(result))
        .filter(Column::MerchantAccount.eq(&notice.merchant_account))
        .filter(Column::Id.eq(notice.id))
        .filter(Column::ProcessedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Keeps why acting on a notice failed; it is taken up again.
pub async fn note_error(tx: &Tx, notice: &Model, error: &str) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::Error, Expr::value(error))
        .filter(Column::MerchantAccount.eq(&notice.merchant_account))
        .filter(Column::Id.eq(notice.id))
        .filter(Column::ProcessedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Notices, whoever's, that were not acted on and whose turn has come; oldest first.
pub async fn left_over(
    on: &impl ConnectionTrait,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::ProcessedAt.is_null())
        .filter(Column::NextTryAt.lte(now))
        .order_by_asc(Column::NextTryAt)
        .limit(limit)
        .all(on)
        .await?)
}

/// Claims a notice whose turn has come, so that of several server copies one acts; it comes again at `until`.
pub async fn claim(tx: &Tx, notice: &Model, until: DateTime<Utc>) -> Result<bool, StoreError> {
    let claim = Entity::update_many()
        .col_expr(Column::NextTryAt, Expr::value(until))
        .filter(Column::MerchantAccount.eq(&notice.merchant_account))
        .filter(Column::Id.eq(notice.id))
        .filter(Column::NextTryAt.eq(notice.next_try_at))
        .filter(Column::ProcessedAt.is_null());
    Ok(claim.exec(tx).await?.rows_affected == 1)
}
