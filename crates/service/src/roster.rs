//! Writing a school's roster.

use domain::id_document::normalise;
use domain::roster::{RosterEntry, RosterEntryState, RosterNumber};
use domain::task::Task;
use domain::{EducationLevel, IdNumber, RosterEntryId, RosterNumberId};
use providers::keys::{BlindIndex, KeyId};
use store::Tx;

use crate::vault::Sealer;
use crate::{Context, Failure, keys};

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

/// Where a number is found in a task, in each form that it may be given in and under each key; the canonical form under
/// the active key first.
pub(crate) fn indexes(context: &Context, task: &Task, number: &IdNumber) -> Vec<BlindIndex> {
    let keys = context.vault.provider();
    let variants = number.lookup_variants();
    variants
        .iter()
        .flat_map(|variant| keys.id_indexes(task.id.0.as_bytes(), variant))
        .map(|known| known.index)
        .collect()
}

/// Lists a student whose number is new to the task and level; one who is listed stays as they are. The sealer is the
/// school's.
pub(crate) async fn list(
    context: &Context,
    tx: &Tx,
    sealer: &Sealer,
    task: &Task,
    student: &Listed<'_>,
) -> Result<(), Failure> {
    // First, so that no other copy can write this number under another key meanwhile.
    let key = keys::number_key_to_write(tx).await?;
    let known = indexes(context, task, &student.number);
    let roster = (task.school_id, task.id);
    if store::roster::is_listed(tx, roster, student.level, &known).await? {
        return Ok(());
    }
    let entry = context.new_id(RosterEntryId::new);
    let listed = entry_of(context, (sealer, key), task, student, entry)?;
    store::roster::insert(tx, &listed).await?;
    let provider = context.vault.provider();
    for variant in student.number.lookup_variants() {
        let index = keys::under(&provider.id_indexes(task.id.0.as_bytes(), &variant), key)?;
        let id = context.new_id(RosterNumberId::new);
        let number = student.number.canonical().expose().as_bytes();
        let number = RosterNumber {
            id,
            school_id: task.school_id,
            task_id: task.id,
            entry_id: entry,
            level: student.level,
            id_index: index.into(),
            id_type: student.number.document_type(),
            number_sealed: sealer
                .seal("roster_ids", "number_sealed", id.0, number)?
                .into(),
        };
        store::roster::insert_number(tx, &number).await?;
    }
    Ok(())
}

fn entry_of(
    context: &Context,
    (sealer, key): (&Sealer, KeyId),
    task: &Task,
    student: &Listed<'_>,
    id: RosterEntryId,
) -> Result<RosterEntry, Failure> {
    let seal = |column, text: &str| sealer.seal("roster_entries", column, id.0, text.as_bytes());
    let provider = context.vault.provider();
    let student_no_index = match student.student_no {
        Some(text) => {
            let known = provider.id_indexes(task.id.0.as_bytes(), &normalise(text));
            Some(keys::under(&known, key)?.into())
        }
        None => None,
    };
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
        state: RosterEntryState::Listed,
        version: 1,
        created_at: context.now(),
        updated_at: context.now(),
    })
}
