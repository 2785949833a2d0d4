//! The whole text of an agreement.

use domain::Lang;
use domain::agreement::Document;
use yew::{Html, html};

/// Its paragraphs, in the current version.
pub(crate) fn agreement_text(document: Document, lang: Lang) -> Html {
    let agreement = document.current();
    let paragraphs = agreement.paragraphs(lang);
    html! { <div class="prose">{ for paragraphs.map(|text| html! { <p>{ text }</p> }) }</div> }
}
