//! Money that went or goes back: how much, why, how far, and when.

use client::{OrderView, RefundView};
use domain::Lang;
use domain::refund::RefundState;
use ui::{Shape, TextTable, fill, moment_text, money, status_pill};
use yew::{Html, html};

use super::text::OrderTexts;

/// The card; nothing where nothing goes back.
pub(super) fn refunds(order: &OrderView, lang: Lang) -> Html {
    if order.refunds.is_empty() {
        return Html::default();
    }
    html! {
        <section class="card stack">
            <h2>{ OrderTexts::of(lang).refunds }</h2>
            <ul class="refunds">{ for order.refunds.iter().map(|refund| line(refund, lang)) }</ul>
        </section>
    }
}

fn line(refund: &RefundView, lang: Lang) -> Html {
    let texts = OrderTexts::of(lang);
    let time = |text: &str, moment| fill(text, &[("time", &moment_text(moment, lang))]);
    html! {
        <li class="refund">
            <span class="refund-amount">{ money(refund.amount_fen) }</span>
            { status_pill(shape(&refund.state), &refund.state_label) }
            <span class="muted">{ refund.reason_label.clone() }</span>
            <span class="muted">{ time(texts.refund_requested, refund.requested_at) }</span>
            if let Some(moment) = refund.succeeded_at {
                <span class="muted">{ time(texts.refund_succeeded, moment) }</span>
            }
        </li>
    }
}

fn shape(state: &str) -> Shape {
    RefundState::parse(state).map_or(Shape::Waiting, |state| match state {
        RefundState::Requested | RefundState::Submitted => Shape::Waiting,
        RefundState::Succeeded => Shape::Good,
        RefundState::Abnormal => Shape::Bad,
        RefundState::Closed | RefundState::Rejected => Shape::Over,
    })
}
