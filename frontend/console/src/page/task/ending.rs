//! The end of a collection: handing it over, when its data are deleted, and the certificate that they were.

use client::{DeliveryFiguresView, Failure, ManagedTask, PurgedPart, TaskHandOver, TaskPurgeView};
use domain::Lang;
use domain::purge::PurgePart;
use domain::task::TaskState;
use ui::lang::use_lang;
use ui::{
    AskFirst, Button, Fact, Look, Notice, ProblemBox, TextTable, Tone, api, async_view, date_text,
    fact_list, fill, moment_text, use_action, use_loader, use_text,
};
use yew::{AttrValue, Callback, Html, Properties, component, html};

use super::text::TaskTexts;
use crate::call::call;
use crate::fresh::use_fresh;

/// What an [`Ending`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct EndingProps {
    /// The collection.
    pub(super) task: ManagedTask,
    /// Takes the collection as it is after a change.
    pub(super) put: Callback<ManagedTask>,
}

/// The end of the collection.
#[component]
pub(super) fn Ending(props: &EndingProps) -> Html {
    let (texts, lang) = (use_text::<TaskTexts>(), use_lang());
    let purge = use_loader(AttrValue::from(props.task.id.clone()), |id| async move {
        call(client::get_task_purge(&id)).await
    });
    let id = props.task.id.clone();
    html! {
        <section class="card stack">
            <h2>{ texts.ending }</h2>
            { async_view(&purge, |purge| told(purge, &id, lang)) }
            if is_to_hand_over(&props.task) {
                <HandOver task={props.task.clone()} put={props.put.clone()} />
            }
        </section>
    }
}

/// Photos are taken until it is closed.
fn is_to_hand_over(task: &ManagedTask) -> bool {
    TaskState::parse(&task.state) == Some(TaskState::Closed)
}

/// When the data go, or what went.
fn told(purge: &TaskPurgeView, id: &str, lang: Lang) -> Html {
    let texts = TaskTexts::of(lang);
    let due = purge.due_at.map(|due_at| date_text(due_at, lang));
    let part = |part: &PurgedPart| {
        let known = PurgePart::parse(&part.part)?;
        Some(Fact::new(known.label().get(lang), part.count.to_string()))
    };
    html! {
        <>
            if let Some(due) = due {
                <p>{ fill(texts.purge_due, &[("day", &due)]) }</p>
            }
            if let Some(hold) = &purge.hold {
                <Notice tone={Tone::Warn}><p>{ fill(texts.purge_held, &[("why", hold)]) }</p></Notice>
            }
            if let Some(at) = purge.keys_destroyed_at {
                <p>{ fill(texts.purge_keys, &[("moment", &moment_text(at, lang))]) }</p>
                { fact_list(&purge.deleted.iter().filter_map(part).collect::<Vec<_>>()) }
            }
            if let Some(at) = purge.certified_at {
                <p>{ fill(texts.purge_done, &[("moment", &moment_text(at, lang))]) }</p>
                <Certificate id={id.to_owned()} />
            }
        </>
    }
}

/// What a [`Certificate`] needs.
#[derive(Properties, PartialEq)]
struct CertificateProps {
    /// The collection.
    id: AttrValue,
}

/// The button that saves the certificate.
#[component]
fn Certificate(props: &CertificateProps) -> Html {
    let texts = use_text::<TaskTexts>();
    let id = props.id.clone();
    let save = use_action(move |()| {
        let id = id.clone();
        async move {
            let file = api::file(client::get_deletion_certificate(&id)).await?;
            api::save(&file, &format!("{id}-deletion.zip"));
            Ok::<(), Failure>(())
        }
    });
    html! {
        <>
            if let Some(failure) = &save.failure {
                <ProblemBox failure={failure.clone()} />
            }
            <div class="line">
                <Button look={Look::Second} onclick={Callback::clone(&save.run)} is_busy={save.is_busy}>{ texts.certificate }</Button>
            </div>
            <p class="muted">{ texts.certificate_detail }</p>
        </>
    }
}

/// Handing over, after the numbers of what is missing were seen.
#[component]
fn HandOver(props: &EndingProps) -> Html {
    let texts = use_text::<TaskTexts>();
    let (fresh, put) = (use_fresh(), props.put.clone());
    let figures = use_loader(AttrValue::from(props.task.id.clone()), |id| async move {
        call(client::get_delivery_figures(&id)).await
    });
    let seen = figures.ready().map(|figures| (*figures).clone());
    let (id, reload, counted) = (props.task.id.clone(), figures.reload.clone(), seen.clone());
    let hand_over = use_action(move |()| {
        let (fresh, put, id) = (fresh.clone(), put.clone(), id.clone());
        let (reload, counted) = (reload.clone(), counted.clone());
        async move {
            let Some(seen) = counted else {
                return Ok(());
            };
            let counts = TaskHandOver {
                missing: seen.missing,
                undelivered: seen.undelivered,
            };
            let done = fresh
                .run(|| call(client::hand_over_task(&id, &counts)))
                .await;
            if done.is_err() {
                // The numbers may have changed since.
                reload.emit(());
            }
            put.emit(done?);
            Ok::<(), Failure>(())
        }
    });
    html! {
        <>
            { async_view(&figures, |figures| counts_of(figures, texts)) }
            if seen.is_some() {
                <div class="line">
                    <AskFirst id="hand-over" label={texts.hand_over} title={texts.hand_over_title} keep={texts.keep} action={hand_over}>
                        <p>{ texts.hand_over_detail }</p>
                        if let Some(seen) = &seen {
                            { counts_of(seen, texts) }
                        }
                    </AskFirst>
                </div>
            }
        </>
    }
}

fn counts_of(figures: &DeliveryFiguresView, texts: &TaskTexts) -> Html {
    html! {
        <p class="figures">{ fill(texts.hand_over_counts, &[("missing", &figures.missing), ("undelivered", &figures.undelivered)]) }</p>
    }
}
