//! What staff do with students' questions about the roster: read them, answer, add the student or correct their entry.

use domain::access::{Actor, Permission, Reach};
use domain::audit::{AuditAction, AuditObject};
use domain::page::{Page, PageRequest};
use domain::roster::{Corrections, RosterTicket, TicketState};
use domain::task::Task;
use domain::{
    FieldError, Lang, ProblemCode, Refusal, RosterEntryId, RosterTicketId, SchoolId, StoredText,
    TaskId, Text,
};
use store::Tx;
use store::audit::Audited;
use store::ticket::DeskFilter;

use crate::audit::{self, About, Deed};
use crate::idempotency::{Claim, KeyOwner, KeyedOutcome, KeyedRequest, KeyedTx};
use crate::roster::{self, EntryChanges, EntryView, RosterKeys, SentStudent};
use crate::student_message::{self, News};
use crate::vault::{Purpose, Scope, Sealer};
use crate::{Context, Failure};

/// The longest answer, in characters.
pub const ANSWER_MAX: usize = 500;
/// What is answered where staff add a student and say nothing else.
const ADDED: Text = Text::new(
    "已将您加入名单，请重新核验身份。",
    "You are on the list now. Please verify again.",
);
/// What is answered where staff correct an entry and say nothing else.
const CORRECTED: Text = Text::new(
    "名单信息已更正，请重新核验身份。",
    "Your entry was corrected. Please verify again.",
);

/// A question, as staff see it.
#[derive(Debug, Clone)]
pub struct DeskTicket {
    /// The question; its number is masked.
    pub ticket: RosterTicket,
    /// The task's name.
    pub task_name: String,
    /// The name that the student claims.
    pub name: Option<String>,
    /// What the student wrote.
    pub note: Option<String>,
    /// What the school answered.
    pub answer: Option<String>,
}

/// A question with the students of the roster who may be meant.
#[derive(Debug, Clone)]
pub struct DeskDetail {
    /// The question.
    pub ticket: DeskTicket,
    /// Students with the same number, of any level, or the same name; at most [`roster::NEAREST_MAX`].
    pub nearest: Vec<EntryView>,
}

/// Which questions are wanted; what is none does not matter.
#[derive(Debug, Clone, Default)]
pub struct TicketSearch {
    /// Where they are.
    pub state: Option<TicketState>,
    /// Of which task.
    pub task_id: Option<String>,
}

/// A page of a school's questions, newest first.
///
/// # Errors
/// `school.unknown`; `task.unknown`.
pub async fn list(
    context: &Context,
    actor: &Actor,
    school_id: &str,
    search: TicketSearch,
    page: &PageRequest<RosterTicketId>,
) -> Result<Page<DeskTicket>, Failure> {
    let reach = actor.require(Permission::ManageRosters)?;
    let school: SchoolId = school_id.parse().map_err(|_| ProblemCode::SchoolUnknown)?;
    if !reach.includes(school) {
        return Err(ProblemCode::SchoolUnknown.into());
    }
    let task = search.task_id.map(|id| id.parse::<TaskId>()).transpose();
    let filter = DeskFilter {
        school_id: school,
        task_id: task.map_err(|_| ProblemCode::TaskUnknown)?,
        state: search.state,
    };
    let found = store::ticket::of_school(context.store.reader(), filter, page).await?;
    let mut views = Vec::with_capacity(found.items.len());
    for (ticket, task_name) in found.items.iter().cloned() {
        views.push(desk_ticket(context, ticket, task_name).await?);
    }
    Ok(found.with_items(|_| views))
}

async fn desk_ticket(
    context: &Context,
    ticket: RosterTicket,
    task_name: String,
) -> Result<DeskTicket, Failure> {
    let id = ticket.id.0;
    let name = match &ticket.name_sealed {
        Some(sealed) => {
            let name = context.open_text("roster_tickets", "name_sealed", id, sealed);
            Some(name.await?)
        }
        None => None,
    };
    let open = async |column, text: &Option<StoredText>| {
        context
            .open_stored("roster_tickets", column, id, text.clone())
            .await
    };
    Ok(DeskTicket {
        name,
        note: open("note_sealed", &ticket.note).await?,
        answer: open("answer_sealed", &ticket.answer).await?,
        task_name,
        ticket,
    })
}

fn parse(actor: &Actor, id: &str) -> Result<(Reach, RosterTicketId), Failure> {
    let reach = actor.require(Permission::ManageRosters)?;
    let id = id.parse().map_err(|_| ProblemCode::TicketUnknown)?;
    Ok((reach, id))
}

/// The task of a question that can still be opened.
async fn task_of(context: &Context, ticket: &RosterTicket) -> Result<Task, Failure> {
    let task = store::task::get(context.store.reader(), ticket.task_id).await?;
    task.ok_or_else(|| ProblemCode::TicketUnknown.into())
}

async fn stored(context: &Context, actor: &Actor, id: &str) -> Result<RosterTicket, Failure> {
    let (reach, id) = parse(actor, id)?;
    let found = store::ticket::within(context.store.reader(), &reach, id).await?;
    found.ok_or_else(|| ProblemCode::TicketUnknown.into())
}

/// A question with the students who may be meant.
///
/// # Errors
/// `roster_ticket.unknown`, also for one out of reach.
pub async fn get(context: &Context, actor: &Actor, id: &str) -> Result<DeskDetail, Failure> {
    let ticket = stored(context, actor, id).await?;
    let task = task_of(context, &ticket).await?;
    let number = number_of(context, &ticket).await?;
    let shown = desk_ticket(context, ticket, task.name.clone()).await?;
    let nearest = roster::nearest(context, &task, &number, shown.name.as_deref()).await?;
    Ok(DeskDetail {
        ticket: shown,
        nearest,
    })
}

async fn number_of(context: &Context, ticket: &RosterTicket) -> Result<String, Failure> {
    let sealed = &ticket.number_sealed;
    context
        .open_text("roster_tickets", "number_sealed", ticket.id.0, sealed)
        .await
}

/// An open question, locked, and what seals its answer.
struct Answering {
    tx: KeyedTx,
    ticket: RosterTicket,
    task: Task,
    sealer: Sealer,
    lang: Lang,
}

async fn begin(
    context: &Context,
    actor: &Actor,
    claim: &Claim<'_>,
    id: &str,
) -> Result<Answering, Failure> {
    let known = stored(context, actor, id).await?;
    let task = task_of(context, &known).await?;
    let sealer = context
        .sealer(Scope::Task(task.id), Purpose::Person)
        .await?;
    let account = store::account::get(context.store.reader(), known.account_id).await?;
    let lang = account.map_or(Lang::Zh, |account| account.language);
    let (reach, id) = parse(actor, id)?;
    let tx = claim.begin().await?;
    let ticket = store::ticket::lock_within(&tx, &reach, id).await?;
    let ticket = ticket.ok_or(ProblemCode::TicketUnknown)?;
    if ticket.state != TicketState::Open {
        let refusal = Refusal::from(ProblemCode::TicketState);
        return Err(refusal.with("state", ticket.state.as_str()).into());
    }
    Ok(Answering {
        tx,
        ticket,
        task,
        sealer,
        lang,
    })
}

/// An answer as it is kept.
fn read_answer(text: &str) -> Result<Option<String>, Refusal> {
    let text = text.trim().replace('\0', "");
    if text.chars().count() > ANSWER_MAX {
        let field = FieldError::new("/answer", ProblemCode::TicketAnswer);
        return Err(Refusal::field(field.with("max", ANSWER_MAX)));
    }
    Ok(Some(text).filter(|text| !text.is_empty()))
}

impl Answering {
    /// Keeps the answer, and has the student told by text message.
    async fn finish(
        self,
        context: &Context,
        actor: &Actor,
        state: TicketState,
        answer: &str,
    ) -> Result<(), Failure> {
        let Self {
            tx,
            mut ticket,
            sealer,
            ..
        } = self;
        let sealed = sealer.seal(
            "roster_tickets",
            "answer_sealed",
            ticket.id.0,
            answer.as_bytes(),
        )?;
        ticket.answer = Some(StoredText::Sealed(sealed.into()));
        ticket.state = state;
        ticket.updated_at = context.now();
        store::ticket::save(&tx, &ticket).await?;
        let news = News::TicketAnswered;
        student_message::enqueue(context, &tx, ticket.account_id, news).await?;
        let audited = note(context, &tx, actor, &ticket).await?;
        tx.commit(audited, &()).await
    }
}

async fn note(
    context: &Context,
    tx: &Tx,
    actor: &Actor,
    ticket: &RosterTicket,
) -> Result<Audited, Failure> {
    let deed = Deed {
        action: AuditAction::TicketAnswered,
        object: AuditObject::Ticket,
        object_id: ticket.id.0,
        school_id: Some(ticket.school_id),
    };
    let about = About {
        subject: Some(ticket.account_id),
        reason: None,
    };
    audit::note(context, tx, actor, deed, about).await
}

/// Answers a question without changing the roster.
///
/// # Errors
/// `roster_ticket.unknown`; `roster_ticket.state` where it was answered; a wrong answer.
pub async fn answer(
    context: &Context,
    actor: &Actor,
    request: &KeyedRequest,
    id: &str,
    text: &str,
) -> Result<KeyedOutcome<DeskTicket>, Failure> {
    let answer = read_answer(text)?.ok_or_else(|| {
        let field = FieldError::new("/answer", ProblemCode::TicketAnswer);
        Refusal::field(field.with("max", ANSWER_MAX))
    })?;
    let claim = Claim::new(context, request, KeyOwner::Actor(actor));
    let answered = async {
        let answering = begin(context, actor, &claim, id).await?;
        let state = TicketState::Answered;
        answering.finish(context, actor, state, &answer).await
    };
    let done = claim.once(answered).await?;
    Ok(done.with(shown(context, actor, id).await?))
}

/// A question as it is now, without the students who may be meant.
async fn shown(context: &Context, actor: &Actor, id: &str) -> Result<DeskTicket, Failure> {
    let ticket = stored(context, actor, id).await?;
    let task = task_of(context, &ticket).await?;
    desk_ticket(context, ticket, task.name).await
}

/// What staff add about a student whom they list because of a question.
#[derive(Debug, Clone, Default)]
pub struct AddedStudent {
    /// The student number.
    pub student_no: String,
    /// The college.
    pub college: String,
    /// The major.
    pub major: String,
    /// The class.
    pub class_name: String,
    /// The answer; empty for the usual one.
    pub answer: String,
}

/// Lists the student as they asked to be, and answers.
///
/// # Errors
/// As [`answer`]; `roster_ticket.cannot_add` where the rules of the roster refuse the student.
pub async fn add_to_roster(
    context: &Context,
    actor: &Actor,
    request: &KeyedRequest,
    id: &str,
    added: AddedStudent,
) -> Result<KeyedOutcome<DeskTicket>, Failure> {
    let claim = Claim::new(context, request, KeyOwner::Actor(actor));
    let done = claim.once(add(context, actor, &claim, id, added)).await?;
    Ok(done.with(shown(context, actor, id).await?))
}

async fn add(
    context: &Context,
    actor: &Actor,
    claim: &Claim<'_>,
    id: &str,
    added: AddedStudent,
) -> Result<(), Failure> {
    let text = read_answer(&added.answer)?;
    let answering = Box::pin(begin_with_keys(context, actor, claim, id)).await?;
    let (answering, keys) = answering;
    let ticket = &answering.ticket;
    let shown = desk_ticket(context, ticket.clone(), String::new()).await?;
    let student = SentStudent {
        name: shown.name.unwrap_or_default(),
        document_type: ticket.id_type.as_str().to_owned(),
        document_number: number_of(context, ticket).await?,
        other_numbers: Vec::new(),
        level: ticket.level.map_or("", |level| level.as_str()).to_owned(),
        student_no: added.student_no,
        college: added.college,
        major: added.major,
        class_name: added.class_name,
        expected_graduation: String::new(),
    };
    let students = [student];
    let putting = roster::Putting {
        actor,
        task: &answering.task,
        keys: &keys,
        corrections: Corrections::Overwrite,
    };
    let (outcomes, _) = Box::pin(putting.put(context, &answering.tx, &students)).await?;
    if outcomes.iter().any(|outcome| !outcome.is_taken) {
        return Err(ProblemCode::TicketCannotAdd.into());
    }
    let text = text.unwrap_or_else(|| ADDED.get(answering.lang).to_owned());
    answering
        .finish(context, actor, TicketState::Answered, &text)
        .await
}

/// The keys are made before the transaction begins.
async fn begin_with_keys(
    context: &Context,
    actor: &Actor,
    claim: &Claim<'_>,
    id: &str,
) -> Result<(Answering, RosterKeys), Failure> {
    let known = stored(context, actor, id).await?;
    let keys = RosterKeys::of(context, known.task_id).await?;
    Ok((begin(context, actor, claim, id).await?, keys))
}

/// Which entry is corrected because of a question.
#[derive(Debug, Clone, Default)]
pub struct CorrectedEntry {
    /// The student of the roster.
    pub entry_id: String,
    /// The version that the person saw.
    pub version: i32,
    /// The answer; empty for the usual one.
    pub answer: String,
}

/// Gives a student of the roster the number, the level and the name of the question, and answers.
///
/// # Errors
/// As [`answer`]; `roster_entry.unknown` for one of another task; `request.version_conflict`;
/// `roster_entry.number_taken`.
pub async fn correct_entry(
    context: &Context,
    actor: &Actor,
    request: &KeyedRequest,
    id: &str,
    corrected: CorrectedEntry,
) -> Result<KeyedOutcome<DeskTicket>, Failure> {
    let claim = Claim::new(context, request, KeyOwner::Actor(actor));
    let corrected = correct(context, actor, &claim, id, corrected);
    let done = claim.once(corrected).await?;
    Ok(done.with(shown(context, actor, id).await?))
}

async fn correct(
    context: &Context,
    actor: &Actor,
    claim: &Claim<'_>,
    id: &str,
    corrected: CorrectedEntry,
) -> Result<(), Failure> {
    let text = read_answer(&corrected.answer)?;
    let entry: RosterEntryId = corrected
        .entry_id
        .parse()
        .map_err(|_| ProblemCode::RosterEntryUnknown)?;
    let (answering, keys) = Box::pin(begin_with_keys(context, actor, claim, id)).await?;
    let ticket = &answering.ticket;
    let shown = desk_ticket(context, ticket.clone(), String::new()).await?;
    let number = number_of(context, ticket).await?;
    let changes = EntryChanges {
        version: corrected.version,
        name: shown.name,
        document: Some((ticket.id_type.as_str().to_owned(), number)),
        level: ticket.level.map(|level| level.as_str().to_owned()),
        ..EntryChanges::default()
    };
    let correcting = roster::Correcting {
        actor,
        keys: &keys,
        task_id: Some(ticket.task_id),
        reach: &Reach::Schools(vec![ticket.school_id]),
    };
    Box::pin(correcting.correct(context, &answering.tx, entry, &changes)).await?;
    let text = text.unwrap_or_else(|| CORRECTED.get(answering.lang).to_owned());
    answering
        .finish(context, actor, TicketState::Answered, &text)
        .await
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::empty("", None)]
    #[case::blanks(" \r\n ", None)]
    #[case::nul_alone("\0", None)]
    #[case::text(" 已改正\n", Some("已改正"))]
    #[case::nul_inside("a\0b", Some("ab"))]
    fn an_answer_is_kept_without_blanks_around_it(
        #[case] typed: &str,
        #[case] expected: Option<&str>,
    ) {
        assert_eq!(read_answer(typed).unwrap().as_deref(), expected);
    }

    #[rstest]
    #[case::longest(ANSWER_MAX, true)]
    #[case::too_long(ANSWER_MAX + 1, false)]
    fn an_answer_has_at_most_so_many_characters(#[case] characters: usize, #[case] is_taken: bool) {
        assert_eq!(read_answer(&"字".repeat(characters)).is_ok(), is_taken);
    }
}
