//! Six digits from a message: one field that looks like six boxes, so that pasting and the phone's own filling work.

use domain::sms_code::{self, DIGITS};
use domain::{ProblemCode, Text};
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, HtmlInputElement};
use yew::{
    AttrValue, Callback, Event, Html, InputEvent, Properties, TargetCast, UseStateSetter, classes,
    component, html, use_callback, use_effect_with, use_node_ref, use_state,
};

use super::focus;
use crate::lang::use_lang;

#[derive(Properties, PartialEq)]
pub struct CodeBoxesProps {
    /// Its id, for the label.
    pub id: AttrValue,
    /// What it is.
    pub label: AttrValue,
    /// What was typed.
    pub value: AttrValue,
    /// What is wrong with it.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// Takes what was typed, digits alone.
    pub oninput: Callback<String>,
    /// All digits are there.
    #[prop_or_default]
    pub onfull: Callback<String>,
    /// It is being looked at and cannot be changed now.
    #[prop_or_default]
    pub disabled: bool,
    /// Whether it takes the focus when it appears.
    #[prop_or_default]
    pub takes_focus: bool,
}

/// What is said of an entry that is no code. A constant, so that the program does not carry what is said of all problems.
const UNREADABLE: Text = ProblemCode::LoginCodeUnreadable.detail();

/// What an entry makes of the field.
enum Entry {
    /// All digits, however they came.
    Code(String),
    /// The digits so far.
    Begun(String),
    /// No code, or more than one.
    Unreadable,
}

impl Entry {
    fn of(text: &str) -> Self {
        match (sms_code::read(text), sms_code::begun(text)) {
            (Some(code), _) => Self::Code(code),
            (None, Some(digits)) => Self::Begun(digits),
            (None, None) => Self::Unreadable,
        }
    }
}

/// What the field holds, and who is told of a change.
#[derive(Clone, PartialEq)]
struct Listening {
    value: AttrValue,
    oninput: Callback<String>,
    onfull: Callback<String>,
    unreadable: UseStateSetter<bool>,
}

impl Listening {
    fn take(&self, input: &HtmlInputElement, entry: Entry) {
        match entry {
            Entry::Code(code) => {
                self.show(input, &code);
                self.onfull.emit(code);
            }
            Entry::Begun(digits) => self.show(input, &digits),
            Entry::Unreadable => {
                // A key after the last digit changes nothing.
                let is_more = self.value.len() == DIGITS && input.value().starts_with(&*self.value);
                input.set_value(&self.value);
                self.unreadable.set(!is_more);
            }
        }
    }

    fn show(&self, input: &HtmlInputElement, digits: &str) {
        input.set_value(digits);
        self.unreadable.set(false);
        self.oninput.emit(digits.to_owned());
    }
}

/// The field. It takes a message of any length: the code is looked for in all of it.
#[component]
pub fn CodeBoxes(props: &CodeBoxesProps) -> Html {
    let lang = use_lang();
    let is_unreadable = use_state(|| false);
    let listening = Listening {
        value: props.value.clone(),
        oninput: props.oninput.clone(),
        onfull: props.onfull.clone(),
        unreadable: is_unreadable.setter(),
    };
    let oninput = use_callback(listening.clone(), |event: InputEvent, listening| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            let entry = Entry::of(&input.value());
            listening.take(&input, entry);
        }
    });
    let onpaste = use_callback(
        (listening, props.disabled),
        |event: Event, (listening, disabled)| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            let (Some(input), false) = (input, *disabled) else {
                return;
            };
            // The field would join the lines of a message, and put a code behind what was typed.
            let entry = Entry::of(&pasted(&event));
            if matches!(entry, Entry::Code(_)) {
                event.prevent_default();
                listening.take(&input, entry);
            }
        },
    );
    let unreadable = is_unreadable.then(|| AttrValue::from(UNREADABLE.get(lang)));
    let error = unreadable.or_else(|| props.error.clone());
    let node = use_node_ref();
    {
        let (node, takes_focus) = (node.clone(), props.takes_focus);
        use_effect_with((), move |()| {
            if takes_focus {
                focus(&node);
            }
        });
    }
    let error_id = format!("{}-error", props.id);
    let typed = props.value.chars().count();
    let digit = |index: usize| {
        props
            .value
            .chars()
            .nth(index)
            .map(String::from)
            .unwrap_or_default()
    };
    html! {
        <div class={classes!("field", error.is_some().then_some("wrong"))}>
            <label for={props.id.clone()}>{ props.label.clone() }</label>
            <div class="code">
                <input id={props.id.clone()} class="code-input" type="text" inputmode="numeric" pattern="[0-9]*"
                    autocomplete="one-time-code" ref={node.clone()} value={props.value.clone()} {oninput} {onpaste}
                    readonly={props.disabled} aria-invalid={error.is_some().to_string()}
                    aria-describedby={error.is_some().then(|| error_id.clone())} />
                <div class="code-boxes" aria-hidden="true">
                    { for (0..DIGITS).map(|index| html! {
                        <span class={classes!("code-box", (index == typed).then_some("now"))}>{ digit(index) }</span>
                    }) }
                </div>
            </div>
            if let Some(error) = error {
                <p class="field-error" id={error_id} role="alert">{ error }</p>
            }
        </div>
    }
}

/// The text that is being pasted.
fn pasted(event: &Event) -> String {
    let clipboard = event.dyn_ref::<ClipboardEvent>();
    let data = clipboard.and_then(ClipboardEvent::clipboard_data);
    let text = data.and_then(|data| data.get_data("text/plain").ok());
    text.unwrap_or_default()
}
