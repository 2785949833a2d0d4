//! Listing single students.

use domain::id_document::normalise;
use domain::roster::{RosterEntry, RosterEntryState, RosterNumber};
use domain::task::Task;
use domain::{EducationLevel, IdNumber, RosterEntryId, RosterNumberId};
use store::Tx;
use store::roster::RosterKey;

use super::keys::RosterKeys;
use crate::{Context, Failure};

/// A student as the school lists them.
#[derive(Debug)]
pub(crate) struct Listed<'a> {
    /// The document.
    pub(crate) number: IdNumber,
    /// The level, part of what makes an entry.
    pub(crate) level: EducationLevel,
    /// The name.
    pub(crate) name: &'a str,
    /// The student number.
    pub(crate) student_no: Option<&'a str>,
    /// The college.
    pub(crate) college: Option<&'a str>,
    /// The major.
    pub(crate) major: Option<&'a str>,
    /// The class.
    pub(crate) class_name: Option<&'a str>,
}

/// Lists a student whose number is new to the task and level; one who is listed stays as they are. The keys are the
/// task's.
pub(crate) async fn list(
    context: &Context,
    tx: &Tx,
    keys: &RosterKeys,
    task: &Task,
    student: &Listed<'_>,
) -> Result<(), Failure> {
    let known = keys.index.of_number(&student.number);
    let roster = RosterKey {
        school_id: task.school_id,
        task_id: task.id,
    };
    if store::roster::is_listed(tx, roster, student.level, &known).await? {
        return Ok(());
    }
    list_as(context, tx, keys, task, student, RosterEntryState::Listed).await?;
    Ok(())
}

/// As [`list`], a student of whom the caller knows that their number is new, in a state. Returns the entry's id.
pub(crate) async fn list_as(
    context: &Context,
    tx: &Tx,
    keys: &RosterKeys,
    task: &Task,
    student: &Listed<'_>,
    state: RosterEntryState,
) -> Result<RosterEntryId, Failure> {
    let entry = context.new_id(RosterEntryId::new);
    let listed = RosterEntry {
        state,
        ..entry_of(context, keys, task, student, entry)?
    };
    let mut numbers = Vec::new();
    for variant in student.number.lookup_variants() {
        let id = context.new_id(RosterNumberId::new);
        let number = student.number.canonical().expose().as_bytes();
        let number = RosterNumber {
            id,
            school_id: task.school_id,
            task_id: task.id,
            entry_id: entry,
            level: student.level,
            id_index: keys.index.to_write(&variant).into(),
            id_type: student.number.document_type(),
            number_sealed: keys
                .sealer
                .seal("roster_ids", "number_sealed", id.0, number)?
                .into(),
        };
        numbers.push(number);
    }
    store::roster::batch::insert(tx, vec![listed], numbers).await?;
    Ok(entry)
}

fn entry_of(
    context: &Context,
    keys: &RosterKeys,
    task: &Task,
    student: &Listed<'_>,
    id: RosterEntryId,
) -> Result<RosterEntry, Failure> {
    let seal = |column, text: &str| {
        keys.sealer
            .seal("roster_entries", column, id.0, text.as_bytes())
    };
    let student_no_index = student
        .student_no
        .map(|text| keys.index.to_write(&normalise(text)).into());
    let text = |value: Option<&str>| value.map(str::to_owned);
    let student_no_sealed = match student.student_no {
        Some(student_no) => Some(seal("student_no_sealed", student_no)?.into()),
        None => None,
    };
    Ok(RosterEntry {
        id,
        school_id: task.school_id,
        task_id: task.id,
        level: student.level,
        name_sealed: seal("name_sealed", student.name)?.into(),
        student_no_sealed,
        student_no_index,
        college: text(student.college),
        class_name: text(student.class_name),
        major: text(student.major),
        expected_graduation: None,
        name_index: Some(
            keys.index
                .to_write(&domain::indexed_name(student.name))
                .into(),
        ),
        corrected: Vec::new(),
        import_id: None,
        state: RosterEntryState::Listed,
        version: 1,
        created_at: context.now(),
        updated_at: context.now(),
    })
}
