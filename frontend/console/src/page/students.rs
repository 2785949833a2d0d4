//! The students of a collection: found, corrected, added, taken off the list and put back.

mod filled;
mod form;
mod panel;
mod text;
mod words;

use client::{Failure, RosterEntryView};
use domain::roster::RosterEntryState;
use domain::{EducationLevel, Lang};
use model::Query;
use ui::lang::use_lang;
use ui::{
    Button, ButtonLink, Column, DataTable, Filter, FilterKind, Link, Look, Sheet, TablePage,
    TableSource, TextTable, Title, use_text,
};
use yew::{AttrValue, Html, Properties, component, html, use_callback, use_memo, use_state};

use crate::call::call;
use crate::route::Route;
use filled::FilledStudent;
use form::StudentForm;
use panel::StudentPanel;
use text::StudentTexts;
use words::{entry_pill, level_name};

/// How many rows a page has.
const PAGE: i64 = 50;

/// What [`Students`] need.
#[derive(Properties, PartialEq)]
pub(crate) struct StudentsProps {
    /// The collection.
    pub(crate) task_id: AttrValue,
}

/// The page.
#[component]
pub(crate) fn Students(props: &StudentsProps) -> Html {
    let (texts, lang) = (use_text::<StudentTexts>(), use_lang());
    let (reload, is_adding) = (use_state(|| 0_u32), use_state(|| false));
    let add = use_callback(is_adding.setter(), |(), is_adding| is_adding.set(true));
    let close = use_callback(is_adding.setter(), |(), is_adding| is_adding.set(false));
    let changed = use_callback(
        (reload.clone(), is_adding.setter()),
        |(), (reload, is_adding)| {
            reload.set(**reload + 1);
            is_adding.set(false);
        },
    );
    let source = use_memo(props.task_id.clone(), |task_id| {
        let task_id = task_id.clone();
        TableSource::new(move |query: Query| ask(task_id.clone(), query))
    });
    let columns = use_memo(lang, |lang| columns(*lang));
    let panel = use_callback(changed.clone(), |entry: RosterEntryView, changed| {
        let key = format!("{}-{}", entry.id, entry.version);
        html! { <StudentPanel {key} {entry} changed={changed.clone()} /> }
    });
    let task_id = props.task_id.to_string();
    html! {
        <div class="stack">
            <div class="between">
                <Title text={texts.title} />
                <div class="line">
                    <Button onclick={add}>{ texts.add }</Button>
                    <ButtonLink<Route> to={Route::RosterImport { task_id: task_id.clone() }} look={Look::Second}>{ texts.import }</ButtonLink<Route>>
                </div>
            </div>
            <p><Link<Route> to={Route::Task { task_id }}>{ texts.back }</Link<Route>></p>
            <DataTable<RosterEntryView> label={texts.title} columns={(*columns).clone()} filters={filters(lang)}
                source={(*source).clone()} reload={*reload} {panel} empty={texts.none} empty_detail={texts.none_detail} />
            if *is_adding {
                <Sheet id="student" title={texts.add} onclose={close}>
                    <StudentForm task_id={props.task_id.clone()} initial={FilledStudent::default()} {changed} />
                </Sheet>
            }
        </div>
    }
}

async fn ask(task_id: AttrValue, query: Query) -> Result<TablePage<RosterEntryView>, Failure> {
    let asked = client::list_roster_entries(
        &task_id,
        query.get("search"),
        query.get("level"),
        query.get("college"),
        query.get("class_name"),
        query.get("state"),
        Some(PAGE),
        query.get("after"),
    );
    let page = call(asked).await?;
    Ok(TablePage::new(page.items, |row| row.id.clone(), page.next))
}

fn filters(lang: Lang) -> Vec<Filter> {
    let texts = StudentTexts::of(lang);
    let filter = |name, label: &'static str, kind| Filter {
        name,
        label: label.into(),
        kind,
    };
    let levels = EducationLevel::ALL
        .iter()
        .map(|level| (level.as_str().into(), level.label().get(lang).into()));
    let states = RosterEntryState::ALL
        .iter()
        .map(|state| (state.as_str().into(), state.label().get(lang).into()));
    vec![
        filter("search", texts.search, FilterKind::Search),
        filter("level", texts.level, FilterKind::Choice(levels.collect())),
        filter("college", texts.college, FilterKind::Words),
        filter("class_name", texts.class_name, FilterKind::Words),
        filter("state", texts.state, FilterKind::Choice(states.collect())),
    ]
}

fn columns(lang: Lang) -> Vec<Column<RosterEntryView>> {
    let texts = StudentTexts::of(lang);
    let maybe = |text: &Option<String>| html! { { text.clone().unwrap_or_default() } };
    vec![
        Column::new(texts.name, |row: &RosterEntryView| {
            html! { { row.name.clone() } }
        }),
        Column::new(texts.student_no, |row: &RosterEntryView| {
            html! { <span class="figures">{ row.student_no.clone().unwrap_or_default() }</span> }
        }),
        Column::new(texts.number, |row: &RosterEntryView| {
            let first = row
                .numbers
                .first()
                .map(|number| number.document_number.clone());
            html! { <span class="figures">{ first.unwrap_or_default() }</span> }
        }),
        Column::new(texts.level, move |row: &RosterEntryView| {
            html! { { level_name(&row.level, lang) } }
        }),
        Column::new(texts.college, move |row: &RosterEntryView| {
            maybe(&row.college)
        }),
        Column::new(texts.class_name, move |row: &RosterEntryView| {
            maybe(&row.class_name)
        }),
        Column::new(texts.state, move |row: &RosterEntryView| {
            entry_pill(row, lang)
        }),
    ]
}
