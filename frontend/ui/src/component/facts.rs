//! Names and values in two columns.

use yew::html::IntoPropValue;
use yew::{AttrValue, Html, html};

/// A name and its value; without a value it is not shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    name: AttrValue,
    value: Option<Html>,
}

impl Fact {
    /// A fact that is always there.
    pub fn new(name: &'static str, value: impl IntoPropValue<Html>) -> Self {
        Self {
            name: name.into(),
            value: Some(value.into_prop_value()),
        }
    }

    /// A fact that may be missing.
    pub fn maybe(name: &'static str, value: Option<impl IntoPropValue<Html>>) -> Self {
        Self {
            name: name.into(),
            value: value.map(IntoPropValue::into_prop_value),
        }
    }
}

/// A list of facts.
pub fn fact_list(facts: &[Fact]) -> Html {
    html! {
        <dl class="facts">
            { for facts.iter().filter_map(|fact| fact.value.clone().map(|value| html! {
                <div class="fact"><dt>{ fact.name.clone() }</dt><dd>{ value }</dd></div>
            })) }
        </dl>
    }
}
