//! Paying: choose the way, scan the code, and the page turns by itself.

mod begin;
mod code;
mod intent;
mod outcome;
mod paying;
mod poll;
mod watch;
mod ways;

use client::OrderView;
use domain::order::OrderStatus;
use domain::photo_state::PhotoState;
use yew::{AttrValue, Callback, Html, Properties, component, html};

use crate::component::{
    ButtonLink, Money, Notice, Step, StepLine, Title, Tone, async_view, use_loader,
};
use crate::lang::use_texts;
use crate::route::Route;
use crate::{api, clock};
use outcome::Outcome;
use paying::Paying;

#[derive(Properties, PartialEq)]
pub(crate) struct PayProps {
    /// The order.
    pub(crate) order_no: AttrValue,
}

/// The page.
#[component]
pub(crate) fn Pay(props: &PayProps) -> Html {
    let texts = &use_texts().pay;
    let loader = use_loader(props.order_no.clone(), |order_no| {
        api::call(async move |client| client.get_order(&order_no).await)
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
                        <StepLine current={Step::Pay} {back} />
                        <Title text={texts.title} />
                        <Due order={OrderView::clone(order)} is_open={stand != Stand::Over} />
                        { view(stand, order, &loader.reload) }
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

fn view(stand: Stand, order: &OrderView, reload: &Callback<()>) -> Html {
    match stand {
        Stand::Payable => html! { <Paying order={order.clone()} onturn={reload.clone()} /> },
        Stand::PhotoMissing => html! { <PhotoMissing enrolment_id={order.enrolment_id.clone()} /> },
        Stand::Over => html! { <Outcome order={order.clone()} /> },
    }
}

#[derive(Properties, PartialEq)]
struct DueProps {
    order: OrderView,
    /// It still has to be paid.
    is_open: bool,
}

/// How much, for which order of which school.
#[component]
fn Due(props: &DueProps) -> Html {
    let texts = use_texts();
    let order = &props.order;
    let label = if props.is_open {
        texts.pay.amount
    } else {
        texts.order.total
    };
    html! {
        <section class="pay-due">
            <p class="muted">{ label }</p>
            <p class="pay-amount"><Money fen={order.due_fen} /></p>
            <p class="muted">{ order.school_name.clone() }{ " · " }{ order.task_name.clone() }</p>
            <p class="muted figures">{ texts.order.order_no }{ " " }{ order.order_no.clone() }</p>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct PhotoMissingProps {
    enrolment_id: String,
}

/// A withdrawn photo comes before the money.
#[component]
fn PhotoMissing(props: &PhotoMissingProps) -> Html {
    let texts = &use_texts().pay;
    let to = Route::Photo {
        enrolment_id: props.enrolment_id.clone(),
    };
    html! {
        <>
            <Notice tone={Tone::Warn} title={texts.no_photo}><p>{ texts.no_photo_detail }</p></Notice>
            <div class="actions"><ButtonLink {to}>{ texts.resubmit }</ButtonLink></div>
        </>
    }
}
