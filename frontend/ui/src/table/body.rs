//! The rows of a table.

use std::rc::Rc;

use model::{Step, stepped};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::{AttrValue, Callback, Html, NodeRef, Properties, classes, component, html};
use yew::{use_node_ref, use_state};

/// A column.
#[derive(Clone)]
pub struct Column<T> {
    /// Its heading.
    pub title: AttrValue,
    /// Draws the cell of a row.
    pub cell: Rc<dyn Fn(&T) -> Html>,
    /// Its figures stand under each other.
    pub is_number: bool,
}

impl<T> Column<T> {
    /// A column of words.
    pub fn new(title: impl Into<AttrValue>, cell: impl Fn(&T) -> Html + 'static) -> Self {
        Self {
            title: title.into(),
            cell: Rc::new(cell),
            is_number: false,
        }
    }

    /// A column of figures.
    pub fn number(title: impl Into<AttrValue>, cell: impl Fn(&T) -> Html + 'static) -> Self {
        Self {
            is_number: true,
            ..Self::new(title, cell)
        }
    }
}

impl<T> PartialEq for Column<T> {
    fn eq(&self, other: &Self) -> bool {
        self.title == other.title
            && self.is_number == other.is_number
            && Rc::ptr_eq(&self.cell, &other.cell)
    }
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row<T> {
    /// Its key in the address.
    pub key: String,
    /// What it shows.
    pub item: T,
}

/// What [`Rows`] need.
#[derive(Properties)]
pub(super) struct RowsProps<T: 'static> {
    /// What the table lists.
    pub(super) label: AttrValue,
    /// The columns.
    pub(super) columns: Vec<Column<T>>,
    /// The rows.
    pub(super) rows: Rc<Vec<Row<T>>>,
    /// The key of the row that is open.
    pub(super) open: Option<String>,
    /// Opens a row by its key; without it rows cannot be opened.
    pub(super) onopen: Option<Callback<String>>,
}

impl<T> PartialEq for RowsProps<T> {
    fn eq(&self, other: &Self) -> bool {
        self.label == other.label
            && self.columns == other.columns
            && Rc::ptr_eq(&self.rows, &other.rows)
            && self.open == other.open
            && self.onopen == other.onopen
    }
}

/// The table itself. One row takes the focus; arrows lead to the others, Enter and Space open the row.
#[component]
pub(super) fn Rows<T: 'static>(props: &RowsProps<T>) -> Html {
    let here = use_state(|| 0_usize);
    let body = use_node_ref();
    let count = props.rows.len();
    let onkeydown = {
        let (here, body) = (here.clone(), body.clone());
        Callback::from(move |event: KeyboardEvent| {
            let target = Step::of_key(&event.key()).and_then(|step| stepped(*here, step, count));
            if let Some(row) = target.filter(|_| is_of_row(&event)) {
                event.prevent_default();
                here.set(row);
                focus_row(&body, row);
            }
        })
    };
    let row = |(index, row): (usize, &Row<T>)| {
        let (key, item) = (row.key.clone(), &row.item);
        let is_open = props.open.as_deref() == Some(&*key);
        let (open, place) = (opener(props.onopen.as_ref(), &key), here.setter());
        let onclick = {
            let open = open.clone();
            move |_| {
                place.set(index);
                open.emit(());
            }
        };
        let onkeydown = move |event: KeyboardEvent| {
            if matches!(&*event.key(), "Enter" | " ") && is_of_row(&event) {
                event.prevent_default();
                open.emit(());
            }
        };
        let tabindex = props.onopen.as_ref().map(|_| {
            if index == (*here).min(count - 1) {
                "0"
            } else {
                "-1"
            }
        });
        html! {
            <tr {key} class={classes!("row", is_open.then_some("open"))} {tabindex} {onclick} {onkeydown}
                aria-current={is_open.then_some("true")}>
                { for props.columns.iter().map(|column| html! {
                    <td class={column.is_number.then_some("number")}>{ (column.cell)(item) }</td>
                }) }
            </tr>
        }
    };
    html! {
        <div class="table-frame" role="region" aria-label={props.label.clone()} tabindex="0">
            <table class={classes!("table", props.onopen.is_some().then_some("opens"))}>
                <caption class="unseen">{ props.label.clone() }</caption>
                <thead>
                    <tr>{ for props.columns.iter().map(|column| html! {
                        <th scope="col" class={column.is_number.then_some("number")}>{ column.title.clone() }</th>
                    }) }</tr>
                </thead>
                <tbody ref={body} {onkeydown}>{ for props.rows.iter().enumerate().map(row) }</tbody>
            </table>
        </div>
    }
}

fn opener(onopen: Option<&Callback<String>>, key: &str) -> Callback<()> {
    let (onopen, key) = (onopen.cloned(), key.to_owned());
    Callback::from(move |()| {
        if let Some(onopen) = &onopen {
            onopen.emit(key.clone());
        }
    })
}

/// Whether a key is the row's own, and not one of a link or a field in it.
fn is_of_row(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    target.is_some_and(|element| element.tag_name() == "TR")
}

fn focus_row(body: &NodeRef, row: usize) {
    let rows = body.cast::<Element>().map(|body| body.children());
    let index = u32::try_from(row).unwrap_or_default();
    let row = rows.and_then(|rows| rows.item(index));
    if let Some(row) = row.and_then(|row| row.dyn_into::<HtmlElement>().ok()) {
        let _ = row.focus();
    }
}
