//! The kind of document: the identity card first, the others one tap away.

use domain::DocumentType;
use ui::lang::use_lang;
use ui::{Button, Choice, Look, RadioCards, use_text};
use yew::{AttrValue, Callback, Html, Properties, component, html, use_callback, use_state};

use super::text::IdentityTexts;

#[derive(Properties, PartialEq)]
pub(crate) struct DocumentTypeFieldProps {
    /// What is chosen.
    pub(crate) kind: DocumentType,
    /// Takes the choice.
    pub(crate) onchange: Callback<DocumentType>,
}

/// The cards.
#[component]
pub(crate) fn DocumentTypeField(props: &DocumentTypeFieldProps) -> Html {
    let (texts, lang) = (use_text::<IdentityTexts>(), use_lang());
    let shows_all = use_state(|| props.kind != DocumentType::CnId);
    let onchange = use_callback(props.onchange.clone(), |word: AttrValue, onchange| {
        if let Some(kind) = DocumentType::parse(&word) {
            onchange.emit(kind);
        }
    });
    let show = use_callback(shows_all.setter(), |(), shows_all| shows_all.set(true));
    let offered = DocumentType::ALL
        .iter()
        .filter(|kind| *shows_all || **kind == DocumentType::CnId);
    let choices = offered.map(|kind| Choice {
        value: kind.as_str().into(),
        label: kind.label().get(lang).into(),
        more: picture(*kind).map(|file| html! {
            <img class="document" src={format!("/document/{file}.svg")} alt={texts.where_number} width="112" height="70" />
        }),
    });
    html! {
        <div>
            <RadioCards name="document-type" legend={texts.kind} choices={choices.collect::<Vec<_>>()}
                value={props.kind.as_str()} {onchange} />
            if !*shows_all {
                <Button look={Look::Quiet} onclick={show}>{ texts.other_kinds }</Button>
            }
        </div>
    }
}

/// The drawing that shows where the number stands.
fn picture(kind: DocumentType) -> Option<&'static str> {
    match kind {
        DocumentType::CnId | DocumentType::HkmotwResidence | DocumentType::ForeignPr => {
            Some("number-below")
        }
        DocumentType::HkmoPermit | DocumentType::TwPermit => Some("number-above"),
        DocumentType::Passport => Some("number-passport"),
        DocumentType::Military | DocumentType::Other => None,
    }
}
