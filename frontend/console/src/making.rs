//! Pages of a list to which one can add: the list, what was done last, and the form in a dialog.

use ui::{Button, Notice, Sheet, Title, Tone};
use yew::{AttrValue, Callback, Html, hook, html, use_callback, use_state};

/// How such a page stands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Making {
    /// Changes when the list is to be asked for again.
    pub(crate) reload: u32,
    /// Something was made or changed; says what.
    pub(crate) changed: Callback<AttrValue>,
    is_open: bool,
    note: Option<AttrValue>,
    open: Callback<()>,
    close: Callback<()>,
}

/// The state of such a page.
#[hook]
pub(crate) fn use_making() -> Making {
    let (reload, is_open) = (use_state(|| 0_u32), use_state(|| false));
    let note = use_state(|| None::<AttrValue>);
    let open = use_callback(is_open.setter(), |(), is_open| is_open.set(true));
    let close = use_callback(is_open.setter(), |(), is_open| is_open.set(false));
    let changed = use_callback(
        (reload.clone(), note.setter(), is_open.setter()),
        |told: AttrValue, (reload, note, is_open)| {
            reload.set(**reload + 1);
            note.set(Some(told));
            is_open.set(false);
        },
    );
    Making {
        reload: *reload,
        changed,
        is_open: *is_open,
        note: (*note).clone(),
        open,
        close,
    }
}

/// What such a page says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MakingTexts {
    /// What is listed.
    pub(crate) title: &'static str,
    /// What it is for.
    pub(crate) lead: &'static str,
    /// What the button does that opens the form.
    pub(crate) make: &'static str,
    /// The id of the form's dialog.
    pub(crate) dialog: &'static str,
}

impl Making {
    /// The page, with its list and its form.
    pub(crate) fn page(&self, texts: MakingTexts, list: Html, form: Html) -> Html {
        html! {
            <div class="stack">
                <div class="between">
                    <Title text={texts.title} />
                    <Button onclick={self.open.clone()}>{ texts.make }</Button>
                </div>
                <p class="muted">{ texts.lead }</p>
                if let Some(note) = self.note.clone() {
                    <div role="status"><Notice tone={Tone::Good}><p>{ note }</p></Notice></div>
                }
                { list }
                if self.is_open {
                    <Sheet id={texts.dialog} title={texts.make} onclose={self.close.clone()}>{ form }</Sheet>
                }
            </div>
        }
    }
}
