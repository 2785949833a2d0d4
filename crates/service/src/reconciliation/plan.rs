//! Planning the comparison of a day.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::audit::AuditExemption;
use domain::{ReconciliationId, day_bounds};
use store::reconciliation::{PlannedDay, Run};

use crate::merchant::Merchant;
use crate::{Context, Failure};

/// Bills of a day are there from ten; we ask half an hour later. Counted from the end of the day.
const FIRST_TRY: TimeDelta = TimeDelta::minutes(10 * 60 + 30);

/// When the bill of a day is there.
pub(super) fn is_there_at(day: NaiveDate) -> DateTime<Utc> {
    let (_, ended_at) = day_bounds(day);
    ended_at + FIRST_TRY
}

/// The comparison of an account's day, planned where it was not yet.
pub(super) async fn find_or_plan(
    context: &Context,
    merchant: &Merchant,
    day: NaiveDate,
) -> Result<Run, Failure> {
    let key = merchant.key();
    let on = context.store.reader();
    if let Some(found) = store::reconciliation::of_day(on, key, day).await? {
        return Ok(found);
    }
    let (id, now) = (context.new_id(ReconciliationId::new), context.now());
    let planned = PlannedDay {
        provider: merchant.provider(),
        merchant_account: merchant.account.clone(),
        day,
    };
    let fresh = Run::waiting(id, planned, now, now.max(is_there_at(day)));
    let tx = context.store.begin().await?;
    store::reconciliation::plan(&tx, &fresh).await?;
    store::commit(tx, AuditExemption::ProviderRecord).await?;
    let planned = store::reconciliation::of_day(on, key, day).await?;
    planned.ok_or(Failure::Fault(
        "a comparison that was just planned is missing",
    ))
}
