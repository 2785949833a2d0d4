//! Roles, limits and invitations in words.

use client::StaffView;
use domain::Lang;
use domain::role::Role;
use domain::staff::InvitationState;
use ui::{Shape, TextTable, status_pill};
use yew::{AttrValue, Callback, Html};

use super::text::PeopleTexts;

/// A role in words.
pub(super) fn role_name(word: &str, lang: Lang) -> String {
    let known = Role::parse(word);
    known.map_or(word, |role| role.label().get(lang)).to_owned()
}

/// To which colleges and classes a role is limited.
pub(super) fn limits_text(entry: &StaffView, lang: Lang) -> String {
    let limits: Vec<&str> = entry
        .colleges
        .iter()
        .chain(&entry.classes)
        .map(String::as_str)
        .collect();
    if limits.is_empty() {
        PeopleTexts::of(lang).whole.to_owned()
    } else {
        limits.join(match lang {
            Lang::Zh => "、",
            Lang::En => ", ",
        })
    }
}

/// Where an invitation is, as a pill.
pub(super) fn state_pill(word: &str, lang: Lang) -> Html {
    match InvitationState::parse(word) {
        Some(state) => {
            let shape = match state {
                InvitationState::Invited => Shape::Waiting,
                InvitationState::Accepted => Shape::Good,
                InvitationState::Expired => Shape::Bad,
            };
            status_pill(shape, state.label().get(lang))
        }
        None => status_pill(Shape::Waiting, word),
    }
}

/// What was typed as a list: one entry a line, or set apart by commas.
pub(super) fn listed(text: &str) -> Vec<String> {
    let parts = text.split(['\n', ',', '，', '、']);
    let parts = parts.map(str::trim).filter(|part| !part.is_empty());
    parts.map(ToOwned::to_owned).collect()
}

/// Tells the page that something changed, and what.
pub(super) type Changed = Callback<AttrValue>;
