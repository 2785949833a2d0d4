//! The page's address as state: what its query says is what the page shows.

use gloo::utils::window;
use model::Query;
use yew::{Callback, hook, use_callback};

use crate::router::{push_address, replace_address, use_query_text};

/// What the address says after the question mark, and how to change it.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryState {
    /// What it says now.
    pub query: Query,
    /// Shows another one in its place, as while somebody types: the way back does not lead through it.
    pub replace: Callback<Query>,
    /// Goes to another one: the way back leads here.
    pub push: Callback<Query>,
}

/// The query of the page's address; the component is drawn again when it changes.
#[hook]
pub fn use_query() -> QueryState {
    QueryState {
        query: Query::read(&use_query_text()),
        replace: use_callback((), |query: Query, ()| {
            replace_address(&address_of(&query));
        }),
        push: use_callback((), |query: Query, ()| {
            push_address(&address_of(&query));
        }),
    }
}

fn address_of(query: &Query) -> String {
    let path = window().location().pathname().unwrap_or_default();
    path + &query.text()
}
