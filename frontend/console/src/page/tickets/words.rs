//! Where a question about the roster is.

use domain::roster::TicketState;
use ui::{Shape, status_pill};
use yew::Html;

/// Where a question is.
pub(super) fn ticket_pill(word: &str, label: &str) -> Html {
    let shape = match TicketState::parse(word) {
        Some(TicketState::Open) | None => Shape::Open,
        Some(TicketState::Answered) => Shape::Good,
        Some(TicketState::Closed) => Shape::Over,
    };
    status_pill(shape, label)
}
