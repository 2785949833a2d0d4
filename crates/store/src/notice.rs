//! The inbox of provider notices: stored before they are acted on, once each.

use chrono::{DateTime, Utc};
use domain::payment::{NoticeResult, Provider};
use domain::{NoticeId, Sealed};
use sea_orm::prelude::Json;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::entity::notify_inbox::{Column, Entity, Model};
use crate::word::{optional_word, word};
use crate::{StoreError, Tx};

/// A verified notice of a payment provider.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredNotice {
    /// The key.
    pub id: NoticeId,
    /// Who sent it.
    pub provider: Provider,
    /// The configured merchant account.
    pub merchant_account: String,
    /// What makes two deliveries the same notice.
    pub dedupe_key: String,
    /// The provider's word for what it tells of.
    pub kind: String,
    /// The attempt it tells of.
    pub out_trade_no: Option<String>,
    /// The headers that the signature covers.
    pub headers: Json,
    /// The body as it came.
    pub raw: Sealed,
    /// What it said, in our form, with the decrypted content.
    pub content: Option<Sealed>,
    /// When it first came.
    pub received_at: DateTime<Utc>,
    /// When it was acted on.
    pub processed_at: Option<DateTime<Utc>>,
    /// What acting on it came to.
    pub result: Option<NoticeResult>,
    /// What went wrong last.
    pub error: Option<String>,
    /// How often it came.
    pub seen_count: i32,
    /// When to act on it (again), while it was not acted on.
    pub next_try_at: Option<DateTime<Utc>>,
}

fn row(notice: &StoredNotice) -> Model {
    Model {
        id: notice.id.0,
        provider: notice.provider.as_str().to_owned(),
        merchant_account: notice.merchant_account.clone(),
        dedupe_key: notice.dedupe_key.clone(),
        kind: notice.kind.clone(),
        out_trade_no: notice.out_trade_no.clone(),
        headers: notice.headers.clone(),
        raw: notice.raw.as_bytes().to_vec(),
        plaintext_sealed: notice.content.clone().map(Sealed::into_bytes),
        received_at: notice.received_at,
        processed_at: notice.processed_at,
        result: notice.result.map(|result| result.as_str().to_owned()),
        error: notice.error.clone(),
        seen_count: notice.seen_count,
        next_try_at: notice.next_try_at,
    }
}

fn notice(row: Model) -> Result<StoredNotice, StoreError> {
    Ok(StoredNotice {
        id: NoticeId(row.id),
        provider: word("notify_inbox.provider", &row.provider)?,
        merchant_account: row.merchant_account,
        dedupe_key: row.dedupe_key,
        kind: row.kind,
        out_trade_no: row.out_trade_no,
        headers: row.headers,
        raw: Sealed::from(row.raw),
        content: row.plaintext_sealed.map(Sealed::from),
        received_at: row.received_at,
        processed_at: row.processed_at,
        result: optional_word("notify_inbox.result", row.result.as_deref())?,
        error: row.error,
        seen_count: row.seen_count,
        next_try_at: row.next_try_at,
    })
}

/// Stores a notice, or counts it where it came before; gives it as it is then. It is one statement, so that outside
/// a transaction it is committed with its answer.
pub async fn receive(
    on: &impl ConnectionTrait,
    arrived: &StoredNotice,
) -> Result<StoredNotice, StoreError> {
    let again = OnConflict::columns([Column::Provider, Column::MerchantAccount, Column::DedupeKey])
        .value(
            Column::SeenCount,
            Expr::col((Entity, Column::SeenCount)).add(1),
        )
        .to_owned();
    let stored = Entity::insert(row(arrived).into_active_model().reset_all())
        .on_conflict(again)
        .exec_with_returning(on)
        .await?;
    notice(stored)
}

/// The notices that a merchant account got about a number of its own, oldest first.
pub async fn about(
    on: &impl ConnectionTrait,
    merchant_account: &str,
    out_trade_no: &str,
) -> Result<Vec<StoredNotice>, StoreError> {
    let rows = Entity::find()
        .filter(Column::MerchantAccount.eq(merchant_account))
        .filter(Column::OutTradeNo.eq(out_trade_no))
        .order_by_asc(Column::ReceivedAt)
        .all(on)
        .await?;
    rows.into_iter().map(notice).collect()
}

/// Notes what acting on a notice came to; the first time counts.
pub async fn mark_processed(
    tx: &Tx,
    notice: &StoredNotice,
    result: NoticeResult,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::ProcessedAt, Expr::value(now))
        .col_expr(Column::Result, Expr::value(result.as_str()))
        .filter(Column::MerchantAccount.eq(&notice.merchant_account))
        .filter(Column::Id.eq(notice.id.0))
        .filter(Column::ProcessedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Keeps why acting on a notice failed; it is taken up again.
pub async fn note_error(tx: &Tx, notice: &StoredNotice, error: &str) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::Error, Expr::value(error))
        .filter(Column::MerchantAccount.eq(&notice.merchant_account))
        .filter(Column::Id.eq(notice.id.0))
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
) -> Result<Vec<StoredNotice>, StoreError> {
    let rows = Entity::find()
        .filter(Column::ProcessedAt.is_null())
        .filter(Column::NextTryAt.lte(now))
        .order_by_asc(Column::NextTryAt)
        .limit(limit)
        .all(on)
        .await?;
    rows.into_iter().map(notice).collect()
}

/// Claims a notice whose turn has come, so that of several server copies one acts; it comes again at `until`.
pub async fn claim(
    tx: &Tx,
    notice: &StoredNotice,
    until: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let claim = Entity::update_many()
        .col_expr(Column::NextTryAt, Expr::value(until))
        .filter(Column::MerchantAccount.eq(&notice.merchant_account))
        .filter(Column::Id.eq(notice.id.0))
        .filter(Column::NextTryAt.eq(notice.next_try_at))
        .filter(Column::ProcessedAt.is_null());
    Ok(claim.exec(tx).await?.rows_affected == 1)
}

/// Replaces a notice.
pub async fn save(tx: &Tx, notice: &StoredNotice) -> Result<(), StoreError> {
    crate::row::save(tx, row(notice)).await
}
