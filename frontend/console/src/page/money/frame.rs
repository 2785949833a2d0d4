//! What the lists about money have in common: their frame, and filters by words.

use ui::{Filter, FilterKind, Title};
use yew::{AttrValue, Callback, Html, hook, html, use_callback, use_state};

use super::tabs::MoneyTabs;

/// A list with its title, below the ways to the other pages about money.
pub(super) fn framed(title: &'static str, lead: &'static str, list: Html) -> Html {
    html! {
        <div class="stack">
            <Title text={title} />
            <MoneyTabs />
            <p class="muted">{ lead }</p>
            { list }
        </div>
    }
}

/// A number that changes when a list is to be asked for again, and what changes it.
#[hook]
pub(super) fn use_reload() -> (u32, Callback<()>) {
    let reload = use_state(|| 0_u32);
    let changed = use_callback(reload.clone(), |(), reload| reload.set(**reload + 1));
    (*reload, changed)
}

/// A filter by words, each with what a person reads.
pub(super) fn word_filter(
    name: &'static str,
    label: &'static str,
    words: impl Iterator<Item = (&'static str, &'static str)>,
) -> Filter {
    let choice = words.map(|(word, read)| (AttrValue::from(word), AttrValue::from(read)));
    Filter {
        name,
        label: label.into(),
        kind: FilterKind::Choice(choice.collect()),
    }
}
