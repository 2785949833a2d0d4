//! Asking the school to check its list, with what was typed already filled in.

use client::{Failure, NewRosterTicket, TaskView};
use domain::EducationLevel;
use ui::lang::use_lang;
use ui::{
    Button, CommonTexts, Fact, Note, Notice, ProblemBox, Sheet, TextField, TextTable, Tone, api,
    error_of, fact_list,
};
use wasm_bindgen_futures::spawn_local;
use web_sys::SubmitEvent;
use yew::{AttrValue, Callback, Html, Properties, component, html, use_callback, use_state};

use super::draft::Draft;
use super::text::IdentityTexts;

#[derive(Properties, PartialEq)]
pub(crate) struct TicketProps {
    /// The task.
    pub(crate) task: TaskView,
    /// What was typed.
    pub(super) draft: Draft,
    /// It was closed.
    pub(crate) onclose: Callback<()>,
}

/// What sending has come to.
#[derive(Debug, Clone, PartialEq)]
enum Sending {
    NotYet,
    NameMissing,
    Running,
    Done,
    Failed(Failure),
}

/// The sheet.
#[component]
pub(crate) fn Ticket(props: &TicketProps) -> Html {
    let lang = use_lang();
    let texts = IdentityTexts::of(lang);
    let name = use_state(|| props.draft.name.clone());
    let note = use_state(String::new);
    let sending = use_state(|| Sending::NotYet);
    let onname = use_callback(name.setter(), |typed: String, name| name.set(typed));
    let onnote = use_callback(note.setter(), |typed: String, note| note.set(typed));
    let onsubmit = {
        let sending = sending.setter();
        let deps = (
            props.task.id.clone(),
            props.draft.clone(),
            name.clone(),
            note.clone(),
        );
        use_callback(
            deps,
            move |event: SubmitEvent, (task_id, draft, name, note)| {
                event.prevent_default();
                ask(question(task_id, draft, name, note), sending.clone());
            },
        )
    };
    if *sending == Sending::Done {
        return html! {
            <Sheet id="ticket" title={texts.ask_title} onclose={props.onclose.clone()}>
                <Notice tone={Tone::Good} title={texts.ask_done}><p>{ texts.ask_done_detail }</p></Notice>
                <Button onclick={props.onclose.clone()}>{ CommonTexts::of(lang).close }</Button>
            </Sheet>
        };
    }
    let failure = match &*sending {
        Sending::Failed(failure) => Some(failure.clone()),
        Sending::NotYet | Sending::NameMissing | Sending::Running | Sending::Done => None,
    };
    let name_error =
        (*sending == Sending::NameMissing).then(|| AttrValue::from(texts.name_missing));
    let level = EducationLevel::parse(&props.draft.level).map(|level| level.label().get(lang));
    let facts = vec![
        Fact::new(texts.kind, props.draft.kind.label().get(lang)),
        Fact::new(texts.number, props.draft.number.clone()),
        Fact::maybe(texts.level, level),
    ];
    html! {
        <Sheet id="ticket" title={texts.ask_title} onclose={props.onclose.clone()}>
            <form class="stack" {onsubmit} novalidate=true>
                <p>{ texts.ask_lead }</p>
                if let Some(failure) = &failure {
                    <ProblemBox failure={failure.clone()} />
                }
                { fact_list(&facts) }
                <TextField id="ticket-name" label={texts.name} autocomplete="name" value={(*name).clone()} oninput={onname}
                    error={name_error.or_else(|| error_of(failure.as_ref(), "/name"))} />
                <Note id="ticket-note" label={format!("{}{}", texts.ask_note, CommonTexts::of(lang).optional)}
                    hint={texts.ask_note_hint} value={(*note).clone()} oninput={onnote}
                    error={error_of(failure.as_ref(), "/note")} />
                <Button submits=true is_busy={*sending == Sending::Running}>{ texts.ask_send }</Button>
            </form>
        </Sheet>
    }
}

fn question(task_id: &str, draft: &Draft, name: &str, note: &str) -> NewRosterTicket {
    NewRosterTicket {
        task_id: task_id.to_owned(),
        document_type: draft.kind.as_str().to_owned(),
        document_number: draft.number.clone(),
        level: draft.level.clone(),
        name: name.to_owned(),
        note: note.to_owned(),
    }
}

fn ask(question: NewRosterTicket, sending: yew::UseStateSetter<Sending>) {
    if question.name.trim().is_empty() {
        sending.set(Sending::NameMissing);
        return;
    }
    sending.set(Sending::Running);
    spawn_local(async move {
        let done = api::call(client::create_roster_ticket(&question)).await;
        sending.set(done.map_or_else(Sending::Failed, |_| Sending::Done));
    });
}
