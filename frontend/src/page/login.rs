//! Logging in: the phone, then the code that was sent to it.

mod code_form;
mod expired;
mod phone_form;
mod send;

use domain::agreement::Document;
use serde::{Deserialize, Serialize};
use yew::{Html, component, html, use_callback};
use yew_router::prelude::Redirect;

use crate::component::ErrorView;
use crate::draft::use_draft;
use crate::route::Route;
use crate::session::{Person, take_wanted, use_session};
use code_form::CodeForm;
use phone_form::PhoneForm;

/// The name under which the form is kept.
const DRAFT: &str = "login";

/// What was typed, and the code that is on its way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Draft {
    /// The phone, as typed.
    phone: String,
    /// Whether the box is ticked.
    agreed: bool,
    /// The code that was sent last.
    sent: Option<Sent>,
}

/// A code on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Sent {
    challenge_id: String,
    /// From when another may be asked for, in milliseconds since 1970.
    resend_at_ms: i64,
    /// Until when it works.
    expires_at_ms: i64,
}

/// The version of the agreement that the page shows.
fn agreement_version() -> String {
    Document::ServiceAgreement.current().version.to_owned()
}

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
