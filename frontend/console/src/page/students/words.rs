//! What a student of the roster is called and where they are.

use client::RosterEntryView;
use domain::roster::RosterEntryState;
use domain::{EducationLevel, Lang};
use ui::{Shape, TextTable, status_pill};
use yew::Html;

use super::text::StudentTexts;

/// The name of a level.
pub(super) fn level_name(word: &str, lang: Lang) -> String {
    let known = EducationLevel::parse(word);
    known
        .map_or(word, |level| level.label().get(lang))
        .to_owned()
}

/// Whether a student is on the list, and whether somebody verified as them.
pub(super) fn entry_pill(entry: &RosterEntryView, lang: Lang) -> Html {
    let texts = StudentTexts::of(lang);
    match RosterEntryState::parse(&entry.state) {
        Some(RosterEntryState::Withdrawn) => status_pill(Shape::Over, &entry.state_label),
        Some(RosterEntryState::Listed) | None if entry.is_verified => {
            status_pill(Shape::Good, texts.verified)
        }
        Some(RosterEntryState::Listed) | None => status_pill(Shape::Open, texts.not_verified),
    }
}
