//! What operators do with reports of a lost phone.

use chrono::{DateTime, TimeDelta, Utc};
use domain::access::{Actor, Permission, Reach};
use domain::audit::{AuditAction, AuditObject};
use domain::lost_phone::{LostPhoneReference, LostPhoneState};
use domain::{DocumentType, FieldError, ProblemCode, Refusal, Sealed};
use store::Tx;
use store::lost_phone::LostPhoneReport;

use super::TABLE;
use crate::audit::{self, About, Deed};
use crate::{Context, Failure};

/// The most reports that are listed at once.
const MOST: u64 = 100;
/// The longest outcome, in characters.
const OUTCOME_MAX: usize = 200;

/// A report that waits; nothing of it is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingLostPhoneReport {
    /// Its reference.
    pub reference: LostPhoneReference,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// How many whole hours it has waited.
    pub hours_waited: i64,
}

/// A report with what its writer wrote.
#[derive(Debug, Clone)]
pub struct OpenedLostPhoneReport {
    /// Its reference.
    pub reference: LostPhoneReference,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// The writer's name.
    pub name: String,
    /// The school as typed.
    pub school: String,
    /// The kind of document.
    pub document_type: DocumentType,
    /// Its number.
    pub document_number: String,
    /// The phone that was lost, in international form.
    pub old_phone: String,
    /// The phone to be called back at, in international form.
    pub new_phone: String,
    /// What else was written.
    pub note: Option<String>,
    /// What became of it.
    pub state: LostPhoneState,
}

/// The reports that wait, those that wait longest first; at most 100.
pub async fn list(context: &Context) -> Result<Vec<WaitingLostPhoneReport>, Failure> {
    let now = context.now();
    let found = store::lost_phone::open(context.store.reader(), MOST).await?;
    let waiting = |report: LostPhoneReport| WaitingLostPhoneReport {
        reference: report.reference,
        created_at: report.created_at,
        hours_waited: (now - report.created_at).num_hours(),
    };
    Ok(found.into_iter().map(waiting).collect())
}

/// Opens a report for an operator; the audit log keeps who read it.
///
/// # Errors
/// `lost_phone.unknown`.
pub async fn show(
    context: &Context,
    actor: &Actor,
    reference: &str,
) -> Result<OpenedLostPhoneReport, Failure> {
    let report = view(context, actor, reference).await?;
    opened(context, report).await
}

/// A report within reach, for reading; the audit log keeps who read it.
pub(super) async fn view(
    context: &Context,
    actor: &Actor,
    reference: &str,
) -> Result<LostPhoneReport, Failure> {
    let reach = actor.require(Permission::HandleLostPhones)?;
    let tx = context.store.begin().await?;
    let report = lock(&tx, &reach, reference).await?;
    let viewed = deed(AuditAction::LostPhoneViewed, &report);
    let about = About {
        subject: report.about.map(|about| about.account_id),
        reason: None,
    };
    let audited = audit::note(context, &tx, actor, viewed, about).await?;
    store::commit(tx, audited).await?;
    Ok(report)
}

/// Closes a report, with how it was resolved. One that was approved and has not taken effect is cancelled by it.
///
/// # Errors
/// `lost_phone.unknown`; `lost_phone.closed`; `lost_phone.outcome_length`.
pub async fn close(
    context: &Context,
    actor: &Actor,
    reference: &str,
    outcome: &str,
) -> Result<(), Failure> {
    close_report(context, actor, reference, outcome).await?;
    Ok(())
}

/// As [`close`], with the report as it is then.
pub(super) async fn close_report(
    context: &Context,
    actor: &Actor,
    reference: &str,
    outcome: &str,
) -> Result<LostPhoneReport, Failure> {
    let reach = actor.require(Permission::HandleLostPhones)?;
    let person = actor.responsible_person();
    let person = person.ok_or(Failure::Fault("nobody answers for closing a report"))?;
    let outcome = outcome.trim();
    if !(1..=OUTCOME_MAX).contains(&outcome.chars().count()) {
        let field = FieldError::new("/outcome", ProblemCode::LostPhoneOutcome);
        return Err(Refusal::field(field.with("max", OUTCOME_MAX)).into());
    }
    let tx = context.store.begin().await?;
    let mut report = lock(&tx, &reach, reference).await?;
    if !report.state.is_pending() {
        return Err(ProblemCode::LostPhoneClosed.into());
    }
    let now = context.now();
    report.state = LostPhoneState::Closed {
        at: now,
        by: person.stored_name(),
        outcome: outcome.to_owned(),
    };
    store::lost_phone::save_state(&tx, &report, now).await?;
    let closed = deed(AuditAction::LostPhoneClosed, &report);
    let about = About {
        subject: report.about.map(|about| about.account_id),
        reason: Some(outcome),
    };
    let audited = audit::note(context, &tx, actor, closed, about).await?;
    store::commit(tx, audited).await?;
    Ok(report)
}

/// Writes how long the oldest report has waited into the metrics.
///
/// # Errors
/// Where the database fails; the metric then keeps what it had.
pub async fn record_waiting(context: &Context) -> Result<(), Failure> {
    let oldest = store::lost_phone::oldest_open(context.store.reader()).await?;
    let waited = oldest.map_or(TimeDelta::zero(), |oldest| context.now() - oldest);
    let seconds = u32::try_from(waited.num_seconds()).unwrap_or_default();
    metrics::gauge!("lost_phone_oldest_seconds").set(f64::from(seconds));
    Ok(())
}

/// A report within reach, locked until `tx` ends.
pub(super) async fn lock(
    tx: &Tx,
    reach: &Reach,
    reference: &str,
) -> Result<LostPhoneReport, Failure> {
    let unknown = ProblemCode::LostPhoneUnknown;
    let reference: LostPhoneReference = reference.parse().map_err(|_| unknown)?;
    let found = store::lost_phone::lock(tx, reach, &reference).await?;
    Ok(found.ok_or(unknown)?)
}

/// What somebody did with a report.
pub(super) fn deed(action: AuditAction, report: &LostPhoneReport) -> Deed {
    Deed {
        action,
        object: AuditObject::LostPhoneReport,
        object_id: report.id.0,
        school_id: report.about.map(|about| about.school_id),
    }
}

/// A report with what its writer wrote.
pub(super) async fn opened(
    context: &Context,
    report: LostPhoneReport,
) -> Result<OpenedLostPhoneReport, Failure> {
    let id = report.id.0;
    let open = async |column: &str, sealed: &Sealed| {
        let text = context.open_text(TABLE, column, id, sealed.as_bytes());
        text.await
    };
    let sealed = &report.sealed;
    Ok(OpenedLostPhoneReport {
        name: open("name_sealed", &sealed.name).await?,
        school: open("school_sealed", &sealed.school).await?,
        document_type: report.document_type,
        document_number: open("number_sealed", &sealed.number).await?,
        old_phone: open("old_phone_sealed", &sealed.old_phone).await?,
        new_phone: open("new_phone_sealed", &sealed.new_phone).await?,
        note: match &sealed.note {
            Some(note) => Some(open("note_sealed", note).await?),
            None => None,
        },
        reference: report.reference,
        created_at: report.created_at,
        state: report.state,
    })
}
