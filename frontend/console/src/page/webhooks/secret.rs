//! A secret, shown once, and a new one for an endpoint.

use client::WebhookEndpointView;
use ui::{AskFirst, Button, Notice, Tone, use_action, use_text};
use yew::{AttrValue, Callback, Html, Properties, component, html, use_callback, use_state};

use super::text::{Changed, WebhookTexts};
use crate::call::call;
use crate::fresh::use_fresh;

/// What a [`SecretOnce`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct SecretOnceProps {
    /// The secret.
    pub(super) secret: AttrValue,
    /// The person says that they have saved it.
    pub(super) saved: Callback<()>,
}

/// A secret that is not shown again.
#[component]
pub(super) fn SecretOnce(props: &SecretOnceProps) -> Html {
    let texts = use_text::<WebhookTexts>();
    html! {
        <div class="stack">
            <div role="status">
                <Notice tone={Tone::Warn}><p>{ texts.secret_once }</p><p><code>{ props.secret.clone() }</code></p></Notice>
            </div>
            <Button onclick={props.saved.clone()}>{ texts.secret_saved }</Button>
        </div>
    }
}

/// What a [`NewSecret`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct NewSecretProps {
    /// The endpoint.
    pub(super) endpoint: WebhookEndpointView,
    /// A secret was made and saved.
    pub(super) changed: Changed,
}

/// The way to a new secret; the old one signs for another day.
#[component]
pub(super) fn NewSecret(props: &NewSecretProps) -> Html {
    let texts = use_text::<WebhookTexts>();
    let secret = use_state(|| None::<AttrValue>);
    let (fresh, id, shown) = (use_fresh(), props.endpoint.id.clone(), secret.setter());
    let make = use_action(move |()| {
        let (fresh, id, shown) = (fresh.clone(), id.clone(), shown.clone());
        async move {
            let made = fresh
                .run(|| call(client::create_webhook_secret(&id)))
                .await?;
            shown.set(Some(made.secret.into()));
            Ok(())
        }
    });
    let saved = use_callback(
        (props.changed.clone(), secret.setter()),
        move |(), (changed, secret)| {
            secret.set(None);
            changed.emit(texts.secret_made.into());
        },
    );
    match (*secret).clone() {
        Some(secret) => html! { <SecretOnce {secret} {saved} /> },
        None => html! {
            <AskFirst id="new-secret" label={texts.new_secret} title={texts.new_secret_title} keep={texts.keep} action={make}>
                <p>{ texts.new_secret_detail }</p>
            </AskFirst>
        },
    }
}
