//! The day between the approval of a report and the change of the number: whoever has the old number can refuse it; then the
//! account gets the new one.

use chrono::{DateTime, TimeDelta, Utc};
use domain::access::Reach;
use domain::account::Account;
use domain::audit::AuditAction;
use domain::job::Job;
use domain::lost_phone::{
    CLOSED_BY_OWNER, CLOSED_BY_SYSTEM, LostPhoneEnd, LostPhoneReference, LostPhoneStage,
    LostPhoneState,
};
use domain::session::SessionEndReason;
use domain::{AccountId, LostPhoneReportId, Phone, ProblemCode, SessionId};
use store::Tx;
use store::lost_phone::LostPhoneReport;

use super::operator::{deed, opened};
use crate::session::Student;
use crate::vault::{Purpose as KeyPurpose, Scope, Sealer};
use crate::{Context, Failure, audit, erasure, phone_change};

/// The most changes that are under way for one account.
pub const RECOVERIES_MAX: usize = 10;
/// A change is made so long after it is due: work is taken up a moment early, and no number takes effect early.
pub(super) const AFTER_EFFECTIVE: TimeDelta = TimeDelta::seconds(1);

/// A change of number that is under way, as the account's owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneRecovery {
    /// The report's reference.
    pub reference: LostPhoneReference,
    /// The new number, masked.
    pub new_phone: String,
    /// When it takes effect.
    pub effective_at: DateTime<Utc>,
}

/// The changes of number that were approved for the student's account and have not taken effect; at most [`RECOVERIES_MAX`].
pub async fn list_own(context: &Context, student: &Student) -> Result<Vec<PhoneRecovery>, Failure> {
    let most = u64::try_from(RECOVERIES_MAX).unwrap_or(u64::MAX);
    let on = context.store.reader();
    let found = store::lost_phone::approved_of(on, student.account_id, most).await?;
    let mut recoveries = Vec::with_capacity(found.len());
    for report in found {
        let LostPhoneState::Approved { effective_at, .. } = report.state else {
            continue;
        };
        let (id, sealed) = (report.id.0, &report.sealed.new_phone);
        let phone = context.open_text(super::TABLE, "new_phone_sealed", id, sealed.as_bytes());
        recoveries.push(PhoneRecovery {
            reference: report.reference,
            new_phone: read_phone(&phone.await?)?.masked(),
            effective_at,
        });
    }
    Ok(recoveries)
}

/// Refuses a change of number that was approved for the student's account: the account stays as it is.
///
/// # Errors
/// `lost_phone.unknown` where none waits under this reference, also where it is somebody else's.
pub async fn refuse(context: &Context, student: &Student, reference: &str) -> Result<(), Failure> {
    let unknown = ProblemCode::LostPhoneUnknown;
    let reference: LostPhoneReference = reference.parse().map_err(|_| unknown)?;
    let tx = context.store.begin().await?;
    let found = store::lost_phone::lock(&tx, &Reach::AllSchools, &reference).await?;
    let owner = student.account_id;
    let is_own = |report: &LostPhoneReport| {
        let stage = report.state.stage();
        report.about.is_some_and(|about| about.account_id == owner)
            && stage == LostPhoneStage::Approved
    };
    let mut report = found.filter(is_own).ok_or(unknown)?;
    let now = context.now();
    report.state = LostPhoneState::Closed {
        at: now,
        by: CLOSED_BY_OWNER.to_owned(),
        outcome: LostPhoneEnd::RefusedByOwner.as_str().to_owned(),
    };
    store::lost_phone::save_state(&tx, &report, now).await?;
    let refused = deed(AuditAction::LostPhoneRefused, &report);
    let audited = audit::by_owner(context, &tx, student, refused).await?;
    Ok(store::commit(tx, audited).await?)
}

/// Whether nothing would be lost with an account: it has no verification, no order and no role.
pub(super) async fn is_unused(tx: &Tx, owner: AccountId) -> Result<bool, Failure> {
    let reach = Reach::AllSchools;
    let enrolments = store::overview::enrolments_within(tx, owner, &reach, 1).await?;
    Ok(enrolments.is_empty()
        && store::order::of_account(tx, owner).await?.is_empty()
        && !store::staff::is_staff(tx, owner).await?)
}

/// Gives the account of an approved report its new number, ends its sessions, and tells both numbers. Returns when to look
/// again where it is too early. A report that was closed meanwhile changes nothing.
///
/// # Errors
/// Where the database fails: it is tried again.
pub(crate) async fn take_effect(
    context: &Context,
    job: &Job,
) -> Result<Option<DateTime<Utc>>, Failure> {
    let id: LostPhoneReportId = job
        .key
        .parse()
        .map_err(|_| Failure::Fault("a job about a lost phone cannot be read"))?;
    let sealer = context.sealer(Scope::Platform, KeyPurpose::Person).await?;
    let tx = context.store.begin().await?;
    let Some(report) = store::lost_phone::lock_by_id(&tx, id).await? else {
        return Ok(None);
    };
    let (LostPhoneState::Approved { effective_at, .. }, Some(about)) =
        (&report.state, report.about)
    else {
        return Ok(None);
    };
    if context.now() < *effective_at {
        return Ok(Some(*effective_at + AFTER_EFFECTIVE));
    }
    let numbers = opened(context, report.clone()).await?;
    let old = read_phone(&numbers.old_phone)?;
    let new = read_phone(&numbers.new_phone)?;
    let account = store::account::lock(&tx, about.account_id).await?;
    let change = Change {
        context,
        tx: &tx,
        sealer: &sealer,
        report,
    };
    let account = account.filter(|account| account.has_phone(&indexes(context, &old)));
    let Some(account) = account else {
        let audited = change.end(LostPhoneEnd::OldNumberGone).await?;
        store::commit(tx, audited).await?;
        return Ok(None);
    };
    let Some(freed) = change.free(&new, account.id).await? else {
        let audited = change.end(LostPhoneEnd::NewNumberUsed).await?;
        store::commit(tx, audited).await?;
        return Ok(None);
    };
    let changed = change.make(account, &new).await?;
    store::commit(tx, changed.audited).await?;
    let now = context.now();
    context.revocations.add(freed, now);
    context.revocations.add(changed.sessions, now);
    phone_change::tell(context, &[&old, &new]).await;
    Ok(None)
}

fn read_phone(e164: &str) -> Result<Phone, Failure> {
    Phone::from_e164(e164).ok_or(Failure::Fault("a report of a lost phone names no phone"))
}

fn indexes(context: &Context, phone: &Phone) -> Vec<[u8; 16]> {
    let known = context.vault.provider().phone_indexes(phone.e164());
    known.iter().map(|known| known.index).collect()
}

/// A change of number whose time has come.
struct Change<'a> {
    context: &'a Context,
    tx: &'a Tx,
    sealer: &'a Sealer,
    report: LostPhoneReport,
}

/// A number that changed.
struct Changed {
    sessions: Vec<SessionId>,
    audited: store::audit::Audited,
}

impl Change<'_> {
    /// Frees the new number from an account in which nothing is, whose sessions are returned; `None` where it is in use.
    async fn free(&self, new: &Phone, owner: AccountId) -> Result<Option<Vec<SessionId>>, Failure> {
        let known = indexes(self.context, new);
        let holder = store::account::by_phone(self.tx, &known).await?;
        let Some(holder) = holder.filter(|holder| holder.id != owner) else {
            return Ok(Some(Vec::new()));
        };
        let holder = store::account::lock(self.tx, holder.id).await?;
        let holder = holder.ok_or(Failure::Fault("the account of a phone disappeared"))?;
        if !is_unused(self.tx, holder.id).await? {
            return Ok(None);
        }
        let erased = erasure::erase_unused(self.context, self.tx, self.sealer, holder);
        Ok(Some(Box::pin(erased).await?))
    }

    /// Gives the account its number.
    async fn make(mut self, account: Account, new: &Phone) -> Result<Changed, Failure> {
        let (owner, now) = (account.id, self.context.now());
        phone_change::set_phone(self.context, self.tx, self.sealer, account, new).await?;
        self.report.state = LostPhoneState::Changed { at: now };
        store::lost_phone::save_state(self.tx, &self.report, now).await?;
        let reason = SessionEndReason::PhoneChanged;
        let sessions = store::session::end_all(self.tx, owner, reason, now).await?;
        let applied = deed(AuditAction::LostPhoneApplied, &self.report);
        let audited = audit::by_system(self.context, self.tx, owner, applied).await?;
        Ok(Changed { sessions, audited })
    }

    /// Ends the report without a change.
    async fn end(mut self, end: LostPhoneEnd) -> Result<store::audit::Audited, Failure> {
        let now = self.context.now();
        self.report.state = LostPhoneState::Closed {
            at: now,
            by: CLOSED_BY_SYSTEM.to_owned(),
            outcome: end.as_str().to_owned(),
        };
        store::lost_phone::save_state(self.tx, &self.report, now).await?;
        let about = self.report.about;
        let owner = about.ok_or(Failure::Fault("an approved report is about nobody"))?;
        let closed = deed(AuditAction::LostPhoneClosed, &self.report);
        audit::by_system(self.context, self.tx, owner.account_id, closed).await
    }
}
