//! The states of orders and photos as words with a shape.

use domain::order::OrderStatus;
use domain::photo_state::PhotoState;
use ui::{Shape, TextTable, lang, status_pill};
use yew::Html;

use crate::page::order::text::OrderTexts;

/// The status of an order; as the server words it where this version does not know it.
pub(crate) fn order_status(status: &str, label: &str) -> Html {
    let shape = OrderStatus::parse(status).map_or(Shape::Waiting, |status| match status {
        OrderStatus::Unpaid | OrderStatus::Paying => Shape::Open,
        OrderStatus::Paid => Shape::Good,
        OrderStatus::PartiallyRefunded | OrderStatus::Refunded | OrderStatus::Closed => Shape::Over,
    });
    // A code on the screen is no payment: nothing is being confirmed before the provider has told of one.
    let label = if status == OrderStatus::Paying.as_str() {
        OrderTexts::of(lang::current()).to_pay
    } else {
        label
    };
    status_pill(shape, label)
}

/// The state of a photo.
pub(crate) fn photo_status(state: PhotoState) -> Html {
    let shape = match state {
        PhotoState::Checked => Shape::Open,
        PhotoState::PendingReview => Shape::Waiting,
        PhotoState::Approved | PhotoState::HandedOver => Shape::Good,
        PhotoState::Rejected | PhotoState::Refused => Shape::Bad,
        PhotoState::Withdrawn | PhotoState::Replaced => Shape::Over,
    };
    status_pill(shape, state.label().get(lang::current()))
}
