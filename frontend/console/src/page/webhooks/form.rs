//! What is written of an endpoint, and the form for a new one.

use client::{NewWebhookEndpoint, WebhookEndpointChanges, WebhookEndpointView};
use domain::event::EventKind;
use domain::webhook::{DESCRIPTION_MAX, URL_MAX};
use domain::{FieldError, Lang, ProblemCode};
use ui::lang::use_lang;
use ui::{Button, Form, ProblemBox, TextField, use_form, use_text};
use yew::{AttrValue, Callback, Html, Properties, component, html, use_callback, use_state};

use super::secret::SecretOnce;
use super::text::{Changed, WebhookTexts};
use crate::call::call;
use crate::fresh::use_fresh;

/// The fields of the form, as the server names them.
pub(super) const FIELDS: &[&str] = &["/url", "/description", "/event_types"];

/// What was filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct EndpointDraft {
    url: String,
    description: String,
    types: Vec<String>,
}

impl EndpointDraft {
    /// What an endpoint has now.
    pub(super) fn of(endpoint: &WebhookEndpointView) -> Self {
        Self {
            url: endpoint.url.clone(),
            description: endpoint.description.clone(),
            types: endpoint.event_types.clone(),
        }
    }

    /// As a new endpoint of a school is sent.
    fn wanted(self, school_id: &str) -> NewWebhookEndpoint {
        NewWebhookEndpoint {
            description: Some(Some(self.description.trim().to_owned())),
            event_types: Some(self.types),
            school_id: Some(Some(school_id.to_owned())),
            url: self.url.trim().to_owned(),
        }
    }

    /// As a change is sent of the version that was read.
    pub(super) fn change(self, version: i32) -> WebhookEndpointChanges {
        WebhookEndpointChanges {
            description: self.description.trim().to_owned(),
            event_types: self.types,
            url: self.url.trim().to_owned(),
            version,
        }
    }

    fn toggle(&mut self, kind: &str) {
        if self.types.iter().any(|held| held == kind) {
            self.types.retain(|held| held != kind);
        } else {
            self.types.push(kind.to_owned());
        }
    }
}

/// What is wrong without asking the server.
pub(super) fn check(typed: &EndpointDraft) -> Vec<FieldError> {
    let mut found = Vec::new();
    let url = typed.url.trim();
    if url.is_empty() || url.len() > URL_MAX {
        found.push(FieldError::new("/url", ProblemCode::WebhookUrl));
    }
    if typed.description.trim().chars().count() > DESCRIPTION_MAX {
        let error = FieldError::new("/description", ProblemCode::WebhookDescription);
        found.push(error.with("max", DESCRIPTION_MAX));
    }
    found
}

/// The fields of a form; their ids begin with a prefix, since two forms can be on the page.
pub(super) fn fields(
    form: &Form<EndpointDraft>,
    prefix: &str,
    texts: &WebhookTexts,
    lang: Lang,
) -> Html {
    let model = (*form.model).clone();
    let toggle = form.takes(|model: &mut EndpointDraft, kind: String| model.toggle(&kind));
    html! {
        <>
            if let Some(failure) = form.failure.clone() {
                <ProblemBox {failure} />
            }
            <TextField id={format!("{prefix}-url")} label={texts.url} hint={texts.url_hint} value={model.url} kind="url"
                oninput={form.takes(|model, url| model.url = url)} error={form.error("/url")} />
            <TextField id={format!("{prefix}-description")} label={texts.description} hint={texts.description_hint} value={model.description}
                oninput={form.takes(|model, description| model.description = description)} error={form.error("/description")} />
            <fieldset class="stack">
                <legend>{ texts.types }</legend>
                <p class="hint">{ texts.types_hint }</p>
                { type_boxes(&model.types, lang, &toggle) }
            </fieldset>
        </>
    }
}

/// The types of events as boxes to tick; pings are sent whatever is ticked.
fn type_boxes(chosen: &[String], lang: Lang, toggle: &Callback<String>) -> Html {
    let kinds = EventKind::ALL
        .iter()
        .filter(|kind| **kind != EventKind::WebhookPing);
    let boxes = kinds.map(|kind| {
        let (word, toggle) = (kind.as_str(), toggle.clone());
        let onchange = move |_| toggle.emit(word.to_owned());
        let checked = chosen.iter().any(|held| held == word);
        html! {
            <label class="check">
                <input type="checkbox" {checked} {onchange} />
                <span>{ kind.label().get(lang) }<span class="hint">{ " " }{ word }</span></span>
            </label>
        }
    });
    html! { <div class="stack">{ for boxes }</div> }
}

/// What a [`NewEndpointForm`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct NewEndpointFormProps {
    /// The school.
    pub(super) school_id: AttrValue,
    /// An endpoint was made.
    pub(super) changed: Changed,
}

/// The form for a new endpoint, and then its secret.
#[component]
pub(super) fn NewEndpointForm(props: &NewEndpointFormProps) -> Html {
    let (texts, lang) = (use_text::<WebhookTexts>(), use_lang());
    let secret = use_state(|| None::<AttrValue>);
    let (fresh, school_id, shown) = (use_fresh(), props.school_id.clone(), secret.setter());
    let form = use_form(
        EndpointDraft::default(),
        FIELDS,
        check,
        move |typed: EndpointDraft| {
            let (fresh, school_id, shown) = (fresh.clone(), school_id.clone(), shown.clone());
            async move {
                let wanted = typed.wanted(&school_id);
                let made = fresh
                    .run(|| call(client::create_webhook_endpoint(&wanted)))
                    .await?;
                shown.set(Some(made.secret.into()));
                Ok(())
            }
        },
    );
    let saved = use_callback(props.changed.clone(), move |(), changed| {
        changed.emit(texts.made.into());
    });
    if let Some(secret) = (*secret).clone() {
        return html! { <SecretOnce {secret} {saved} /> };
    }
    html! {
        <form ref={form.node.clone()} class="stack" onsubmit={form.onsubmit.clone()} novalidate=true>
            { fields(&form, "new-endpoint", texts, lang) }
            <div class="actions"><Button submits=true is_busy={form.is_busy}>{ texts.make }</Button></div>
        </form>
    }
}
