//! What to do where a verification fails: the usual causes first, then the ways on.

use client::{Failure, TaskView};
use domain::ProblemCode;
use domain::task::ExtraProof;
use ui::lang::use_lang;
use ui::{
    Alert, Button, Look, ProblemBox, TextTable, Tone, api, fill, go_to, moment_text, use_text,
};
use yew::{Html, Properties, component, html, use_callback, use_state};

use super::draft::{Draft, asks};
use super::text::IdentityTexts;
use super::ticket::Ticket;
use crate::component::with_contact;
use crate::page::lost_phone::draft::{Known, begin_with};
use crate::page::lost_phone::text::LostPhoneTexts;
use crate::route::Route;
use crate::shell_text::ShellTexts;

#[derive(Clone, Properties, PartialEq)]
pub(crate) struct FailedProps {
    /// The task.
    pub(crate) task: TaskView,
    /// What was typed.
    pub(super) draft: Draft,
    /// What the server said.
    pub(crate) failure: Failure,
}

/// What went wrong; where the school can help, a way to ask it.
pub(crate) fn failed(task: &TaskView, draft: &Draft, failure: &Failure) -> Html {
    let props = FailedProps {
        task: task.clone(),
        draft: draft.clone(),
        failure: failure.clone(),
    };
    match api::code(failure) {
        Some(ProblemCode::EnrolmentNotFound) => html! { <NotFound ..props /> },
        Some(ProblemCode::EnrolmentTries) => html! {
            <ProblemBox failure={failure.clone()}><AskSchool ..props /></ProblemBox>
        },
        Some(_) | None => html! { <ProblemBox failure={failure.clone()} /> },
    }
}

/// No such student.
#[component]
fn NotFound(props: &FailedProps) -> Html {
    let lang = use_lang();
    let texts = IdentityTexts::of(lang);
    let title = ProblemCode::EnrolmentNotFound.title().get(lang);
    let updated = props
        .task
        .roster_updated_at
        .map(|at| fill(texts.roster_updated, &[("time", &moment_text(at, lang))]));
    let asks_name = asks(&props.task, ExtraProof::Name);
    let typed = if asks_name {
        texts.cause_typed_name
    } else {
        texts.cause_typed
    };
    html! {
        <Alert tone={Tone::Warn} {title}>
            <p>{ typed }{ texts.not_found_causes }</p>
            <ol>
                <li>{ texts.cause_roster }</li>
                <li>{ texts.cause_number }</li>
            </ol>
            if asks_name {
                <div class="name-ways">
                    <p>{ texts.name_ways }</p>
                    <ul>
                        <li>{ texts.name_way_dot }</li>
                        <li>{ texts.name_way_order }</li>
                        <li>{ texts.name_way_rare }</li>
                    </ul>
                </div>
            }
            <p>{ texts.cause_phone }</p>
            <LostPhoneLink ..props.clone() />
            <p>{ with_contact(ShellTexts::of(lang).contact_school, &props.task.contact) }</p>
            if let Some(updated) = updated {
                <p class="muted">{ updated }</p>
            }
            <AskSchool ..props.clone() />
        </Alert>
    }
}

/// The way on where the other phone is lost, with what was typed.
#[component]
fn LostPhoneLink(props: &FailedProps) -> Html {
    let texts = use_text::<LostPhoneTexts>();
    let deps = (props.task.school.name.clone(), props.draft.clone());
    let onclick = use_callback(deps, move |(), (school, draft)| {
        begin_with(Known {
            school: school.clone(),
            name: draft.name.clone(),
            kind: draft.kind,
            number: draft.number.clone(),
        });
        go_to(&Route::LostPhone);
    });
    html! { <Button look={Look::Quiet} {onclick}>{ texts.link }</Button> }
}

/// Asking the school for a check.
#[component]
fn AskSchool(props: &FailedProps) -> Html {
    let texts = use_text::<IdentityTexts>();
    let is_asking = use_state(|| false);
    let toggle = use_callback((*is_asking, is_asking.setter()), |(), (is_asking, set)| {
        set.set(!is_asking);
    });
    html! {
        <>
            <Button look={Look::Second} onclick={toggle.clone()}>{ texts.ask }</Button>
            if *is_asking {
                <Ticket task={props.task.clone()} draft={props.draft.clone()} onclose={toggle} />
            }
        </>
    }
}
