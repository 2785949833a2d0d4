//! Reminding students who still have something to do, by text message. Only who has verified has a phone; nobody is
//! reminded twice within the configured time.

use chrono::{DateTime, TimeDelta, Utc};
use domain::access::{Actor, Permission, StudentReach};
use domain::audit::{AuditAction, AuditExemption, AuditObject};
use domain::job::{Job, JobKind};
use domain::progress::StudentProgress;
use domain::reminder::{REMINDER_TEXT, reminder_cost};
use domain::{Fen, JobId, ProblemCode, Refusal, TaskId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::overview::StudentFilter;
use store::reminder::ReminderCounts;

use crate::audit::{self, About, Deed};
use crate::progress::{StudentSearch, filter_of, seen_task};
use crate::student_message::{self, News};
use crate::worker::Progress;
use crate::{Context, Failure};

/// How many students are reminded in one transaction.
const BATCH: u64 = 200;

/// What reminding would do.
#[derive(Debug, Clone)]
pub struct ReminderPreview {
    /// The text.
    pub text: &'static str,
    /// To how many it would go, and to how many not.
    pub counts: ReminderCounts,
    /// What the messages cost at the price that is set.
    pub cost: Fen,
    /// For how long nobody is reminded again.
    pub interval: TimeDelta,
}

/// What a job needs to know.
#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    task_id: TaskId,
    progress: Option<StudentProgress>,
    college: Option<String>,
    class_name: Option<String>,
    /// Who was reminded after this moment is left out.
    since: DateTime<Utc>,
    /// How many messages at most.
    most: u64,
}

/// What reminding these students would do; nothing is sent.
///
/// # Errors
/// `task.unknown`.
pub async fn preview(
    context: &Context,
    actor: &Actor,
    task_id: &str,
    search: &StudentSearch,
) -> Result<ReminderPreview, Failure> {
    let (task, reach) = seen_task(context, actor, Permission::ManageRosters, task_id).await?;
    let filter = filter_of(&task, reach, search);
    previewed(context, &filter, search.progress).await
}

async fn previewed(
    context: &Context,
    filter: &StudentFilter,
    progress: Option<StudentProgress>,
) -> Result<ReminderPreview, Failure> {
    let settings = &context.settings.reminders;
    let since = context.now() - settings.interval;
    let on = context.store.reader();
    let counts = store::reminder::counts(on, filter, progress, since).await?;
    Ok(ReminderPreview {
        text: REMINDER_TEXT.get(domain::Lang::Zh),
        cost: reminder_cost(counts.recipients, settings.price_milli_yuan),
        counts,
        interval: settings.interval,
    })
}

/// Has these students reminded in the background, but no more than `most`, which is what the person was shown.
///
/// # Errors
/// `task.unknown`; `reminder.nobody` where nobody can be reminded; `reminder.more` where there are more than `most`.
pub async fn remind(
    context: &Context,
    actor: &Actor,
    task_id: &str,
    search: StudentSearch,
    most: u64,
) -> Result<ReminderPreview, Failure> {
    let (task, reach) = seen_task(context, actor, Permission::ManageRosters, task_id).await?;
    let filter = filter_of(&task, reach, &search);
    let preview = previewed(context, &filter, search.progress).await?;
    let recipients = preview.counts.recipients;
    if recipients == 0 {
        return Err(ProblemCode::ReminderNobody.into());
    }
    if recipients > most {
        let refusal = Refusal::from(ProblemCode::ReminderMore);
        return Err(refusal.with("count", recipients).into());
    }
    let (id, now) = (context.new_id(JobId::new), context.now());
    let payload = json!(Payload {
        task_id: task.id,
        progress: search.progress,
        college: search.college,
        class_name: search.class_name,
        since: now - preview.interval,
        most,
    });
    let job = Job::new(id, JobKind::Reminders, id.to_string(), payload, now);
    let tx = context.store.begin().await?;
    store::job::insert(&tx, &job).await?;
    let deed = Deed {
        action: AuditAction::StudentsReminded,
        object: AuditObject::Task,
        object_id: task.id.0,
        school_id: Some(task.school_id),
    };
    let audited = audit::note(context, &tx, actor, deed, About::default()).await?;
    store::commit(tx, audited).await?;
    Ok(preview)
}

/// Reminds batch by batch: who is reminded is noted in the transaction that keeps their message, so that a job that is done
/// again, or twice at once, reminds nobody twice.
pub(crate) async fn work(context: &Context, job: &Job, told: &Progress) -> Result<(), Failure> {
    let payload: Payload = serde_json::from_value(job.payload.clone())
        .map_err(|_| Failure::Fault("a job of reminders cannot be read"))?;
    let on = context.store.reader();
    let Some(task) = store::task::get(on, payload.task_id).await? else {
        return Ok(());
    };
    let search = StudentSearch {
        progress: payload.progress,
        college: payload.college,
        class_name: payload.class_name,
    };
    let filter = filter_of(&task, StudentReach::AllSchools, &search);
    let (mut left, total) = (payload.most, usize::try_from(payload.most).unwrap_or(0));
    while left > 0 {
        let tx = context.store.begin().await?;
        store::task::lock(&tx, task.id).await?;
        let (progress, since) = (payload.progress, payload.since);
        let batch = store::reminder::next(&tx, &filter, progress, since, left.min(BATCH)).await?;
        if batch.is_empty() {
            store::rollback(tx).await?;
            break;
        }
        left -= batch.len() as u64;
        store::reminder::mark(&tx, filter.roster, &batch, context.now()).await?;
        let accounts: Vec<_> = batch.iter().map(|one| one.account_id).collect();
        student_message::enqueue_all(context, &tx, &accounts, News::Reminder).await?;
        store::commit(tx, AuditExemption::Repetition).await?;
        told.set(total - usize::try_from(left).unwrap_or(0), total);
        tokio::task::yield_now().await;
    }
    Ok(())
}
