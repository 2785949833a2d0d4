//! Why an order is not to be paid now, and where to go on.

use client::{OrderView, PaymentStatus};
use domain::order::{ClosedReason, OrderStatus};
use domain::{Fen, Lang};
use ui::lang::use_lang;
use ui::{
    Button, ButtonLink, Look, Notice, ProblemBox, Tone, fill, moment_text, use_action, use_text,
};
use yew::{Html, Properties, component, html, use_effect_with, use_state};

use super::intent::Intent;
use super::poll::confirm;
use super::text::PayTexts;
use crate::component::news_list;
use crate::route::Route;

#[derive(Properties, PartialEq)]
pub(super) struct OutcomeProps {
    /// The order.
    pub(super) order: OrderView,
}

/// What became of the order; read out when the page turns to it. Money for a closed order can still be on its way.
#[component]
pub(super) fn Outcome(props: &OutcomeProps) -> Html {
    let (texts, lang) = (use_text::<PayTexts>(), use_lang());
    let order = &props.order;
    let status = use_state(|| None::<PaymentStatus>);
    use_effect_with(order.order_no.clone(), |order_no| Intent::forget(order_no));
    let i_paid = {
        let (order_no, status) = (order.order_no.clone(), status.setter());
        use_action(move |()| {
            let (order_no, status) = (order_no.clone(), status.clone());
            async move {
                status.set(Some(confirm(&order_no).await?));
                Ok(())
            }
        })
    };
    let is_closed = OrderStatus::parse(&order.status) == Some(OrderStatus::Closed);
    let news = status.as_ref().map_or(&order.news, |status| &status.news);
    let (tone, title, detail) = told(order, texts, lang);
    html! {
        <>
            <div role="status">
                <Notice {tone} {title}><p>{ detail }</p></Notice>
            </div>
            { news_list(news, lang) }
            if let Some(failure) = i_paid.failure {
                <ProblemBox {failure} />
            }
            <div class="actions">
                <ButtonLink<Route> to={Route::Order { order_no: order.order_no.clone() }}>{ texts.see_order }</ButtonLink<Route>>
                if is_closed {
                    <Button look={Look::Second} onclick={i_paid.run} is_busy={i_paid.is_busy}>{ texts.i_paid }</Button>
                }
            </div>
        </>
    }
}

fn told(order: &OrderView, texts: &PayTexts, lang: Lang) -> (Tone, &'static str, String) {
    let amount = |text: &str, fen: i64| fill(text, &[("amount", &Fen(fen))]);
    match OrderStatus::parse(&order.status) {
        Some(OrderStatus::Closed) => {
            let reason = order.closed_reason.as_deref().and_then(ClosedReason::parse);
            let reason = reason.map_or("–", |reason| reason.label().get(lang));
            (
                Tone::Warn,
                texts.closed,
                fill(texts.closed_detail, &[("reason", &reason)]),
            )
        }
        Some(OrderStatus::Refunded) => (
            Tone::Info,
            texts.refunded,
            amount(texts.refunded_detail, order.refunded_fen),
        ),
        _ if order.due_fen == 0 => (Tone::Good, texts.free, texts.free_detail.to_owned()),
        Some(OrderStatus::Paid | OrderStatus::PartiallyRefunded) => (
            Tone::Good,
            texts.paid,
            amount(texts.paid_detail, order.due_fen),
        ),
        Some(OrderStatus::Unpaid | OrderStatus::Paying) | None => {
            let time = moment_text(order.due_until, lang);
            (
                Tone::Warn,
                texts.ended,
                fill(texts.ended_detail, &[("time", &time)]),
            )
        }
    }
}
