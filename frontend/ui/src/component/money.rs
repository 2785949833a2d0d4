//! Amounts of money.

use domain::Fen;
use yew::{Html, html};

/// An amount as a person reads it, in figures of one width.
pub fn money(fen: i64) -> Html {
    html! { <span class="figures">{ Fen(fen).to_string() }</span> }
}
