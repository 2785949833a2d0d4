//! The whole text of an agreement.

use domain::agreement::Document;
use ui::lang::use_lang;
use ui::{Notice, Title};
use yew::{AttrValue, Html, Properties, component, html};

use super::NotFound;
use crate::component::AgreementText;

#[derive(Properties, PartialEq)]
pub(crate) struct AgreementProps {
    /// Its word.
    pub(crate) document: AttrValue,
}

/// The page.
#[component]
pub(crate) fn Agreement(props: &AgreementProps) -> Html {
    let lang = use_lang();
    let Some(document) = Document::parse(&props.document) else {
        return html! { <NotFound /> };
    };
    let agreement = document.current();
    html! {
        <article class="stack">
            <Title text={document.label().get(lang)} />
            <p class="muted figures">{ agreement.version }</p>
            <Notice><p>{ agreement.summary.get(lang) }</p></Notice>
            <AgreementText {document} />
        </article>
    }
}
