//! Amounts of money.

use domain::Fen;
use yew::{Html, Properties, component, html};

#[derive(Properties, PartialEq)]
pub(crate) struct MoneyProps {
    /// How much.
    pub(crate) fen: i64,
}

/// An amount as a person reads it, in figures of one width.
#[component]
pub(crate) fn Money(props: &MoneyProps) -> Html {
    html! { <span class="figures">{ Fen(props.fen).to_string() }</span> }
}
