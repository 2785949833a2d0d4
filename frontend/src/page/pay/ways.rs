//! The two ways to pay, as large rows.

use domain::payment::Provider;
use yew::{Callback, Html, Properties, classes, component, html};

use crate::lang::{use_lang, use_texts};

#[derive(Properties, PartialEq)]
pub(super) struct WaysProps {
    /// The way that was chosen.
    pub(super) chosen: Option<Provider>,
    /// Takes the choice.
    pub(super) onchoose: Callback<Provider>,
}

/// The rows.
#[component]
pub(super) fn Ways(props: &WaysProps) -> Html {
    let (texts, lang) = (&use_texts().pay, use_lang());
    let row = |provider: Provider| {
        let onchoose = props.onchoose.clone();
        let is_chosen = props.chosen == Some(provider);
        html! {
            <label class={classes!("pay-way", is_chosen.then_some("chosen"))}>
                <input type="radio" name="way" value={provider.as_str()} checked={is_chosen}
                    onchange={move |_| onchoose.emit(provider)} />
                <img src={format!("/pay/{provider}.svg")} alt="" width="40" height="40" />
                <span class="pay-name">{ provider.label().get(lang) }</span>
            </label>
        }
    };
    html! {
        <fieldset class="pay-ways">
            <legend>{ texts.choose }</legend>
            { for Provider::ALL.iter().copied().map(row) }
        </fieldset>
    }
}
