//! What the roster says about an enrolled student.

use domain::enrolment::Enrolment;
use domain::roster::RosterEntry;
use domain::task::TaskState;
use domain::{EducationLevel, IdNumber};
use providers::keys::SealError;
use store::StoreError;

use crate::{Context, Failure};

/// What an enrolled student sees of the roster: what they typed, and enough to recognise themselves.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The name; a hint at it where it was not typed.
    pub name: String,
    /// The document number, masked.
    pub document_number: String,
    /// The level.
    pub level: EducationLevel,
    /// The student number; a hint at it where it was not typed.
    pub student_no: Option<String>,
    /// The college; only where name or student number was typed, as are major and class.
    pub college: Option<String>,
    /// The major.
    pub major: Option<String>,
    /// The class.
    pub class_name: Option<String>,
}

/// What stands for a name and a number that can never be read again.
const DESTROYED: &str = "***";

fn corrupt(what: &str) -> StoreError {
    StoreError::Corrupt { what: what.into() }
}

/// Opens the roster entry of an enrolment, as far as its account may see it. Of a task whose keys were destroyed, which
/// orders still refer to, only the level is left.
pub async fn facts(context: &Context, enrolment: &Enrolment) -> Result<Facts, Failure> {
    let on = context.store.reader();
    let (school, id) = (enrolment.school_id, enrolment.entry_id);
    let entry = store::roster::entry(on, school, id).await?;
    let entry = entry.ok_or_else(|| corrupt("enrolments.entry_id"))?;
    let level = entry.level;
    let opened = opened(context, enrolment, entry).await;
    let Err(Failure::Keys(SealError::UnknownKey(_))) = opened else {
        return opened;
    };
    let task = store::task::get(on, enrolment.task_id).await?;
    if task.is_none_or(|task| task.state != TaskState::Purged) {
        return opened;
    }
    Ok(Facts {
        name: DESTROYED.to_owned(),
        document_number: DESTROYED.to_owned(),
        level,
        student_no: None,
        college: None,
        major: None,
        class_name: None,
    })
}

async fn opened(
    context: &Context,
    enrolment: &Enrolment,
    entry: RosterEntry,
) -> Result<Facts, Failure> {
    let on = context.store.reader();
    let (school, id) = (enrolment.school_id, enrolment.entry_id);
    let document = store::roster::document(on, school, id).await?;
    let document = document.ok_or_else(|| corrupt("roster_ids: none of the entry"))?;
    let sealed = &document.number_sealed;
    let number = context
        .open_text("roster_ids", "number_sealed", document.id.0, sealed)
        .await?;
    let (kind, proven) = (document.id_type, enrolment.proven);
    let student_no = student_no(context, &entry).await?;
    let place = |word: Option<String>| word.filter(|_| proven.shows_place());
    Ok(Facts {
        name: proven.name(name(context, &entry).await?),
        document_number: IdNumber::from_canonical(kind, number).to_string(),
        level: entry.level,
        student_no: student_no.map(|number| proven.student_no(number)),
        college: place(entry.college),
        major: place(entry.major),
        class_name: place(entry.class_name),
    })
}

/// The name on the roster.
pub(super) async fn name(context: &Context, entry: &RosterEntry) -> Result<String, Failure> {
    let sealed = &entry.name_sealed;
    context
        .open_text("roster_entries", "name_sealed", entry.id.0, sealed)
        .await
}

/// The student number on the roster.
pub(super) async fn student_no(
    context: &Context,
    entry: &RosterEntry,
) -> Result<Option<String>, Failure> {
    match &entry.student_no_sealed {
        Some(sealed) => context
            .open_text("roster_entries", "student_no_sealed", entry.id.0, sealed)
            .await
            .map(Some),
        None => Ok(None),
    }
}
