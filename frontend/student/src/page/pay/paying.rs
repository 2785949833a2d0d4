//! Paying an order: the way, the code, and watching for the money.

use chrono::TimeDelta;
use client::{OrderView, PaymentView};
use domain::Lang;
use ui::lang::use_lang;
use ui::{
    Button, CommonTexts, Look, Notice, ProblemBox, Skeleton, TextTable, Tone, api, async_view,
    clock, use_loader,
};
use yew::{Callback, Html, Properties, component, html, use_callback, use_state};

use super::begin::{Stage, use_begin};
use super::code::Code;
use super::leave::Leave;
use super::text::PayTexts;
use super::watch::Watch;
use super::ways::ways;
use super::wechat::Window;

/// The server gives no code whose end is nearer than half a minute; clocks and answers take their time.
const LAST_MOMENT: TimeDelta = TimeDelta::seconds(60);

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
    let lang = use_lang();
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
    // Another code starts the watching anew: what was found out about the last one is no longer true.
    let has_code = matches!(*begin.stage, Stage::Ready { .. });
    let wish = begin.intent.as_ref().map(|intent| intent.key.clone());
    let watched = format!("{}-{has_code}", wish.unwrap_or_default());
    let open = use_state(|| None::<(String, Option<String>)>);
    let onopen = use_callback(
        (open.setter(), watched.clone()),
        |attempt, (open, watched)| open.set(Some((watched.clone(), attempt))),
    );
    let is_replaced = |payment: &PaymentView| {
        let found = open.as_ref().filter(|(of, _)| *of == watched);
        found.is_some_and(|(_, attempt)| is_replaced(payment, attempt.as_ref()))
    };
    let code = match &*begin.stage {
        Stage::NotYet => Html::default(),
        Stage::Asking => {
            html! { <div class="pay-code"><p role="status">{ PayTexts::of(lang).getting }</p><Skeleton /></div> }
        }
        Stage::Ready { payment, .. } if is_replaced(payment) => replaced(payment, &refresh, lang),
        Stage::Ready { payment, is_chosen } => credential(payment, *is_chosen, order_no, &refresh),
        Stage::Failed(failure) => html! {
            <div class="stack">
                <ProblemBox failure={failure.clone()} />
                <Button look={Look::Second} onclick={refresh}>{ CommonTexts::of(lang).retry }</Button>
            </div>
        },
    };
    html! {
        <>
            { async_view(&offered, |offered| ways(offered, chosen, &begin.choose, lang)) }
            { code }
            <Watch key={watched} order_no={order_no.clone()} {has_code} {onopen} onturn={props.onturn.clone()} />
        </>
    }
}

/// Whether another attempt counts now, or none although this one still had time: what ends by itself says so itself.
fn is_replaced(payment: &PaymentView, open: Option<&String>) -> bool {
    let has_time = payment.expires_at - clock::now() > LAST_MOMENT;
    payment.payment_id.is_some()
        && open != payment.payment_id.as_ref()
        && (open.is_some() || has_time)
}

/// Another attempt took the place of this one, in another tab or on another device: its code would lead nowhere.
fn replaced(payment: &PaymentView, refresh: &Callback<()>, lang: Lang) -> Html {
    let texts = PayTexts::of(lang);
    let (title, renew) = if payment.qr_content.is_some() {
        (texts.replaced, texts.refresh)
    } else {
        (texts.link_replaced, texts.link_refresh)
    };
    html! {
        <div role="status">
            <Notice tone={Tone::Warn} {title}>
                <p>{ texts.replaced_detail }</p>
                <Button onclick={refresh.clone()}>{ renew }</Button>
            </Notice>
        </div>
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
