//! Fields: a label above, a hint, what is wrong; all three told to a screen reader.

use gloo::timers::callback::Timeout;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::{
    AttrValue, Callback, FocusEvent, Html, InputEvent, KeyboardEvent, NodeRef, Properties,
    TargetCast, classes,
};
use yew::{component, html, use_callback, use_mut_ref};

use crate::text::fill;
use crate::text::{CommonTexts, use_text};

/// How long a tap takes. What is wrong is told after the tap that took the focus away: a message that comes earlier moves
/// what the finger is on.
const TAP_MS: u32 = 200;

/// A list of suggestions below a field.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// Its id.
    pub id: &'static str,
    /// Whether it is shown.
    pub is_open: bool,
    /// The id of the suggestion that the arrow keys came to.
    pub active: Option<String>,
}

#[derive(Properties, PartialEq)]
pub struct TextFieldProps {
    /// Its id, unique on the page.
    pub id: AttrValue,
    /// What it is.
    pub label: AttrValue,
    /// How to fill it in.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong with it and what to do.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// What was typed.
    pub value: AttrValue,
    /// Takes what is typed.
    pub oninput: Callback<String>,
    /// The person leaves it.
    #[prop_or_default]
    pub onblur: Callback<()>,
    /// `text`, `tel`, `email`.
    #[prop_or("text")]
    pub kind: &'static str,
    /// Which keyboard a phone shows.
    #[prop_or_default]
    pub inputmode: Option<&'static str>,
    /// What the browser may fill in; nothing by default.
    #[prop_or("off")]
    pub autocomplete: &'static str,
    /// Digits are of one width and set apart.
    #[prop_or_default]
    pub is_number: bool,
    /// The field itself, to move the focus there.
    #[prop_or_default]
    pub node: NodeRef,
    /// The list of suggestions that the field opens, for a screen reader.
    #[prop_or_default]
    pub list: Option<List>,
    /// A key is pressed in it.
    #[prop_or_default]
    pub onkeydown: Callback<KeyboardEvent>,
    /// What stands on the field's line before it, such as the country of a phone.
    #[prop_or_default]
    pub before: Html,
    /// What stands on the field's line after it, such as a key that a phone's keyboard lacks.
    #[prop_or_default]
    pub after: Html,
    /// What stands between field and error, such as the number with the wrong character marked.
    #[prop_or_default]
    pub children: Html,
}

/// A field of one line.
#[component]
pub fn TextField(props: &TextFieldProps) -> Html {
    let oninput = use_callback(props.oninput.clone(), |event: InputEvent, oninput| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            oninput.emit(input.value());
        }
    });
    let left = use_mut_ref(|| None);
    let onblur = use_callback(props.onblur.clone(), move |_: FocusEvent, onblur| {
        let onblur = onblur.clone();
        left.replace(Some(Timeout::new(TAP_MS, move || onblur.emit(()))));
    });
    let wiring = Wiring::of(&props.id, props.hint.as_ref(), props.error.as_ref());
    let list = props.list.as_ref();
    html! {
        <div class={classes!("field", props.error.is_some().then_some("wrong"))}>
            <label for={props.id.clone()}>{ props.label.clone() }</label>
            { wiring.hint() }
            <div class="input-line">
                { props.before.clone() }
                <input ref={props.node.clone()} id={props.id.clone()} name={props.id.clone()} type={props.kind}
                    class={classes!("input", props.is_number.then_some("digits"))} value={props.value.clone()}
                    {oninput} {onblur} inputmode={props.inputmode} autocomplete={props.autocomplete}
                    autocapitalize="off" spellcheck="false" aria-invalid={props.error.is_some().to_string()}
                    aria-describedby={wiring.described_by.clone()} onkeydown={props.onkeydown.clone()}
                    role={list.map(|_| "combobox")} aria-autocomplete={list.map(|_| "list")}
                    aria-expanded={list.map(|list| list.is_open.to_string())} aria-controls={list.map(|list| list.id)}
                    aria-activedescendant={list.and_then(|list| list.active.clone())} />
                { props.after.clone() }
            </div>
            { props.children.clone() }
            { wiring.error() }
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct NoteProps {
    /// Its id, unique on the page.
    pub id: AttrValue,
    /// What it is.
    pub label: AttrValue,
    /// How to fill it in.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong with it and what to do.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// What was typed.
    pub value: AttrValue,
    /// Takes what is typed.
    pub oninput: Callback<String>,
    /// How many characters it takes at most, which it tells.
    #[prop_or_default]
    pub max: Option<usize>,
}

/// A field of several lines.
#[component]
pub fn Note(props: &NoteProps) -> Html {
    let texts = use_text::<CommonTexts>();
    let counted = props.max.map(|max| {
        // As the browser counts for `maxlength`.
        let count = props.value.encode_utf16().count();
        fill(texts.characters, &[("count", &count), ("max", &max)])
    });
    let oninput = use_callback(props.oninput.clone(), |event: InputEvent, oninput| {
        if let Some(input) = event.target_dyn_into::<HtmlTextAreaElement>() {
            oninput.emit(input.value());
        }
    });
    let wiring = Wiring::of(&props.id, props.hint.as_ref(), props.error.as_ref());
    html! {
        <div class={classes!("field", props.error.is_some().then_some("wrong"))}>
            <label for={props.id.clone()}>{ props.label.clone() }</label>
            { wiring.hint() }
            <textarea id={props.id.clone()} class="input" rows="3" value={props.value.clone()} {oninput}
                maxlength={props.max.map(|max| max.to_string())} aria-invalid={props.error.is_some().to_string()}
                aria-describedby={wiring.described_by.clone()} />
            if let Some(counted) = counted {
                <p class="hint figures">{ counted }</p>
            }
            { wiring.error() }
        </div>
    }
}

/// Hint and error with the ids by which a field names them.
struct Wiring<'a> {
    id: &'a AttrValue,
    hint: Option<&'a AttrValue>,
    error: Option<&'a AttrValue>,
    described_by: Option<String>,
}

impl<'a> Wiring<'a> {
    fn of(id: &'a AttrValue, hint: Option<&'a AttrValue>, error: Option<&'a AttrValue>) -> Self {
        let parts = [
            error.map(|_| format!("{id}-error")),
            hint.map(|_| format!("{id}-hint")),
        ];
        let ids: Vec<String> = parts.into_iter().flatten().collect();
        let described_by = (!ids.is_empty()).then(|| ids.join(" "));
        Self {
            id,
            hint,
            error,
            described_by,
        }
    }

    fn hint(&self) -> Html {
        self.hint.map_or_else(Html::default, |hint| {
            html! { <p class="hint" id={format!("{}-hint", self.id)}>{ hint.clone() }</p> }
        })
    }

    fn error(&self) -> Html {
        self.error.map_or_else(Html::default, |error| {
            html! { <p class="field-error" id={format!("{}-error", self.id)} role="alert">{ error.clone() }</p> }
        })
    }
}
