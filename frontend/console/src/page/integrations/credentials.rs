//! The credentials of a system: made, seen once, revoked.

use client::{CredentialView, IntegratorView, NewIntegratorCredential};
use domain::integrator::CredentialState;
use ui::lang::use_lang;
use ui::{
    AskFirst, Button, Look, Notice, ProblemBox, Shape, TextTable, Tone, date_text, fill,
    status_pill, use_action, use_text,
};
use yew::{AttrValue, Html, Properties, component, html, use_callback, use_state};

use super::text::{Changed, IntegrationTexts};
use crate::call::call;
use crate::fresh::use_fresh;

/// What [`Credentials`] need.
#[derive(Properties, PartialEq)]
pub(super) struct CredentialsProps {
    /// The system.
    pub(super) system: IntegratorView,
    /// Something was changed.
    pub(super) changed: Changed,
}

/// The list, and the way to a new secret.
#[component]
pub(super) fn Credentials(props: &CredentialsProps) -> Html {
    let texts = use_text::<IntegrationTexts>();
    let secret = use_state(|| None::<AttrValue>);
    let (fresh, id, shown) = (use_fresh(), props.system.id.clone(), secret.setter());
    let make = use_action(move |()| {
        let (fresh, id, shown) = (fresh.clone(), id.clone(), shown.clone());
        async move {
            let new = NewIntegratorCredential {
                public_key: None,
                days: None,
            };
            let make = || call(client::create_integrator_credential(&id, &new));
            let made = fresh.run(make).await?;
            shown.set(made.secret.map(AttrValue::from));
            Ok(())
        }
    });
    let name = props.system.name.clone();
    let saved = use_callback(
        (props.changed.clone(), secret.setter()),
        move |(), (changed, secret)| {
            secret.set(None);
            changed.emit(fill(texts.saved, &[("name", &name)]).into());
        },
    );
    let onclick = use_callback(make.run.clone(), |(), run| run.emit(()));
    html! {
        <section class="stack">
            <h3>{ texts.credentials }</h3>
            <p class="hint">{ texts.credential_hint }</p>
            if let Some(failure) = make.failure.clone() {
                <ProblemBox {failure} />
            }
            if let Some(secret) = (*secret).clone() {
                <div role="status">
                    <Notice tone={Tone::Warn}><p>{ texts.secret_once }</p><p><code>{ secret }</code></p></Notice>
                </div>
                <Button onclick={saved}>{ texts.secret_saved }</Button>
            } else {
                <Button look={Look::Second} {onclick} is_busy={make.is_busy}>{ texts.new_secret }</Button>
            }
            <ul class="plain-list">
                { for props.system.credentials.iter().map(|credential| html! {
                    <li key={credential.id.clone()}>
                        <OneCredential system_id={props.system.id.clone()} credential={credential.clone()} changed={props.changed.clone()} />
                    </li>
                }) }
            </ul>
        </section>
    }
}

/// What a [`OneCredential`] needs.
#[derive(Properties, PartialEq)]
struct OneCredentialProps {
    system_id: AttrValue,
    credential: CredentialView,
    changed: Changed,
}

#[component]
fn OneCredential(props: &OneCredentialProps) -> Html {
    let (texts, lang) = (use_text::<IntegrationTexts>(), use_lang());
    let credential = &props.credential;
    let (fresh, changed) = (use_fresh(), props.changed.clone());
    let (system_id, id) = (props.system_id.clone(), credential.id.clone());
    let revoke = use_action(move |()| {
        let (fresh, changed) = (fresh.clone(), changed.clone());
        let (system_id, id) = (system_id.clone(), id.clone());
        async move {
            let revoke = || call(client::revoke_integrator_credential(&system_id, &id));
            fresh.run(revoke).await?;
            changed.emit(IntegrationTexts::of(lang).credential_revoked.into());
            Ok(())
        }
    });
    let state = CredentialState::parse(&credential.state);
    let is_active = state == Some(CredentialState::Active);
    let label = state.map_or(credential.state.as_str(), |state| state.label().get(lang));
    let shape = if is_active { Shape::Good } else { Shape::Bad };
    let used = credential
        .last_used_at
        .map_or_else(|| texts.never.to_owned(), |at| date_text(at, lang));
    let until = date_text(credential.expires_at, lang);
    let name = [("name", &credential.label as &dyn std::fmt::Display)];
    html! {
        <div class="stack">
            <div class="between"><code>{ credential.label.clone() }</code>{ status_pill(shape, label) }</div>
            <p class="hint">{ fill(texts.until, &[("day", &until)]) }<br />{ fill(texts.used, &[("day", &used)]) }</p>
            if is_active {
                <AskFirst id={format!("revoke-{}", credential.id)} label={texts.revoke_credential}
                    title={fill(texts.revoke_credential_title, &name)} keep={texts.keep} action={revoke}>
                    <p>{ texts.revoke_credential_detail }</p>
                </AskFirst>
            }
        </div>
    }
}
