//! Telling a student or a member of staff by text message what became of something: the message is kept with its cause and sent by the worker,
//! so that a crash loses none.

use chrono::TimeDelta;
use domain::job::{Job, JobKind};
use domain::{AccountId, ChallengeId, JobId};
use providers::sms::{SmsContent, SmsMessage, SmsOutcome, SmsWindow};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;

use crate::{Context, Failure, message};

/// What a person is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum News {
    /// Their photo was accepted.
    PhotoApproved,
    /// Their photo was not accepted; the app says why.
    PhotoRejected,
    /// The school answered their question about the roster; the app has the answer.
    TicketAnswered,
    /// They have not finished.
    Reminder,
    /// To officers and operators: a webhook endpoint keeps failing.
    WebhookFailing,
    /// Their account gets another number in a day, unless they refuse it.
    PhoneRecovery,
}

impl From<News> for SmsContent {
    fn from(news: News) -> Self {
        match news {
            News::PhotoApproved => Self::PhotoApproved,
            News::PhotoRejected => Self::PhotoRejected,
            News::TicketAnswered => Self::TicketAnswered,
            News::Reminder => Self::Reminder,
            News::WebhookFailing => Self::WebhookFailing,
            News::PhoneRecovery => Self::PhoneRecovery,
        }
    }
}

/// What a job needs to know: nothing about the person but whose account it is.
#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    account_id: AccountId,
    news: News,
}

/// Keeps a message in the transaction of its cause.
pub(crate) async fn enqueue(
    context: &Context,
    tx: &Tx,
    account_id: AccountId,
    news: News,
) -> Result<(), Failure> {
    let (id, now) = (context.new_id(JobId::new), context.now());
    let payload = json!(Payload { account_id, news });
    let job = Job::new(id, JobKind::StudentMessage, id.to_string(), payload, now);
    Ok(store::job::insert(tx, &job).await?)
}

/// Keeps the same message to many in the transaction of its cause.
pub(crate) async fn enqueue_all(
    context: &Context,
    tx: &Tx,
    accounts: &[AccountId],
    news: News,
) -> Result<(), Failure> {
    let job = |account: &AccountId| {
        let id = context.new_id(JobId::new);
        let payload = json!(Payload {
            account_id: *account,
            news
        });
        Job::new(
            id,
            JobKind::StudentMessage,
            id.to_string(),
            payload,
            context.now(),
        )
    };
    let jobs: Vec<_> = accounts.iter().map(job).collect();
    Ok(store::job::insert_missing(tx, &jobs).await?)
}

/// Sends a message. One of which it is not known whether it was sent is not sent twice, and an account that was erased in
/// the meantime gets none.
///
/// Where the number had too many messages, it says how long to wait before the next try.
///
/// # Errors
/// Where no service sends anything now: it is tried again.
pub(crate) async fn send(context: &Context, job: &Job) -> Result<Option<TimeDelta>, Failure> {
    let payload: Payload = serde_json::from_value(job.payload.clone())
        .map_err(|_| Failure::Fault("a message to a person cannot be read"))?;
    let on = context.store.reader();
    let account = store::account::get(on, payload.account_id).await?;
    let account = account.filter(|account| account.is_active() && !account.has_no_phone());
    let Some(account) = account else {
        return Ok(None);
    };
    let (id, sealed) = (account.id.0, &account.phone_sealed);
    let phone = context
        .open_text("accounts", "phone_sealed", id, sealed)
        .await?;
    let message = SmsMessage {
        phone,
        content: payload.news.into(),
        out_id: context.new_id(ChallengeId::new).to_string(),
    };
    match message::send(context, &message).await {
        SmsOutcome::Sent { .. }
        | SmsOutcome::BadNumber
        | SmsOutcome::NoTemplate
        | SmsOutcome::Unknown(_) => Ok(None),
        SmsOutcome::Throttled(SmsWindow::Minute) => Ok(Some(TimeDelta::minutes(1))),
        SmsOutcome::Throttled(SmsWindow::Hour | SmsWindow::Day) => Ok(Some(TimeDelta::hours(1))),
        SmsOutcome::ProviderDown(_) => Err(Failure::Fault("a message to a person was not sent")),
    }
}
