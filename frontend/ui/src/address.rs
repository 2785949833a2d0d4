//! The page's address as state: what its query says is what the page shows.

use gloo::utils::window;
use model::Query;
use yew::{Callback, hook, use_callback};
use yew_router::history::{BrowserHistory, History};
use yew_router::prelude::use_location;

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
    let location = use_location();
    let query = location.map_or_else(Query::default, |location| Query::read(location.query_str()));
    QueryState {
        query,
        replace: use_callback((), |query: Query, ()| {
            BrowserHistory::new().replace(address_of(&query));
        }),
        push: use_callback((), |query: Query, ()| {
            BrowserHistory::new().push(address_of(&query));
        }),
    }
}

fn address_of(query: &Query) -> String {
    let path = window().location().pathname().unwrap_or_default();
    path + &query.text()
}
