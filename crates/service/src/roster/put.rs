//! Students who are listed without a file: added one by one by staff, or sent by a school's system. At most 1,000 at once,
//! each judged by the rules of imports.

use domain::access::Actor;
use domain::audit::{AuditAction, AuditObject};
use domain::roster::{ColumnMapping, Corrections, RosterColumn, RowFinding, VerdictEffect};
use domain::task::Task;
use domain::{FieldError, ProblemCode, Refusal, RosterEntryId, day_in_china};
use store::StoreError;
use store::roster::batch::RosterKey;
use table::Row;

use super::keys::RosterKeys;
use super::survey::survey_of_rows;
use super::take::{Ground, Taking};
use super::task::managed_task;
use crate::audit::{self, About, Deed};
use crate::{Context, Failure};

/// The most students of one call.
pub const ROWS_MAX: usize = 1_000;
/// The most further numbers of a student.
pub const OTHER_NUMBERS_MAX: usize = 5;
/// How often the rows are taken anew where an import or another call added the same student meanwhile.
const TRIES: usize = 3;

/// A student as they are sent; what is empty says nothing.
#[derive(Debug, Clone, Default)]
pub struct SentStudent {
    /// The name.
    pub name: String,
    /// The kind of document, by its word or by any name that imports know.
    pub document_type: String,
    /// Its number.
    pub document_number: String,
    /// Further numbers, at most [`OTHER_NUMBERS_MAX`]: those behind are not read.
    pub other_numbers: Vec<String>,
    /// The level, by its word or by any name that imports know.
    pub level: String,
    /// The student number.
    pub student_no: String,
    /// The college.
    pub college: String,
    /// The major.
    pub major: String,
    /// The class.
    pub class_name: String,
    /// The expected day of graduation.
    pub expected_graduation: String,
}

/// What came of a student who was sent.
#[derive(Debug, Clone)]
pub struct SentOutcome {
    /// Whether the student is listed as they were sent.
    pub is_taken: bool,
    /// The student of the list; none where the row was refused.
    pub entry_id: Option<RosterEntryId>,
    /// What is to be said; at least one thing.
    pub findings: Vec<RowFinding>,
}

fn mapping() -> ColumnMapping {
    use RosterColumn as C;
    let columns = [
        C::Name,
        C::DocumentType,
        C::DocumentNumber,
        C::Level,
        C::StudentNo,
        C::College,
        C::Major,
        C::ClassName,
        C::ExpectedGraduation,
    ];
    let others = [C::OtherNumber; OTHER_NUMBERS_MAX];
    ColumnMapping::of(columns.into_iter().chain(others).map(Some).collect())
}

fn row((index, sent): (u64, &SentStudent)) -> Row {
    let cells = [
        &sent.name,
        &sent.document_type,
        &sent.document_number,
        &sent.level,
        &sent.student_no,
        &sent.college,
        &sent.major,
        &sent.class_name,
        &sent.expected_graduation,
    ];
    let others = sent.other_numbers.iter().take(OTHER_NUMBERS_MAX);
    Row {
        number: index + 1,
        cells: cells.into_iter().chain(others).cloned().collect(),
        faults: Vec::new(),
    }
}

/// Lists students, or changes those who are listed, and says of each what came of it. Sent again, nothing changes.
///
/// # Errors
/// `task.unknown`; `roster_entry.batch_size` for none or more than [`ROWS_MAX`].
pub async fn put_students(
    context: &Context,
    actor: &Actor,
    task_id: &str,
    students: &[SentStudent],
    corrections: Corrections,
) -> Result<Vec<SentOutcome>, Failure> {
    let task = managed_task(context, actor, task_id).await?;
    if !(1..=ROWS_MAX).contains(&students.len()) {
        let field = FieldError::new("/students", ProblemCode::RosterBatchSize);
        return Err(Refusal::field(field.with("max", ROWS_MAX)).into());
    }
    let keys = RosterKeys::of(context, task.id).await?;
    let rows: Vec<Row> = (0..).zip(students).map(row).collect();
    let mut tried = 1;
    loop {
        let taken = Box::pin(take(context, actor, &task, &keys, &rows, corrections)).await;
        match taken {
            Err(Failure::Store(StoreError::Conflict { .. })) if tried < TRIES => tried += 1,
            outcome => return outcome,
        }
    }
}

async fn take(
    context: &Context,
    actor: &Actor,
    task: &Task,
    keys: &RosterKeys,
    rows: &[Row],
    corrections: Corrections,
) -> Result<Vec<SentOutcome>, Failure> {
    let mapping = mapping();
    let survey = survey_of_rows(rows, &mapping, &keys.index, day_in_china(context.now()));
    let seen = rows
        .iter()
        .map(|row| survey.see(&mapping, &keys.index, row))
        .collect();
    let taking = Taking {
        context,
        keys,
        survey: &survey,
    };
    let ground = Ground {
        roster: RosterKey {
            school_id: task.school_id,
            task_id: task.id,
        },
        corrections,
        writes: true,
        import: None,
    };
    let tx = context.store.begin().await?;
    let notes = taking.put(&tx, ground, seen).await?;
    let deed = Deed {
        action: AuditAction::RosterStudentsPut,
        object: AuditObject::Task,
        object_id: task.id.0,
        school_id: Some(task.school_id),
    };
    let audited = audit::note(context, &tx, actor, deed, About::default()).await?;
    store::commit(tx, audited).await?;
    let mut outcomes: Vec<_> = rows.iter().map(|_| nothing_yet()).collect();
    for note in notes {
        let place = usize::try_from(note.row_number - 1).unwrap_or(usize::MAX);
        if let Some(outcome) = outcomes.get_mut(place) {
            outcome.is_taken &= note.finding.verdict.effect() != VerdictEffect::Refused;
            outcome.entry_id = outcome.entry_id.or(note.entry_id);
            outcome.findings.push(note.finding);
        }
    }
    Ok(outcomes)
}

fn nothing_yet() -> SentOutcome {
    SentOutcome {
        is_taken: true,
        entry_id: None,
        findings: Vec::new(),
    }
}
