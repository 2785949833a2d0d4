//! Every day each merchant account's bill is compared with our books, both ways; what can be healed is, the rest is put
//! before a person.

mod bill;
mod flow;
mod heal;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::money_case::CaseKind;
use domain::payment::Provider;
use domain::reconciliation::{Difference, EntryKind, Flow, compare};
use domain::{BillRowId, Fen, ReconciliationId, day_bounds, day_in_china};
use providers::Outcome;
use providers::payment::{BillFee, BillKind, Download};
use serde_json::json;
use store::entity::{bill_row, reconciliation as runs};

use crate::merchant::Merchant;
use crate::money_case::{self, Matter};
use crate::payment::Channel;
use crate::{Context, Failure};

use bill::Bill;

/// Bills of a day are there from ten; we ask half an hour later. Counted from the end of the day.
const FIRST_TRY: TimeDelta = TimeDelta::minutes(10 * 60 + 30);
/// Where there is none yet, again so much later: 12:30, 14:30, ….
const TRY_AGAIN: TimeDelta = TimeDelta::hours(2);
/// A bill that is missing so long after its day is put before a person.
const MISSING_AFTER: TimeDelta = TimeDelta::hours(34);
/// Longer than any comparison takes: whoever has not finished by then is dead.
const LEASE: TimeDelta = TimeDelta::minutes(10);
/// How many runs one round does.
const BATCH: u64 = 10;

/// What came of comparing a day.
#[derive(Debug, Clone)]
pub struct Report {
    /// Whose account: provider and name.
    pub merchant: (Provider, String),
    /// The day in China.
    pub day: NaiveDate,
    /// What the provider gave.
    pub bill: BillState,
    /// How many payments the bill lists, and their sum.
    pub paid: (usize, Fen),
    /// How many refunds the bill lists, and their sum.
    pub refunded: (usize, Fen),
    /// What did not agree, and whether it was healed.
    pub differences: Vec<(Difference, bool)>,
    /// What the provider took; what it gave back with refunds is taken off.
    pub fee: BillFee,
    /// Payments of which it took another share than is agreed.
    pub fee_differences: Vec<FeeDifference>,
    /// The account's movements beside our ledger, where the provider lists them.
    pub flow: Option<Flow>,
}

/// A payment of which the provider took another share than is agreed. Only told: nothing of it is ours to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeDifference {
    /// Our number.
    pub number: String,
    /// What the provider took.
    pub billed: BillFee,
    /// What is agreed.
    pub agreed: Fen,
}

/// What the provider gave of a day's bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BillState {
    /// The bill.
    Compared,
    /// None, and we have nothing for that day either.
    Empty,
    /// None, although we have payments or refunds.
    Missing,
    /// Not yet, or no answer; what was seen.
    Waiting(String),
    /// A bill that contradicts itself or cannot be read; how.
    Invalid(String),
}

/// Plans yesterday's comparisons once their time has come, and does those whose turn it is.
pub(crate) async fn sweep(context: &Context) -> Result<(), Failure> {
    let now = context.now();
    let yesterday = day_in_china(now) - TimeDelta::days(1);
    let (_, ended_at) = day_bounds(yesterday);
    if now >= ended_at + FIRST_TRY {
        for merchant in context.merchants.all() {
            find_or_plan(context, merchant, yesterday).await?;
        }
    }
    let on = context.store.connection();
    for row in store::reconciliation::due(on, now, BATCH).await? {
        let provider = Provider::parse(&row.provider);
        let merchant = provider.and_then(|provider| {
            let account = &row.merchant_account;
            context.merchants.by_account(provider, account)
        });
        let Some(merchant) = merchant else { continue };
        if let Err(error) = run_one(context, merchant, &row).await {
            tracing::error!(
                error = ?error, reconciliation.day = %row.day,
                payment.merchant_account = row.merchant_account,
                "A day could not be compared: {error}"
            );
        }
    }
    Ok(())
}

/// Compares a day now, for every account; what was compared before is compared again.
///
/// # Errors
/// Where the database fails.
pub async fn run(context: &Context, day: NaiveDate) -> Result<Vec<Report>, Failure> {
    let mut reports = Vec::new();
    for merchant in context.merchants.all() {
        let row = find_or_plan(context, merchant, day).await?;
        reports.extend(run_one(context, merchant, &row).await?);
    }
    Ok(reports)
}

async fn find_or_plan(
    context: &Context,
    merchant: &Merchant,
    day: NaiveDate,
) -> Result<runs::Model, Failure> {
    let key = (merchant.provider(), merchant.account.as_str());
    let on = context.store.connection();
    if let Some(found) = store::reconciliation::of_day(on, key, day).await? {
        return Ok(found);
    }
    let fresh = runs::Model {
        id: context.new_id(ReconciliationId::new).0,
        provider: key.0.as_str().to_owned(),
        merchant_account: key.1.to_owned(),
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
        next_try_at: Some(context.now()),
        last_error: None,
        created_at: context.now(),
        finished_at: None,
    };
    let tx = context.store.begin().await?;
    store::reconciliation::plan(&tx, fresh).await?;
    store::commit(tx).await?;
    let planned = store::reconciliation::of_day(on, key, day).await?;
    planned.ok_or(Failure::Fault(
        "a comparison that was just planned is missing",
    ))
}

/// Compares the day of a run; `None` where another server copy does.
async fn run_one(
    context: &Context,
    merchant: &Merchant,
    row: &runs::Model,
) -> Result<Option<Report>, Failure> {
    let tx = context.store.begin().await?;
    let is_ours = store::reconciliation::claim(&tx, row, context.now() + LEASE).await?;
    store::commit(tx).await?;
    if !is_ours {
        return Ok(None);
    }
    let row = runs::Model {
        tries: row.tries + 1,
        ..row.clone()
    };
    let booked = bill::booked(context, merchant, row.day).await?;
    let has_moved = booked.iter().any(|entry| entry.at.is_some());
    let state = match Channel::to(context, merchant)
        .bill(BillKind::Trade, row.day)
        .await
    {
        Outcome::Definite(Download::Ready(bytes)) => match merchant.channel().read_trades(&bytes) {
            Ok(rows) => {
                let bill = Bill::new(context, merchant, rows, booked).await?;
                return compared(context, merchant, row, (&bytes, bill))
                    .await
                    .map(Some);
            }
            Err(error) => BillState::Invalid(error.to_string()),
        },
        Outcome::Definite(Download::NoBill) if has_moved => BillState::Missing,
        Outcome::Definite(Download::NoBill) => BillState::Empty,
        Outcome::Definite(Download::NotYet) => BillState::Waiting("not made yet".to_owned()),
        Outcome::Refused(refusal) => BillState::Waiting(refusal.code),
        Outcome::Unknown(seen) => BillState::Waiting(seen),
    };
    without_bill(context, merchant, row, state).await.map(Some)
}

/// Notes that there was nothing to compare with.
async fn without_bill(
    context: &Context,
    merchant: &Merchant,
    row: runs::Model,
    state: BillState,
) -> Result<Report, Failure> {
    let now = context.now();
    let (_, ended_at) = day_bounds(row.day);
    let case = match &state {
        BillState::Compared | BillState::Empty => None,
        BillState::Invalid(_) => Some(CaseKind::BillInvalid),
        BillState::Missing | BillState::Waiting(_) => {
            (now > ended_at + MISSING_AFTER).then_some(CaseKind::BillMissing)
        }
    };
    let is_done = state == BillState::Empty;
    let report = Report {
        merchant: (merchant.provider(), merchant.account.clone()),
        day: row.day,
        bill: state.clone(),
        paid: (0, Fen::ZERO),
        refunded: (0, Fen::ZERO),
        differences: Vec::new(),
        fee: BillFee::default(),
        fee_differences: Vec::new(),
        flow: None,
    };
    let seen = match state {
        BillState::Compared | BillState::Empty => None,
        BillState::Missing => Some("no bill, although money moved".to_owned()),
        BillState::Waiting(seen) | BillState::Invalid(seen) => Some(seen),
    };
    let tx = context.store.begin().await?;
    if let Some(kind) = case {
        let matter = Matter {
            kind,
            key: format!("{}:{}", merchant.account, row.day),
            merchant: (merchant.provider(), &merchant.account),
            order: None,
            amount: None,
            facts: json!({ "day": row.day, "seen": seen }),
        };
        money_case::open(context, &tx, matter).await?;
    }
    let row = runs::Model {
        state: if is_done { "done" } else { "waiting" }.to_owned(),
        next_try_at: (!is_done).then(|| now + TRY_AGAIN),
        finished_at: is_done.then_some(now),
        last_error: seen,
        ..row
    };
    store::save(&tx, row).await?;
    store::commit(tx).await?;
    Ok(report)
}

/// Compares, heals what can be healed, and keeps bill, rows and outcome.
async fn compared(
    context: &Context,
    merchant: &Merchant,
    row: runs::Model,
    (bytes, bill): (&[u8], Bill),
) -> Result<Report, Failure> {
    let mut differences = Vec::new();
    for found in compare(&bill.billed, &bill.booked, day_bounds(row.day)) {
        let is_healed = heal::heal(context, merchant, (&bill, row.day), &found).await?;
        differences.push((found, is_healed));
    }
    heal::strangers(context, merchant, &bill).await?;
    let kept = bill::keep(context, &row, bytes).await?;
    let report = Report {
        merchant: (merchant.provider(), merchant.account.clone()),
        day: row.day,
        bill: BillState::Compared,
        paid: bill.total(EntryKind::Payment),
        refunded: bill.total(EntryKind::Refund),
        fee: bill.fee(),
        fee_differences: bill.fee_differences(merchant.fee_rate),
        flow: flow::of_day(context, merchant, (&bill, row.day)).await?,
        differences,
    };
    let unhealed = report
        .differences
        .iter()
        .filter(|(_, is_healed)| !is_healed)
        .count();
    if unhealed == 0 {
        flow::judge(context, merchant, &report).await?;
    }
    finish(context, row, (&bill, kept), &report).await?;
    metrics::counter!("reconciliation_differences_total")
        .increment(u64::try_from(unhealed).unwrap_or(u64::MAX));
    Ok(report)
}

async fn finish(
    context: &Context,
    row: runs::Model,
    (bill, kept): (&Bill, bill::Kept),
    report: &Report,
) -> Result<(), Failure> {
    let now: DateTime<Utc> = context.now();
    let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    let row = runs::Model {
        state: "done".to_owned(),
        bill_key: Some(kept.key),
        bill_sha256: Some(kept.sha256),
        payments: count(report.paid.0),
        paid_fen: report.paid.1.0,
        refunds: count(report.refunded.0),
        refunded_fen: report.refunded.1.0,
        differences: count(report.differences.len()),
        next_try_at: None,
        last_error: None,
        finished_at: Some(now),
        ..row
    };
    let difference_of = |kind: EntryKind, number: &str| {
        let mut all = report.differences.iter().map(|(found, _)| found);
        let found = all.find(|found| found.entry == kind && found.number == number);
        found.map(|found| found.kind.as_str().to_owned())
    };
    let rows = bill.rows().map(|(kind, one)| bill_row::Model {
        id: context.new_id(BillRowId::new).0,
        reconciliation_id: row.id,
        kind: kind.as_str().to_owned(),
        out_trade_no: one.out_trade_no.clone(),
        out_refund_no: bill::refund_number(one).map(str::to_owned),
        provider_no: one.transaction_id.clone(),
        amount_fen: one.amount.0,
        difference: difference_of(kind, bill::number(one)),
    });
    let rows: Vec<_> = rows.collect();
    let key = format!("{}:{}", row.merchant_account, row.day);
    let tx = context.store.begin().await?;
    store::reconciliation::replace_rows(&tx, &row, rows).await?;
    for kind in [CaseKind::BillMissing, CaseKind::BillInvalid] {
        store::money_case::settle(&tx, kind.as_str(), &key, now).await?;
    }
    store::save(&tx, row).await?;
    Ok(store::commit(tx).await?)
}
