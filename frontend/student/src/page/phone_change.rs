//! Changing the phone: both numbers, then the code that either got.

mod codes;
mod draft;
mod numbers;

use ui::{ButtonLink, Notice, Title, Tone, fill, use_text};
use yew::{Html, component, html, use_callback, use_state};

use crate::draft::use_draft;
use crate::page::me::text::MeTexts;
use crate::route::Route;
use crate::session::use_session;
use codes::Codes;
use draft::{DRAFT, Draft};
use numbers::Numbers;

/// The page.
#[component]
pub(crate) fn PhoneChange() -> Html {
    let draft = use_draft::<Draft>(DRAFT);
    let is_done = use_state(|| false);
    let change = use_callback(draft.setter(), |changed: Draft, draft| draft.set(changed));
    let end = use_session().end;
    let ondone = use_callback((is_done.setter(), end), |(), (is_done, end)| {
        is_done.set(true);
        end.emit(());
    });
    if *is_done {
        return html! { <Changed new_phone={draft.new_phone.clone()} /> };
    }
    match draft.begun.clone() {
        Some(begun) => html! { <Codes draft={(*draft).clone()} {begun} {change} {ondone} /> },
        None => html! { <Numbers draft={(*draft).clone()} {change} /> },
    }
}

#[derive(yew::Properties, PartialEq)]
struct ChangedProps {
    new_phone: String,
}

/// It is done: the server has ended every session, so that the only way on is to log in again.
#[component]
fn Changed(props: &ChangedProps) -> Html {
    let texts = use_text::<MeTexts>();
    html! {
        <div class="stack">
            <Title text={texts.changed} />
            <Notice tone={Tone::Good}>
                <p class="figures">{ fill(texts.changed_detail, &[("phone", &props.new_phone)]) }</p>
            </Notice>
            <div class="actions"><ButtonLink<Route> to={Route::Login}>{ texts.to_login }</ButtonLink<Route>></div>
        </div>
    }
}
