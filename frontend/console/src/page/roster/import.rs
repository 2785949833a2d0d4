//! One import: what was found in the file, taking its rows, and taking them back.

use client::{RosterImportView, RosterPreview, StartRosterImport, VerdictCount};
use domain::Lang;
use domain::roster::RosterImportState;
use gloo::timers::callback::Timeout;
use model::{JobState, Pace};
use ui::lang::use_lang;
use ui::{
    AskFirst, Button, JobProgress, Look, Notice, ProblemBox, TextTable, Tone, async_view, fill,
    use_action, use_loader, use_text,
};
use yew::{Callback, Html, Properties, component, html, use_effect_with, use_state};

use super::choices::ReadingChoices;
use super::rows::AffectedRows;
use super::text::RosterTexts;
use crate::call::call;

/// How often a running import is looked at.
const POLL_MS: u32 = 1_500;

/// What an [`Import`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct ImportProps {
    /// The import.
    pub(super) id: String,
    /// It came into another state.
    pub(super) moved: Callback<()>,
}

/// The import; while it is worked on, it is looked at again and again.
#[component]
pub(super) fn Import(props: &ImportProps) -> Html {
    let lang = use_lang();
    let loader = use_loader(props.id.clone(), |id| async move {
        call(client::get_roster_import(&id)).await
    });
    let known = loader.ready();
    let state = known.as_ref().map(|import| import.state.clone());
    {
        let reload = loader.reload.clone();
        let seen = known
            .as_ref()
            .map(|import| (import.state.clone(), import.rows_done, import.updated_at));
        let ticks = use_state(|| 0_u32);
        use_effect_with((seen, *ticks), move |(seen, count)| {
            let is_worked_on = seen.as_ref().is_some_and(|(state, ..)| is_worked_on(state));
            let next = count + 1;
            let timer = is_worked_on.then(|| {
                Timeout::new(POLL_MS, move || {
                    reload.emit(());
                    ticks.set(next);
                })
            });
            move || drop(timer)
        });
    }
    {
        let moved = props.moved.clone();
        use_effect_with(state, move |_| moved.emit(()));
    }
    let put = {
        let loader = loader.clone();
        Callback::from(move |import: RosterImportView| loader.put(import))
    };
    async_view(&loader, |import| {
        html! {
            <section class="card stack" aria-label={import.state_label.clone()}>
                <h2>{ import.state_label.clone() }</h2>
                if let Some(fault) = &import.fault {
                    <Notice tone={Tone::Bad} title={fault.label.clone()}><p>{ fault.sentence.clone() }</p></Notice>
                }
                { counts(&import.counts, lang) }
                if may_change(&import.state) {
                    <ReadingChoices key={import.updated_at.to_rfc3339()} import={(**import).clone()} put={put.clone()} />
                }
                if RosterImportState::parse(&import.state) == Some(RosterImportState::Checked) {
                    <Preview id={import.id.clone()} />
                }
                <Steps import={(**import).clone()} put={put.clone()} />
                if !import.counts.is_empty() && !is_worked_on(&import.state) {
                    <AffectedRows key={import.state.clone()} import_id={import.id.clone()} />
                }
            </section>
        }
    })
}

fn is_worked_on(state: &str) -> bool {
    RosterImportState::parse(state).is_some_and(RosterImportState::is_worked_on)
}

fn may_change(state: &str) -> bool {
    RosterImportState::parse(state).is_some_and(RosterImportState::may_change)
}

/// How many rows got which verdict, and what to do about it.
fn counts(counts: &[VerdictCount], lang: Lang) -> Html {
    let texts = RosterTexts::of(lang);
    if counts.is_empty() {
        return Html::default();
    }
    let one = |count: &VerdictCount| {
        let taken = if count.is_taken {
            texts.taken
        } else {
            texts.not_taken
        };
        html! {
            <tr key={count.verdict.clone()}>
                <th scope="row">{ count.label.clone() }</th>
                <td class="figures">{ count.count }</td>
                <td>{ taken }</td>
                <td>{ count.sentence.clone() }</td>
            </tr>
        }
    };
    html! {
        <div class="table-frame" tabindex="0" role="region" aria-label={texts.found}>
            <table class="table">
                <caption class="unseen">{ texts.found }</caption>
                <thead><tr>
                    <th scope="col">{ texts.verdict }</th><th scope="col">{ texts.count }</th>
                    <th scope="col">{ texts.outcome }</th><th scope="col">{ texts.advice }</th>
                </tr></thead>
                <tbody>{ for counts.iter().map(one) }</tbody>
            </table>
        </div>
    }
}

/// What [`Preview`] needs.
#[derive(Properties, PartialEq)]
struct PreviewProps {
    id: String,
}

/// The first rows as they are read.
#[component]
fn Preview(props: &PreviewProps) -> Html {
    let texts = use_text::<RosterTexts>();
    let loader = use_loader(props.id.clone(), |id| async move {
        call(client::get_roster_import_preview(&id)).await
    });
    let table = |preview: &RosterPreview| {
        html! {
            <div class="table-frame" tabindex="0" role="region" aria-label={texts.preview}>
                <table class="table">
                    <caption class="unseen">{ texts.preview }</caption>
                    <thead><tr>
                        { for preview.columns.iter().map(|column| html! { <th scope="col">{ column.heading.clone() }</th> }) }
                    </tr></thead>
                    <tbody>{ for preview.rows.iter().map(|row| html! {
                        <tr key={row.number}>{ for row.cells.iter().map(|cell| html! { <td>{ cell.clone() }</td> }) }</tr>
                    }) }</tbody>
                </table>
            </div>
        }
    };
    html! {
        <details>
            <summary>{ texts.preview }</summary>
            { async_view(&loader, |preview| table(preview)) }
        </details>
    }
}

/// What [`Steps`] need.
#[derive(Properties, PartialEq)]
struct StepsProps {
    import: RosterImportView,
    /// Takes the import as it is after a step.
    put: Callback<RosterImportView>,
}

/// What can be done with the import now.
#[component]
fn Steps(props: &StepsProps) -> Html {
    let texts = use_text::<RosterTexts>();
    let (import, overwrites) = (&props.import, use_state(|| false));
    let state = RosterImportState::parse(&import.state);
    let act = |deed: Deed| {
        let (id, put, overwrites) = (import.id.clone(), props.put.clone(), *overwrites);
        move |()| {
            let (id, put) = (id.clone(), put.clone());
            async move {
                put.emit(deed.perform(&id, overwrites).await?);
                Ok(())
            }
        }
    };
    let start = use_action(act(Deed::Start));
    let (cancel, undo) = (use_action(act(Deed::Cancel)), use_action(act(Deed::Undo)));
    let toggle = {
        let overwrites = overwrites.clone();
        Callback::from(move |_| overwrites.set(!*overwrites))
    };
    let count = |number: i64| u64::try_from(number).unwrap_or_default();
    let done = count(import.rows_done);
    let speed = count(import.rows_per_second.unwrap_or_default());
    let pace = Pace {
        done,
        total: count(import.rows.unwrap_or_default()),
        seconds: done.checked_div(speed).unwrap_or_default(),
    };
    html! {
        <>
            { for [&start, &cancel, &undo].into_iter().filter_map(|action| action.failure.clone()).map(|failure| html! { <ProblemBox {failure} /> }) }
            if state.is_some_and(RosterImportState::is_worked_on) {
                <JobProgress label={import.state_label.clone()} state={JobState::Running} {pace} oncancel={cancel.run.clone()} />
            }
            if state == Some(RosterImportState::Checked) {
                <label class="check">
                    <input type="checkbox" checked={*overwrites} onchange={toggle} />
                    <span>{ texts.overwrite }</span>
                </label>
                if import.needs_confirmation {
                    <p>{ fill(texts.identity_changes, &[("count", &import.identity_changes)]) }</p>
                }
                <div class="line">
                    <Button onclick={start.run.clone()} is_busy={start.is_busy}>
                        { if import.needs_confirmation { texts.start_anyway } else { texts.start } }
                    </Button>
                    <Button look={Look::Second} onclick={cancel.run} is_busy={cancel.is_busy}>{ texts.cancel }</Button>
                </div>
            }
            if state == Some(RosterImportState::Imported) {
                <AskFirst id="undo-import" label={texts.undo} title={texts.undo_title} keep={texts.keep} action={undo}>
                    <p>{ texts.undo_detail }</p>
                </AskFirst>
            }
        </>
    }
}

/// A step.
#[derive(Debug, Clone, Copy)]
enum Deed {
    Start,
    Cancel,
    Undo,
}

impl Deed {
    /// The button that starts says how many document numbers and levels change; so starting confirms them.
    async fn perform(
        self,
        id: &str,
        overwrites: bool,
    ) -> Result<RosterImportView, client::Failure> {
        match self {
            Self::Start => {
                let start = StartRosterImport {
                    confirm_identity_changes: Some(true),
                    overwrite_corrections: Some(overwrites),
                };
                call(client::start_roster_import(id, &start)).await
            }
            Self::Cancel => call(client::cancel_roster_import(id)).await,
            Self::Undo => call(client::undo_roster_import(id)).await,
        }
    }
}
