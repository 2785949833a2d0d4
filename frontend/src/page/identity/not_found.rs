//! No such student: the usual causes first, then the ways on.

use client::{Failure, TaskView};
use yew::{Html, Properties, component, html, use_callback, use_state};

use super::Draft;
use super::ticket::Ticket;
use crate::component::{Alert, Button, Look, Tone, moment_text};
use crate::lang::{use_lang, use_texts};
use crate::text::fill;

#[derive(Properties, PartialEq)]
pub(crate) struct NotFoundProps {
    /// The task.
    pub(crate) task: TaskView,
    /// What was typed.
    pub(super) draft: Draft,
    /// What the server said.
    pub(crate) failure: Failure,
}

/// The box.
#[component]
pub(crate) fn NotFound(props: &NotFoundProps) -> Html {
    let (all, lang) = (use_texts(), use_lang());
    let texts = &all.identity;
    let is_asking = use_state(|| false);
    let toggle = use_callback((*is_asking, is_asking.setter()), |(), (is_asking, set)| {
        set.set(!is_asking);
    });
    let title = domain::ProblemCode::EnrolmentNotFound.title().get(lang);
    let updated = props
        .task
        .roster_updated_at
        .map(|at| fill(texts.roster_updated, &[("time", &moment_text(at, lang))]));
    html! {
        <>
            <Alert tone={Tone::Warn} {title}>
                <p>{ texts.cause_typed }{ " " }{ texts.not_found_causes }</p>
                <ol>
                    <li>{ texts.cause_roster }</li>
                    <li>{ texts.cause_number }</li>
                </ol>
                <p>{ texts.cause_phone }</p>
                <p>{ fill(all.common.contact_school, &[("contact", &props.task.contact)]) }</p>
                if let Some(updated) = updated {
                    <p class="muted">{ updated }</p>
                }
                <Button look={Look::Second} onclick={toggle.clone()}>{ texts.ask }</Button>
            </Alert>
            if *is_asking {
                <Ticket task={props.task.clone()} draft={props.draft.clone()} onclose={toggle} />
            }
        </>
    }
}
