//! What each kind of job does.

use chrono::{DateTime, Utc};
use domain::job::{Job, JobKind};

use super::turn::{Progress, Turn};
use crate::{
    Context, Failure, audit, captcha, delivery, event, login, lost_phone, notice, order, payment,
    photo, purge, reconciliation, refund, reminder, retention, review, roster, student_message,
    webhook,
};

/// Does one turn of a job.
pub(super) async fn work(
    context: &Context,
    job: &Job,
    progress: &Progress,
) -> Result<Turn, Failure> {
    let began_at = context.now();
    match job.kind {
        JobKind::Notices => notice::sweep(context).await?,
        JobKind::Payments => payment::sweep(context).await?,
        JobKind::Refunds => refund::sweep(context).await?,
        JobKind::Orders => order::sweep(context).await?,
        JobKind::Events => event::place(context).await?,
        JobKind::Webhooks => webhook::sweep(context).await?,
        JobKind::Reviews => review::sweep(context).await?,
        JobKind::Reconciliation => reconciliation::sweep(context).await?,
        JobKind::TaskPurges => Box::pin(purge::sweep(context)).await?,
        JobKind::AuditChain => audit::seal(context).await?,
        JobKind::Captchas => captcha::sweep(context).await?,
        JobKind::Logins => login::sweep(context).await?,
        JobKind::Retention => {
            let round = retention::round(context, &job.payload).await?;
            return Ok(Turn::Again {
                payload: round.progress,
                at: round.next_at,
            });
        }
        JobKind::StudentMessage => {
            let wait = student_message::send(context, job).await?;
            return Ok(again_or_forget(job, wait.map(|wait| began_at + wait)));
        }
        JobKind::LostPhone => {
            let at = Box::pin(lost_phone::take_effect(context, job)).await?;
            return Ok(again_or_forget(job, at));
        }
        JobKind::BlobsDelete => {
            photo::delete_files(context, job, |done, total| progress.set(done, total)).await?;
            return Ok(Turn::Forget);
        }
        JobKind::RosterImport => {
            roster::work(context, job, progress).await?;
            return Ok(Turn::Forget);
        }
        JobKind::Delivery => {
            delivery::work(context, job, progress).await?;
            return Ok(Turn::Forget);
        }
        JobKind::Reminders => {
            Box::pin(reminder::work(context, job, progress)).await?;
            return Ok(Turn::Forget);
        }
        JobKind::PhotoLeftover => {
            photo::discard_leftover(context, job).await?;
            return Ok(Turn::Forget);
        }
    }
    Ok(Turn::Again {
        payload: job.payload.clone(),
        at: began_at + job.kind.period().unwrap_or_default(),
    })
}

/// Work that is done once: another turn at a moment, or over where there is none.
fn again_or_forget(job: &Job, at: Option<DateTime<Utc>>) -> Turn {
    at.map_or(Turn::Forget, |at| Turn::Again {
        payload: job.payload.clone(),
        at,
    })
}
