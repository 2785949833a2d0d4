//! Verifying students by their image-capture codes: the code itself is the roster entry. docs/decisions/0067.

mod finder;
mod picture;

use domain::audit::{AuditAction, AuditExemption, AuditObject};
use domain::capture_code::CapturedStudent;
use domain::enrolment::Enrolment;
use domain::id_document::normalise;
use domain::recognition::Proven;
use domain::roster::{RosterEntry, RosterEntryState};
use domain::task::{IdentityMode, Task};
use domain::{FieldError, ProblemCode, Refusal, RosterEntryId, same_person_name};
use providers::capture_code::CaptureCodeFault;
use store::Tx;
use store::roster::RosterKey;

use crate::audit::{self, Deed};
use crate::enrolment::{EnrolTo, enrol_to, name_of, student_no_of};
use crate::roster::{Listed, RosterKeys, list_as};
use crate::session::Student;
use crate::{Context, Failure, school};

/// A code as a student gives it.
#[derive(Debug)]
pub enum GivenCode {
    /// Its text, as it was pasted.
    Text(String),
    /// A picture of it: JPEG or PNG.
    Picture(Vec<u8>),
}

/// Verifies a student by a capture code. The student is put on the list where they are not on it; the same code again gives
/// the same enrolment.
///
/// # Errors
/// `school.not_open`; `capture_code.not_used_here` where the task goes by the school's list; what is wrong with the picture
/// or the code; `capture_code.used` where another account has verified as this student; `capture_code.student_withdrawn`;
/// `task.not_yet_open` and `task.closed`.
pub async fn enrol(
    context: &Context,
    student: &Student,
    task_id: &str,
    given: GivenCode,
) -> Result<Enrolment, Failure> {
    let seen = school::visible_task(context, task_id).await?;
    let task = &seen.task;
    if task.settings.identity != IdentityMode::CaptureCode {
        return Err(ProblemCode::CaptureNotUsed.into());
    }
    let reader = context.capture_codes.as_ref();
    let reader = reader.ok_or_else(|| with_contact(ProblemCode::CaptureUnavailable, task))?;
    let text = match given {
        GivenCode::Text(text) => text,
        GivenCode::Picture(file) => picture::text_in(context, student.account_id, file).await?,
    };
    let code = reader.read(&text).await.map_err(|fault| match fault {
        CaptureCodeFault::Malformed => about_code(ProblemCode::CaptureMalformed),
        CaptureCodeFault::Forged => about_code(ProblemCode::CaptureForged),
    })?;
    let captured = code.student(task, &seen.school.code, context.now())?;
    Box::pin(bind(context, student, task, &captured)).await
}

fn about_code(code: ProblemCode) -> Refusal {
    Refusal::field(FieldError::new("/code", code))
}

fn with_contact(code: ProblemCode, task: &Task) -> Refusal {
    Refusal::from(code).with("contact", &task.settings.contact)
}

/// Finds or makes the roster entry of a code and the enrolment.
async fn bind(
    context: &Context,
    student: &Student,
    task: &Task,
    captured: &CapturedStudent,
) -> Result<Enrolment, Failure> {
    // All keys are loaded now: inside the transaction they would take a second connection.
    let keys = RosterKeys::of(context, task.id).await?;
    let tx = context.store.begin().await?;
    let account = store::account::lock(&tx, student.account_id).await?;
    account.ok_or(ProblemCode::SessionRequired)?;
    let listed = listed(&tx, &keys, task, captured).await?;
    if let Some(entry) = &listed {
        let proven = proven(context, entry, captured).await?;
        match store::enrolment::holder(&tx, task.school_id, entry.id).await? {
            Some(own) if own.account_id == student.account_id => {
                return again(tx, own, proven).await;
            }
            Some(_) => return Err(ProblemCode::CaptureUsed.into()),
            None => {}
        }
        if store::enrolment::is_barred(&tx, student.account_id, entry.id).await? {
            return Err(ProblemCode::CaptureUsed.into());
        }
    }
    if !task.is_open(context.now()) {
        return Err(school::not_open(task, context.now()).into());
    }
    let (entry, proven) = match listed {
        Some(entry) => (entry.id, proven(context, &entry, captured).await?),
        // Whoever has the code knows what it says.
        None => (
            put_on_list(context, &tx, &keys, student, task, captured).await?,
            Proven {
                name: true,
                student_no: true,
            },
        ),
    };
    let to = EnrolTo {
        task,
        entry,
        proven,
    };
    let enrolment = enrol_to(context, &tx, student, to).await?;
    let deed = Deed {
        action: AuditAction::EnrolmentCreated,
        object: AuditObject::Enrolment,
        object_id: enrolment.id.0,
        school_id: Some(task.school_id),
    };
    let audited = audit::by_owner(context, &tx, student, deed).await?;
    store::commit(tx, audited).await?;
    Ok(enrolment)
}

/// The entry to which the number of a code leads, where there is one. Two codes of one number wait for each other here.
async fn listed(
    tx: &Tx,
    keys: &RosterKeys,
    task: &Task,
    captured: &CapturedStudent,
) -> Result<Option<RosterEntry>, Failure> {
    let indexes = keys.indexes_of(&captured.number);
    let first = indexes.first();
    let first = first.ok_or(Failure::Fault("a number without an index"))?;
    store::lock::take(tx, first).await?;
    let roster = RosterKey {
        school_id: task.school_id,
        task_id: task.id,
    };
    let level = captured.level;
    let found = store::roster::lock_by_number(tx, roster, level, &indexes).await?;
    if found.is_none() && store::roster::is_listed(tx, roster, level, &indexes).await? {
        return Err(with_contact(ProblemCode::CaptureWithdrawn, task).into());
    }
    Ok(found)
}

/// What of a listed entry the code says too; the rest is shown in part, as to anybody who did not know it.
async fn proven(
    context: &Context,
    entry: &RosterEntry,
    captured: &CapturedStudent,
) -> Result<Proven, Failure> {
    let name = name_of(context, entry).await?;
    let listed = student_no_of(context, entry).await?;
    let captured_no = captured.student_no.as_deref().map(normalise);
    Ok(Proven {
        name: same_person_name(&name, &captured.name),
        student_no: listed.is_some() && listed.as_deref().map(normalise) == captured_no,
    })
}

/// The enrolment that the account has already, with what it proves by this code.
async fn again(tx: Tx, own: Enrolment, proven: Proven) -> Result<Enrolment, Failure> {
    let proven = own.proven.and(proven);
    if proven == own.proven {
        return Ok(own);
    }
    let own = Enrolment { proven, ..own };
    store::enrolment::save(&tx, &own).await?;
    store::commit(tx, AuditExemption::Repetition).await?;
    Ok(own)
}

/// Puts the student on the list and notes it for them.
async fn put_on_list(
    context: &Context,
    tx: &Tx,
    keys: &RosterKeys,
    student: &Student,
    task: &Task,
    captured: &CapturedStudent,
) -> Result<RosterEntryId, Failure> {
    let student_no = captured.student_no.as_deref().map(normalise);
    let listed = Listed {
        number: captured.number.clone(),
        level: captured.level,
        name: &captured.name,
        student_no: student_no.as_deref(),
        college: None,
        major: None,
        class_name: None,
    };
    let state = RosterEntryState::Listed;
    let entry = list_as(context, tx, keys, task, &listed, state).await?;
    let deed = Deed {
        action: AuditAction::RosterEntryAdded,
        object: AuditObject::RosterEntry,
        object_id: entry.0,
        school_id: Some(task.school_id),
    };
    // The transaction commits with the entry about the enrolment, which follows.
    let _ = audit::by_owner(context, tx, student, deed).await?;
    Ok(entry)
}
