//! The two ways to pay, as large rows.

use domain::Lang;
use domain::payment::Provider;
use yew::{Callback, Html, classes, html};

use crate::text::Texts;

/// The rows.
pub(super) fn ways(chosen: Option<Provider>, onchoose: &Callback<Provider>, lang: Lang) -> Html {
    let texts = &Texts::of(lang).pay;
    let row = |provider: Provider| {
        let onchoose = onchoose.clone();
        let is_chosen = chosen == Some(provider);
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
