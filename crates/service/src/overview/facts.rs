//! What the roster says about an enrolled student.

use domain::recognition::Proven;
use domain::roster::{RosterEntry, RosterNumber};
use domain::task::TaskState;
use domain::{EducationLevel, IdNumber};
use store::StoreError;

use crate::enrolment::{name_of, student_no_of};
use crate::{Context, Failure};

/// What an enrolled student sees of the roster: what they typed, and enough to recognise themselves.
#[derive(Debug, Clone)]
pub(super) struct Facts {
    /// The name; a hint at it where it was not typed.
    pub(super) name: String,
    /// The document number, masked.
    pub(super) document_number: String,
    /// The level.
    pub(super) level: EducationLevel,
    /// The student number; a hint at it where it was not typed.
    pub(super) student_no: Option<String>,
    /// The college; only where name or student number was typed, as are major and class.
    pub(super) college: Option<String>,
    /// The major.
    pub(super) major: Option<String>,
    /// The class.
    pub(super) class_name: Option<String>,
}

/// A student as the roster of a task has them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Listed<'a> {
    /// The entry.
    pub(super) entry: &'a RosterEntry,
    /// One of its documents.
    pub(super) document: Option<&'a RosterNumber>,
    /// Where the task is.
    pub(super) task_state: TaskState,
}

/// What stands for a name and a number that can never be read again.
const DESTROYED: &str = "***";

/// Opens a roster entry, as far as the account that is bound to it may see it. Of a task that was purged, which orders
/// still refer to, only the level is left.
pub(super) async fn facts(
    context: &Context,
    proven: Proven,
    listed: Listed<'_>,
) -> Result<Facts, Failure> {
    if listed.task_state != TaskState::Purged {
        return opened(context, proven, listed).await;
    }
    Ok(Facts {
        name: DESTROYED.to_owned(),
        document_number: DESTROYED.to_owned(),
        level: listed.entry.level,
        student_no: None,
        college: None,
        major: None,
        class_name: None,
    })
}

async fn opened(context: &Context, proven: Proven, listed: Listed<'_>) -> Result<Facts, Failure> {
    let entry = listed.entry;
    let missing = || StoreError::corrupt("roster_ids: none of the entry");
    let document = listed.document.ok_or_else(missing)?;
    let sealed = &document.number_sealed;
    let number = context
        .open_text("roster_ids", "number_sealed", document.id.0, sealed)
        .await?;
    let student_no = student_no_of(context, entry).await?;
    let place = |word: &Option<String>| word.clone().filter(|_| proven.shows_place());
    Ok(Facts {
        name: proven.name(name_of(context, entry).await?),
        document_number: IdNumber::from_canonical(document.id_type, number).to_string(),
        level: entry.level,
        student_no: student_no.map(|number| proven.student_no(number)),
        college: place(&entry.college),
        major: place(&entry.major),
        class_name: place(&entry.class_name),
    })
}
