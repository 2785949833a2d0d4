//! The names of schools that may be meant: a list below the field, walked with the arrow keys, as a combobox does
//! (<https://www.w3.org/WAI/ARIA/apg/patterns/combobox/>).

use gloo::timers::callback::Timeout;
use ui::{List, api, fill};
use wasm_bindgen_futures::spawn_local;
use yew::{
    Callback, Html, KeyboardEvent, MouseEvent, UseStateHandle, classes, hook, html,
    use_effect_with, use_state,
};

use super::text::SchoolTexts;

/// The id of the list.
const LIST: &str = "school-suggestions";
/// How long one pauses in typing before suggestions are asked for.
const PAUSE_MS: u32 = 250;

/// The suggestions, and the one that the arrow keys came to.
pub(super) struct Suggestions {
    names: Vec<String>,
    active: UseStateHandle<Option<usize>>,
    is_closed: UseStateHandle<bool>,
    choose: Callback<String>,
}

/// Names for what was typed; `choose` takes the one that is chosen.
#[hook]
pub(super) fn use_suggestions(typed: String, choose: Callback<String>) -> Suggestions {
    let (active, is_closed) = (use_state(|| None), use_state(|| false));
    let names = use_names(typed.clone());
    {
        let (active, is_closed) = (active.setter(), is_closed.setter());
        use_effect_with((typed.clone(), names.clone()), move |_| {
            active.set(None);
            is_closed.set(false);
        });
    }
    let is_typed = names.iter().all(|name| *name == typed);
    Suggestions {
        names: if is_typed { Vec::new() } else { names },
        active,
        is_closed,
        choose,
    }
}

impl Suggestions {
    /// Whether there is something to show.
    pub(super) fn is_open(&self) -> bool {
        !self.names.is_empty() && !*self.is_closed
    }

    /// What the field says of its list.
    pub(super) fn list(&self, is_open: bool) -> List {
        List {
            id: LIST,
            is_open,
            active: self.active.filter(|_| is_open).map(option_id),
        }
    }

    /// What a key in the field does: the arrows walk, Enter chooses, Escape closes the list.
    pub(super) fn onkeydown(&self, is_open: bool) -> Callback<KeyboardEvent> {
        let (names, choose) = (self.names.clone(), self.choose.clone());
        let (active, is_closed) = (self.active.clone(), self.is_closed.setter());
        Callback::from(move |event: KeyboardEvent| {
            // A key that an input method takes for itself is not the field's.
            if !is_open || event.is_composing() {
                return;
            }
            match event.key().as_str() {
                "ArrowDown" => active.set(Some(next(*active, names.len()))),
                "ArrowUp" => active.set(Some(previous(*active, names.len()))),
                "Escape" => is_closed.set(true),
                "Enter" => match active.and_then(|index| names.get(index)) {
                    Some(name) => choose.emit(name.clone()),
                    None => return,
                },
                _ => return,
            }
            event.prevent_default();
        })
    }

    /// The list.
    pub(super) fn view(&self, texts: &SchoolTexts) -> Html {
        let option = |(index, name): (usize, &String)| {
            let (choose, chosen) = (self.choose.clone(), name.clone());
            let is_active = *self.active == Some(index);
            html! {
                <li key={name.clone()} id={option_id(index)} role="option" aria-selected={is_active.to_string()}
                    class={classes!("suggestion", is_active.then_some("active"))}
                    onmousedown={|event: MouseEvent| event.prevent_default()}
                    onclick={move |_| choose.emit(chosen.clone())}>{ name.clone() }</li>
            }
        };
        html! {
            <ul id={LIST} class="suggestions" role="listbox" aria-label={texts.suggestions}>
                { for self.names.iter().enumerate().map(option) }
            </ul>
        }
    }

    /// How many there are, for a screen reader.
    pub(super) fn count(&self, is_open: bool, texts: &SchoolTexts) -> String {
        if is_open {
            fill(texts.suggestion_count, &[("count", &self.names.len())])
        } else {
            String::new()
        }
    }
}

fn option_id(index: usize) -> String {
    format!("{LIST}-{index}")
}

fn next(active: Option<usize>, count: usize) -> usize {
    active.map_or(0, |index| (index + 1) % count.max(1))
}

fn previous(active: Option<usize>, count: usize) -> usize {
    match active {
        Some(index) if index > 0 => index - 1,
        Some(_) | None => count.saturating_sub(1),
    }
}

/// Names that begin with what was typed, asked for in the pauses; a hint that may be missing.
#[hook]
fn use_names(typed: String) -> Vec<String> {
    let names = use_state(Vec::new);
    let setter = names.setter();
    use_effect_with(typed, move |typed| {
        let prefix = typed.trim().to_owned();
        let pause = Timeout::new(PAUSE_MS, move || {
            spawn_local(async move {
                if prefix.is_empty() {
                    setter.set(Vec::new());
                } else {
                    let found = api::call(client::suggest_schools(&prefix)).await;
                    setter.set(found.map_or_else(|_| Vec::new(), |found| found.names));
                }
            });
        });
        move || drop(pause)
    });
    (*names).clone()
}
