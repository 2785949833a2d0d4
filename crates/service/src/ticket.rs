//! A student's question to the school about the roster.

use chrono::{DateTime, TimeDelta, Utc};
use domain::audit::{AuditAction, AuditObject};
use domain::event::{EventData, RosterTicketFacts};
use domain::page::{Page, PageRequest};
use domain::roster::{RosterTicket, TicketState};
use domain::task::Task;
use domain::{
    EducationLevel, FieldError, IdNumber, ProblemCode, Refusal, RosterTicketId, StoredText,
};
use store::Tx;
use store::audit::Audited;

use crate::audit::{self, Deed};
use crate::enrolment::{read_level, read_number};
use crate::session::Student;
use crate::vault::{Purpose, Scope, Sealer};
use crate::{Context, Failure, event, school};

/// The longest note, in characters.
const NOTE_MAX: usize = 500;
/// How many questions of one student may wait for an answer.
const OPEN_MAX: usize = 5;
/// What is told as the wait for a place: schools answer in days.
const WAIT: TimeDelta = TimeDelta::days(1);

/// What a student asks.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The task.
    pub task_id: &'a str,
    /// The kind of document.
    pub document_type: &'a str,
    /// Its number, as typed.
    pub document_number: &'a str,
    /// The level.
    pub level: &'a str,
    /// The student's name.
    pub name: &'a str,
    /// What else the school should know.
    pub note: &'a str,
}

/// A question, as its asker sees it.
#[derive(Debug, Clone)]
pub struct Ticket {
    /// Its id.
    pub id: RosterTicketId,
    /// Where it is.
    pub state: TicketState,
    /// The task's name.
    pub task_name: String,
    /// The number, masked.
    pub document_number: String,
    /// What the student wrote.
    pub note: Option<String>,
    /// The school's answer.
    pub answer: Option<String>,
    /// When it was asked.
    pub created_at: DateTime<Utc>,
}

/// A question that can be asked.
struct Readable {
    number: IdNumber,
    level: EducationLevel,
    name: String,
    note: Option<String>,
}

/// Puts a question to the school; the same question again gives the same ticket.
///
/// # Errors
/// Wrong fields; `request.too_many` beyond five open questions; `school.not_open` where there is no such task.
pub async fn create(
    context: &Context,
    student: &Student,
    question: Question<'_>,
) -> Result<Ticket, Failure> {
    let task = school::visible_task(context, question.task_id).await?.task;
    let question = read(question, context.now())?;
    let scope = Scope::Task(task.id);
    let sealer = context.sealer(scope, Purpose::Person).await?;
    let tx = context.store.begin().await?;
    let account = store::account::lock(&tx, student.account_id).await?;
    account.ok_or(ProblemCode::SessionRequired)?;
    let open = store::ticket::open_of_account(&tx, student.account_id).await?;
    if let Some(asked) = same_question(context, &open, &task, &question).await? {
        return ticket(context, asked, task.name).await;
    }
    if open.len() >= OPEN_MAX {
        return Err(Refusal::until(ProblemCode::RequestTooMany, WAIT).into());
    }
    let (asked, audited) = enter(context, &tx, student, &task, &sealer, question).await?;
    store::commit(tx, audited).await?;
    ticket(context, asked, task.name).await
}

/// The student's questions, newest first.
pub async fn list(
    context: &Context,
    student: &Student,
    page: &PageRequest<RosterTicketId>,
) -> Result<Page<Ticket>, Failure> {
    let on = context.store.reader();
    let rows = store::ticket::of_account(on, student.account_id, page).await?;
    let mut items = Vec::with_capacity(rows.items.len());
    for (asked, task_name) in rows.items {
        items.push(ticket(context, asked, task_name).await?);
    }
    Ok(Page {
        items,
        next: rows.next,
    })
}

fn read(question: Question<'_>, now: DateTime<Utc>) -> Result<Readable, Refusal> {
    let number = read_number(question.document_type, question.document_number, now);
    let level = read_level(question.level);
    let name = question.name.trim();
    let name = if name.is_empty() {
        Err(FieldError::new("/name", ProblemCode::NameMissing))
    } else {
        Ok(name.to_owned())
    };
    let note = read_note(question.note);
    match (number, level, name, note) {
        (Ok(number), Ok(level), Ok(name), Ok(note)) => Ok(Readable {
            number,
            level,
            name,
            note,
        }),
        (number, level, name, note) => {
            let errors = [number.err(), level.err(), name.err(), note.err()];
            Err(Refusal::fields(errors.into_iter().flatten().collect()))
        }
    }
}

/// What a person adds in words of their own, at most 500 characters; `None` for nothing.
pub(crate) fn read_note(typed: &str) -> Result<Option<String>, FieldError> {
    // PostgreSQL refuses NUL in a text.
    let note = typed.trim().replace('\0', "");
    if note.chars().count() > NOTE_MAX {
        Err(FieldError::new("/note", ProblemCode::TicketNote))
    } else {
        Ok(Some(note).filter(|note| !note.is_empty()))
    }
}

/// The open question about the same number and level, whatever else was written then.
async fn same_question(
    context: &Context,
    open: &[RosterTicket],
    task: &Task,
    question: &Readable,
) -> Result<Option<RosterTicket>, Failure> {
    let is_alike =
        |asked: &&RosterTicket| asked.task_id == task.id && asked.level == Some(question.level);
    for asked in open.iter().filter(is_alike) {
        let sealed = &asked.number_sealed;
        let number = context
            .open_text("roster_tickets", "number_sealed", asked.id.0, sealed)
            .await?;
        if number == question.number.canonical().expose() {
            return Ok(Some(asked.clone()));
        }
    }
    Ok(None)
}

async fn enter(
    context: &Context,
    tx: &Tx,
    student: &Student,
    task: &Task,
    sealer: &Sealer,
    question: Readable,
) -> Result<(RosterTicket, Audited), Failure> {
    let id = context.new_id(RosterTicketId::new);
    let seal = |column, text: &str| sealer.seal("roster_tickets", column, id.0, text.as_bytes());
    let note = question.note.as_deref();
    let note = note.map(|note| seal("note_sealed", note)).transpose()?;
    let asked = RosterTicket {
        id,
        school_id: task.school_id,
        task_id: task.id,
        account_id: student.account_id,
        id_type: question.number.document_type(),
        number_sealed: seal("number_sealed", question.number.canonical().expose())?.into(),
        number_masked: question.number.to_string(),
        level: Some(question.level),
        name_sealed: Some(seal("name_sealed", &question.name)?.into()),
        note: note.map(|note| StoredText::Sealed(note.into())),
        answer: None,
        state: TicketState::Open,
        created_at: context.now(),
        updated_at: context.now(),
    };
    store::ticket::insert(tx, &asked).await?;
    let facts = RosterTicketFacts {
        roster_ticket_id: id,
        task_id: task.id,
        state: asked.state,
    };
    event::record(
        context,
        tx,
        task.school_id,
        EventData::RosterTicketCreated(facts),
    )
    .await?;
    let deed = Deed {
        action: AuditAction::TicketCreated,
        object: AuditObject::Ticket,
        object_id: id.0,
        school_id: Some(asked.school_id),
    };
    let audited = audit::by_owner(context, tx, student, deed).await?;
    Ok((asked, audited))
}

async fn ticket(
    context: &Context,
    asked: RosterTicket,
    task_name: String,
) -> Result<Ticket, Failure> {
    let id = asked.id;
    let open = async |column, text: Option<StoredText>| {
        context
            .open_stored("roster_tickets", column, id.0, text)
            .await
    };
    Ok(Ticket {
        note: open("note_sealed", asked.note).await?,
        answer: open("answer_sealed", asked.answer).await?,
        id,
        state: asked.state,
        task_name,
        document_number: asked.number_masked,
        created_at: asked.created_at,
    })
}
