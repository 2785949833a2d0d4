//! What the person agreed to and when; the consent to handle the portrait can be withdrawn.

use client::ConsentView;
use domain::Lang;
use domain::agreement::Document;
use ui::{AskFirst, Link, TextTable, api, fill, moment_text, use_action, use_text};
use yew::{Html, component, html};

use super::text::MeTexts;
use crate::route::Route;
use crate::session::use_session;

/// The list.
pub(crate) fn consents(consents: &[ConsentView], lang: Lang) -> Html {
    let texts = MeTexts::of(lang);
    html! {
        <section class="card stack">
            <h2>{ texts.consents }</h2>
            <ul class="consents">
                { for consents.iter().map(|one| consent(one, lang)) }
            </ul>
        </section>
    }
}

/// One of them.
fn consent(consent: &ConsentView, lang: Lang) -> Html {
    let texts = MeTexts::of(lang);
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
    let texts = use_text::<MeTexts>();
    let reload = use_session().reload;
    let action = use_action(move |()| {
        let reload = reload.clone();
        async move {
            let document = Document::FacePhoto.as_str();
            api::call(client::withdraw_consent(document)).await?;
            reload.emit(());
            Ok(())
        }
    });
    html! {
        <AskFirst id="withdraw" label={texts.withdraw} title={texts.withdraw_title} keep={texts.withdraw_keep}
            look={ui::Look::Quiet} {action}>
            <p>{ texts.withdraw_detail }</p>
            <p>{ texts.withdraw_consequence }</p>
        </AskFirst>
    }
}
