//! Counting the progress of students: of few at each look; of many once in a while for everybody who may see the same ones,
//! by one who looks at a time. docs/decisions/0070.

use domain::audit::AuditExemption;
use domain::progress::{PROGRESS_DAYS, PROGRESS_KEPT_FOR, ProgressSums, TaskProgress};
use domain::{day_bounds, day_in_china};
use providers::keys::sha256;
use serde_json::json;
use store::overview::StudentFilter;
use store::task_progress::ProgressKey;

use crate::{Context, Failure};

/// How far the students are who are meant.
pub(super) async fn current(
    context: &Context,
    filter: &StudentFilter,
) -> Result<TaskProgress, Failure> {
    let key = key_of(filter);
    let kept = store::task_progress::get(context.store.reader(), &key).await?;
    let is_kept = kept.is_some();
    if let Some(kept) = kept
        && (context.now() < kept.due_at || !claim(context, &key).await?)
    {
        return Ok(kept.progress);
    }
    let counted = count(context, filter).await?;
    if counted.sums.total.total() > context.settings.live_progress_students {
        keep(context, &key, &counted).await?;
    } else if is_kept {
        let tx = context.store.begin().await?;
        store::task_progress::remove(&tx, &key).await?;
        store::commit(tx, AuditExemption::Housekeeping).await?;
    }
    Ok(counted)
}

/// The same key for the same students, whoever may see them and by whichever role.
fn key_of(filter: &StudentFilter) -> ProgressKey {
    let limits = filter.reach.limits_in(filter.roster.school_id);
    let view = json!([limits, filter.college, filter.class_name]);
    ProgressKey {
        roster: filter.roster,
        view_hash: sha256(view.to_string().as_bytes()),
    }
}

/// Whether this is who counts what is due. Where that breaks off, somebody else does after the same time.
async fn claim(context: &Context, key: &ProgressKey) -> Result<bool, Failure> {
    let now = context.now();
    let tx = context.store.begin().await?;
    let is_mine = store::task_progress::claim(&tx, key, now, now + PROGRESS_KEPT_FOR).await?;
    store::commit(tx, AuditExemption::Housekeeping).await?;
    Ok(is_mine)
}

async fn keep(context: &Context, key: &ProgressKey, counted: &TaskProgress) -> Result<(), Failure> {
    let tx = context.store.begin().await?;
    // A purge that came meanwhile has deleted what was kept; names of classes must not come back.
    if !store::task::lock_unless_purged(&tx, key.roster.task_id).await? {
        return Ok(store::rollback(tx).await?);
    }
    let due_at = counted.counted_at + PROGRESS_KEPT_FOR;
    store::task_progress::keep(&tx, key, counted, due_at).await?;
    Ok(store::commit(tx, AuditExemption::Housekeeping).await?)
}

async fn count(context: &Context, filter: &StudentFilter) -> Result<TaskProgress, Failure> {
    let (on, counted_at) = (context.store.reader(), context.now());
    let rows = store::overview::progress_sums(on, filter).await?;
    let first = day_in_china(counted_at) - chrono::Days::new(PROGRESS_DAYS - 1);
    let (since, _) = day_bounds(first);
    Ok(TaskProgress {
        sums: ProgressSums::of(&rows),
        days: store::overview::progress_days(on, filter, since).await?,
        counted_at,
    })
}
