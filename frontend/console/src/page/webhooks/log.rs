//! What was sent to an endpoint, each try of it, and sending by hand.

use client::{WebhookAttemptView, WebhookDeliveryView, WebhookReplay};
use domain::Lang;
use domain::event::EventKind;
use domain::webhook::{AttemptFault, WebhookDeliveryState};
use ui::lang::use_lang;
use ui::{
    Button, Look, ProblemBox, Shape, TextField, TextTable, async_view, fill, moment_text,
    status_pill, use_action, use_loader, use_text,
};
use yew::{AttrValue, Callback, Html, Properties, component, html, use_callback, use_state};

use super::text::WebhookTexts;
use crate::call::call;

/// How many deliveries and tries are shown.
const LATEST: i64 = 20;
/// The offset of China from UTC, all year.
const CHINA: &str = "+08:00";

/// What a [`DeliveryLog`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct DeliveryLogProps {
    /// The endpoint.
    pub(super) endpoint_id: AttrValue,
    /// Whether something can be sent to it.
    pub(super) is_active: bool,
}

/// The latest deliveries.
#[component]
pub(super) fn DeliveryLog(props: &DeliveryLogProps) -> Html {
    let (texts, lang) = (use_text::<WebhookTexts>(), use_lang());
    let deliveries = use_loader(props.endpoint_id.clone(), |id| async move {
        call(client::list_webhook_deliveries(
            &id,
            None,
            Some(LATEST),
            None,
        ))
        .await
    });
    let (id, reload) = (props.endpoint_id.clone(), deliveries.reload.clone());
    let ping = use_action(move |()| {
        let (id, reload) = (id.clone(), reload.clone());
        async move {
            call(client::ping_webhook_endpoint(&id)).await?;
            reload.emit(());
            Ok(())
        }
    });
    let onping = use_callback(ping.run.clone(), |(), run| run.emit(()));
    let again = deliveries.reload.clone();
    let one = |delivery: &WebhookDeliveryView| {
        html! {
            <li key={delivery.id.clone()}>
                <OneDelivery delivery={delivery.clone()} is_active={props.is_active} sent={again.clone()} />
            </li>
        }
    };
    html! {
        <section class="stack">
            <h3>{ texts.log }</h3>
            if let Some(failure) = ping.failure.clone() {
                <ProblemBox {failure} />
            }
            <div class="actions">
                if props.is_active {
                    <Button look={Look::Second} onclick={onping} is_busy={ping.is_busy}>{ texts.ping }</Button>
                }
                <Button look={Look::Second} onclick={deliveries.reload.clone()}>{ texts.refresh }</Button>
            </div>
            { async_view(&deliveries, |list| {
                if list.items.is_empty() {
                    return html! { <p class="muted">{ WebhookTexts::of(lang).no_deliveries }</p> };
                }
                html! { <ul class="plain-list">{ for list.items.iter().map(one) }</ul> }
            }) }
            if props.is_active {
                <Replay endpoint_id={props.endpoint_id.clone()} sent={deliveries.reload.clone()} />
            }
        </section>
    }
}

/// What a [`OneDelivery`] needs.
#[derive(Properties, PartialEq)]
struct OneDeliveryProps {
    delivery: WebhookDeliveryView,
    is_active: bool,
    sent: Callback<()>,
}

/// One delivery; its tries when they are asked for.
#[component]
fn OneDelivery(props: &OneDeliveryProps) -> Html {
    let (texts, lang) = (use_text::<WebhookTexts>(), use_lang());
    let delivery = &props.delivery;
    let is_open = use_state(|| false);
    let toggle = use_callback(is_open.clone(), |(), is_open| is_open.set(!**is_open));
    let (id, sent) = (delivery.id.clone(), props.sent.clone());
    let resend = use_action(move |()| {
        let (id, sent) = (id.clone(), sent.clone());
        async move {
            call(client::resend_webhook(&id)).await?;
            sent.emit(());
            Ok(())
        }
    });
    let onresend = use_callback(resend.run.clone(), |(), run| run.emit(()));
    let kind = EventKind::parse(&delivery.event_type);
    let name = kind.map_or(delivery.event_type.as_str(), |kind| kind.label().get(lang));
    let tries = fill(texts.tries_count, &[("count", &delivery.tries)]);
    html! {
        <div class="stack">
            <div class="between">
                <span>{ name.to_owned() }{ " · " }{ moment_text(delivery.created_at, lang) }{ " · " }{ tries }</span>
                { delivery_state(delivery, lang) }
            </div>
            <p class="hint"><code>{ delivery.event_id.clone() }</code></p>
            if let Some(failure) = resend.failure.clone() {
                <ProblemBox {failure} />
            }
            <div class="actions">
                <Button look={Look::Second} onclick={toggle}>{ if *is_open { texts.hide_tries } else { texts.show_tries } }</Button>
                if props.is_active {
                    <Button look={Look::Second} onclick={onresend} is_busy={resend.is_busy}>{ texts.resend }</Button>
                }
            </div>
            if *is_open {
                <Tries delivery_id={delivery.id.clone()} />
            }
        </div>
    }
}

fn delivery_state(delivery: &WebhookDeliveryView, lang: Lang) -> Html {
    let state = WebhookDeliveryState::parse(&delivery.state);
    let label = state.map_or(delivery.state.as_str(), |state| state.label().get(lang));
    let shape = match state {
        Some(WebhookDeliveryState::Delivered) => Shape::Good,
        Some(WebhookDeliveryState::Failed) => Shape::Bad,
        Some(WebhookDeliveryState::Waiting) | None => Shape::Waiting,
    };
    status_pill(shape, label)
}

/// What [`Tries`] need.
#[derive(Properties, PartialEq)]
struct TriesProps {
    delivery_id: AttrValue,
}

/// The tries of a delivery, the latest first.
#[component]
fn Tries(props: &TriesProps) -> Html {
    let (texts, lang) = (use_text::<WebhookTexts>(), use_lang());
    let tries = use_loader(props.delivery_id.clone(), |id| async move {
        call(client::list_webhook_attempts(&id, Some(LATEST), None)).await
    });
    async_view(&tries, |list| {
        if list.items.is_empty() {
            return html! { <p class="muted">{ texts.no_tries }</p> };
        }
        html! { <ul class="plain-list">{ for list.items.iter().map(|attempt| one_try(attempt, lang)) }</ul> }
    })
}

fn one_try(attempt: &WebhookAttemptView, lang: Lang) -> Html {
    let fault = attempt.fault.as_deref().map(|word| {
        AttemptFault::parse(word)
            .map_or(word, |fault| fault.label().get(lang))
            .to_owned()
    });
    let came = attempt.status.map(|status| format!("HTTP {status}"));
    let came = came.or(fault).unwrap_or_default();
    html! {
        <li key={attempt.id.clone()}>
            <p class="figures">{ moment_text(attempt.at, lang) }{ " · " }{ came }{ format!(" · {} ms", attempt.duration_ms) }</p>
            if !attempt.answer.is_empty() {
                <pre class="answer"><code>{ attempt.answer.clone() }</code></pre>
            }
        </li>
    }
}

/// What [`Replay`] needs.
#[derive(Properties, PartialEq)]
struct ReplayProps {
    endpoint_id: AttrValue,
    sent: Callback<()>,
}

/// What is replayed from a moment on, as the browser's field writes it, in the time of China.
fn replay_from(typed: &str) -> Option<WebhookReplay> {
    let moment = format!("{typed}:00{CHINA}");
    Some(WebhookReplay {
        since: moment.parse().ok()?,
    })
}

/// Sends everything again that failed since a moment.
#[component]
fn Replay(props: &ReplayProps) -> Html {
    let texts = use_text::<WebhookTexts>();
    let (since, told) = (use_state(String::new), use_state(|| None::<String>));
    let (id, sent, done) = (props.endpoint_id.clone(), props.sent.clone(), told.setter());
    let replay = use_action(move |from: WebhookReplay| {
        let (id, sent, done) = (id.clone(), sent.clone(), done.clone());
        async move {
            let replayed = call(client::replay_webhooks(&id, &from)).await?;
            done.set(Some(fill(texts.replayed, &[("count", &replayed.count)])));
            sent.emit(());
            Ok(())
        }
    });
    let oninput = use_callback(since.setter(), |typed: String, since| since.set(typed));
    let from = replay_from(&since);
    let onclick = use_callback((replay.run.clone(), from.clone()), |(), (run, from)| {
        if let Some(from) = from {
            run.emit(from.clone());
        }
    });
    html! {
        <div class="stack">
            if let Some(failure) = replay.failure.clone() {
                <ProblemBox {failure} />
            }
            <TextField id="replay-since" label={texts.replay_since} hint={texts.replay_hint} kind="datetime-local" value={(*since).clone()} {oninput} />
            if from.is_some() {
                <Button look={Look::Second} {onclick} is_busy={replay.is_busy}>{ texts.replay }</Button>
            }
            if let Some(told) = (*told).clone() {
                <p role="status">{ told }</p>
            }
        </div>
    }
}
