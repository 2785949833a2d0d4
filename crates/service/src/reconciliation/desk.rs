//! Comparisons of days, as finance reads them in the console.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::access::{Actor, Permission};
use domain::audit::{AuditAction, AuditObject};
use domain::page::{Page, PageRequest, SortedPlace};
use domain::payment::Provider;
use domain::reconciliation::RunState;
use domain::{Fen, ProblemCode, ReconciliationId, Refusal, day_in_china};
use store::Tx;
use store::reconciliation::Run;

use super::plan::find_or_plan;
use super::report::{BillLine, Report, stored};
use super::table::report_table;
use crate::audit::{self, About, Deed};
use crate::sheet::{SheetFile, SheetStyle};
use crate::{Context, Failure, merchant};

/// How many days back a bill can be asked for: providers keep them for three months.
pub const COMPARABLE_DAYS: i64 = 90;

/// A merchant account's day.
#[derive(Debug, Clone)]
pub struct ComparedDay {
    /// The comparison.
    pub id: ReconciliationId,
    /// The day in China.
    pub day: NaiveDate,
    /// Whose account.
    pub provider: Provider,
    /// The configured account.
    pub account: String,
    /// Where it is.
    pub state: RunState,
    /// How many payments the bill lists.
    pub payments: i32,
    /// Their sum.
    pub paid: Fen,
    /// How many refunds the bill lists.
    pub refunds: i32,
    /// Their sum.
    pub refunded: Fen,
    /// How many rows did not agree.
    pub differences: i32,
    /// When it is tried next; `None` when it is done.
    pub next_try_at: Option<DateTime<Utc>>,
    /// When it was done.
    pub finished_at: Option<DateTime<Utc>>,
}

impl From<Run> for ComparedDay {
    fn from(run: Run) -> Self {
        Self {
            id: run.id,
            day: run.day,
            provider: run.provider,
            account: run.merchant_account,
            state: run.state,
            payments: run.paid.count,
            paid: run.paid.amount,
            refunds: run.refunded.count,
            refunded: run.refunded.amount,
            differences: run.differences,
            next_try_at: run.next_try_at,
            finished_at: run.finished_at,
        }
    }
}

/// Which days are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct DaySearch {
    /// Days of the month of this day.
    pub month: Option<NaiveDate>,
    /// Only days on which something did not agree.
    pub with_differences: bool,
}

/// A page of the compared days, the latest first.
///
/// # Errors
/// Where the actor reads no statements.
pub async fn days(
    context: &Context,
    actor: &Actor,
    search: DaySearch,
    page: &PageRequest<SortedPlace<NaiveDate, ReconciliationId>>,
) -> Result<Page<ComparedDay>, Failure> {
    actor.require(Permission::ReadStatements)?;
    let on = context.store.reader();
    let (month, differs) = (search.month, search.with_differences);
    let found = store::reconciliation::days(on, month, differs, page).await?;
    Ok(found.with_items(|runs| runs.into_iter().map(Into::into).collect()))
}

/// What came of a day, of every account, as it was kept.
///
/// # Errors
/// `reconciliation.unknown` where it was compared for no account.
pub async fn day(
    context: &Context,
    actor: &Actor,
    day: &str,
) -> Result<Vec<(Report, Vec<BillLine>)>, Failure> {
    actor.require(Permission::ReadStatements)?;
    let day = read_day(day).ok_or(ProblemCode::ReconciliationUnknown)?;
    let reports = stored(context, day).await?;
    if reports.is_empty() {
        return Err(ProblemCode::ReconciliationUnknown.into());
    }
    Ok(reports)
}

/// A day with the rows of its bills as a file; noted in the audit log.
///
/// # Errors
/// `reconciliation.unknown`.
pub async fn export_day(
    context: &Context,
    actor: &Actor,
    of: &str,
    style: SheetStyle,
) -> Result<SheetFile, Failure> {
    actor.require(Permission::ExportData)?;
    let reports = day(context, actor, of).await?;
    let file = report_table(&reports, style)?;
    let named = read_day(of).ok_or(ProblemCode::ReconciliationUnknown)?;
    let runs = store::reconciliation::all_of_day(context.store.reader(), named).await?;
    let runs: Vec<_> = runs.iter().map(|run| run.id).collect();
    let tx = context.store.begin().await?;
    note(
        context,
        tx,
        actor,
        AuditAction::ReconciliationExported,
        &runs,
    )
    .await?;
    Ok(SheetFile {
        name: format!("reconciliation-{named}.{}", file.format),
        ..file
    })
}

/// Has a day compared again in the background, for every account.
///
/// # Errors
/// `reconciliation.day_invalid`.
pub async fn compare_again(context: &Context, actor: &Actor, day: &str) -> Result<(), Failure> {
    actor.require(Permission::ReadStatements)?;
    let now = context.now();
    let today = day_in_china(now);
    let oldest = today - TimeDelta::days(COMPARABLE_DAYS);
    let day = read_day(day).filter(|day| *day < today && *day >= oldest);
    let Some(day) = day else {
        let refused = Refusal::from(ProblemCode::ReconciliationDay);
        return Err(refused.with("days", COMPARABLE_DAYS).into());
    };
    let mut planned = Vec::new();
    for merchant in merchant::all(context).await? {
        planned.push(find_or_plan(context, &merchant, day).await?.id);
    }
    let tx = context.store.begin().await?;
    for id in &planned {
        store::reconciliation::wake(&tx, *id, now).await?;
    }
    note(
        context,
        tx,
        actor,
        AuditAction::ReconciliationRequested,
        &planned,
    )
    .await
}

/// A day as it is written in addresses.
fn read_day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
}

/// Notes what was done with the comparisons of a day, and commits.
async fn note(
    context: &Context,
    tx: Tx,
    actor: &Actor,
    action: AuditAction,
    runs: &[ReconciliationId],
) -> Result<(), Failure> {
    let mut noted = None;
    for run in runs {
        let deed = Deed {
            action,
            object: AuditObject::Reconciliation,
            object_id: run.0,
            school_id: None,
        };
        noted = Some(audit::note(context, &tx, actor, deed, About::default()).await?);
    }
    match noted {
        Some(audited) => Ok(store::commit(tx, audited).await?),
        None => Ok(store::rollback(tx).await?),
    }
}
