//! Paying: choose the way, scan the code, and the page turns by itself.

mod begin;
mod code;
mod intent;
mod leave;
mod outcome;
mod paying;
mod poll;
pub(crate) mod text;
mod watch;
mod ways;
mod wechat;

use client::OrderView;
use domain::Lang;
use domain::order::OrderStatus;
use domain::photo_state::PhotoState;
use ui::lang::use_lang;
use ui::{
    ButtonLink, Notice, TextTable, Title, Tone, api, async_view, clock, money, use_loader, use_text,
};
use yew::{AttrValue, Callback, Html, Properties, component, html};

use crate::component::{Step, step_line};
use crate::page::order::text::OrderTexts;
use crate::route::Route;
use outcome::Outcome;
use paying::Paying;
use text::PayTexts;

#[derive(Properties, PartialEq)]
pub(crate) struct PayProps {
    /// The order.
    pub(crate) order_no: AttrValue,
}

/// The page.
#[component]
pub(crate) fn Pay(props: &PayProps) -> Html {
    let (texts, lang) = (use_text::<PayTexts>(), use_lang());
    let loader = use_loader(props.order_no.clone(), |order_no| {
        api::call(client::get_order(&order_no))
    });
    html! {
        <div class="stack">
            { async_view(&loader, |order| {
                let stand = Stand::of(order);
                let order_no = order.order_no.clone();
                let back = (Step::Confirm, Route::Confirm { order_no });
                let back = if stand == Stand::Payable { vec![back] } else { vec![] };
                html! {
                    <>
                        { step_line(Step::Pay, &back, lang) }
                        <Title text={title(stand, order, texts)} />
                        { due(order, stand != Stand::Over, lang) }
                        { view(stand, order, &loader.reload, lang) }
                    </>
                }
            }) }
        </div>
    }
}

/// Whether an order can be paid now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    Payable,
    PhotoMissing,
    Over,
}

impl Stand {
    fn of(order: &OrderView) -> Self {
        let is_unpaid = matches!(
            OrderStatus::parse(&order.status),
            Some(OrderStatus::Unpaid | OrderStatus::Paying)
        );
        let photo = order.photo_state.as_deref().and_then(PhotoState::parse);
        if !is_unpaid || order.due_fen == 0 || clock::now() >= order.due_until {
            Self::Over
        } else if photo.is_some_and(PhotoState::is_live) {
            Self::Payable
        } else {
            Self::PhotoMissing
        }
    }
}

fn view(stand: Stand, order: &OrderView, reload: &Callback<()>, lang: Lang) -> Html {
    match stand {
        Stand::Payable => html! { <Paying order={order.clone()} onturn={reload.clone()} /> },
        Stand::PhotoMissing => photo_missing(&order.enrolment_id, lang),
        Stand::Over => html! { <Outcome order={order.clone()} /> },
    }
}

/// What the page is about: paying, or what became of it.
fn title(stand: Stand, order: &OrderView, texts: &PayTexts) -> &'static str {
    let is_paid = OrderStatus::parse(&order.status) == Some(OrderStatus::Paid);
    match stand {
        Stand::Payable | Stand::PhotoMissing => texts.title,
        Stand::Over if is_paid && order.due_fen > 0 => texts.title_paid,
        Stand::Over => texts.title_over,
    }
}

/// How much, for which order of which school.
fn due(order: &OrderView, is_open: bool, lang: Lang) -> Html {
    let label = if is_open {
        PayTexts::of(lang).amount
    } else {
        OrderTexts::of(lang).total
    };
    html! {
        <section class="pay-due">
            <p class="muted">{ label }</p>
            <p class="pay-amount">{ money(order.due_fen) }</p>
            <p class="muted">{ order.school_name.clone() }{ " · " }{ order.task_name.clone() }</p>
            <p class="muted figures">{ OrderTexts::of(lang).order_no }{ " " }{ order.order_no.clone() }</p>
        </section>
    }
}

/// A withdrawn photo comes before the money.
fn photo_missing(enrolment_id: &str, lang: Lang) -> Html {
    let texts = PayTexts::of(lang);
    let to = Route::Photo {
        enrolment_id: enrolment_id.to_owned(),
    };
    html! {
        <>
            <Notice tone={Tone::Warn} title={texts.no_photo}><p>{ texts.no_photo_detail }</p></Notice>
            <div class="actions"><ButtonLink<Route> {to}>{ texts.resubmit }</ButtonLink<Route>></div>
        </>
    }
}
