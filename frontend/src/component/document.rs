//! The whole text of an agreement.

use domain::agreement::Document;
use yew::{Html, Properties, component, html};

use crate::lang::use_lang;

#[derive(Properties, PartialEq)]
pub(crate) struct AgreementTextProps {
    /// Which one.
    pub(crate) document: Document,
}

/// Its paragraphs, in the current version.
#[component]
pub(crate) fn AgreementText(props: &AgreementTextProps) -> Html {
    let agreement = props.document.current();
    let paragraphs = agreement.paragraphs(use_lang());
    html! { <div class="prose">{ for paragraphs.map(|text| html! { <p>{ text }</p> }) }</div> }
}
