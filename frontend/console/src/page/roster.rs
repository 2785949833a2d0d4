//! The roster of a collection: a file is sent, looked through, taken, and may be taken back.

mod choices;
mod import;
mod rows;
mod send;
mod text;

use client::{RosterImportList, RosterImportView};
use domain::Lang;
use domain::roster::RosterImportState;
use ui::lang::use_lang;
use ui::{EmptyView, Link, TextTable, Title, async_view, fill, moment_text, use_loader, use_text};
use yew::{
    AttrValue, Callback, Html, Properties, component, html, use_callback, use_effect_with,
    use_state,
};

use crate::call::call;
use crate::route::Route;
use import::Import;
use send::SendFile;
use text::RosterTexts;

/// How many imports are listed.
const LATEST: i64 = 10;

/// What [`RosterImports`] need.
#[derive(Properties, PartialEq)]
pub(crate) struct RosterImportsProps {
    /// The collection.
    pub(crate) task_id: AttrValue,
}

/// The page.
#[component]
pub(crate) fn RosterImports(props: &RosterImportsProps) -> Html {
    let (texts, lang) = (use_text::<RosterTexts>(), use_lang());
    let shown = use_state(|| None::<String>);
    let loader = use_loader(props.task_id.clone(), |id| async move {
        call(client::list_roster_imports(&id, Some(LATEST), None)).await
    });
    let sent = {
        let (shown, reload) = (shown.setter(), loader.reload.clone());
        Callback::from(move |import: RosterImportView| {
            shown.set(Some(import.id));
            reload.emit(());
        })
    };
    let waiting = loader.ready().and_then(|list| waiting(&list));
    {
        let shown = shown.setter();
        use_effect_with(waiting, move |waiting| {
            if let Some(id) = waiting {
                shown.set(Some(id.clone()));
            }
        });
    }
    let open = use_callback(shown.setter(), |id: String, shown| shown.set(Some(id)));
    let task_id = props.task_id.to_string();
    html! {
        <div class="stack">
            <Title text={texts.title} />
            <p class="line">
                <Link<Route> to={Route::Task { task_id: task_id.clone() }}>{ texts.back }</Link<Route>>
                <Link<Route> to={Route::Roster { task_id }}>{ texts.roster }</Link<Route>>
            </p>
            <SendFile task_id={props.task_id.clone()} {sent} />
            if let Some(id) = (*shown).clone() {
                <Import key={id.clone()} id={id.clone()} moved={loader.reload.clone()} />
            }
            <section class="stack">
                <h2>{ texts.latest }</h2>
                { async_view(&loader, |list| imports(list, &open, lang)) }
            </section>
        </div>
    }
}

/// The latest import, where it is worked on or waits for a decision: whoever comes back goes on with it.
fn waiting(list: &RosterImportList) -> Option<String> {
    let latest = list.items.first()?;
    let state = RosterImportState::parse(&latest.state)?;
    let waits = state.is_worked_on() || state == RosterImportState::Checked;
    waits.then(|| latest.id.clone())
}

/// The latest imports, the latest first; each leads to itself.
fn imports(list: &RosterImportList, open: &Callback<String>, lang: Lang) -> Html {
    let texts = RosterTexts::of(lang);
    if list.items.is_empty() {
        return html! { <EmptyView title={texts.none} /> };
    }
    let one = |import: &RosterImportView| {
        let id = import.id.clone();
        let onclick = open.reform(move |_| id.clone());
        let rows = import.rows.unwrap_or_default();
        html! {
            <li key={import.id.clone()}>
                <button type="button" class="quiet" {onclick}>{ moment_text(import.created_at, lang) }</button>
                { " · " }{ import.state_label.clone() }{ " · " }
                <span class="figures">{ fill(texts.rows, &[("rows", &rows)]) }</span>
            </li>
        }
    };
    html! { <ul>{ for list.items.iter().map(one) }</ul> }
}
