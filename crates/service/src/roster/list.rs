//! Listing single students.

use domain::roster::{ListedStudent, RosterEntryState};
use domain::task::Task;
use domain::{EducationLevel, IdNumber, RosterEntryId};
use store::Tx;
use store::roster::batch;

use super::keys::RosterKeys;
use super::listed::{List, NewStudent, listed_number};
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
    if store::roster::is_listed(tx, task.into(), student.level, &known).await? {
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
    let text = |value: Option<&str>| value.map(str::to_owned);
    let student = ListedStudent {
        numbers: vec![listed_number(&student.number)],
        level: student.level,
        name: student.name.to_owned(),
        student_no: text(student.student_no),
        college: text(student.college),
        major: text(student.major),
        class_name: text(student.class_name),
        expected_graduation: None,
        state,
    };
    let list = List {
        roster: task.into(),
        import: None,
    };
    let NewStudent { entry, numbers } = list.new_student(keys, context.now(), &student)?;
    let id = entry.id;
    batch::insert(tx, vec![entry], numbers).await?;
    Ok(id)
}
