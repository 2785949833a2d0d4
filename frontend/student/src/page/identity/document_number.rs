//! The number: grouped while typing, checked when one leaves it, with the wrong character marked.

use domain::id_document::{IdNumberError, normalise};
use domain::{DocumentType, IdNumber};
use ui::lang::use_lang;
use ui::{TextField, clock, fill, focus, use_text};
use yew::{
    AttrValue, Callback, Html, MouseEvent, NodeRef, Properties, component, html, use_callback,
    use_node_ref,
};

use super::grouping::{grouped, while_typing};
use super::text::IdentityTexts;

/// Names the field in a problem of the server.
pub(crate) const POINTER: &str = "/document_number";

#[derive(Properties, PartialEq)]
pub(crate) struct DocumentNumberProps {
    /// The kind of document.
    pub(crate) kind: DocumentType,
    /// What was typed.
    pub(crate) value: String,
    /// Takes what is typed.
    pub(crate) oninput: Callback<String>,
    /// What was found wrong, to be shown.
    pub(crate) wrong: Option<IdNumberError>,
    /// The person has left the field.
    pub(crate) onblur: Callback<()>,
    /// Something else that is wrong, such as what the server says.
    pub(crate) error: Option<AttrValue>,
}

/// The field.
#[component]
pub(crate) fn DocumentNumber(props: &DocumentNumberProps) -> Html {
    let (texts, lang) = (use_text::<IdentityTexts>(), use_lang());
    let kind = props.kind;
    let oninput = use_callback(
        (props.value.clone(), props.oninput.clone()),
        move |typed: String, (before, oninput)| {
            oninput.emit(while_typing(kind, before, &typed));
        },
    );
    let onblur = {
        let deps = (
            props.value.clone(),
            props.oninput.clone(),
            props.onblur.clone(),
        );
        use_callback(deps, move |(), (value, oninput, onblur)| {
            oninput.emit(grouped(kind, value));
            onblur.emit(());
        })
    };
    let input = use_node_ref();
    let wrong = props
        .wrong
        .map(|error| AttrValue::from(error.field(kind, POINTER).detail(lang)));
    let hint = format!(
        "{} · {}",
        kind.hint().get(lang),
        fill(texts.example, &[("example", &kind.example())])
    );
    html! {
        <TextField id="document-number" label={texts.number} {hint} is_number=true inputmode={keyboard(kind)} node={input.clone()}
            value={props.value.clone()} after={x_key(kind, &props.value, &oninput, &input, texts.type_x)} oninput={&oninput} {onblur} error={wrong.or_else(|| props.error.clone())}>
            { marked(&props.value, props.wrong) }
        </TextField>
    }
}

/// The keyboard of a phone: digits alone where the number has no letter, or an X at its end at most.
fn keyboard(kind: DocumentType) -> Option<&'static str> {
    match kind {
        DocumentType::CnId
        | DocumentType::HkmotwResidence
        | DocumentType::ForeignPr
        | DocumentType::TwPermit => Some("numeric"),
        DocumentType::HkmoPermit
        | DocumentType::Passport
        | DocumentType::Military
        | DocumentType::Other => None,
    }
}

/// The X, which a keyboard of digits lacks, where a number may end with it; the focus stays in the field, or the keyboard
/// would close.
fn x_key(
    kind: DocumentType,
    value: &str,
    oninput: &Callback<String>,
    input: &NodeRef,
    label: &'static str,
) -> Html {
    match kind {
        DocumentType::CnId | DocumentType::HkmotwResidence | DocumentType::ForeignPr => {}
        DocumentType::TwPermit
        | DocumentType::HkmoPermit
        | DocumentType::Passport
        | DocumentType::Military
        | DocumentType::Other => return Html::default(),
    }
    let (typed, oninput, input) = (format!("{value}X"), oninput.clone(), input.clone());
    let onclick = move |_: MouseEvent| {
        oninput.emit(typed.clone());
        focus(&input);
    };
    html! {
        <button type="button" class="button second key" aria-label={label} {onclick}
            onmousedown={|event: MouseEvent| event.prevent_default()}>{ "X" }</button>
    }
}

/// What is wrong with the number as it is typed, if anything.
pub(crate) fn check(kind: DocumentType, typed: &str) -> Option<IdNumberError> {
    IdNumber::parse(kind, typed, clock::today()).err()
}

/// The number once more with the part that is wrong marked.
fn marked(typed: &str, wrong: Option<IdNumberError>) -> Html {
    let number = normalise(typed);
    let length = number.chars().count();
    let part = match wrong {
        Some(IdNumberError::Character { position, .. }) => position - 1..position,
        Some(IdNumberError::Date { .. } | IdNumberError::FutureDate { .. }) => 6..14,
        Some(IdNumberError::CheckCharacter { .. }) => length.saturating_sub(1)..length,
        Some(IdNumberError::Length { .. } | IdNumberError::FirstGeneration) | None => {
            return Html::default();
        }
    };
    let cut =
        |from: usize, to: usize| -> String { number.chars().skip(from).take(to - from).collect() };
    html! {
        <p class="marked digits" aria-hidden="true">
            { cut(0, part.start) }<mark>{ cut(part.start, part.end) }</mark>{ cut(part.end, length.max(part.end)) }
        </p>
    }
}
