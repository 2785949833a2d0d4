//! What a new school does first: a collection, its roster, its publication and the poster.

use client::ManagedTaskRow;
use domain::task::TaskState;
use ui::lang::use_lang;
use ui::{Link, Shape, TextTable, async_view, fill, status_pill, use_loader, use_text};
use yew::{Html, Properties, component, html};

use super::text::StartTexts;
use crate::call::call;
use crate::route::Route;

/// How many collections are looked at: a school with more has done its first steps.
const TASKS: i64 = 20;

/// What [`FirstSteps`] need.
#[derive(Properties, PartialEq)]
pub(super) struct FirstStepsProps {
    /// The school.
    pub(super) school_id: String,
    /// Its name.
    pub(super) school: String,
}

/// How far a school is.
#[derive(Debug, Clone, PartialEq)]
struct Beginning {
    /// The collection that goes on: one that is open, or else the latest.
    task: Option<ManagedTaskRow>,
    /// Whether a student is listed for it.
    has_roster: bool,
}

impl Beginning {
    fn is_open(&self) -> bool {
        let state = self.task.as_ref().map(|task| TaskState::parse(&task.state));
        state == Some(Some(TaskState::Open))
    }
}

/// The steps, while one of them is left.
#[component]
pub(super) fn FirstSteps(props: &FirstStepsProps) -> Html {
    let (texts, lang) = (use_text::<StartTexts>(), use_lang());
    let beginning = use_loader(props.school_id.clone(), |school_id| async move {
        let tasks = call(client::list_school_tasks(&school_id, Some(TASKS), None)).await?;
        let state = |task: &ManagedTaskRow| TaskState::parse(&task.state);
        let is_new_here = tasks.items.is_empty();
        let is_begun =
            |task: &ManagedTaskRow| matches!(state(task), Some(TaskState::Draft | TaskState::Open));
        let mut tasks: Vec<_> = tasks.items.into_iter().filter(is_begun).collect();
        if tasks.is_empty() && !is_new_here {
            return Ok(None);
        }
        let open = tasks
            .iter()
            .position(|task| state(task) == Some(TaskState::Open));
        let task = (!tasks.is_empty()).then(|| tasks.swap_remove(open.unwrap_or(0)));
        let has_roster = match &task {
            Some(task) => {
                let first = client::list_roster_entries(
                    &task.id,
                    None,
                    None,
                    None,
                    None,
                    None,
                    Some(1),
                    None,
                );
                !call(first).await?.items.is_empty()
            }
            None => false,
        };
        Ok(Some(Beginning { task, has_roster }))
    });
    let view = |beginning: &Beginning| {
        if beginning.is_open() && beginning.has_roster {
            return Html::default();
        }
        let task_id = beginning.task.as_ref().map(|task| task.id.clone());
        let of_task = |route: fn(String) -> Route| task_id.clone().map(route);
        let steps = [
            (
                task_id.is_some(),
                texts.step_task,
                Some(Route::NewTask {
                    school_id: props.school_id.clone(),
                }),
            ),
            (
                beginning.has_roster,
                texts.step_roster,
                of_task(|task_id| Route::RosterImport { task_id }),
            ),
            (
                beginning.is_open(),
                texts.step_publish,
                of_task(|task_id| Route::Task { task_id }),
            ),
            (
                false,
                texts.step_poster,
                of_task(|task_id| Route::Poster { task_id }),
            ),
        ];
        html! {
            <section class="card stack">
                <h2>{ fill(texts.first_steps, &[("school", &props.school)]) }</h2>
                <p class="muted">{ texts.first_steps_lead }</p>
                <ol class="steps">{ for steps.into_iter().map(|(is_done, label, to)| step(is_done, label, to, lang)) }</ol>
                <p><Link<Route> to={Route::Help}>{ texts.first_steps_help }</Link<Route>></p>
            </section>
        }
    };
    // A school whose collections are all over knows the way.
    async_view(&beginning, |beginning| {
        beginning.as_ref().as_ref().map(&view).unwrap_or_default()
    })
}

fn step(is_done: bool, label: &'static str, to: Option<Route>, lang: domain::Lang) -> Html {
    let texts = StartTexts::of(lang);
    let pill = if is_done {
        status_pill(Shape::Good, texts.done)
    } else {
        status_pill(Shape::Open, texts.not_done)
    };
    let way = match to.filter(|_| !is_done) {
        Some(to) => html! { <Link<Route> {to}>{ label }</Link<Route>> },
        None => html! { <span>{ label }</span> },
    };
    html! { <li>{ pill }{ way }</li> }
}
