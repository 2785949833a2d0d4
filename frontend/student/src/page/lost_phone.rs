//! Reporting a lost phone: who one is and where one can be called, then what happens next. Needs no login.

mod done;
pub(super) mod draft;
mod form;
pub(crate) mod text;

use draft::{DRAFT, Draft};
use yew::{Html, component, html, use_callback};

use crate::draft::use_draft;
use done::Done;
use form::Form;

/// The page.
#[component]
pub(crate) fn LostPhone() -> Html {
    let draft = use_draft::<Draft>(DRAFT);
    let change = use_callback(draft.setter(), |changed: Draft, draft| draft.set(changed));
    match draft.sent.clone() {
        Some(sent) => {
            html! { <Done new_phone={draft.new_phone.clone()} {sent} {change} /> }
        }
        None => html! { <Form draft={(*draft).clone()} {change} /> },
    }
}
