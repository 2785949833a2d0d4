//! The states of orders and photos as words with a shape.

use domain::order::OrderStatus;
use domain::photo_state::PhotoState;
use yew::{Html, html};

use super::{Shape, Status};
use crate::lang;

/// The status of an order; as the server words it where this version does not know it.
pub(crate) fn order_status(status: &str, label: &str) -> Html {
    let shape = OrderStatus::parse(status).map_or(Shape::Waiting, |status| match status {
        OrderStatus::Unpaid => Shape::Open,
        OrderStatus::Paying => Shape::Waiting,
        OrderStatus::Paid => Shape::Good,
        OrderStatus::PartiallyRefunded | OrderStatus::Refunded | OrderStatus::Closed => Shape::Over,
    });
    html! { <Status {shape} label={label.to_owned()} /> }
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
    html! { <Status {shape} label={state.label().get(lang::current())} /> }
}
