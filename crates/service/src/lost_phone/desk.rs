//! How two members of staff approve a report of a lost phone: they compare it with what the account has verified.

mod proof;

pub use proof::LostPhoneProof;

use chrono::{DateTime, Utc};
use domain::access::{Actor, Permission, Reach};
use domain::audit::AuditAction;
use domain::job::{Job, JobKind};
use domain::lost_phone::{
    CLOSED_BY_OWNER, CLOSED_BY_SYSTEM, LostPhoneAccount, LostPhoneApproval, LostPhoneApprover,
    LostPhoneReference, LostPhoneRefusal, LostPhoneStage, LostPhoneState,
};
use domain::page::{Page, PageRequest};
use domain::role::Role;
use domain::{AccountId, JobId, LostPhoneReportId, ProblemCode};
use serde_json::json;
use store::Tx;
use store::lost_phone::LostPhoneReport;

use super::operator::{OpenedLostPhoneReport, close_report, deed, lock, opened, view};
use super::recovery::{AFTER_EFFECTIVE, is_unused};
use crate::audit::{self, About};
use crate::staff::staff_names;
use crate::student_message::{self, News};
use crate::{Context, Failure};

/// A report in a list; nothing of it is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedLostPhoneReport {
    /// Its reference.
    pub reference: LostPhoneReference,
    /// Where it is.
    pub stage: LostPhoneStage,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When its number takes effect, where two have approved it.
    pub effective_at: Option<DateTime<Utc>>,
}

impl From<&LostPhoneReport> for ListedLostPhoneReport {
    fn from(report: &LostPhoneReport) -> Self {
        Self {
            reference: report.reference.clone(),
            stage: report.state.stage(),
            created_at: report.created_at,
            effective_at: match &report.state {
                LostPhoneState::Approved { effective_at, .. } => Some(*effective_at),
                LostPhoneState::Open
                | LostPhoneState::Confirmed { .. }
                | LostPhoneState::Changed { .. }
                | LostPhoneState::Closed { .. } => None,
            },
        }
    }
}

/// Who approved a report, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedLostPhoneApproval {
    /// How colleagues call them.
    pub name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A report with what speaks for it.
#[derive(Debug, Clone)]
pub struct LostPhoneDossier {
    /// Where it is.
    pub listed: ListedLostPhoneReport,
    /// What its writer wrote.
    pub report: OpenedLostPhoneReport,
    /// What the account of the lost number has verified as, in schools within the reader's reach.
    pub proofs: Vec<LostPhoneProof>,
    /// Who approved it, the first one first.
    pub approvals: Vec<NamedLostPhoneApproval>,
    /// Who closed it; `None` where nobody did, or the account's owner, or time.
    pub closed_by: Option<String>,
    /// Whether the reader's approval is the one that it needs.
    pub can_approve: bool,
}

/// A page of the reports within reach, the newest first. An officer sees those about accounts of their school which an operator
/// has approved.
pub async fn page(
    context: &Context,
    actor: &Actor,
    stage: Option<LostPhoneStage>,
    page: &PageRequest<LostPhoneReportId>,
) -> Result<Page<ListedLostPhoneReport>, Failure> {
    let reach = actor.require(Permission::HandleLostPhones)?;
    let found = store::lost_phone::page(context.store.reader(), &reach, stage, page).await?;
    let listed = found.items.iter().map(Into::into).collect();
    Ok(found.with_items(|_| listed))
}

/// A report with what speaks for it; the audit log keeps who read it.
///
/// # Errors
/// `lost_phone.unknown`, also for one out of reach.
pub async fn dossier(
    context: &Context,
    actor: &Actor,
    reference: &str,
) -> Result<LostPhoneDossier, Failure> {
    let report = view(context, actor, reference).await?;
    dossier_of(context, actor, report).await
}

async fn dossier_of(
    context: &Context,
    actor: &Actor,
    report: LostPhoneReport,
) -> Result<LostPhoneDossier, Failure> {
    let reach = actor.require(Permission::HandleLostPhones)?;
    let on = context.store.reader();
    let approver = approver(actor)?;
    let operators = store::staff::operators(on).await?.len();
    let next = report.state.approve(approver, operators, context.now());
    let closer = match &report.state {
        LostPhoneState::Closed { by, .. } if by != CLOSED_BY_OWNER && by != CLOSED_BY_SYSTEM => {
            Some(by.clone())
        }
        LostPhoneState::Open
        | LostPhoneState::Confirmed { .. }
        | LostPhoneState::Approved { .. }
        | LostPhoneState::Changed { .. }
        | LostPhoneState::Closed { .. } => None,
    };
    let closer_id = closer.as_deref().and_then(|by| by.parse().ok());
    let people = report.approvals.iter().map(|approval| approval.by);
    let names = staff_names(context, people.chain(closer_id)).await?;
    let name = |id: AccountId| names.get(id).map_or_else(|| id.to_string(), str::to_owned);
    let approvals = report.approvals.iter();
    let approvals = approvals.map(|approval| NamedLostPhoneApproval {
        name: name(approval.by),
        at: approval.at,
    });
    let approvals = approvals.collect();
    let listed = ListedLostPhoneReport::from(&report);
    let opened = opened(context, report).await?;
    let found = proof::find(context, on, &opened, &reach).await?;
    Ok(LostPhoneDossier {
        listed,
        proofs: found.map(|found| found.proofs).unwrap_or_default(),
        report: opened,
        approvals,
        closed_by: closer.map(|by| closer_id.map_or(by, name)),
        can_approve: next.is_ok(),
    })
}

/// Only people in the console approve: at the command line anybody may write any name.
fn approver(actor: &Actor) -> Result<LostPhoneApprover, Failure> {
    match actor {
        Actor::Staff { account_id, grants } => Ok(LostPhoneApprover {
            account_id: *account_id,
            is_operator: grants.iter().any(|grant| grant.role == Role::Operator),
        }),
        Actor::Student(_)
        | Actor::Visitor
        | Actor::Integrator(_)
        | Actor::CommandLine(_)
        | Actor::BackgroundJob => Err(Failure::Fault("only staff approve a report")),
    }
}

/// Approves a report. The second approval tells the old number at once and makes the new one take effect a day later.
///
/// # Errors
/// `lost_phone.unknown`; `lost_phone.same_person`, `lost_phone.operator_needed` where the approval is not this person's;
/// `lost_phone.approved_already`, `lost_phone.closed` where it needs none; `lost_phone.no_account`, `lost_phone.number_used`,
/// `lost_phone.of_staff`, `lost_phone.no_notice` where the number cannot change.
pub async fn approve(
    context: &Context,
    actor: &Actor,
    reference: &str,
) -> Result<LostPhoneDossier, Failure> {
    let reach = actor.require(Permission::HandleLostPhones)?;
    let approver = approver(actor)?;
    if !context.settings.can_tell_of_recovery {
        return Err(ProblemCode::LostPhoneNoNotice.into());
    }
    let tx = context.store.begin().await?;
    let mut report = lock(&tx, &reach, reference).await?;
    let (now, operators) = (context.now(), store::staff::operators(&tx).await?.len());
    let next = report.state.approve(approver, operators, now);
    let next = next.map_err(refused)?;
    let about = Box::pin(account_of(context, &tx, &report)).await?;
    report.about = Some(about);
    report.approvals.push(LostPhoneApproval {
        by: approver.account_id,
        at: now,
    });
    if let LostPhoneState::Approved { effective_at, .. } = &next {
        schedule(context, &tx, &report, about.account_id, *effective_at).await?;
    }
    report.state = next;
    store::lost_phone::save_state(&tx, &report, now).await?;
    let about = About {
        subject: Some(about.account_id),
        reason: None,
    };
    let noted = deed(AuditAction::LostPhoneApproved, &report);
    let audited = audit::note(context, &tx, actor, noted, about).await?;
    store::commit(tx, audited).await?;
    dossier_of(context, actor, report).await
}

/// Closes a report as [`super::close`] does, and shows it as it is then.
///
/// # Errors
/// As [`super::close`].
pub async fn close_as_staff(
    context: &Context,
    actor: &Actor,
    reference: &str,
    outcome: &str,
) -> Result<LostPhoneDossier, Failure> {
    let report = close_report(context, actor, reference, outcome).await?;
    dossier_of(context, actor, report).await
}

fn refused(refusal: LostPhoneRefusal) -> ProblemCode {
    match refusal {
        LostPhoneRefusal::SamePerson => ProblemCode::LostPhoneSamePerson,
        LostPhoneRefusal::OperatorNeeded => ProblemCode::LostPhoneOperatorNeeded,
        LostPhoneRefusal::Approved => ProblemCode::LostPhoneApprovedAlready,
        LostPhoneRefusal::Ended => ProblemCode::LostPhoneClosed,
    }
}

/// The account that the report is about: it has the lost number and has verified with the document, and the new number is free.
async fn account_of(
    context: &Context,
    tx: &Tx,
    report: &LostPhoneReport,
) -> Result<LostPhoneAccount, Failure> {
    let opened = opened(context, report.clone()).await?;
    let found = proof::find(context, tx, &opened, &Reach::AllSchools).await?;
    let found = found.ok_or(ProblemCode::LostPhoneNoAccount)?;
    let school_id = found.school_id.ok_or(ProblemCode::LostPhoneNoAccount)?;
    if store::staff::is_staff(tx, found.account_id).await? {
        return Err(ProblemCode::LostPhoneOfStaff.into());
    }
    let holder = proof::account_with(context, tx, &opened.new_phone).await?;
    let holder = holder.filter(|holder| holder.id != found.account_id);
    if let Some(holder) = holder
        && !is_unused(tx, holder.id).await?
    {
        return Err(ProblemCode::LostPhoneNumberUsed.into());
    }
    Ok(LostPhoneAccount {
        account_id: found.account_id,
        school_id,
    })
}

/// Tells the old number, and has the new one take effect when its time has come.
async fn schedule(
    context: &Context,
    tx: &Tx,
    report: &LostPhoneReport,
    owner: AccountId,
    effective_at: DateTime<Utc>,
) -> Result<(), Failure> {
    student_message::enqueue(context, tx, owner, News::PhoneRecovery).await?;
    let id = context.new_id(JobId::new);
    let key = report.id.to_string();
    let mut job = Job::new(id, JobKind::LostPhone, key, json!({}), context.now());
    job.available_at = effective_at + AFTER_EFFECTIVE;
    Ok(store::job::insert(tx, &job).await?)
}
