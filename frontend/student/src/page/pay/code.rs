//! The code to scan, and how long it works.

use client::PaymentView;
use domain::Fen;
use domain::payment::Provider;
use ui::clock::use_seconds_until;
use ui::lang::use_lang;
use ui::{Button, Look, Notice, Tone, fill, use_text};
use yew::{AttrValue, Callback, Html, Properties, component, html};

use super::text::PayTexts;
use crate::component::QrImage;

#[derive(Properties, PartialEq)]
pub(super) struct CodeProps {
    /// The payment that waits.
    pub(super) payment: PaymentView,
    /// Its order.
    pub(super) order_no: AttrValue,
    /// Asks for another code.
    pub(super) refresh: Callback<()>,
}

/// The code; once it has expired, the way to another.
#[component]
pub(super) fn Code(props: &CodeProps) -> Html {
    let (texts, lang) = (use_text::<PayTexts>(), use_lang());
    let payment = &props.payment;
    let left = use_seconds_until(payment.expires_at.timestamp_millis());
    if left == 0 {
        return html! {
            <Notice tone={Tone::Warn} title={texts.expired}>
                <p>{ texts.expired_detail }</p>
                <Button onclick={props.refresh.clone()}>{ texts.refresh }</Button>
            </Notice>
        };
    }
    let provider = Provider::parse(&payment.provider);
    let name = provider.map_or(&*payment.provider, |provider| provider.label().get(lang));
    let amount = Fen(payment.amount_fen);
    let time = format!("{}:{:02}", left / 60, left % 60);
    let is_alipay = provider == Some(Provider::Alipay);
    html! {
        <div class="pay-code">
            <p class="pay-scan">{ fill(texts.scan, &[("provider", &name)]) }</p>
            <QrImage content={payment.qr_content.clone().unwrap_or_default()} file={format!("{}.png", props.order_no)}
                label={fill(texts.qr_label, &[("provider", &name), ("amount", &amount)])} />
            <p class="figures">{ fill(texts.time_left, &[("time", &time)]) }</p>
            <Button look={Look::Quiet} onclick={props.refresh.clone()}>{ texts.refresh }</Button>
            if let Some(url) = &payment.sandbox_cashier_url {
                <p class="pay-sandbox">
                    <a class="button second" href={url.clone()} target="_blank" rel="noopener">{ texts.sandbox }</a>
                    <span class="hint">{ texts.sandbox_hint }</span>
                </p>
            }
            <details class="more only-narrow">
                <summary>{ texts.on_phone }</summary>
                <p>{ if is_alipay { texts.on_phone_alipay } else { texts.on_phone_wechat } }</p>
            </details>
        </div>
    }
}
