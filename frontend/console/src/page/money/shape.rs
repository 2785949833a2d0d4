//! How the states of money look.

use domain::Lang;
use domain::order::OrderStatus;
use domain::payment::Provider;
use domain::refund::RefundState;
use ui::{Link, Shape, status_pill};
use yew::{Html, html};

use crate::route::Route;

/// The status of an order.
pub(super) fn order_pill(status: &str, label: &str) -> Html {
    let shape = match OrderStatus::parse(status) {
        Some(OrderStatus::Paid) => Shape::Good,
        Some(OrderStatus::Paying) => Shape::Waiting,
        Some(OrderStatus::Unpaid) | None => Shape::Open,
        Some(OrderStatus::PartiallyRefunded | OrderStatus::Refunded | OrderStatus::Closed) => {
            Shape::Over
        }
    };
    status_pill(shape, label)
}

/// The state of a refund.
pub(super) fn refund_pill(state: &str, label: &str) -> Html {
    let shape = match RefundState::parse(state) {
        Some(RefundState::Succeeded) => Shape::Good,
        Some(RefundState::Submitted) => Shape::Waiting,
        Some(RefundState::Requested) | None => Shape::Open,
        Some(RefundState::Abnormal | RefundState::Closed) => Shape::Bad,
        Some(RefundState::Rejected) => Shape::Over,
    };
    status_pill(shape, label)
}

/// What a provider is called.
pub(super) fn provider_name(word: &str, lang: Lang) -> String {
    let provider = Provider::parse(word);
    provider
        .map_or(word, |one| one.label().get(lang))
        .to_owned()
}

/// A link to an order.
pub(super) fn order_link(order_no: &str) -> Html {
    let to = Route::Order {
        order_no: order_no.to_owned(),
    };
    html! { <Link<Route> {to} classes="figures">{ order_no.to_owned() }</Link<Route>> }
}
