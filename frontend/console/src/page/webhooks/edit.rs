//! Changing what is written of an endpoint.

use client::WebhookEndpointView;
use ui::lang::use_lang;
use ui::{Button, Look, use_form, use_text};
use yew::{Html, Properties, component, html};

use super::form::{EndpointDraft, FIELDS, check, fields};
use super::text::{Changed, WebhookTexts};
use crate::call::call;

/// What an [`EditEndpoint`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct EditEndpointProps {
    /// The endpoint.
    pub(super) endpoint: WebhookEndpointView,
    /// It was changed.
    pub(super) changed: Changed,
}

/// The form.
#[component]
pub(super) fn EditEndpoint(props: &EditEndpointProps) -> Html {
    let (texts, lang) = (use_text::<WebhookTexts>(), use_lang());
    let endpoint = &props.endpoint;
    let (id, version, changed) = (endpoint.id.clone(), endpoint.version, props.changed.clone());
    let form = use_form(
        EndpointDraft::of(endpoint),
        FIELDS,
        check,
        move |typed: EndpointDraft| {
            let (id, changed) = (id.clone(), changed.clone());
            async move {
                let change = typed.change(version);
                call(client::update_webhook_endpoint(&id, &change)).await?;
                changed.emit(texts.saved.into());
                Ok(())
            }
        },
    );
    html! {
        <form ref={form.node.clone()} class="stack" onsubmit={form.onsubmit.clone()} novalidate=true>
            { fields(&form, "edit-endpoint", texts, lang) }
            <div class="actions"><Button submits=true look={Look::Second} is_busy={form.is_busy}>{ texts.save }</Button></div>
        </form>
    }
}
