//! "Verify my signature": for who writes a receiver.

use client::SignedMessage;
use domain::webhook::SignatureVerdict;
use domain::{FieldError, ProblemCode};
use ui::lang::use_lang;
use ui::{Button, Look, Note, Notice, ProblemBox, TextField, Tone, use_form, use_text};
use yew::{AttrValue, Html, Properties, component, html, use_state};

use super::text::WebhookTexts;
use crate::call::call;

const FIELDS: &[&str] = &[
    "/webhook_id",
    "/webhook_timestamp",
    "/webhook_signature",
    "/body",
];

/// What was pasted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Pasted {
    id: String,
    timestamp: String,
    signature: String,
    body: String,
}

impl Pasted {
    fn message(self) -> SignedMessage {
        SignedMessage {
            body: self.body,
            webhook_id: self.id.trim().to_owned(),
            webhook_signature: self.signature.trim().to_owned(),
            webhook_timestamp: self.timestamp.trim().parse().unwrap_or_default(),
        }
    }
}

/// A timestamp is a number of seconds.
fn check(pasted: &Pasted) -> Vec<FieldError> {
    let seconds = pasted.timestamp.trim().parse::<i32>();
    let is_one = seconds.is_ok_and(|seconds| seconds >= 0);
    let error = FieldError::new("/webhook_timestamp", ProblemCode::RequestFieldUnreadable);
    let error = error.with("field", "webhook-timestamp");
    if is_one { Vec::new() } else { vec![error] }
}

/// What [`VerifySignature`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct VerifySignatureProps {
    /// The endpoint with whose secrets it is verified.
    pub(super) endpoint_id: AttrValue,
}

/// The form, and what came of it.
#[component]
pub(super) fn VerifySignature(props: &VerifySignatureProps) -> Html {
    let (texts, lang) = (use_text::<WebhookTexts>(), use_lang());
    let verdict = use_state(|| None::<SignatureVerdict>);
    let (id, told) = (props.endpoint_id.clone(), verdict.setter());
    let form = use_form(Pasted::default(), FIELDS, check, move |pasted: Pasted| {
        let (id, told) = (id.clone(), told.clone());
        async move {
            let message = pasted.message();
            let verified = call(client::verify_webhook_signature(&id, &message)).await?;
            told.set(SignatureVerdict::parse(&verified.verdict));
            Ok(())
        }
    });
    let model = (*form.model).clone();
    html! {
        <section class="stack">
            <h3>{ texts.verify }</h3>
            <p class="hint">{ texts.verify_hint }</p>
            <form ref={form.node.clone()} class="stack" onsubmit={form.onsubmit.clone()} novalidate=true>
                if let Some(failure) = form.failure.clone() {
                    <ProblemBox {failure} />
                }
                <TextField id="verify-id" label="webhook-id" value={model.id}
                    oninput={form.takes(|model, id| model.id = id)} error={form.error("/webhook_id")} />
                <TextField id="verify-timestamp" label="webhook-timestamp" inputmode="numeric" value={model.timestamp}
                    oninput={form.takes(|model, timestamp| model.timestamp = timestamp)} error={form.error("/webhook_timestamp")} />
                <TextField id="verify-signature" label="webhook-signature" value={model.signature}
                    oninput={form.takes(|model, signature| model.signature = signature)} error={form.error("/webhook_signature")} />
                <Note id="verify-body" label={texts.body} value={model.body}
                    oninput={form.takes(|model, body| model.body = body)} error={form.error("/body")} />
                <Button submits=true look={Look::Second} is_busy={form.is_busy}>{ texts.verify_now }</Button>
            </form>
            if let Some(verdict) = *verdict {
                <div role="status"><Notice tone={tone(verdict)}><p>{ verdict.label().get(lang) }</p></Notice></div>
            }
        </section>
    }
}

fn tone(verdict: SignatureVerdict) -> Tone {
    match verdict {
        SignatureVerdict::Valid => Tone::Good,
        SignatureVerdict::Stale => Tone::Warn,
        SignatureVerdict::Malformed | SignatureVerdict::Wrong => Tone::Bad,
    }
}
