//! The filters above a table.

use domain::Lang;
use model::Query;
use web_sys::{HtmlInputElement, HtmlSelectElement, SubmitEvent};
use yew::{AttrValue, Callback, Event, Html, NodeRef, TargetCast, html};

use super::text::TableTexts;
use crate::address::QueryState;
use crate::text::TextTable;

/// What a filter asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum FilterKind {
    /// Words; `/` leads to it.
    Search,
    /// Words that are taken as the field is left or with Enter.
    Words,
    /// A day.
    Day,
    /// A month.
    Month,
    /// One of these: the value in the address, and its name.
    Choice(Vec<(AttrValue, AttrValue)>),
}

/// A filter.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    /// Its name in the address.
    pub name: &'static str,
    /// What a person calls it.
    pub label: AttrValue,
    /// What it asks for.
    pub kind: FilterKind,
}

/// The name in the address under which a table keeps where its page begins.
pub(super) const AFTER: &str = "after";

/// The filters in one line. A change leads to the first page.
pub(super) fn filter_bar(
    filters: &[Filter],
    state: &QueryState,
    search: &NodeRef,
    lang: Lang,
) -> Html {
    let texts = TableTexts::of(lang);
    let is_filtered = filters.iter().any(|it| state.query.get(it.name).is_some());
    let clear = {
        let (push, query) = (state.push.clone(), state.query.clone());
        let names: Vec<&str> = filters.iter().map(|filter| filter.name).collect();
        move |_| {
            let bare = names
                .iter()
                .fold(query.clone(), |query, name| query.with(name, ""));
            push.emit(bare.with(AFTER, ""));
        }
    };
    html! {
        if !filters.is_empty() {
            <div class="filters">
                { for filters.iter().map(|filter| one(filter, state, search, texts)) }
                if is_filtered {
                    <button type="button" class="quiet" onclick={clear}>{ texts.clear }</button>
                }
            </div>
        }
    }
}

fn one(filter: &Filter, state: &QueryState, search: &NodeRef, texts: &TableTexts) -> Html {
    let id = format!("filter-{}", filter.name);
    let value = state.query.get(filter.name).unwrap_or_default().to_owned();
    let go = {
        let (push, query, name) = (state.push.clone(), state.query.clone(), filter.name);
        Callback::from(move |value: String| push.emit(with_filter(&query, name, &value)))
    };
    match &filter.kind {
        FilterKind::Search => {
            let node = search.clone();
            let onsubmit = move |event: SubmitEvent| {
                event.prevent_default();
                if let Some(input) = node.cast::<HtmlInputElement>() {
                    go.emit(input.value());
                }
            };
            html! {
                <form class="filter search" role="search" {onsubmit}>
                    <label for={id.clone()}>{ filter.label.clone() }</label>
                    <div class="filter-line">
                        <input ref={search.clone()} {id} class="input" type="search" value={value.clone()}
                            autocomplete="off" />
                        <button type="submit" class="button second small">{ texts.search }</button>
                    </div>
                </form>
            }
        }
        FilterKind::Words => typed(filter, "text", value, go),
        FilterKind::Day => typed(filter, "date", value, go),
        FilterKind::Month => typed(filter, "month", value, go),
        FilterKind::Choice(options) => {
            let onchange = move |event: Event| {
                if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                    go.emit(select.value());
                }
            };
            html! {
                <div class="filter">
                    <label for={id.clone()}>{ filter.label.clone() }</label>
                    <select {id} class="input" {onchange}>
                        <option value="" selected={value.is_empty()}>{ texts.any }</option>
                        { for options.iter().map(|(word, name)| html! {
                            <option value={word.clone()} selected={**word == value}>{ name.clone() }</option>
                        }) }
                    </select>
                </div>
            }
        }
    }
}

/// A field whose value is taken as it is left.
fn typed(filter: &Filter, kind: &'static str, value: String, go: Callback<String>) -> Html {
    let id = format!("filter-{}", filter.name);
    let onchange = move |event: Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            go.emit(input.value());
        }
    };
    html! {
        <div class="filter">
            <label for={id.clone()}>{ filter.label.clone() }</label>
            <input {id} class="input" type={kind} {value} autocomplete="off" {onchange} />
        </div>
    }
}

/// A filter changed: the page begins anew.
fn with_filter(query: &Query, name: &str, value: &str) -> Query {
    query.with(name, value.trim()).with(AFTER, "")
}
