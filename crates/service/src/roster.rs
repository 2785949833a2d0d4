//! Writing a school's roster.

use domain::id_document::normalise;
use domain::task::Task;
use domain::{EducationLevel, IdNumber, RosterEntryId, RosterNumberId};
use providers::keys::{BlindIndex, KeyId};
use store::Tx;
use store::entity::{roster_entry, roster_id};

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
    let row = entry_row(context, (sealer, key), task, student, entry)?;
    store::insert(tx, row).await?;
    let provider = context.vault.provider();
    for variant in student.number.lookup_variants() {
        let index = keys::under(&provider.id_indexes(task.id.0.as_bytes(), &variant), key)?;
        let id = context.new_id(RosterNumberId::new).0;
        let number = student.number.canonical().expose().as_bytes();
        let row = roster_id::Model {
            id,
            school_id: task.school_id.0,
            task_id: task.id.0,
            entry_id: entry.0,
            level: student.level.as_str().to_owned(),
            id_index: index.to_vec(),
            id_type: student.number.document_type().as_str().to_owned(),
            number_sealed: sealer.seal("roster_ids", "number_sealed", id, number)?,
        };
        store::insert(tx, row).await?;
    }
    Ok(())
}

fn entry_row(
    context: &Context,
    (sealer, key): (&Sealer, KeyId),
    task: &Task,
    student: &Listed<'_>,
    id: RosterEntryId,
) -> Result<roster_entry::Model, Failure> {
    let seal = |column, text: &str| sealer.seal("roster_entries", column, id.0, text.as_bytes());
    let provider = context.vault.provider();
    let student_no_index = match student.student_no {
        Some(text) => {
            let known = provider.id_indexes(task.id.0.as_bytes(), &normalise(text));
            Some(keys::under(&known, key)?.to_vec())
        }
        None => None,
    };
    let text = |value: Option<&str>| value.map(str::to_owned);
    let student_no_sealed = match student.student_no {
        Some(student_no) => Some(seal("student_no_sealed", student_no)?),
        None => None,
    };
    Ok(roster_entry::Model {
        id: id.0,
        school_id: task.school_id.0,
        task_id: task.id.0,
        level: student.level.as_str().to_owned(),
        name_sealed: seal("name_sealed", student.name)?,
        student_no_sealed,
        student_no_index,
        college: text(student.college),
        class_name: text(student.class_name),
        major: text(student.major),
        expected_graduation: None,
        state: "listed".to_owned(),
        version: 1,
        created_at: context.now(),
        updated_at: context.now(),
    })
}
