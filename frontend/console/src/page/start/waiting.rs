//! What waits: questions, imports and deadlines; for operators of every school.

use client::{DeadlineView, SchoolOverviewView, StaffNoticesView};
use domain::Lang;
use model::Query;
use ui::lang::use_lang;
use ui::{
    Column, DataTable, Link, TablePage, TableSource, TextTable, async_view, last_day_text,
    moment_text, use_loader, use_text,
};
use yew::{Html, component, html, use_memo};

use super::text::StartTexts;
use crate::call::call;
use crate::route::Route;

/// How many schools a page has.
const PAGE: i64 = 50;

/// What waits for the person.
#[component]
pub(super) fn Waiting() -> Html {
    let lang = use_lang();
    let notices = use_loader((), |()| call(client::get_staff_notices()));
    async_view(&notices, |notices| waiting(notices, lang))
}

fn waiting(notices: &StaffNoticesView, lang: Lang) -> Html {
    let texts = StartTexts::of(lang);
    let counts = [
        (texts.tickets, notices.open_tickets),
        (texts.imports_waiting, notices.waiting_imports),
        (texts.imports_finished, notices.finished_imports),
        (texts.failing_webhooks, notices.failing_webhooks),
    ];
    let deadline = |deadline: &DeadlineView| {
        let to = Route::Progress {
            task_id: deadline.task_id.clone(),
        };
        html! {
            <li key={deadline.task_id.clone()}>
                <Link<Route> {to}>{ deadline.name.clone() }</Link<Route>>{ " · " }{ last_day_text(deadline.closes_at, lang) }
            </li>
        }
    };
    html! {
        <section class="card stack">
            <h2>{ texts.waiting }</h2>
            <ul class="plain-list">{ for counts.iter().map(|(name, count)| html! {
                <li>{ *name }{ " " }<span class="figures">{ *count }</span></li>
            }) }</ul>
            if !notices.deadlines.is_empty() {
                <h3>{ texts.deadlines }</h3>
                <ul class="plain-list">{ for notices.deadlines.iter().map(deadline) }</ul>
            }
        </section>
    }
}

/// Every school with what waits in it.
#[component]
pub(super) fn SchoolsOverview() -> Html {
    let (texts, lang) = (use_text::<StartTexts>(), use_lang());
    let source = use_memo((), |()| TableSource::new(ask));
    let columns = use_memo(lang, |lang| columns(*lang));
    html! {
        <section class="stack">
            <h2>{ texts.schools }</h2>
            <DataTable<SchoolOverviewView> label={texts.schools} columns={(*columns).clone()} source={(*source).clone()}
                empty={texts.no_schools} />
        </section>
    }
}

async fn ask(query: Query) -> Result<TablePage<SchoolOverviewView>, client::Failure> {
    let page = call(client::list_school_overviews(
        Some(PAGE),
        query.get("after"),
    ))
    .await?;
    let key = |row: &SchoolOverviewView| row.school_id.clone();
    Ok(TablePage::new(page.items, key, page.next))
}

fn columns(lang: Lang) -> Vec<Column<SchoolOverviewView>> {
    let texts = StartTexts::of(lang);
    vec![
        Column::new(texts.school, |row: &SchoolOverviewView| {
            let to = Route::Tasks {
                school_id: row.school_id.clone(),
            };
            html! { <Link<Route> {to}>{ row.name.clone() }</Link<Route>> }
        }),
        Column::number(texts.tickets, |row: &SchoolOverviewView| {
            html! { { row.open_tickets } }
        }),
        Column::number(texts.photos, |row: &SchoolOverviewView| {
            html! { { row.waiting_photos } }
        }),
        Column::new(texts.oldest, move |row: &SchoolOverviewView| {
            html! { { row.oldest_photo.map(|at| moment_text(at, lang)).unwrap_or_default() } }
        }),
        Column::new(texts.next_deadline, move |row: &SchoolOverviewView| {
            html! { { row.next_deadline.map(|at| last_day_text(at, lang)).unwrap_or_default() } }
        }),
    ]
}
