//! Paying an order: the way, the code, and watching for the money.

use client::{OrderView, PaymentView};
use yew::{Callback, Html, Properties, component, html, use_callback};

use super::begin::{Stage, use_begin};
use super::code::Code;
use super::leave::Leave;
use super::watch::Watch;
use super::ways::ways;
use super::wechat::Window;
use crate::api;
use crate::component::{Button, Look, ProblemBox, Skeleton, async_view, use_loader};
use crate::lang::{use_lang, use_texts};

#[derive(Properties, PartialEq)]
pub(super) struct PayingProps {
    /// The order.
    pub(super) order: OrderView,
    /// The order is no longer what it was: it is to be read again.
    pub(super) onturn: Callback<()>,
}

/// The two ways, the code of the chosen one, and what is known of the money.
#[component]
pub(super) fn Paying(props: &PayingProps) -> Html {
    let (texts, lang) = (use_texts(), use_lang());
    let order_no = &props.order.order_no;
    let begin = use_begin(order_no.clone(), props.onturn.clone());
    let offered = use_loader(order_no.clone(), |order_no| {
        api::call(client::get_payment_ways(&order_no))
    });
    let chosen = begin.intent.as_ref().map(|intent| intent.provider);
    let refresh = use_callback((chosen, begin.choose.clone()), |(), (chosen, choose)| {
        if let Some(provider) = chosen {
            choose.emit(*provider);
        }
    });
    let code = match &*begin.stage {
        Stage::NotYet => Html::default(),
        Stage::Asking => {
            html! { <div class="pay-code"><p role="status">{ texts.pay.getting }</p><Skeleton /></div> }
        }
        Stage::Ready { payment, is_chosen } => credential(payment, *is_chosen, order_no, &refresh),
        Stage::Failed(failure) => html! {
            <div class="stack">
                <ProblemBox failure={failure.clone()} />
                <Button look={Look::Second} onclick={refresh}>{ texts.common.retry }</Button>
            </div>
        },
    };
    // Another code starts the watching anew: what was found out about the last one is no longer true.
    let wish = begin.intent.map(|intent| intent.key).unwrap_or_default();
    let has_code = matches!(*begin.stage, Stage::Ready { .. });
    html! {
        <>
            { async_view(&offered, |offered| ways(offered, chosen, &begin.choose, lang)) }
            { code }
            <Watch key={wish} order_no={order_no.clone()} {has_code} onturn={props.onturn.clone()} />
        </>
    }
}

/// What to do with what the provider gave.
fn credential(
    payment: &PaymentView,
    is_chosen: bool,
    order_no: &str,
    refresh: &Callback<()>,
) -> Html {
    let (payment, refresh) = (payment.clone(), refresh.clone());
    if let Some(signed) = payment.jsapi.clone() {
        html! { <Window {payment} {signed} {is_chosen} /> }
    } else if payment.redirect_url.is_some() {
        html! { <Leave {payment} {is_chosen} {refresh} /> }
    } else {
        html! { <Code {payment} order_no={order_no.to_owned()} {refresh} /> }
    }
}
