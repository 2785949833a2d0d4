//! One question: what the student wrote, who may be meant, and what can be done about it.

use client::{
    Failure, RosterEntryView, SchoolTicketDetail, SchoolTicketView, TicketAnswer, TicketCorrection,
    TicketStudent,
};
use domain::roster::TicketState;
use domain::{EducationLevel, Lang};
use ui::lang::use_lang;
use ui::{
    AskFirst, Button, Fact, Look, Note, ProblemBox, TextField, TextTable, async_view, fact_list,
    fill, use_action, use_loader, use_text,
};
use yew::{AttrValue, Callback, Html, Properties, component, html, use_callback, use_state};

use super::text::TicketTexts;
use super::words::ticket_pill;
use crate::call::call;

/// The longest answer, in characters.
const ANSWER_MAX: usize = 500;

/// What a [`TicketPanel`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct TicketPanelProps {
    /// The question.
    pub(super) ticket_id: AttrValue,
    /// It was answered.
    pub(super) changed: Callback<()>,
}

/// The panel.
#[component]
pub(super) fn TicketPanel(props: &TicketPanelProps) -> Html {
    let lang = use_lang();
    let loader = use_loader(props.ticket_id.clone(), |id| async move {
        call(client::get_school_ticket(&id)).await
    });
    async_view(&loader, |detail| {
        html! { <Detail detail={(**detail).clone()} changed={props.changed.clone()} {lang} /> }
    })
}

/// What a [`Detail`] needs.
#[derive(Properties, PartialEq)]
struct DetailProps {
    detail: SchoolTicketDetail,
    changed: Callback<()>,
    lang: Lang,
}

#[component]
fn Detail(props: &DetailProps) -> Html {
    let (texts, lang) = (TicketTexts::of(props.lang), props.lang);
    let ticket = &props.detail.ticket;
    let answer = use_state(String::new);
    let take = use_callback(answer.setter(), |text: String, answer| answer.set(text));
    let is_open = TicketState::parse(&ticket.state) == Some(TicketState::Open);
    html! {
        <div class="stack">
            <div class="between">
                <h2>{ ticket.name.clone().unwrap_or_default() }</h2>
                { ticket_pill(&ticket.state, &ticket.state_label) }
            </div>
            { fact_list(&facts(ticket, lang)) }
            if is_open {
                <Note id="ticket-answer" label={texts.answer} hint={texts.answer_hint} value={(*answer).clone()} oninput={take}
                    max={ANSWER_MAX} />
                <AnswerOnly id={ticket.id.clone()} answer={(*answer).clone()} changed={props.changed.clone()} />
            }
            <h3>{ texts.nearest }</h3>
            if props.detail.nearest.is_empty() {
                <p class="muted">{ texts.nearest_none }</p>
            }
            { for props.detail.nearest.iter().map(|entry| html! {
                <Candidate key={entry.id.clone()} id={ticket.id.clone()} entry={entry.clone()} answer={(*answer).clone()}
                    {is_open} changed={props.changed.clone()} />
            }) }
            if is_open {
                <AddStudent id={ticket.id.clone()} answer={(*answer).clone()} changed={props.changed.clone()} />
            }
        </div>
    }
}

fn level_name(word: &str, lang: Lang) -> String {
    let known = EducationLevel::parse(word);
    known
        .map_or(word, |level| level.label().get(lang))
        .to_owned()
}

fn facts(ticket: &SchoolTicketView, lang: Lang) -> Vec<Fact> {
    let texts = TicketTexts::of(lang);
    let level = ticket.level.as_deref().map(|word| level_name(word, lang));
    vec![
        Fact::new(texts.task, ticket.task_name.clone()),
        Fact::new(texts.number, ticket.document_number.clone()),
        Fact::maybe(texts.level, level),
        Fact::maybe(texts.note, ticket.note.clone()),
        Fact::maybe(texts.answered, ticket.answer.clone()),
    ]
}

/// What a way to answer needs.
#[derive(Properties, PartialEq)]
struct AnswerProps {
    id: String,
    answer: String,
    changed: Callback<()>,
}

/// Answering without changing the roster.
#[component]
fn AnswerOnly(props: &AnswerProps) -> Html {
    let texts = use_text::<TicketTexts>();
    let send = {
        let (id, changed) = (props.id.clone(), props.changed.clone());
        use_action(move |answer: String| {
            let (id, changed) = (id.clone(), changed.clone());
            async move {
                call(client::answer_school_ticket(&id, &TicketAnswer { answer })).await?;
                changed.emit(());
                Ok::<(), Failure>(())
            }
        })
    };
    let run = {
        let (run, answer) = (send.run.clone(), props.answer.clone());
        Callback::from(move |()| run.emit(answer.clone()))
    };
    html! {
        <>
            if let Some(failure) = send.failure.clone() {
                <ProblemBox {failure} />
            }
            <div class="line">
                <Button look={Look::Second} onclick={run} is_busy={send.is_busy} disabled={props.answer.trim().is_empty()}>{ texts.send }</Button>
            </div>
        </>
    }
}

/// What a [`Candidate`] needs.
#[derive(Properties, PartialEq)]
struct CandidateProps {
    id: String,
    entry: RosterEntryView,
    answer: String,
    is_open: bool,
    changed: Callback<()>,
}

/// A student who may be meant.
#[component]
fn Candidate(props: &CandidateProps) -> Html {
    let (texts, lang) = (use_text::<TicketTexts>(), use_lang());
    let entry = &props.entry;
    let correct = {
        let (id, changed) = (props.id.clone(), props.changed.clone());
        let correction = TicketCorrection {
            answer: given(&props.answer).map(Some),
            roster_entry_id: entry.id.clone(),
            version: entry.version,
        };
        use_action(move |()| {
            let (id, changed, correction) = (id.clone(), changed.clone(), correction.clone());
            async move {
                call(client::correct_entry_of_ticket(&id, &correction)).await?;
                changed.emit(());
                Ok::<(), Failure>(())
            }
        })
    };
    let number = entry.numbers.first();
    let facts = [
        Fact::maybe(
            texts.number,
            number.map(|number| number.document_number.clone()),
        ),
        Fact::new(texts.level, level_name(&entry.level, lang)),
        Fact::maybe(texts.student_no, entry.student_no.clone()),
        Fact::maybe(texts.college, entry.college.clone()),
        Fact::maybe(texts.class_name, entry.class_name.clone()),
    ];
    let title = fill(texts.correct_title, &[("name", &entry.name)]);
    html! {
        <section class="card stack">
            <div class="between"><h4>{ entry.name.clone() }</h4><span class="muted">{ entry.state_label.clone() }</span></div>
            { fact_list(&facts) }
            if props.is_open {
                <AskFirst id={format!("correct-{}", entry.id)} label={texts.correct} {title} keep={texts.keep} action={correct}>
                    <p>{ texts.correct_detail }</p>
                </AskFirst>
            }
        </section>
    }
}

fn given(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Listing the student as they asked to be.
#[component]
fn AddStudent(props: &AnswerProps) -> Html {
    let texts = use_text::<TicketTexts>();
    let (student_no, college, class_name) = (
        use_state(String::new),
        use_state(String::new),
        use_state(String::new),
    );
    let add = {
        let (id, changed) = (props.id.clone(), props.changed.clone());
        use_action(move |student: TicketStudent| {
            let (id, changed) = (id.clone(), changed.clone());
            async move {
                call(client::add_student_of_ticket(&id, &student)).await?;
                changed.emit(());
                Ok::<(), Failure>(())
            }
        })
    };
    let run = {
        let student = TicketStudent {
            answer: given(&props.answer).map(Some),
            class_name: given(&class_name).map(Some),
            college: given(&college).map(Some),
            major: None,
            student_no: given(&student_no).map(Some),
        };
        let run = add.run.clone();
        Callback::from(move |()| run.emit(student.clone()))
    };
    let take = |field: &yew::UseStateHandle<String>| {
        let field = field.setter();
        Callback::from(move |text: String| field.set(text))
    };
    html! {
        <section class="card stack">
            if let Some(failure) = add.failure.clone() {
                <ProblemBox {failure} />
            }
            <TextField id="ticket-student-no" label={texts.student_no} hint={texts.optional} is_number=true
                value={(*student_no).clone()} oninput={take(&student_no)} />
            <TextField id="ticket-college" label={texts.college} hint={texts.optional} value={(*college).clone()}
                oninput={take(&college)} />
            <TextField id="ticket-class" label={texts.class_name} hint={texts.optional} value={(*class_name).clone()}
                oninput={take(&class_name)} />
            <div class="line"><Button onclick={run} is_busy={add.is_busy}>{ texts.add }</Button></div>
        </section>
    }
}
