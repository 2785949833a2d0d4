//! Providers' bills beside our books: a run for each merchant account and day, with the rows of the bill.

use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use domain::money_case::CaseKind;
use domain::page::{Page, PageRequest, SortedPlace};
use domain::payment::{MerchantAccount, Provider};
use domain::reconciliation::{EntryKind, RunState};
use domain::{BillRowId, Fen, ReconciliationId};
use sea_orm::prelude::Json;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::entity::bill_row;
use crate::entity::reconciliation::{Column, Entity, Model};
use crate::word::{optional_word, word};
use crate::{StoreError, Tx, keyset};

/// The comparison of a merchant account's day.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The key.
    pub id: ReconciliationId,
    /// Whose bill.
    pub provider: Provider,
    /// The configured merchant account.
    pub merchant_account: String,
    /// The day in China that the bill is about.
    pub day: NaiveDate,
    /// Where it is.
    pub state: RunState,
    /// The bill, once it was compared.
    pub bill: Option<KeptBill>,
    /// The payments that the bill lists.
    pub paid: BillSum,
    /// The refunds that the bill lists; the sum is positive.
    pub refunded: BillSum,
    /// How many rows did not agree.
    pub differences: i32,
    /// How often it was tried.
    pub tries: i32,
    /// When to try next; `None` when it is done.
    pub next_try_at: Option<DateTime<Utc>>,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// What came of comparing: differences, fees and movements; `None` until the bill was there.
    pub findings: Option<Json>,
    /// When it was planned.
    pub created_at: DateTime<Utc>,
    /// When it was done.
    pub finished_at: Option<DateTime<Utc>>,
}

/// Where a bill is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptBill {
    /// Its name in the object store, sealed there.
    pub key: String,
    /// The SHA-256 of the bill as it came.
    pub sha256: Vec<u8>,
}

/// How many rows of a kind a bill has, and their sum.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BillSum {
    /// How many.
    pub count: i32,
    /// Their sum.
    pub amount: Fen,
}

/// A row of a bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillRow {
    /// The key.
    pub id: BillRowId,
    /// Which way the money went.
    pub kind: EntryKind,
    /// Our number of the attempt.
    pub out_trade_no: String,
    /// Our number of the refund, where it is one.
    pub out_refund_no: Option<String>,
    /// The provider's number.
    pub provider_no: String,
    /// The amount; positive either way.
    pub amount: Fen,
    /// What did not agree.
    pub difference: Option<CaseKind>,
}

/// A day of an account that is to be planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedDay {
    /// Whose bill.
    pub provider: Provider,
    /// The configured merchant account.
    pub merchant_account: String,
    /// The day in China.
    pub day: NaiveDate,
}

impl Run {
    /// A run that waits for its first try.
    pub fn waiting(
        id: ReconciliationId,
        planned: PlannedDay,
        now: DateTime<Utc>,
        first_try_at: DateTime<Utc>,
    ) -> Self {
        Self {
            id,
            provider: planned.provider,
            merchant_account: planned.merchant_account,
            day: planned.day,
            state: RunState::Waiting,
            bill: None,
            paid: BillSum::default(),
            refunded: BillSum::default(),
            differences: 0,
            tries: 0,
            next_try_at: Some(first_try_at),
            last_error: None,
            findings: None,
            created_at: now,
            finished_at: None,
        }
    }
}

fn row(run: &Run) -> Model {
    Model {
        id: run.id.0,
        provider: run.provider.as_str().to_owned(),
        merchant_account: run.merchant_account.clone(),
        day: run.day,
        state: run.state.as_str().to_owned(),
        bill_key: run.bill.as_ref().map(|bill| bill.key.clone()),
        bill_sha256: run.bill.as_ref().map(|bill| bill.sha256.clone()),
        payments: run.paid.count,
        paid_fen: run.paid.amount.0,
        refunds: run.refunded.count,
        refunded_fen: run.refunded.amount.0,
        differences: run.differences,
        tries: run.tries,
        next_try_at: run.next_try_at,
        last_error: run.last_error.clone(),
        findings: run.findings.clone(),
        created_at: run.created_at,
        finished_at: run.finished_at,
    }
}

fn run(row: Model) -> Result<Run, StoreError> {
    let bill = row.bill_key.zip(row.bill_sha256);
    Ok(Run {
        id: ReconciliationId(row.id),
        provider: word("reconciliations.provider", &row.provider)?,
        merchant_account: row.merchant_account,
        day: row.day,
        state: word("reconciliations.state", &row.state)?,
        bill: bill.map(|(key, sha256)| KeptBill { key, sha256 }),
        paid: BillSum {
            count: row.payments,
            amount: Fen(row.paid_fen),
        },
        refunded: BillSum {
            count: row.refunds,
            amount: Fen(row.refunded_fen),
        },
        differences: row.differences,
        tries: row.tries,
        next_try_at: row.next_try_at,
        last_error: row.last_error,
        findings: row.findings,
        created_at: row.created_at,
        finished_at: row.finished_at,
    })
}

fn bill_row(row: bill_row::Model) -> Result<BillRow, StoreError> {
    Ok(BillRow {
        id: BillRowId(row.id),
        kind: word("bill_rows.kind", &row.kind)?,
        out_trade_no: row.out_trade_no,
        out_refund_no: row.out_refund_no,
        provider_no: row.provider_no,
        amount: Fen(row.amount_fen),
        difference: optional_word("bill_rows.difference", row.difference.as_deref())?,
    })
}

/// Replaces a run; whoever claimed it is its only writer.
pub async fn save(tx: &Tx, run: &Run) -> Result<(), StoreError> {
    crate::row::save(tx, row(run)).await
}

/// Adds a run unless there is one for its account and day.
pub async fn plan(tx: &Tx, run: &Run) -> Result<(), StoreError> {
    Entity::insert(row(run).into_active_model().reset_all())
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
    account: MerchantAccount<'_>,
    day: NaiveDate,
) -> Result<Option<Run>, StoreError> {
    let found = Entity::find()
        .filter(Column::Provider.eq(account.provider.as_str()))
        .filter(Column::MerchantAccount.eq(account.name))
        .filter(Column::Day.eq(day))
        .one(on);
    found.await?.map(run).transpose()
}

/// The runs of a day, whoever's.
pub async fn all_of_day(on: &impl ConnectionTrait, day: NaiveDate) -> Result<Vec<Run>, StoreError> {
    let rows = Entity::find()
        .filter(Column::Day.eq(day))
        .order_by_desc(Column::Provider)
        .order_by_asc(Column::MerchantAccount)
        .all(on)
        .await?;
    rows.into_iter().map(run).collect()
}

/// A page of the runs, the latest day first: of a month, where a day of it is given, and where something did not agree.
pub async fn days(
    on: &impl ConnectionTrait,
    month: Option<NaiveDate>,
    with_differences: bool,
    page: &PageRequest<SortedPlace<NaiveDate, ReconciliationId>>,
) -> Result<Page<Run>, StoreError> {
    let mut query = Entity::find();
    if let Some(month) = month {
        let first = month.with_day(1).unwrap_or(month);
        query = query
            .filter(Column::Day.gte(first))
            .filter(Column::Day.lt(first + Months::new(1)));
    }
    if with_differences {
        query = query.filter(Column::Differences.gt(0));
    }
    let query = keyset::highest_first(query, [Column::Day, Column::Id], page);
    let rows = query.all(on).await?;
    let runs: Result<Vec<_>, StoreError> = rows.into_iter().map(run).collect();
    Ok(page.page(runs?, |run| SortedPlace {
        sort: run.day,
        id: run.id,
    }))
}

/// Makes the turn of a run come now, also of one that is done.
pub async fn wake(tx: &Tx, id: ReconciliationId, now: DateTime<Utc>) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(RunState::Waiting.as_str()))
        .col_expr(Column::NextTryAt, Expr::value(now))
        .filter(Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// What is planned from a day on.
pub async fn planned_since(
    on: &impl ConnectionTrait,
    day: NaiveDate,
) -> Result<Vec<PlannedDay>, StoreError> {
    let rows: Vec<(String, String, NaiveDate)> = Entity::find()
        .select_only()
        .column(Column::Provider)
        .column(Column::MerchantAccount)
        .column(Column::Day)
        .filter(Column::Day.gte(day))
        .into_tuple()
        .all(on)
        .await?;
    let read = |(provider, merchant_account, day): (String, String, NaiveDate)| {
        Ok(PlannedDay {
            provider: word("reconciliations.provider", &provider)?,
            merchant_account,
            day,
        })
    };
    rows.into_iter().map(read).collect()
}

/// Whether an account has any run.
pub async fn has_any(
    on: &impl ConnectionTrait,
    account: MerchantAccount<'_>,
) -> Result<bool, StoreError> {
    let found = Entity::find()
        .filter(Column::Provider.eq(account.provider.as_str()))
        .filter(Column::MerchantAccount.eq(account.name))
        .one(on);
    Ok(found.await?.is_some())
}

/// Runs whose turn has come, oldest day first.
pub async fn due(
    on: &impl ConnectionTrait,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Run>, StoreError> {
    let rows = Entity::find()
        .filter(Column::State.eq(RunState::Waiting.as_str()))
        .filter(Column::NextTryAt.lte(now))
        .order_by_asc(Column::Day)
        .limit(limit)
        .all(on)
        .await?;
    rows.into_iter().map(run).collect()
}

/// Claims a run, so that of several server copies one does it; whoever dies holding it loses it at `until`.
pub async fn claim(tx: &Tx, run: &Run, until: DateTime<Utc>) -> Result<bool, StoreError> {
    let claim = Entity::update_many()
        .col_expr(Column::NextTryAt, Expr::value(until))
        .col_expr(Column::Tries, Expr::col(Column::Tries).add(1))
        .filter(Column::MerchantAccount.eq(&run.merchant_account))
        .filter(Column::Id.eq(run.id.0))
        .filter(Column::Tries.eq(run.tries));
    Ok(claim.exec(tx).await?.rows_affected == 1)
}

/// Puts the bill's rows in place of those of an earlier run.
pub async fn replace_rows(tx: &Tx, run: &Run, rows: &[BillRow]) -> Result<(), StoreError> {
    bill_row::Entity::delete_many()
        .filter(bill_row::Column::ReconciliationId.eq(run.id.0))
        .exec(tx)
        .await?;
    for some in rows.chunks(500) {
        let some = some.iter().map(|row| {
            let row = bill_row::Model {
                id: row.id.0,
                reconciliation_id: run.id.0,
                kind: row.kind.as_str().to_owned(),
                out_trade_no: row.out_trade_no.clone(),
                out_refund_no: row.out_refund_no.clone(),
                provider_no: row.provider_no.clone(),
                amount_fen: row.amount.0,
                difference: row.difference.map(|kind| kind.as_str().to_owned()),
            };
            row.into_active_model().reset_all()
        });
        bill_row::Entity::insert_many(some)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// The rows of a run, those that did not agree first.
pub async fn rows(on: &impl ConnectionTrait, run: &Run) -> Result<Vec<BillRow>, StoreError> {
    let rows = bill_row::Entity::find()
        .filter(bill_row::Column::ReconciliationId.eq(run.id.0))
        .order_by_desc(bill_row::Column::Difference)
        .order_by_asc(bill_row::Column::Id)
        .all(on)
        .await?;
    rows.into_iter().map(bill_row).collect()
}
