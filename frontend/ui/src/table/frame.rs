//! A table with its filters, its rows, and the way to more of them.

use std::rc::Rc;

use client::Failure;
use futures_util::future::LocalBoxFuture;
use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::document;
use model::Query;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::{AttrValue, Callback, Html, NodeRef, Properties, component, hook, html};
use yew::{use_effect_with, use_node_ref};

use super::body::{Column, Row, Rows};
use super::filter::{AFTER, Filter, filter_bar};
use super::text::TableTexts;
use crate::address::{QueryState, use_query};
use crate::component::{EmptyView, async_view, use_loader};
use crate::lang::use_lang;
use crate::text::{CommonTexts, TextTable, fill};

/// The name in the address under which a table keeps which row is open.
const ROW: &str = "row";

/// A page of rows.
#[derive(Debug, Clone, PartialEq)]
pub struct TablePage<T> {
    /// The rows.
    pub rows: Rc<Vec<Row<T>>>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<String>,
    /// How many rows match in all, where that is known.
    pub total: Option<i64>,
}

impl<T> TablePage<T> {
    /// A page of these rows, each with its key in the address.
    pub fn new(items: Vec<T>, key: impl Fn(&T) -> String, next: Option<String>) -> Self {
        let rows = items.into_iter().map(|item| Row {
            key: key(&item),
            item,
        });
        Self {
            rows: Rc::new(rows.collect()),
            next,
            total: None,
        }
    }

    /// The same, with how many rows match in all.
    #[must_use]
    pub fn of_total(mut self, total: i64) -> Self {
        self.total = Some(total);
        self
    }
}

/// A question for a page of rows.
type Asking<T> = LocalBoxFuture<'static, Result<TablePage<T>, Failure>>;

/// Asks for a page of rows by what the address says.
#[derive(Clone)]
pub struct TableSource<T>(Rc<dyn Fn(Query) -> Asking<T>>);

impl<T: 'static> TableSource<T> {
    /// A source that asks by `ask`; it finds where the page begins under `after`.
    pub fn new<F>(ask: impl Fn(Query) -> F + 'static) -> Self
    where
        F: Future<Output = Result<TablePage<T>, Failure>> + 'static,
    {
        Self(Rc::new(move |query| Box::pin(ask(query))))
    }
}

impl<T> PartialEq for TableSource<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// What a [`DataTable`] needs.
#[derive(Properties, PartialEq)]
pub struct DataTableProps<T: PartialEq + 'static> {
    /// What it lists.
    pub label: AttrValue,
    /// The columns.
    pub columns: Vec<Column<T>>,
    /// The filters.
    #[prop_or_default]
    pub filters: Vec<Filter>,
    /// Where the rows come from.
    pub source: TableSource<T>,
    /// Another value asks for the rows again.
    #[prop_or_default]
    pub reload: u32,
    /// Draws the row that is open, on the right; without it rows cannot be opened.
    #[prop_or_default]
    pub panel: Option<Callback<T, Html>>,
    /// What there is none of, where no filter is set.
    pub empty: AttrValue,
    /// Why, and the way on.
    #[prop_or_default]
    pub empty_detail: AttrValue,
}

/// The table. What it shows is in the address; `/` leads to its search.
#[component]
pub fn DataTable<T: PartialEq + Clone + 'static>(props: &DataTableProps<T>) -> Html {
    let lang = use_lang();
    let state = use_query();
    let search = use_node_ref();
    use_slash(&search);
    // Which row is open does not change the rows.
    let asked = (
        state.query.with(ROW, ""),
        props.source.clone(),
        props.reload,
    );
    let loader = use_loader(asked, |(query, source, _)| (source.0)(query));
    let is_filtered = props
        .filters
        .iter()
        .any(|it| state.query.get(it.name).is_some());
    html! {
        <div class="data-table">
            { filter_bar(&props.filters, &state, &search, lang) }
            { async_view(&loader, |page| if page.rows.is_empty() {
                empty(props, is_filtered, lang)
            } else {
                html! {
                    <>
                        { sheet(props, page, &state, lang) }
                        { pager(page, &state, lang) }
                    </>
                }
            }) }
        </div>
    }
}

/// The rows, and beside them the one that is open.
fn sheet<T: PartialEq + Clone + 'static>(
    props: &DataTableProps<T>,
    page: &TablePage<T>,
    state: &QueryState,
    lang: domain::Lang,
) -> Html {
    let close = {
        let (replace, query) = (state.replace.clone(), state.query.with(ROW, ""));
        move |_| replace.emit(query.clone())
    };
    let open = state.query.get(ROW).map(ToOwned::to_owned);
    let onopen = props.panel.as_ref().map(|_| {
        let (replace, query) = (state.replace.clone(), state.query.clone());
        Callback::from(move |key: String| {
            let is_open = query.get(ROW) == Some(&*key);
            replace.emit(query.with(ROW, if is_open { "" } else { &key }));
        })
    });
    let shown = open.as_ref().and_then(|open| {
        let row = page.rows.iter().find(|row| row.key == *open)?;
        Some(props.panel.as_ref()?.emit(row.item.clone()))
    });
    html! {
        <div class={if shown.is_some() { "with-panel" } else { "without-panel" }}>
            <Rows<T> label={props.label.clone()} columns={props.columns.clone()} rows={Rc::clone(&page.rows)} {open} {onopen} />
            if let Some(shown) = shown {
                <aside class="panel" aria-label={props.label.clone()}>
                    <button type="button" class="quiet panel-close" onclick={close}>{ CommonTexts::of(lang).close }</button>
                    { shown }
                </aside>
            }
        </div>
    }
}

fn empty<T: PartialEq + 'static>(
    props: &DataTableProps<T>,
    is_filtered: bool,
    lang: domain::Lang,
) -> Html {
    let texts = TableTexts::of(lang);
    if is_filtered {
        html! { <EmptyView title={texts.none} detail={texts.none_detail} /> }
    } else {
        html! { <EmptyView title={props.empty.clone()} detail={props.empty_detail.clone()} /> }
    }
}

/// How many rows there are, and the ways to the next and to the first page.
fn pager<T>(page: &TablePage<T>, state: &QueryState, lang: domain::Lang) -> Html {
    let texts = TableTexts::of(lang);
    let count = match page.total {
        Some(total) => fill(texts.count, &[("count", &total)]),
        None => fill(texts.shown, &[("count", &page.rows.len())]),
    };
    let go = |after: &str| {
        let (push, query) = (
            state.push.clone(),
            state.query.with(AFTER, after).with(ROW, ""),
        );
        move |_| push.emit(query.clone())
    };
    html! {
        <div class="pager">
            <p class="figures" role="status">{ count }</p>
            <p class="hint keys">{ texts.keys }</p>
            if state.query.get(AFTER).is_some() {
                <button type="button" class="quiet" onclick={go("")}>{ texts.first }</button>
            }
            if let Some(next) = &page.next {
                <button type="button" class="button second small" onclick={go(next)}>{ texts.next }</button>
            }
        </div>
    }
}

/// `/` leads to the search, unless somebody types.
#[hook]
fn use_slash(search: &NodeRef) {
    let search = search.clone();
    use_effect_with((), move |()| {
        let listening = EventListener::new_with_options(
            &document(),
            "keydown",
            EventListenerOptions::enable_prevent_default(),
            move |event| {
                let Some(pressed) = event.dyn_ref::<KeyboardEvent>() else {
                    return;
                };
                if pressed.key() == "/"
                    && !is_typing()
                    && let Some(field) = search.cast::<HtmlElement>()
                {
                    pressed.prevent_default();
                    let _ = field.focus();
                }
            },
        );
        move || drop(listening)
    });
}

/// Whether the focus is in a field.
pub fn is_typing() -> bool {
    let focused: Option<Element> = document().active_element();
    focused.is_some_and(|focused| matches!(&*focused.tag_name(), "INPUT" | "TEXTAREA" | "SELECT"))
}
