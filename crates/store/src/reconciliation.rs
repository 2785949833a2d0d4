//! Providers' bills beside our books: a run for each merchant account and day, with the rows of the bill.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ReconciliationId;
use domain::payment::Provider;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::entity::bill_row;
use crate::entity::reconciliation::{Column, Entity, Model};
use crate::{StoreError, Tx};

/// A run that waits for its turn.
pub fn waiting(
    id: ReconciliationId,
    (provider, merchant_account): (Provider, &str),
    day: NaiveDate,
    (now, first_try_at): (DateTime<Utc>, DateTime<Utc>),
) -> Model {
    Model {
        id: id.0,
        provider: provider.as_str().to_owned(),
        merchant_account: merchant_account.to_owned(),
        day,
        state: "waiting".to_owned(),
        bill_key: None,
        bill_sha256: None,
        payments: 0,
        paid_fen: 0,
        refunds: 0,
        refunded_fen: 0,
        differences: 0,
        tries: 0,
        next_try_at: Some(first_try_at),
        last_error: None,
        findings: None,
        created_at: now,
        finished_at: None,
    }
}

/// Adds a run unless there is one for its account and day.
pub async fn plan(tx: &Tx, row: Model) -> Result<(), StoreError> {
    Entity::insert(row.into_active_model().reset_all())
        .on_conflict(
            OnConflict::columns([Column::Provider, Column::MerchantAccount, Column::Day])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// The run of an account and day.
pub async fn of_day(
    on: &impl ConnectionTrait,
    (provider, merchant_account): (Provider, &str),
    day: NaiveDate,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::Provider.eq(provider.as_str()))
        .filter(Column::MerchantAccount.eq(merchant_account))
        .filter(Column::Day.eq(day))
        .one(on)
        .await?)
}

/// The runs of a day, whoever's.
pub async fn all_of_day(
    on: &impl ConnectionTrait,
    day: NaiveDate,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::Day.eq(day))
        .order_by_desc(Column::Provider)
        .order_by_asc(Column::MerchantAccount)
        .all(on)
        .await?)
}

/// What is planned from a day on: provider, account and day of each run.
pub async fn planned_since(
    on: &impl ConnectionTrait,
    day: NaiveDate,
) -> Result<Vec<(String, String, NaiveDate)>, StoreError> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Provider)
        .column(Column::MerchantAccount)
        .column(Column::Day)
        .filter(Column::Day.gte(day))
        .into_tuple()
        .all(on)
        .await?)
}

/// Whether an account has any run.
pub async fn has_any(
    on: &impl ConnectionTrait,
    (provider, merchant_account): (Provider, &str),
) -> Result<bool, StoreError> {
    let found = Entity::find()
        .filter(Column::Provider.eq(provider.as_str()))
        .filter(Column::MerchantAccount.eq(merchant_account))
        .one(on);
    Ok(found.await?.is_some())
}

/// Runs whose turn has come, oldest day first.
pub async fn due(
    on: &impl ConnectionTrait,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::State.eq("waiting"))
        .filter(Column::NextTryAt.lte(now))
        .order_by_asc(Column::Day)
        .limit(limit)
        .all(on)
        .await?)
}

/// Claims a run, so that of several server copies one does it; whoever dies holding it loses it at `until`.
pub async fn claim(tx: &Tx, run: &Model, until: DateTime<Utc>) -> Result<bool, StoreError> {
    let claim = Entity::update_many()
        .col_expr(Column::NextTryAt, Expr::value(until))
        .col_expr(Column::Tries, Expr::col(Column::Tries).add(1))
        .filter(Column::MerchantAccount.eq(&run.merchant_account))
        .filter(Column::Id.eq(run.id))
        .filter(Column::Tries.eq(run.tries));
    Ok(claim.exec(tx).await?.rows_affected == 1)
}

/// Puts the bill's rows in place of those of an earlier run.
pub async fn replace_rows(
    tx: &Tx,
    run: &Model,
    rows: Vec<bill_row::Model>,
) -> Result<(), StoreError> {
    bill_row::Entity::delete_many()
        .filter(bill_row::Column::ReconciliationId.eq(run.id))
        .exec(tx)
        .await?;
    for some in rows.chunks(500) {
        let some = some
            .iter()
            .cloned()
            .map(|row| row.into_active_model().reset_all());
        bill_row::Entity::insert_many(some)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// The rows of a run, those that did not agree first.
pub async fn rows(
    on: &impl ConnectionTrait,
    run: &Model,
) -> Result<Vec<bill_row::Model>, StoreError> {
    Ok(bill_row::Entity::find()
        .filter(bill_row::Column::ReconciliationId.eq(run.id))
        .order_by_desc(bill_row::Column::Difference)
        .order_by_asc(bill_row::Column::Id)
        .all(on)
        .await?)
}
