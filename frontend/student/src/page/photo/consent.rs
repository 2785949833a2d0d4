//! The separate consent to handle a portrait, asked for once.

use client::{Failure, NewConsent};
use domain::agreement::Document;
use ui::lang::use_lang;
use ui::{Button, ProblemBox, api, use_text};
use wasm_bindgen_futures::spawn_local;
use yew::{Html, component, html, use_callback, use_state};

use super::text::PhotoTexts;
use crate::component::AgreementText;
use crate::session::use_session;

/// The card.
#[component]
pub(crate) fn Consent() -> Html {
    let (texts, lang) = (use_text::<PhotoTexts>(), use_lang());
    let session = use_session();
    let is_busy = use_state(|| false);
    let failure = use_state(|| None::<Failure>);
    let agree = {
        let (busy, failure) = (is_busy.setter(), failure.setter());
        use_callback(session.reload, move |(), reload| {
            let (busy, failure, reload) = (busy.clone(), failure.clone(), reload.clone());
            busy.set(true);
            spawn_local(async move {
                let agreement = Document::FacePhoto.current();
                let consent = NewConsent {
                    document: agreement.document.as_str().to_owned(),
                    version: agreement.version.to_owned(),
                };
                match api::call(client::create_consent(&consent)).await {
                    Ok(()) => reload.emit(()),
                    Err(problem) => {
                        busy.set(false);
                        failure.set(Some(problem));
                    }
                }
            });
        })
    };
    let document = Document::FacePhoto;
    html! {
        <section class="card stack">
            <h2>{ texts.consent_title }</h2>
            <p>{ document.current().summary.get(lang) }</p>
            <details class="more">
                <summary>{ texts.consent_whole }{ " · " }{ document.label().get(lang) }</summary>
                <AgreementText {document} />
            </details>
            if let Some(failure) = &*failure {
                <ProblemBox failure={failure.clone()} />
            }
            <Button onclick={agree} is_busy={*is_busy}>{ texts.consent_agree }</Button>
        </section>
    }
}
