//! Erasing the account: what goes and what stays, then the code that came to the account's phone.

mod begin;
mod begun;
mod code;
pub(crate) mod text;

use serde::{Deserialize, Serialize};
use ui::{ButtonLink, Notice, Title, Tone, use_text};
use yew::{Html, component, html, use_callback, use_state};

use crate::draft::use_draft;
use crate::route::Route;
use crate::session::use_session;
use begin::Begin;
use begun::{Begun, DRAFT};
use code::Code;
use text::ErasureTexts;

/// Where the person is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Draft {
    /// The erasure that was begun.
    begun: Option<Begun>,
}

/// The page.
#[component]
pub(crate) fn Erasure() -> Html {
    let draft = use_draft::<Draft>(DRAFT);
    let is_done = use_state(|| false);
    let change = use_callback(draft.setter(), |begun: Option<Begun>, draft| {
        draft.set(Draft { begun });
    });
    let end = use_session().end;
    let ondone = use_callback((is_done.setter(), end), |(), (is_done, end)| {
        is_done.set(true);
        end.emit(());
    });
    if *is_done {
        return html! { <Erased /> };
    }
    match draft.begun.clone() {
        Some(begun) => html! { <Code {begun} {change} {ondone} /> },
        None => html! { <Begin {change} /> },
    }
}

/// It is done: the server has ended every session, so that the only way on is out.
#[component]
fn Erased() -> Html {
    let texts = use_text::<ErasureTexts>();
    html! {
        <div class="stack">
            <Title text={texts.done} />
            <Notice tone={Tone::Good}><p>{ texts.done_detail }</p></Notice>
            <div class="actions"><ButtonLink<Route> to={Route::Login}>{ texts.to_start }</ButtonLink<Route>></div>
        </div>
    }
}
