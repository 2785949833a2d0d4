//! Six digits from a message: one field that looks like six boxes, so that pasting and the phone's own filling work.

use web_sys::HtmlInputElement;
use yew::{
    AttrValue, Callback, Html, InputEvent, Properties, TargetCast, classes, component, html,
    use_callback, use_effect_with, use_node_ref,
};

use super::focus;

/// How many digits a code has.
pub(crate) const DIGITS: usize = 6;

#[derive(Properties, PartialEq)]
pub(crate) struct CodeBoxesProps {
    /// Its id, for the label.
    pub(crate) id: AttrValue,
    /// What it is.
    pub(crate) label: AttrValue,
    /// What was typed.
    pub(crate) value: AttrValue,
    /// What is wrong with it.
    #[prop_or_default]
    pub(crate) error: Option<AttrValue>,
    /// Takes what was typed, digits alone.
    pub(crate) oninput: Callback<String>,
    /// All digits are there.
    #[prop_or_default]
    pub(crate) onfull: Callback<String>,
    /// It is being looked at and cannot be changed now.
    #[prop_or_default]
    pub(crate) disabled: bool,
    /// Whether it takes the focus when it appears.
    #[prop_or_default]
    pub(crate) takes_focus: bool,
}

/// The field.
#[component]
pub(crate) fn CodeBoxes(props: &CodeBoxesProps) -> Html {
    let deps = (props.oninput.clone(), props.onfull.clone());
    let oninput = use_callback(deps, |event: InputEvent, (oninput, onfull)| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
            return;
        };
        let digits = digits_of(&input.value());
        input.set_value(&digits);
        oninput.emit(digits.clone());
        if digits.len() == DIGITS {
            onfull.emit(digits);
        }
    });
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
        <div class={classes!("field", props.error.is_some().then_some("wrong"))}>
            <label for={props.id.clone()}>{ props.label.clone() }</label>
            <div class="code">
                <input id={props.id.clone()} class="code-input" type="text" inputmode="numeric" pattern="[0-9]*"
                    autocomplete="one-time-code" maxlength="20" ref={node.clone()} value={props.value.clone()} {oninput}
                    readonly={props.disabled} aria-invalid={props.error.is_some().to_string()}
                    aria-describedby={props.error.is_some().then(|| error_id.clone())} />
                <div class="code-boxes" aria-hidden="true">
                    { for (0..DIGITS).map(|index| html! {
                        <span class={classes!("code-box", (index == typed).then_some("now"))}>{ digit(index) }</span>
                    }) }
                </div>
            </div>
            if let Some(error) = &props.error {
                <p class="field-error" id={error_id} role="alert">{ error.clone() }</p>
            }
        </div>
    }
}

/// The digits of what was typed or pasted, as in `您的验证码是 123456`.
fn digits_of(text: &str) -> String {
    text.chars()
        .filter_map(|character| match character {
            '０'..='９' => char::from_digit(u32::from(character) - u32::from('０'), 10),
            other => other.is_ascii_digit().then_some(other),
        })
        .take(DIGITS)
        .collect()
}
