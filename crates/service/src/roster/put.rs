//! Students who are listed without a file: added one by one by staff, or sent by a school's system. At most 1,000 at once,
//! each judged by the rules of imports.

use std::sync::Arc;

use domain::access::Actor;
use domain::audit::{AuditAction, AuditObject};
use domain::roster::{ColumnMapping, Corrections, RosterColumn, RowFinding, VerdictEffect};
use domain::task::Task;
use domain::{FieldError, ProblemCode, Refusal, RosterEntryId, day_in_china};
use serde::{Deserialize, Serialize};
use store::audit::Audited;
use store::roster::RosterKey;
use store::{StoreError, Tx};
use table::Row;

use super::keys::RosterKeys;
use super::survey::{RowLook, survey_of_rows};
use super::take::{Ground, Note, Taking};
use super::task::managed_task;
use crate::audit::{self, About, Deed};
use crate::idempotency::{Claim, KeyOwner, KeyedOutcome, KeyedRequest};
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
#[derive(Debug, Clone, Serialize, Deserialize)]
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

fn row(number: u64, sent: &SentStudent) -> Row {
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
        number,
        cells: cells.into_iter().chain(others).cloned().collect(),
        faults: Vec::new(),
    }
}

/// Lists students, or changes those who are listed, and says of each what came of it. Sent again, nothing changes.
///
/// # Errors
/// `task.unknown`; `roster_entry.batch_size` for none or more than [`ROWS_MAX`]; `request.idempotency_key_reused`.
pub async fn put_students(
    context: &Context,
    actor: &Actor,
    request: &KeyedRequest,
    task_id: &str,
    sent: SentStudents<'_>,
) -> Result<KeyedOutcome<Vec<SentOutcome>>, Failure> {
    let students = sent.students;
    let task = managed_task(context, actor, task_id).await?;
    if !(1..=ROWS_MAX).contains(&students.len()) {
        let field = FieldError::new("/students", ProblemCode::RosterBatchSize);
        return Err(Refusal::field(field.with("max", ROWS_MAX)).into());
    }
    let keys = RosterKeys::of(context, task.id).await?;
    let putting = Putting {
        actor,
        task: &task,
        keys: &keys,
        corrections: sent.corrections,
    };
    let claim = Claim::new(context, request, KeyOwner::Actor(actor));
    claim.once(putting.alone(context, &claim, students)).await
}

/// Students as they are sent, and what becomes of corrections by hand.
#[derive(Debug, Clone, Copy)]
pub struct SentStudents<'a> {
    /// The students.
    pub students: &'a [SentStudent],
    /// What becomes of corrections.
    pub corrections: Corrections,
}

/// Who lists students, and with what.
pub(crate) struct Putting<'a> {
    /// Who lists them.
    pub(crate) actor: &'a Actor,
    /// The task.
    pub(crate) task: &'a Task,
    /// Its keys.
    pub(crate) keys: &'a RosterKeys,
    /// What becomes of corrections.
    pub(crate) corrections: Corrections,
}

impl Putting<'_> {
    /// In a transaction of their own; taken anew where an import or another call added the same student meanwhile.
    async fn alone(
        &self,
        context: &Context,
        claim: &Claim<'_>,
        students: &[SentStudent],
    ) -> Result<Vec<SentOutcome>, Failure> {
        let mut tried = 1;
        loop {
            match Box::pin(self.once(context, claim, students)).await {
                Err(Failure::Store(StoreError::Conflict { .. })) if tried < TRIES => tried += 1,
                outcome => return outcome,
            }
        }
    }

    async fn once(
        &self,
        context: &Context,
        claim: &Claim<'_>,
        students: &[SentStudent],
    ) -> Result<Vec<SentOutcome>, Failure> {
        let tx = claim.begin().await?;
        let (outcomes, audited) = self.put(context, &tx, students).await?;
        tx.commit(audited, &outcomes).await?;
        Ok(outcomes)
    }

    /// Judges students, lists those who are not refused, and notes it.
    pub(crate) async fn put(
        &self,
        context: &Context,
        tx: &Tx,
        students: &[SentStudent],
    ) -> Result<(Vec<SentOutcome>, Audited), Failure> {
        let numbered = (1..).zip(students);
        let rows: Vec<Row> = numbered.map(|(number, sent)| row(number, sent)).collect();
        let look = RowLook {
            mapping: mapping(),
            index: Arc::clone(&self.keys.index),
            today: day_in_china(context.now()),
            default_level: None,
        };
        let survey = survey_of_rows(&rows, look);
        let seen = rows.iter().map(|row| survey.see(row));
        let taking = Taking {
            context,
            keys: self.keys,
            survey: &survey,
        };
        let ground = Ground {
            roster: RosterKey {
                school_id: self.task.school_id,
                task_id: self.task.id,
            },
            corrections: self.corrections,
            writes: true,
            import: None,
        };
        let notes = taking.put(tx, ground, seen.collect()).await?;
        let deed = Deed {
            action: AuditAction::RosterStudentsPut,
            object: AuditObject::Task,
            object_id: self.task.id.0,
            school_id: Some(self.task.school_id),
        };
        let audited = audit::note(context, tx, self.actor, deed, About::default()).await?;
        Ok((outcomes(rows.len(), notes), audited))
    }
}

fn outcomes(count: usize, notes: Vec<Note>) -> Vec<SentOutcome> {
    let nothing_yet = || SentOutcome {
        is_taken: true,
        entry_id: None,
        findings: Vec::new(),
    };
    let mut outcomes: Vec<_> = std::iter::repeat_with(nothing_yet).take(count).collect();
    for note in notes {
        let place = usize::try_from(note.row_number - 1).unwrap_or(usize::MAX);
        if let Some(outcome) = outcomes.get_mut(place) {
            outcome.is_taken &= note.finding.verdict.effect() != VerdictEffect::Refused;
            outcome.entry_id = outcome.entry_id.or(note.entry_id);
            outcome.findings.push(note.finding);
        }
    }
    outcomes
}
