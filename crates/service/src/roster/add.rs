//! Adding a single student to a roster by hand, or by a school's system.

use chrono::NaiveDate;
use domain::access::Actor;
use domain::audit::AuditAction;
use domain::id_document::normalise;
use domain::roster::{ListedStudent, RosterRow};
use domain::task::Task;
use domain::{FieldError, ProblemCode, Refusal, RosterEntryId};
use store::roster::{RosterKey, batch, lookup};

use super::entry::{note, stored_entry};
use super::keys::RosterKeys;
use super::listed::{List, NewStudent};
use super::page::{EntryView, shown};
use super::take::listed_of;
use super::task::managed_task;
use crate::enrolment::{read_level, read_number};
use crate::idempotency::{Claim, KeyOwner, KeyedOutcome, KeyedRequest};
use crate::{Context, Failure};

/// A student who is to be listed, as typed.
#[derive(Debug, Clone, Default)]
pub struct NewEntry {
    /// The name.
    pub name: String,
    /// The kind of document.
    pub document_type: String,
    /// Its number.
    pub document_number: String,
    /// The level.
    pub level: String,
    /// The student number.
    pub student_no: Option<String>,
    /// The college.
    pub college: Option<String>,
    /// The major.
    pub major: Option<String>,
    /// The class.
    pub class_name: Option<String>,
    /// The expected day of graduation.
    pub expected_graduation: Option<NaiveDate>,
}

/// Adds a student to the roster of a task; they can verify at once.
///
/// # Errors
/// `task.unknown`; `roster_entry.number_taken` where the roster has the number with this level; wrong fields;
/// `request.idempotency_key_reused`.
pub async fn add_entry(
    context: &Context,
    actor: &Actor,
    request: &KeyedRequest,
    task_id: &str,
    new: NewEntry,
) -> Result<KeyedOutcome<EntryView>, Failure> {
    let task = managed_task(context, actor, task_id).await?;
    let student = listed_of(&read(context, new)?);
    let claim = Claim::new(context, request, KeyOwner::Actor(actor));
    let added = claim
        .once(add(context, actor, &claim, &task, &student))
        .await?;
    let entry = stored_entry(context, task.school_id, added.value).await?;
    Ok(added.with(shown(context, entry).await?))
}

async fn add(
    context: &Context,
    actor: &Actor,
    claim: &Claim<'_>,
    task: &Task,
    student: &ListedStudent,
) -> Result<RosterEntryId, Failure> {
    let keys = RosterKeys::of(context, task.id).await?;
    let roster = RosterKey::from(task);
    let list = List {
        roster,
        import: None,
    };
    let NewStudent { entry, numbers } = list.new_student(&keys, context.now(), student)?;
    let wanted: Vec<_> = numbers.iter().map(Into::into).collect();
    let tx = claim.begin().await?;
    let taken = lookup::numbers_by_index(&*tx, roster, &wanted).await?;
    if !taken.is_empty() {
        let error = FieldError::new("/document_number", ProblemCode::RosterNumberTaken);
        return Err(Refusal::field(error).into());
    }
    batch::insert(&tx, vec![entry.clone()], numbers).await?;
    let action = AuditAction::RosterEntryAdded;
    let audited = note(context, &tx, actor, &entry, action).await?;
    tx.commit(audited, &entry.id).await?;
    Ok(entry.id)
}

fn read(context: &Context, new: NewEntry) -> Result<RosterRow, Refusal> {
    let text = |text: Option<String>| {
        let text = text.map(|text| text.trim().to_owned());
        text.filter(|text| !text.is_empty())
    };
    let name = text(Some(new.name));
    let number = read_number(&new.document_type, &new.document_number, context.now());
    let level = read_level(&new.level);
    match (name, number, level) {
        (Some(name), Ok(number), Ok(level)) => Ok(RosterRow {
            number,
            other_numbers: Vec::new(),
            level,
            name,
            student_no: text(new.student_no).map(|number| normalise(&number)),
            college: text(new.college),
            major: text(new.major),
            class_name: text(new.class_name),
            expected_graduation: new.expected_graduation.map(|day| day.to_string()),
        }),
        (name, number, level) => {
            let missing = FieldError::new("/name", ProblemCode::NameMissing);
            let errors = [name.is_none().then_some(missing), number.err(), level.err()];
            Err(Refusal::fields(errors.into_iter().flatten().collect()))
        }
    }
}
