//! What the person agreed to and when; the consent to handle the portrait can be withdrawn.

use client::ConsentView;
use domain::agreement::Document;
use yew::{Html, Properties, component, html};
use yew_router::prelude::Link;

use crate::api;
use crate::component::{AskFirst, moment_text, use_action};
use crate::lang::{use_lang, use_texts};
use crate::route::Route;
use crate::session::use_session;
use crate::text::fill;

#[derive(Properties, PartialEq)]
pub(crate) struct ConsentsProps {
    /// Those that hold.
    pub(crate) consents: Vec<ConsentView>,
}

/// The list.
#[component]
pub(crate) fn Consents(props: &ConsentsProps) -> Html {
    let texts = &use_texts().me;
    html! {
        <section class="card stack">
            <h2>{ texts.consents }</h2>
            <ul class="consents">
                { for props.consents.iter().map(|consent| html! {
                    <Consent key={format!("{}{}", consent.document, consent.version)} consent={consent.clone()} />
                }) }
            </ul>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct ConsentProps {
    consent: ConsentView,
}

/// One of them.
#[component]
fn Consent(props: &ConsentProps) -> Html {
    let (texts, lang) = (&use_texts().me, use_lang());
    let consent = &props.consent;
    let Some(document) = Document::parse(&consent.document) else {
        return Html::default();
    };
    let granted = fill(
        texts.granted,
        &[("time", &moment_text(consent.granted_at, lang))],
    );
    let version = fill(texts.version, &[("version", &consent.version)]);
    html! {
        <li class="consent">
            <span class="consent-name">{ document.label().get(lang) }</span>
            <span class="muted figures">{ granted }{ " · " }{ version }</span>
            if !consent.is_current {
                <span class="muted">{ texts.outdated }</span>
            }
            <span class="consent-actions">
                <Link<Route> to={Route::Agreement { document: consent.document.clone() }} classes="quiet">
                    { texts.read }
                </Link<Route>>
                if document == Document::FacePhoto {
                    <Withdraw />
                }
            </span>
        </li>
    }
}

/// Withdrawing the consent to handle the portrait, with what that means.
#[component]
fn Withdraw() -> Html {
    let texts = &use_texts().me;
    let reload = use_session().reload;
    let action = use_action(move |()| {
        let reload = reload.clone();
        async move {
            let document = Document::FacePhoto.as_str();
            api::call(async |client| client.withdraw_consent(document).await).await?;
            reload.emit(());
            Ok(())
        }
    });
    html! {
        <AskFirst id="withdraw" label={texts.withdraw} title={texts.withdraw_title} keep={texts.withdraw_keep}
            look={crate::component::Look::Quiet} {action}>
            <p>{ texts.withdraw_detail }</p>
            <p>{ texts.withdraw_consequence }</p>
        </AskFirst>
    }
}
