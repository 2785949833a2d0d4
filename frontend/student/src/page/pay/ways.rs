//! The ways to pay that work in this browser, as large rows; and where to go for the others.

use client::PaymentWays;
use domain::Lang;
use domain::payment::Provider;
use ui::{TextTable, fill};
use yew::{Callback, Html, classes, html};

use super::text::PayTexts;

/// The rows, and a line for each way that needs another browser. The server decides which is which.
pub(super) fn ways(
    offered: &PaymentWays,
    chosen: Option<Provider>,
    onchoose: &Callback<Provider>,
    lang: Lang,
) -> Html {
    let texts = PayTexts::of(lang);
    let row = |provider: Provider| {
        let onchoose = onchoose.clone();
        let is_chosen = chosen == Some(provider);
        html! {
            <button type="button" class={classes!("pay-way", is_chosen.then_some("chosen"))}
                aria-pressed={is_chosen.to_string()} onclick={move |_| onchoose.emit(provider)}>
                <img src={format!("/pay/{provider}.svg")} alt="" width="40" height="40" />
                <span class="pay-name">{ provider.label().get(lang) }</span>
                <span class="pay-go" aria-hidden="true">{ "›" }</span>
            </button>
        }
    };
    let hint = |provider: Provider| {
        let label = provider.label().get(lang);
        html! { <p class="muted">{ fill(texts.elsewhere, &[("provider", &label)]) }</p> }
    };
    html! {
        <>
            if !offered.here.is_empty() {
                <fieldset class="pay-ways">
                    <legend>{ texts.choose }</legend>
                    { for known(&offered.here).map(row) }
                </fieldset>
            }
            { for known(&offered.elsewhere).map(hint) }
        </>
    }
}

/// The providers that this version knows.
fn known(words: &[String]) -> impl Iterator<Item = Provider> {
    words.iter().filter_map(|word| Provider::parse(word))
}
