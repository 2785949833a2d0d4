//! What waits: questions, imports and deadlines; for operators of every school.

use client::{DeadlineView, SchoolOverviewView, StaffNoticesView};
use domain::Lang;
use domain::access::Permission;
use model::Query;
use ui::lang::use_lang;
use ui::{
    Column, CommonTexts, DataTable, Link, TablePage, TableSource, TextTable, async_view, fill,
    last_day_text, moment_text, use_loader, use_text,
};
use yew::{Html, component, html, use_memo};

use super::text::StartTexts;
use crate::call::call;
use crate::route::Route;
use crate::staff::use_staff;

/// How many schools a page has.
const PAGE: i64 = 50;

/// What waits for the person.
#[component]
pub(super) fn Waiting() -> Html {
    let (lang, session) = (use_lang(), use_staff());
    let notices = use_loader((), |()| call(client::get_staff_notices()));
    let schools = session.schools();
    let school = match schools.as_slice() {
        [(school_id, _)] => Some(school_id.clone()),
        _ => None,
    };
    let to = |permission, route: fn(String) -> Route| {
        let school_id = school.clone().filter(|_| session.may(permission));
        school_id.map(route)
    };
    let ways = Ways {
        tickets: to(Permission::ManageRosters, |school_id| Route::Tickets {
            school_id,
        }),
        tasks: to(Permission::ManageTasks, |school_id| Route::Tasks {
            school_id,
        }),
        webhooks: to(Permission::ManageWebhooks, |school_id| Route::Webhooks {
            school_id,
        }),
    };
    let has_overview = session.may_everywhere(Permission::ManageSchools);
    async_view(&notices, |notices| {
        html! {
            <>
                { waiting(notices, &ways, lang) }
                if !has_overview {
                    { open_tasks(&notices.open_tasks, lang) }
                }
            </>
        }
    })
}

/// The lists behind the numbers, for who works for one school.
struct Ways {
    tickets: Option<Route>,
    tasks: Option<Route>,
    webhooks: Option<Route>,
}

fn waiting(notices: &StaffNoticesView, ways: &Ways, lang: Lang) -> Html {
    let texts = StartTexts::of(lang);
    let counts = [
        (texts.tickets, notices.open_tickets, &ways.tickets),
        (texts.imports_waiting, notices.waiting_imports, &ways.tasks),
        (
            texts.imports_finished,
            notices.finished_imports,
            &ways.tasks,
        ),
        (
            texts.failing_webhooks,
            notices.failing_webhooks,
            &ways.webhooks,
        ),
    ];
    let count = |(name, count, way): &(&'static str, i64, &Option<Route>)| {
        let name = match way.as_ref().filter(|_| *count > 0) {
            Some(to) => html! { <Link<Route> to={to.clone()}>{ *name }</Link<Route>> },
            None => html! { { *name } },
        };
        html! { <li>{ name }{ " " }<span class="figures">{ *count }</span></li> }
    };
    html! {
        <section class="card stack">
            <h2>{ texts.waiting }</h2>
            <ul class="plain-list">{ for counts.iter().map(count) }</ul>
            if !notices.deadlines.is_empty() {
                <h3>{ texts.deadlines }</h3>
                { to_progress(&notices.deadlines, lang) }
            }
        </section>
    }
}

/// The collections that are open, with the way to how far they are: for some it is the only page of them.
fn open_tasks(tasks: &[DeadlineView], lang: Lang) -> Html {
    let texts = StartTexts::of(lang);
    if tasks.is_empty() {
        return Html::default();
    }
    html! {
        <section class="card stack">
            <h2>{ texts.open_tasks }</h2>
            { to_progress(tasks, lang) }
        </section>
    }
}

/// Collections with their last day, each a link to its progress.
fn to_progress(tasks: &[DeadlineView], lang: Lang) -> Html {
    let until = CommonTexts::of(lang).until;
    let one = |task: &DeadlineView| {
        let last = last_day_text(task.closes_at, lang);
        let to = Route::Progress {
            task_id: task.task_id.clone(),
        };
        html! {
            <li key={task.task_id.clone()}>
                <Link<Route> {to}>{ task.name.clone() }</Link<Route>>{ " · " }{ fill(until, &[("time", &last)]) }
            </li>
        }
    };
    html! { <ul class="plain-list">{ for tasks.iter().map(one) }</ul> }
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
            let to = Route::Tickets {
                school_id: row.school_id.clone(),
            };
            html! { <Link<Route> {to}>{ row.open_tickets }</Link<Route>> }
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
