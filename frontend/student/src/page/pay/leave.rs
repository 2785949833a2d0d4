//! Paying at the provider's own page, and coming back from there.

use client::PaymentView;
use domain::Fen;
use domain::payment::Provider;
use ui::clock::use_seconds_until;
use ui::lang::use_lang;
use ui::{Button, Notice, Tone, fill, use_text};
use web_sys::HtmlElement;
use yew::{Callback, Html, Properties, component, html, use_effect_with, use_node_ref};

use super::text::PayTexts;

#[derive(Properties, PartialEq)]
pub(super) struct LeaveProps {
    /// The payment that waits.
    pub(super) payment: PaymentView,
    /// Whether the person has just asked for it: then the browser goes at once.
    pub(super) is_chosen: bool,
    /// Asks for another address.
    pub(super) refresh: Callback<()>,
}

/// The way there. A reload or the way back finds the link and does not leave again by itself.
#[component]
pub(super) fn Leave(props: &LeaveProps) -> Html {
    let (texts, lang) = (use_text::<PayTexts>(), use_lang());
    let payment = &props.payment;
    let left = use_seconds_until(payment.expires_at.timestamp_millis());
    let link = use_node_ref();
    {
        let link = link.clone();
        let is_chosen = props.is_chosen;
        use_effect_with(payment.redirect_url.clone(), move |_| {
            if let Some(link) = link.cast::<HtmlElement>().filter(|_| is_chosen) {
                link.click();
            }
        });
    }
    if left == 0 {
        return html! {
            <Notice tone={Tone::Warn} title={texts.link_expired}>
                <p>{ texts.link_expired_detail }</p>
                <Button onclick={props.refresh.clone()}>{ texts.link_refresh }</Button>
            </Notice>
        };
    }
    let provider = Provider::parse(&payment.provider);
    let name = provider.map_or(&*payment.provider, |provider| provider.label().get(lang));
    let facts: [(&str, &dyn std::fmt::Display); 2] =
        [("provider", &name), ("amount", &Fen(payment.amount_fen))];
    html! {
        <div class="pay-code">
            <p class="pay-scan">{ fill(texts.leaving, &facts) }</p>
            <a class="button main-action" ref={link} href={payment.redirect_url.clone()}>
                { fill(texts.leave, &facts) }
            </a>
        </div>
    }
}
