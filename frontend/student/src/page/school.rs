//! Finding the school and its collections.

mod suggestions;
mod task_card;
pub(crate) mod text;

use client::{Failure, FoundSchools};
use domain::Lang;
use serde::{Deserialize, Serialize};
use ui::lang::use_lang;
use ui::{Button, ProblemBox, TextField, TextTable, Title, use_text};
use wasm_bindgen_futures::spawn_local;
use web_sys::SubmitEvent;
use yew::{AttrValue, Html, component, html, use_callback, use_effect_with, use_state};

use crate::check::fetch_ahead;
use crate::component::{Step, step_line};
use crate::draft::use_draft;
use suggestions::use_suggestions;
pub(crate) use task_card::task_card;
use text::SchoolTexts;
use ui::api;

/// What was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Draft {
    name: String,
}

/// What looking for the school has come to.
#[derive(Debug, Clone, PartialEq)]
enum Search {
    NotYet,
    NothingTyped,
    Running,
    Found(FoundSchools),
    Failed(Failure),
}

/// The page.
#[component]
pub(crate) fn School() -> Html {
    let (texts, lang) = (use_text::<SchoolTexts>(), use_lang());
    let draft = use_draft::<Draft>("school");
    use_effect_with((), |()| fetch_ahead());
    let search = use_state(|| Search::NotYet);
    let find = {
        let (draft, search) = (draft.setter(), search.setter());
        use_callback((), move |name: String, ()| {
            draft.set(Draft { name: name.clone() });
            look_for(name, search.clone());
        })
    };
    let oninput = {
        let search = search.setter();
        use_callback(draft.setter(), move |name: String, draft| {
            search.set(Search::NotYet);
            draft.set(Draft { name });
        })
    };
    let onsubmit = use_callback(
        (draft.name.clone(), find.clone()),
        |event: SubmitEvent, (name, find)| {
            event.prevent_default();
            find.emit(name.clone());
        },
    );
    let suggestions = use_suggestions(draft.name.clone(), find);
    let is_open = matches!(*search, Search::NotYet) && suggestions.is_open();
    let error = (*search == Search::NothingTyped).then(|| AttrValue::from(texts.missing));
    html! {
        <div class="stack">
            { step_line(Step::School, &[], lang) }
            <form class="stack" {onsubmit} role="search">
                <Title text={texts.title} />
                <TextField id="school" label={texts.name} hint={texts.hint} value={draft.name.clone()} {oninput} {error}
                    list={suggestions.list(is_open)} onkeydown={suggestions.onkeydown(is_open)}>
                    if is_open {
                        { suggestions.view(texts) }
                    }
                    <p class="unseen" role="status">{ suggestions.count(is_open, texts) }</p>
                </TextField>
                if !matches!(*search, Search::Found(_)) {
                    <div class="actions">
                        <Button submits=true is_busy={*search == Search::Running}>{ texts.find }</Button>
                    </div>
                }
            </form>
            <div aria-live="polite">{ result(&search, lang) }</div>
        </div>
    }
}

fn result(search: &Search, lang: Lang) -> Html {
    match search {
        Search::NotYet | Search::NothingTyped | Search::Running => Html::default(),
        Search::Failed(failure) => html! { <ProblemBox failure={failure.clone()} /> },
        Search::Found(found) => {
            let texts = SchoolTexts::of(lang);
            let tasks = found.schools.iter().flat_map(|school| &school.tasks);
            html! {
                <div class="stack">
                    <p class="muted">{ texts.found }</p>
                    { for tasks.map(|task| task_card(task, lang)) }
                </div>
            }
        }
    }
}

fn look_for(name: String, search: yew::UseStateSetter<Search>) {
    if name.trim().is_empty() {
        search.set(Search::NothingTyped);
        return;
    }
    search.set(Search::Running);
    spawn_local(async move {
        let found = api::call(client::find_school(&name)).await;
        search.set(found.map_or_else(Search::Failed, Search::Found));
    });
}
