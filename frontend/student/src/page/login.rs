//! Logging in: the phone, then the code that was sent to it.

mod code_form;
mod draft;
mod expired;
mod phone_form;
mod send;
pub(crate) mod text;

use ui::{ErrorView, Redirect};
use yew::{Html, component, html, use_callback};

use crate::draft::use_draft;
use crate::route::Route;
use crate::session::{Person, take_wanted, use_session};
use code_form::CodeForm;
use draft::{DRAFT, Draft};
use phone_form::PhoneForm;

/// The page.
#[component]
pub(crate) fn Login() -> Html {
    let session = use_session();
    let draft = use_draft::<Draft>(DRAFT);
    let change = use_callback(draft.setter(), |changed: Draft, draft| draft.set(changed));
    let was_logged_in = yew::use_memo((), |()| session.me().is_some());
    if let Some(me) = session.me() {
        let to = if *was_logged_in {
            None
        } else {
            take_wanted(&me.id)
        };
        return html! { <Redirect<Route> to={to.unwrap_or(Route::Start)} /> };
    }
    if let Person::Unreachable(failure) = session.person {
        return html! { <ErrorView {failure} retry={session.reload} /> };
    }
    match draft.sent.clone() {
        Some(sent) => html! { <CodeForm draft={(*draft).clone()} {sent} {change} /> },
        None => html! { <PhoneForm draft={(*draft).clone()} {change} /> },
    }
}
