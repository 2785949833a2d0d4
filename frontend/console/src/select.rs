//! A choice of one of some words.

use web_sys::HtmlSelectElement;
use yew::{
    AttrValue, Callback, Event, Html, Properties, TargetCast, component, html, use_callback,
};

/// A word that can be chosen.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SelectOption {
    /// The word.
    pub(crate) word: AttrValue,
    /// What a person reads.
    pub(crate) name: AttrValue,
}

/// The options of some words, each with its name.
pub(crate) fn options(
    words: impl Iterator<Item = (&'static str, &'static str)>,
) -> Vec<SelectOption> {
    words
        .map(|(word, name)| SelectOption {
            word: word.into(),
            name: name.into(),
        })
        .collect()
}

/// What a [`Select`] needs.
#[derive(Properties, PartialEq)]
pub(crate) struct SelectProps {
    /// The field's id.
    pub(crate) id: AttrValue,
    /// What is chosen.
    pub(crate) label: AttrValue,
    /// The word that is chosen; empty for none.
    pub(crate) value: AttrValue,
    /// What no word means.
    #[prop_or_default]
    pub(crate) empty: AttrValue,
    /// The words.
    pub(crate) options: Vec<SelectOption>,
    /// Takes the word.
    pub(crate) onchange: Callback<String>,
    /// How it is laid out: among the fields of a form, or in a line with others.
    #[prop_or("field")]
    pub(crate) class: &'static str,
}

/// The field.
#[component]
pub(crate) fn Select(props: &SelectProps) -> Html {
    let onchange = use_callback(props.onchange.clone(), |event: Event, take| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            take.emit(select.value());
        }
    });
    let id = props.id.clone();
    html! {
        <div class={props.class}>
            <label for={id.clone()}>{ props.label.clone() }</label>
            <select {id} class="input" {onchange}>
                <option value="" selected={props.value.is_empty()}>{ props.empty.clone() }</option>
                { for props.options.iter().map(|option| html! {
                    <option value={option.word.clone()} selected={option.word == props.value}>{ option.name.clone() }</option>
                }) }
            </select>
        </div>
    }
}
