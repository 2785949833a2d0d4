//! One endpoint: how it stands, what can be done with it, its log, and help for who writes the receiver.

use client::WebhookEndpointView;
use domain::Lang;
use domain::webhook::{EndpointDisabledReason, EndpointState};
use ui::lang::use_lang;
use ui::{
    Action, AskFirst, Button, Look, Notice, ProblemBox, TextTable, Tone, fill, moment_text,
    use_action, use_text,
};
use yew::{Html, Properties, component, hook, html, use_callback};

use super::edit::EditEndpoint;
use super::log::DeliveryLog;
use super::secret::NewSecret;
use super::text::{Changed, WebhookTexts};
use super::verify::VerifySignature;
use crate::call::call;

/// What an [`EndpointPanel`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct EndpointPanelProps {
    /// The endpoint.
    pub(super) endpoint: WebhookEndpointView,
    /// Something was changed.
    pub(super) changed: Changed,
}

/// The panel.
#[component]
pub(super) fn EndpointPanel(props: &EndpointPanelProps) -> Html {
    let (texts, lang) = (use_text::<WebhookTexts>(), use_lang());
    let (endpoint, changed) = (&props.endpoint, &props.changed);
    let delete = use_delete(props);
    html! {
        <div class="stack">
            <h2>{ endpoint.url.clone() }</h2>
            { trouble(endpoint, lang) }
            if endpoint.integrator_id.is_some() {
                <p class="muted">{ texts.of_integrator }</p>
            }
            <Switch endpoint={endpoint.clone()} changed={changed.clone()} />
            <DeliveryLog endpoint_id={endpoint.id.clone()} is_active={is_active(endpoint)} />
            <section class="stack">
                <h3>{ texts.settings }</h3>
                <EditEndpoint endpoint={endpoint.clone()} changed={changed.clone()} />
                <NewSecret endpoint={endpoint.clone()} changed={changed.clone()} />
                <AskFirst id="delete-endpoint" label={texts.delete} title={texts.delete_title} keep={texts.keep} action={delete}>
                    <p>{ texts.delete_detail }</p>
                </AskFirst>
            </section>
            <VerifySignature endpoint_id={endpoint.id.clone()} />
        </div>
    }
}

fn is_active(endpoint: &WebhookEndpointView) -> bool {
    endpoint.state == EndpointState::Active.as_str()
}

/// What is wrong with an endpoint, if anything is.
fn trouble(endpoint: &WebhookEndpointView, lang: Lang) -> Html {
    let texts = WebhookTexts::of(lang);
    if let Some(word) = &endpoint.disabled_reason {
        let reason = EndpointDisabledReason::parse(word);
        let reason = reason.map_or(word.as_str(), |reason| reason.label().get(lang));
        let said = fill(texts.disabled_note, &[("reason", &reason)]);
        return html! { <Notice tone={Tone::Warn}><p>{ said }</p></Notice> };
    }
    let Some(since) = endpoint.failing_since else {
        return Html::default();
    };
    let said = fill(texts.failing_note, &[("time", &moment_text(since, lang))]);
    html! { <Notice tone={Tone::Bad}><p>{ said }</p></Notice> }
}

#[hook]
fn use_delete(props: &EndpointPanelProps) -> Action<()> {
    let (lang, id, changed) = (use_lang(), props.endpoint.id.clone(), props.changed.clone());
    use_action(move |()| {
        let (id, changed) = (id.clone(), changed.clone());
        async move {
            call(client::delete_webhook_endpoint(&id)).await?;
            changed.emit(WebhookTexts::of(lang).deleted.into());
            Ok(())
        }
    })
}

/// Has the endpoint told of events, or not.
#[component]
fn Switch(props: &EndpointPanelProps) -> Html {
    let (texts, is_active) = (use_text::<WebhookTexts>(), is_active(&props.endpoint));
    let (id, changed) = (props.endpoint.id.clone(), props.changed.clone());
    let switch = use_action(move |()| {
        let (id, changed) = (id.clone(), changed.clone());
        async move {
            let told = if is_active {
                call(client::disable_webhook_endpoint(&id)).await?;
                texts.disabled
            } else {
                call(client::enable_webhook_endpoint(&id)).await?;
                texts.enabled
            };
            changed.emit(told.into());
            Ok(())
        }
    });
    let onclick = use_callback(switch.run.clone(), |(), run| run.emit(()));
    if is_active {
        return html! {
            <AskFirst id="disable-endpoint" label={texts.disable} title={texts.disable_title} keep={texts.keep} action={switch}>
                <p>{ texts.disable_detail }</p>
            </AskFirst>
        };
    }
    html! {
        <>
            if let Some(failure) = switch.failure.clone() {
                <ProblemBox {failure} />
            }
            <Button look={Look::Second} {onclick} is_busy={switch.is_busy}>{ texts.enable }</Button>
        </>
    }
}
