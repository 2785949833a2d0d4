//! A school's collections.

mod text;

use client::{Failure, ManagedTaskRow};
use domain::Lang;
use domain::task::TaskState;
use model::Query;
use ui::lang::use_lang;
use ui::{ButtonLink, Column, DataTable, Link, Shape, TablePage, TableSource, TextTable, Title};
use ui::{date_text, last_day_text, status_pill, use_text};
use yew::{AttrValue, Html, Properties, component, html, use_memo};

use crate::call::call;
use crate::route::Route;
use text::TasksTexts;

/// How many rows a page has.
const PAGE: i64 = 50;

/// What [`Tasks`] need.
#[derive(Properties, PartialEq)]
pub(crate) struct TasksProps {
    /// The school.
    pub(crate) school_id: AttrValue,
}

/// The page.
#[component]
pub(crate) fn Tasks(props: &TasksProps) -> Html {
    let (texts, lang) = (use_text::<TasksTexts>(), use_lang());
    let source = use_memo(props.school_id.clone(), |school_id| {
        let school_id = school_id.clone();
        TableSource::new(move |query: Query| ask(school_id.clone(), query))
    });
    let columns = use_memo(lang, |lang| columns(*lang));
    let school_id = props.school_id.to_string();
    html! {
        <div class="stack">
            <div class="between">
                <Title text={texts.title} />
                <ButtonLink<Route> to={Route::NewTask { school_id }}>{ texts.make }</ButtonLink<Route>>
            </div>
            <DataTable<ManagedTaskRow> label={texts.title} columns={(*columns).clone()} source={(*source).clone()}
                empty={texts.none} empty_detail={texts.none_detail} />
        </div>
    }
}

async fn ask(school_id: AttrValue, query: Query) -> Result<TablePage<ManagedTaskRow>, Failure> {
    let after = query.get("after");
    let page = call(client::list_school_tasks(&school_id, Some(PAGE), after)).await?;
    Ok(TablePage::new(page.items, |row| row.id.clone(), page.next))
}

fn columns(lang: Lang) -> Vec<Column<ManagedTaskRow>> {
    let texts = TasksTexts::of(lang);
    let name = |row: &ManagedTaskRow| {
        let to = Route::Task {
            task_id: row.id.clone(),
        };
        html! { <Link<Route> {to}>{ row.name.clone() }</Link<Route>> }
    };
    vec![
        Column::new(texts.name, name),
        Column::new(texts.state, move |row: &ManagedTaskRow| {
            task_pill(&row.state, lang)
        }),
        Column::new(
            texts.opens,
            move |row: &ManagedTaskRow| html! { { date_text(row.opens_at, lang) } },
        ),
        Column::new(
            texts.closes,
            move |row: &ManagedTaskRow| html! { { last_day_text(row.closes_at, lang) } },
        ),
    ]
}

/// The state of a collection.
pub(super) fn task_pill(word: &str, lang: Lang) -> Html {
    match TaskState::parse(word) {
        Some(state) => {
            let shape = match state {
                TaskState::Draft => Shape::Open,
                TaskState::Open => Shape::Good,
                TaskState::Closed | TaskState::HandedOver | TaskState::Purged => Shape::Over,
            };
            status_pill(shape, state.label().get(lang))
        }
        None => status_pill(Shape::Waiting, word),
    }
}
