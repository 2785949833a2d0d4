//! Every day each merchant account's bill is compared with our books, both ways; what can be healed is, the rest is put
//! before a person.

mod bill;
mod case_key;
mod desk;
mod flow;
mod heal;
mod overdue;
mod plan;
mod report;
mod table;
mod words;

pub use desk::{COMPARABLE_DAYS, ComparedDay, DaySearch, compare_again, day, days, export_day};
pub use report::{BillLine, BillState, FeeDifference, Report, Unread, stored};
pub use table::report_table;
pub use words::{bill_state_text, flow_missing_text, flow_text, outcome_text, unread_text};

use domain::audit::AuditExemption;
use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::money_case::CaseKind;
use domain::payment::MerchantAccount;
use domain::reconciliation::{Difference, EntryKind, Neighbours, RunState, Standing, compare};
use domain::{BillRowId, day_bounds, day_in_china};
use providers::Outcome;
use providers::payment::{BillKind, Download, TradeBill};
use serde_json::json;
use store::reconciliation::{BillRow, BillSum, KeptBill, PlannedDay, Run};

use crate::merchant::{self, Merchant};
use crate::money_case::{self, Matter};
use crate::payment::Channel;
use crate::{Context, Failure};

use bill::Bill;
use case_key::case_key;
use overdue::is_overdue;
use plan::{find_or_plan, is_there_at};

/// Where there is none yet, again so much later: 12:30, 14:30, ….
const TRY_AGAIN: TimeDelta = TimeDelta::hours(2);
/// Longer than any comparison takes: whoever has not finished by then is dead.
const LEASE: TimeDelta = TimeDelta::minutes(10);
/// How many days back a day that was never planned still is: a server may be down for a holiday.
const LOOKS_BACK: i64 = 7;
/// When to look again whether the account of a run is configured.
const ACCOUNT_AGAIN: TimeDelta = TimeDelta::days(1);
/// How many runs one round does.
const BATCH: u64 = 10;

/// Plans comparisons, and does those whose turn it is.
pub(crate) async fn sweep(context: &Context) -> Result<(), Failure> {
    plan_days(context).await?;
    let (on, now) = (context.store.reader(), context.now());
    for row in store::reconciliation::due(on, now, BATCH).await? {
        let account = MerchantAccount {
            provider: row.provider,
            name: &row.merchant_account,
        };
        let Some(merchant) = merchant::by_account(context, account).await? else {
            put_off(context, &row).await?;
            continue;
        };
        if let Err(error) = Box::pin(run_one(context, &merchant, &row)).await {
            let span = tracing::info_span!(
                "reconciliation", reconciliation.day = %row.day,
                payment.merchant_account = row.merchant_account
            );
            let (what, number) = ("A day could not be compared", row.id.0.to_string());
            span.in_scope(|| context.report_about(what, &number, &error));
        }
    }
    Ok(())
}

/// Plans yesterday and today, and every day that nobody planned because no server ran. A new account begins with yesterday.
async fn plan_days(context: &Context) -> Result<(), Failure> {
    let on = context.store.reader();
    let today = day_in_china(context.now());
    let oldest = today - TimeDelta::days(LOOKS_BACK);
    let planned = store::reconciliation::planned_since(on, oldest).await?;
    for merchant in &merchant::all(context).await? {
        let key = merchant.key();
        let is_own =
            |one: &&PlannedDay| one.provider == key.provider && one.merchant_account == key.name;
        let own = planned.iter().filter(is_own);
        let own: BTreeSet<NaiveDate> = own.map(|one| one.day).collect();
        let begin = match own.first() {
            Some(day) => *day,
            None if store::reconciliation::has_any(on, key).await? => oldest,
            None => today - TimeDelta::days(1),
        };
        let days = begin.iter_days().take_while(|day| *day <= today);
        for day in days.filter(|day| !own.contains(day)) {
            find_or_plan(context, merchant, day).await?;
        }
    }
    Ok(())
}

/// Lets a run whose account is configured no more wait, so that it is not in the way of others.
async fn put_off(context: &Context, row: &Run) -> Result<(), Failure> {
    let tx = context.store.begin().await?;
    store::reconciliation::claim(&tx, row, context.now() + ACCOUNT_AGAIN).await?;
    store::commit(tx, AuditExemption::ProviderRecord).await?;
    tracing::warn!(
        payment.merchant_account = row.merchant_account, reconciliation.day = %row.day,
        "The merchant account of a day that waits for its bill is not configured any more"
    );
    Ok(())
}

/// Compares a day now, for every account; what was compared before is compared again.
///
/// # Errors
/// Where the database fails.
pub async fn run(context: &Context, day: NaiveDate) -> Result<Vec<Report>, Failure> {
    let mut reports = Vec::new();
    for merchant in merchant::all(context).await? {
        let row = find_or_plan(context, &merchant, day).await?;
        reports.extend(Box::pin(run_one(context, &merchant, &row)).await?);
    }
    Ok(reports)
}

/// Compares the day of a run; `None` where another server copy does.
async fn run_one(
    context: &Context,
    merchant: &Merchant,
    row: &Run,
) -> Result<Option<Report>, Failure> {
    let tx = context.store.begin().await?;
    let is_ours = store::reconciliation::claim(&tx, row, context.now() + LEASE).await?;
    store::commit(tx, AuditExemption::ProviderRecord).await?;
    if !is_ours {
        return Ok(None);
    }
    let row = Run {
        tries: row.tries + 1,
        ..row.clone()
    };
    let booked = bill::booked(context, merchant, row.day).await?;
    let neighbours = bill::neighbours(context, merchant, row.day).await?;
    let (from, to) = day_bounds(row.day);
    let has_moved = booked.iter().any(|entry| {
        let is_in_day = entry.at.is_some_and(|at| at >= from && at < to);
        is_in_day && entry.standing == Standing::Done && !neighbours.have(entry)
    });
    let state = match Channel::to(context, merchant)
        .bill(BillKind::Trade, row.day)
        .await
    {
        Outcome::Definite(Download::Ready(bytes)) => match merchant.channel().read_trades(&bytes) {
            Ok(read) => {
                let bill = Bill::new(context, merchant, read, booked).await?;
                let found = ReadBill {
                    bytes: &bytes,
                    bill,
                    neighbours,
                };
                return compared(context, merchant, row, found).await.map(Some);
            }
            Err(error) => BillState::Invalid(error.to_string()),
        },
        Outcome::Definite(Download::NoBill) if has_moved => BillState::Missing,
        // Before its time a bill that is not there may still come.
        Outcome::Definite(Download::NoBill) if context.now() < is_there_at(row.day) => {
            BillState::Empty
        }
        Outcome::Definite(Download::NoBill) => {
            let bill = Bill::new(context, merchant, TradeBill::default(), booked).await?;
            let differences = explain(context, merchant, &bill, row.day, &neighbours).await?;
            let state = BillState::Empty;
            let report = without_bill(context, merchant, row, state, differences);
            return report.await.map(Some);
        }
        Outcome::Definite(Download::NotYet) => BillState::Waiting("not made yet".to_owned()),
        Outcome::Refused(refusal) => BillState::Waiting(refusal.code),
        Outcome::Unknown(seen) => BillState::Waiting(seen),
    };
    let report = without_bill(context, merchant, row, state, Vec::new());
    report.await.map(Some)
}

/// Notes that there was no bill to compare with; what is booked around midnight can be missed all the same.
async fn without_bill(
    context: &Context,
    merchant: &Merchant,
    row: Run,
    state: BillState,
    differences: Vec<(Difference, bool)>,
) -> Result<Report, Failure> {
    let now = context.now();
    let case = match &state {
        BillState::Compared | BillState::Empty => None,
        BillState::Invalid(_) => Some(CaseKind::BillInvalid),
        BillState::Missing | BillState::Waiting(_) => {
            is_overdue(context, row.day).then_some(CaseKind::BillMissing)
        }
    };
    let is_done = state == BillState::Empty && now >= is_there_at(row.day);
    let (provider, account) = (merchant.provider(), merchant.account.clone());
    let report = Report {
        differences,
        ..Report::without_bill(provider, account, row.day, state.clone())
    };
    let has_findings = !report.differences.is_empty();
    let seen = match state {
        BillState::Compared | BillState::Empty => None,
        BillState::Missing => Some("no bill, although money moved".to_owned()),
        BillState::Waiting(seen) | BillState::Invalid(seen) => Some(seen),
    };
    let tx = context.store.begin().await?;
    if let Some(kind) = case {
        let matter = Matter {
            kind,
            key: case_key(merchant, row.day),
            merchant: merchant.key(),
            order: None,
            amount: None,
            facts: json!({ "day": row.day, "seen": seen }),
        };
        money_case::open(context, &tx, matter).await?;
    }
    if is_done {
        end_missing(&tx, &case_key(merchant, row.day), now).await?;
    }
    let next_try_at = (now + TRY_AGAIN).max(is_there_at(row.day));
    let row = Run {
        state: if is_done {
            RunState::Done
        } else {
            RunState::Waiting
        },
        next_try_at: (!is_done).then_some(next_try_at),
        finished_at: is_done.then_some(now),
        last_error: seen,
        findings: has_findings.then(|| report.findings()).or(row.findings),
        ..row
    };
    store::reconciliation::save(&tx, &row).await?;
    store::commit(tx, AuditExemption::ProviderRecord).await?;
    Ok(report)
}

/// Compares, heals what can be healed, puts the rest before a person, and ends the cases of what agrees by now. Gives what
/// did not agree, and whether it was healed.
async fn explain(
    context: &Context,
    merchant: &Merchant,
    bill: &Bill,
    day: NaiveDate,
    neighbours: &Neighbours,
) -> Result<Vec<(Difference, bool)>, Failure> {
    let mut differences = Vec::new();
    let mut opened = heal::Opened::new();
    let (begin, end) = day_bounds(day);
    for found in compare(&bill.billed, &bill.booked, &(begin..end), neighbours) {
        let case = heal::heal(context, merchant, bill, day, &found).await?;
        let is_healed = case.is_none();
        opened.extend(case.map(|key| (found.kind, key)));
        differences.push((found, is_healed));
    }
    let strangers = heal::strangers(context, merchant, bill, day).await?;
    let strangers = strangers.into_iter();
    opened.extend(strangers.map(|key| (CaseKind::ForeignRow, key)));
    heal::end_others(context, merchant, day, &opened).await?;
    Ok(differences)
}

/// A bill that could be read.
struct ReadBill<'a> {
    /// As it came.
    bytes: &'a [u8],
    /// Beside our books.
    bill: Bill,
    /// What the days around it have.
    neighbours: Neighbours,
}

/// Compares, and keeps bill, rows and outcome.
async fn compared(
    context: &Context,
    merchant: &Merchant,
    row: Run,
    read: ReadBill<'_>,
) -> Result<Report, Failure> {
    let ReadBill {
        bytes,
        bill,
        neighbours,
    } = read;
    let differences = explain(context, merchant, &bill, row.day, &neighbours).await?;
    let kept = bill::keep(context, &row, bytes).await?;
    let (flow, flow_missing) = match flow::of_day(context, merchant, &bill, row.day).await? {
        flow::Asked::NotListed => (None, None),
        flow::Asked::Found(flow) => (Some(flow), None),
        flow::Asked::Missing(seen) => (None, Some(seen)),
    };
    let report = Report {
        provider: merchant.provider(),
        account: merchant.account.clone(),
        day: row.day,
        bill: BillState::Compared,
        paid: bill.total(EntryKind::Payment),
        refunded: bill.total(EntryKind::Refund),
        fee: bill.fee(),
        fee_differences: bill.fee_differences(merchant.fee_rate),
        unread: bill.unread.clone(),
        flow,
        flow_missing,
        differences,
    };
    let mut outcomes = report.differences.iter();
    // What a row that was not read moved is in no book here.
    let agrees = outcomes.all(|(_, is_healed)| *is_healed) && report.unread.is_none();
    flow::judge(context, merchant, &report, agrees).await?;
    finish(context, row, &bill, kept, &report).await?;
    let unhealed = report.differences.iter().filter(|(_, healed)| !healed);
    metrics::counter!("reconciliation_differences_total")
        .increment(u64::try_from(unhealed.count()).unwrap_or(u64::MAX));
    Ok(report)
}

/// Keeps what came of comparing; a day whose movements are not there yet is compared again.
async fn finish(
    context: &Context,
    row: Run,
    bill: &Bill,
    kept: KeptBill,
    report: &Report,
) -> Result<(), Failure> {
    let now: DateTime<Utc> = context.now();
    let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    let waits = report.flow_missing.is_some() && !is_overdue(context, row.day);
    let row = Run {
        state: if waits {
            RunState::Waiting
        } else {
            RunState::Done
        },
        bill: Some(kept),
        paid: BillSum {
            count: count(report.paid.0),
            amount: report.paid.1,
        },
        refunded: BillSum {
            count: count(report.refunded.0),
            amount: report.refunded.1,
        },
        differences: count(report.differences.len()),
        next_try_at: waits.then(|| now + TRY_AGAIN),
        last_error: report.flow_missing.clone(),
        findings: Some(report.findings()),
        finished_at: (!waits).then_some(now),
        ..row
    };
    let difference_of = |kind: EntryKind, number: &str| {
        let mut all = report.differences.iter().map(|(found, _)| found);
        let found = all.find(|found| found.entry == kind && found.number == number);
        found.map(|found| found.kind)
    };
    let rows = bill.rows().map(|(kind, one)| BillRow {
        id: context.new_id(BillRowId::new),
        kind,
        out_trade_no: one.out_trade_no.clone(),
        out_refund_no: bill::refund_number(one).map(str::to_owned),
        provider_no: one.transaction_id.clone(),
        amount: one.amount,
        difference: difference_of(kind, bill::number(one)),
    });
    let rows: Vec<_> = rows.collect();
    let key = format!("{}:{}:{}", row.provider, row.merchant_account, row.day);
    let tx = context.store.begin().await?;
    store::reconciliation::replace_rows(&tx, &row, &rows).await?;
    end_missing(&tx, &key, now).await?;
    store::reconciliation::save(&tx, &row).await?;
    tell_of_unread(context, &tx, key, report).await?;
    Ok(store::commit(tx, AuditExemption::ProviderRecord).await?)
}

/// Puts rows of the bill that could not be read before a person; ends that case once all can be.
async fn tell_of_unread(
    context: &Context,
    tx: &store::Tx,
    key: String,
    report: &Report,
) -> Result<(), Failure> {
    let kind = CaseKind::BillRowsUnread;
    let Some(unread) = &report.unread else {
        return Ok(store::money_case::settle(tx, kind, &key, context.now()).await?);
    };
    let matter = Matter {
        kind,
        key,
        merchant: report.merchant_key(),
        order: None,
        amount: Some(unread.paid),
        facts: json!({
            "day": report.day,
            "rows": unread.rows,
            "paid_fen": unread.paid,
            "refunded_fen": unread.refunded,
            "seen": unread.seen,
        }),
    };
    money_case::open(context, tx, matter).await
}

/// Ends the cases of a day's bill that was not there or could not be used.
async fn end_missing(tx: &store::Tx, key: &str, now: DateTime<Utc>) -> Result<(), Failure> {
    for kind in [CaseKind::BillMissing, CaseKind::BillInvalid] {
        store::money_case::settle(tx, kind, key, now).await?;
    }
    Ok(())
}
