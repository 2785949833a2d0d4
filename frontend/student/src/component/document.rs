//! The whole text of an agreement.

use domain::Lang;
use domain::agreement::Document;
use ui::lang::use_lang;
use ui::{async_view, use_settings};
use yew::{Html, Properties, component, html};

#[derive(Properties, PartialEq)]
pub(crate) struct AgreementTextProps {
    /// Which agreement.
    pub(crate) document: Document,
}

/// Its paragraphs, in the current version.
#[component]
pub(crate) fn AgreementText(props: &AgreementTextProps) -> Html {
    let lang = use_lang();
    match props.document {
        Document::ServiceAgreement => html! { <ServiceAgreement /> },
        Document::FacePhoto => paragraphs(Document::FacePhoto, lang, "", ""),
    }
}

/// The service agreement, which names the operator.
#[component]
fn ServiceAgreement() -> Html {
    let (settings, lang) = (use_settings(), use_lang());
    async_view(&settings, |settings| {
        let operator = &settings.operator;
        let document = Document::ServiceAgreement;
        paragraphs(document, lang, &operator.name, &operator.contact)
    })
}

fn paragraphs(document: Document, lang: Lang, name: &str, contact: &str) -> Html {
    let paragraphs = document.current().paragraphs(lang, name, contact);
    let paragraphs = paragraphs.into_iter();
    html! { <div class="prose">{ for paragraphs.map(|text| html! { <p>{ text }</p> }) }</div> }
}
