//! Looking a claim up and binding the account: whatever the roster does not bear out gets one answer and costs one try.

use domain::audit::{AuditAction, AuditExemption, AuditObject};
use domain::enrolment::{Enrolment, EnrolmentState, Tries};
use domain::event::{EnrolmentFacts, EventData};
use domain::id_document::normalise;
use domain::limit::{FAILURES_PER_ACCOUNT, FAILURES_PER_ID, FAILURES_PER_NETWORK, reach};
use domain::recognition::Proven;
use domain::roster::RosterEntry;
use domain::task::Task;
use domain::{EnrolmentId, ProblemCode, Refusal, RosterEntryId, VerificationId, same_person_name};
use providers::keys::BlindIndex;
use store::Tx;
use store::audit::Audited;
use store::enrolment::VerificationAttempt;
use store::roster::RosterKey;

use super::claim::Readable;
use super::facts;
use crate::audit::{self, Deed};
use crate::login::Caller;
use crate::session::Student;
use crate::vault::{Purpose, Scope};
use crate::{Context, Failure, event, school};

/// What the roster and the earlier enrolments say to a claim.
enum Standing {
    /// The entry is the student's already.
    Own(Enrolment),
    /// The entry can be bound.
    Free(RosterEntryId),
    /// No such entry, or other facts, or somebody else's: nobody is told which.
    NotFound,
}

/// Who verifies, and from where.
#[derive(Debug, Clone, Copy)]
pub(super) struct Verifier<'a> {
    /// The student.
    pub(super) student: &'a Student,
    /// Their address and browser.
    pub(super) caller: &'a Caller,
}

/// Finds or makes the enrolment of a claim.
pub(super) async fn bind(
    context: &Context,
    verifier: Verifier<'_>,
    task: &Task,
    claim: &Readable<'_>,
) -> Result<Enrolment, Failure> {
    let student = verifier.student;
    let indexes = context.task_index(task.id).await?.of_number(&claim.number);
    // The key that opens the roster is loaded now: inside the transaction it would take a second connection.
    let scope = Scope::Task(task.id);
    context.sealer(scope, Purpose::Person).await?;
    let tx = context.store.begin().await?;
    // One try of an account at a time, so that tries at once cannot pass the limits together.
    let account = store::account::lock(&tx, student.account_id).await?;
    account.ok_or(ProblemCode::SessionRequired)?;
    let standing = standing(context, &tx, student, task, claim, &indexes).await?;
    if let Standing::Own(enrolment) = standing {
        return remember_proof(tx, enrolment, claim).await;
    }
    if !task.is_open(context.now()) {
        return Err(school::not_open(task, context.now()).into());
    }
    // The canonical number's index is the first: under it tries are counted.
    let counted = indexes
        .first()
        .ok_or(Failure::Fault("a number without an index"))?;
    require_room(context, &tx, verifier, task, counted).await?;
    let bound = match standing {
        Standing::Free(entry) => {
            let to = EnrolTo {
                task,
                entry,
                proven: claim.proves(),
            };
            Some(enrol_to(context, &tx, student, to).await?)
        }
        Standing::Own(_) | Standing::NotFound => None,
    };
    let audited = record(context, &tx, verifier, task, counted, bound.as_ref()).await?;
    store::commit(tx, audited).await?;
    bound.ok_or_else(|| ProblemCode::EnrolmentNotFound.into())
}

/// Keeps what the owner proves by verifying again, where the task has come to ask for more.
async fn remember_proof(
    tx: Tx,
    enrolment: Enrolment,
    claim: &Readable<'_>,
) -> Result<Enrolment, Failure> {
    let proven = enrolment.proven.and(claim.proves());
    if proven == enrolment.proven {
        return Ok(enrolment);
    }
    let enrolment = Enrolment {
        proven,
        ..enrolment
    };
    store::enrolment::save(&tx, &enrolment).await?;
    store::commit(tx, AuditExemption::Repetition).await?;
    Ok(enrolment)
}

/// The same queries are made whatever they find, so that the time tells no more than the answer. The entry stays locked:
/// of two accounts that claim it at once the second sees the first.
async fn standing(
    context: &Context,
    tx: &Tx,
    student: &Student,
    task: &Task,
    claim: &Readable<'_>,
    indexes: &[BlindIndex],
) -> Result<Standing, Failure> {
    let roster = RosterKey {
        school_id: task.school_id,
        task_id: task.id,
    };
    let entry = store::roster::lock_by_number(tx, roster, claim.level, indexes).await?;
    let no_entry = RosterEntryId(uuid::Uuid::nil());
    let id = entry.as_ref().map_or(no_entry, |entry| entry.id);
    let holder = store::enrolment::holder(tx, task.school_id, id).await?;
    let is_barred = store::enrolment::is_barred(tx, student.account_id, id).await?;
    let is_borne_out = match &entry {
        Some(entry) => is_borne_out(context, entry, claim).await?,
        None => false,
    };
    Ok(match holder {
        _ if !is_borne_out || is_barred => Standing::NotFound,
        None => Standing::Free(id),
        Some(held) if held.account_id == student.account_id => Standing::Own(held),
        Some(_) => Standing::NotFound,
    })
}

/// Whether the entry has the name and student number of the claim, where the task asks for them.
async fn is_borne_out(
    context: &Context,
    entry: &RosterEntry,
    claim: &Readable<'_>,
) -> Result<bool, Failure> {
    let name = facts::name(context, entry).await?;
    let student_no = facts::student_no(context, entry).await?;
    let has_name = claim
        .name
        .is_none_or(|given| same_person_name(&name, given));
    let has_number = claim.student_no.is_none_or(|given| {
        student_no.is_some_and(|listed| normalise(&listed) == normalise(given))
    });
    Ok(has_name && has_number)
}

async fn require_room(
    context: &Context,
    tx: &Tx,
    verifier: Verifier<'_>,
    task: &Task,
    index: &BlindIndex,
) -> Result<(), Failure> {
    use store::enrolment::{failures_from, failures_of_account, failures_of_number, numbers_tried};
    let now = context.now();
    let Verifier { student, caller } = verifier;
    let (owner, network) = (student.account_id, caller.network_hash(context));
    store::lock::take(tx, index).await?;
    store::lock::take(tx, &network).await?;
    let numbers = numbers_tried(tx, owner, task.id).await?;
    let tries = Tries {
        by_account: &failures_of_account(tx, owner, now - reach(FAILURES_PER_ACCOUNT)).await?,
        with_number: &failures_of_number(tx, task.id, index, now - reach(FAILURES_PER_ID)).await?,
        from_network: &failures_from(tx, &network, now - reach(FAILURES_PER_NETWORK)).await?,
        is_campus: caller.is_campus(context),
        other_numbers: numbers.iter().filter(|tried| **tried != *index).count(),
    };
    match tries.wait(now) {
        Some(wait) => Err(Refusal::until(ProblemCode::EnrolmentTries, wait).into()),
        None => Ok(()),
    }
}

/// What an account is bound to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EnrolTo<'a> {
    /// The task.
    pub(crate) task: &'a Task,
    /// The roster entry, which nobody holds and whose number is locked.
    pub(crate) entry: RosterEntryId,
    /// What the account proved besides number and level.
    pub(crate) proven: Proven,
}

/// Binds an account to a roster entry.
pub(crate) async fn enrol_to(
    context: &Context,
    tx: &Tx,
    student: &Student,
    to: EnrolTo<'_>,
) -> Result<Enrolment, Failure> {
    let EnrolTo {
        task,
        entry,
        proven,
    } = to;
    let enrolment = Enrolment {
        id: context.new_id(EnrolmentId::new),
        school_id: task.school_id,
        task_id: task.id,
        entry_id: entry,
        account_id: student.account_id,
        state: EnrolmentState::Live,
        created_at: context.now(),
        proven,
    };
    store::enrolment::insert(tx, &enrolment).await?;
    let facts = EnrolmentFacts {
        enrolment_id: enrolment.id,
        task_id: task.id,
        roster_entry_id: entry,
    };
    let data = EventData::EnrolmentCreated(facts);
    event::record(context, tx, task.school_id, data).await?;
    Ok(enrolment)
}

/// Counts the try and notes it for the student.
async fn record(
    context: &Context,
    tx: &Tx,
    verifier: Verifier<'_>,
    task: &Task,
    index: &BlindIndex,
    bound: Option<&Enrolment>,
) -> Result<Audited, Failure> {
    let Verifier { student, caller } = verifier;
    let tried = VerificationAttempt {
        id: context.new_id(VerificationId::new),
        school_id: task.school_id,
        task_id: task.id,
        account_id: student.account_id,
        id_index: (*index).into(),
        network_hash: caller.network_hash(context).into(),
        succeeded: bound.is_some(),
        created_at: context.now(),
    };
    store::enrolment::count_attempt(tx, tried).await?;
    let (action, object, object_id) = match bound {
        Some(enrolment) => (
            AuditAction::EnrolmentCreated,
            AuditObject::Enrolment,
            enrolment.id.0,
        ),
        None => (AuditAction::EnrolmentRefused, AuditObject::Task, task.id.0),
    };
    let deed = Deed {
        action,
        object,
        object_id,
        school_id: Some(task.school_id),
    };
    audit::by_owner(context, tx, student, deed).await
}
