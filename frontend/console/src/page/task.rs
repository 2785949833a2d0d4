//! One collection: its settings, opening and closing it, its link and poster.

mod about;
mod ending;
mod filled;
mod form;
mod link;
mod preview;
mod templates;
mod text;

use client::{Failure, ManagedTask, TaskChange};
use domain::task::TaskState;
use domain::task_draft::opened;
use ui::lang::use_lang;
use ui::{
    AskFirst, ButtonLink, Link, Look, Notice, Title, Tone, async_view, go_instead, use_action,
    use_loader, use_text,
};
use yew::{AttrValue, Callback, Html, Properties, component, html, use_callback, use_state};

use super::tasks::task_pill;
use crate::call::call;
use crate::fresh::use_fresh;
use crate::route::Route;
use ending::Ending;
use filled::FilledTask;
use form::TaskForm;
use link::TaskLink;
use templates::{FromTemplate, KeepTemplate};
use text::TaskTexts;

/// What [`NewTask`] needs.
#[derive(Properties, PartialEq)]
pub(crate) struct NewTaskProps {
    /// The school.
    pub(crate) school_id: AttrValue,
}

/// A collection that is to be made.
#[component]
pub(crate) fn NewTask(props: &NewTaskProps) -> Html {
    let texts = use_text::<TaskTexts>();
    let fresh = use_fresh();
    let school_id = props.school_id.clone();
    let send = use_callback((), move |filled: FilledTask, ()| {
        let (fresh, school_id) = (fresh.clone(), school_id.clone());
        let sending = async move {
            let input = filled.input();
            let made = fresh
                .run(|| call(client::create_task(&school_id, &input)))
                .await?;
            go_instead(&Route::Task { task_id: made.id });
            Ok(())
        };
        Box::pin(sending) as form::Sending
    });
    html! {
        <div class="stack">
            <Title text={texts.new_title} />
            <p class="muted">{ texts.new_lead }</p>
            <FromTemplate school_id={props.school_id.clone()} />
            <TaskForm school_id={props.school_id.clone()} initial={FilledTask::default()} {send} />
        </div>
    }
}

/// What a [`Task`] needs.
#[derive(Properties, PartialEq)]
pub(crate) struct TaskProps {
    /// The collection.
    pub(crate) task_id: AttrValue,
}

/// A collection that is there.
#[component]
pub(crate) fn Task(props: &TaskProps) -> Html {
    let (texts, lang) = (use_text::<TaskTexts>(), use_lang());
    let is_saved = use_state(|| false);
    let loader = use_loader(props.task_id.clone(), |id| async move {
        call(client::get_task_settings(&id)).await
    });
    let put = {
        let (loader, is_saved) = (loader.clone(), is_saved.setter());
        Callback::from(move |task: ManagedTask| {
            loader.put(task);
            is_saved.set(true);
        })
    };
    async_view(&loader, |task| {
        html! {
            <div class="stack">
                <div class="between">
                    <Title text={task.settings.name.clone()} />
                    { task_pill(&task.state, lang) }
                </div>
                <p><Link<Route> to={Route::Tasks { school_id: task.school_id.clone() }}>{ texts.all }</Link<Route>></p>
                if *is_saved {
                    <div role="status"><Notice tone={Tone::Good}><p>{ texts.saved }</p></Notice></div>
                }
                <Turn key={format!("turn-{}", task.version)} task={(**task).clone()} put={put.clone()} />
                <TaskLink task_id={task.id.clone()} />
                <Ending key={format!("ending-{}", task.version)} task={(**task).clone()} put={put.clone()} />
                <Settings key={format!("settings-{}", task.version)} task={(**task).clone()} put={put.clone()} />
            </div>
        }
    })
}

/// What a part of the page needs.
#[derive(Properties, PartialEq)]
struct PartProps {
    task: ManagedTask,
    /// Takes the collection as it is after a change.
    put: Callback<ManagedTask>,
}

/// The settings.
#[component]
fn Settings(props: &PartProps) -> Html {
    let texts = use_text::<TaskTexts>();
    let (fresh, put) = (use_fresh(), props.put.clone());
    let (id, version) = (props.task.id.clone(), props.task.version);
    let initial = FilledTask::of(&props.task.settings);
    let send = use_callback((), move |filled: FilledTask, ()| {
        let (fresh, put, id) = (fresh.clone(), put.clone(), id.clone());
        let sending = async move {
            let change = TaskChange {
                settings: filled.input(),
                version,
            };
            put.emit(
                fresh
                    .run(|| call(client::update_task(&id, &change)))
                    .await?,
            );
            Ok(())
        };
        Box::pin(sending) as form::Sending
    });
    let locked = match TaskState::parse(&props.task.state) {
        Some(TaskState::HandedOver) => Some(texts.locked_handed_over),
        Some(TaskState::Purged) => Some(texts.locked_purged),
        Some(TaskState::Draft | TaskState::Open | TaskState::Closed) | None => None,
    };
    html! {
        <section class="stack">
            <h2>{ texts.settings }</h2>
            <TaskForm school_id={props.task.school_id.clone()} {initial} {send} {locked} />
            <KeepTemplate task={props.task.clone()} />
        </section>
    }
}

/// Opening and closing, each after saying what it does.
#[component]
fn Turn(props: &PartProps) -> Html {
    let texts = use_text::<TaskTexts>();
    let (fresh, put, task) = (use_fresh(), props.put.clone(), props.task.clone());
    let state = TaskState::parse(&task.state);
    let is_open = state == Some(TaskState::Open);
    let may_turn = is_open || state.and_then(opened).is_some();
    let turn = use_action(move |()| {
        let (fresh, put, id) = (fresh.clone(), put.clone(), task.id.clone());
        async move {
            let deed = || {
                call(if is_open {
                    client::close_task(&id)
                } else {
                    client::open_task(&id)
                })
            };
            put.emit(fresh.run(deed).await?);
            Ok::<(), Failure>(())
        }
    });
    let (label, title, detail) = match state {
        Some(TaskState::Open) => (texts.close, texts.close_title, texts.close_detail),
        Some(TaskState::Closed) => (texts.reopen, texts.reopen_title, texts.reopen_detail),
        Some(TaskState::Draft | TaskState::HandedOver | TaskState::Purged) | None => {
            (texts.open, texts.open_title, texts.open_detail)
        }
    };
    let look = if state == Some(TaskState::Draft) {
        Look::Main
    } else {
        Look::Second
    };
    let roster = Route::Roster {
        task_id: props.task.id.clone(),
    };
    let imports = Route::RosterImport {
        task_id: props.task.id.clone(),
    };
    let deliveries = Route::Deliveries {
        task_id: props.task.id.clone(),
    };
    let progress = Route::Progress {
        task_id: props.task.id.clone(),
    };
    let poster = Route::Poster {
        task_id: props.task.id.clone(),
    };
    html! {
        <div class="line">
            if may_turn {
                <AskFirst id="turn" {label} {title} keep={texts.keep} action={turn} {look}><p>{ detail }</p></AskFirst>
            }
            <ButtonLink<Route> to={roster} look={Look::Second}>{ texts.students }</ButtonLink<Route>>
            <ButtonLink<Route> to={imports} look={Look::Second}>{ texts.roster }</ButtonLink<Route>>
            <ButtonLink<Route> to={deliveries} look={Look::Second}>{ texts.deliveries }</ButtonLink<Route>>
            <ButtonLink<Route> to={progress} look={Look::Second}>{ texts.progress }</ButtonLink<Route>>
            <ButtonLink<Route> to={poster} look={Look::Second}>{ texts.poster }</ButtonLink<Route>>
        </div>
    }
}
