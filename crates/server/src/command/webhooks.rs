//! `gradphoto webhooks`: what happens is passed on to a receiver on a developer's own computer.

use std::pin::pin;
use std::sync::Arc;

use anyhow::{Result, bail};
use chrono::{DateTime, SecondsFormat, Utc};
use clap::{Args, Subcommand};
use client::sdk::ApiClient;
use client::{EventView, NewTestEvent};
use domain::webhook::AttemptAnswer;
use futures_util::TryStreamExt;
use providers::SystemRandom;
use providers::webhook::{
    SystemLookup, WebhookMessage, WebhookReach, WebhookSecret, WebhookSender, WebhookTimeouts,
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::output::say;
use super::remote::{Remote, secret};

/// How long a call waits for the next event, in seconds.
const WAIT_S: i64 = 25;
/// How many events are read at a time.
const PAGE: i64 = 100;

#[derive(Debug, Subcommand)]
pub(super) enum WebhooksAction {
    /// Send what happens from now on to an address of this computer, signed like a real delivery. No open port is needed:
    /// events are read by the long poll.
    Listen(Listen),
    /// Have an event of a type happen in a test school.
    Trigger(Trigger),
}

/// What is to happen, and where.
#[derive(Debug, Args)]
pub(super) struct Trigger {
    #[command(flatten)]
    remote: Remote,
    /// The type, such as `photo.approved`.
    kind: String,
    /// The test school, `sch_…`; by default the one that the integrator serves.
    #[arg(long)]
    school: Option<String>,
}

/// What is passed on, and whereto.
#[derive(Debug, Args)]
pub(super) struct Listen {
    #[command(flatten)]
    remote: Remote,
    /// The receiver, such as `http://localhost:3000/hooks`.
    #[arg(long)]
    forward_to: String,
    /// The secret that signs, `whsec_…`; by default a new one, which is printed.
    #[arg(long, env = "WEBHOOK_SECRET", hide_env_values = true, value_parser = secret)]
    secret: Option<SecretString>,
    /// End after so many events; otherwise go on until it is stopped.
    #[arg(long)]
    count: Option<u64>,
}

#[tokio::main]
pub(super) async fn run(action: WebhooksAction) -> Result<()> {
    match action {
        WebhooksAction::Listen(asked) => Box::pin(listen(asked)).await,
        WebhooksAction::Trigger(asked) => Box::pin(trigger(asked)).await,
    }
}

async fn trigger(asked: Trigger) -> Result<()> {
    let api = asked.remote.client()?;
    let school = match asked.school {
        Some(school) => school,
        None => only_school(&api).await?,
    };
    let wanted = NewTestEvent { r#type: asked.kind };
    let made = api
        .send(&client::create_test_event(&school, &wanted))
        .await?;
    say!("{}", made.event_id)?;
    Ok(())
}

/// The school that an integrator serves, where it serves one.
async fn only_school(api: &ApiClient) -> Result<String> {
    let schools = client::list_managed_schools(None, Some(2), None);
    let mut schools = api.send(&schools).await?.items;
    match (schools.pop(), schools.pop()) {
        (Some(school), None) => Ok(school.id),
        (_, _) => bail!("the integrator serves several schools: say which by --school"),
    }
}

async fn listen(asked: Listen) -> Result<()> {
    let (api, secret) = (asked.remote.client()?, secret_of(asked.secret.as_ref())?);
    let lookup = Arc::new(SystemLookup);
    let reach = WebhookReach::InternetAndLoopback;
    let sender = WebhookSender::new(reach, lookup, WebhookTimeouts::default())?;
    if let Err(fault) = sender.check_url(&asked.forward_to) {
        bail!("{} cannot be told: {fault}", asked.forward_to);
    }
    // Asked for before anything is said, so that what happens after the first line is passed on.
    let start = api
        .send(&client::list_events(None, Some(true), Some(1), None))
        .await?;
    if asked.secret.is_none() {
        say!("{}", secret.text().expose_secret())?;
    }
    say!("Events are sent to {} from now on.", asked.forward_to)?;
    follow(&api, &asked, start.next.as_deref(), |event| {
        forward(&sender, &secret, &asked.forward_to, event)
    })
    .await
}

fn secret_of(given: Option<&SecretString>) -> Result<WebhookSecret> {
    Ok(match given {
        Some(text) => WebhookSecret::parse(text.expose_secret())?,
        None => WebhookSecret::random(&SystemRandom),
    })
}

/// Does something with each event behind a place, in their order.
async fn follow<F>(
    api: &ApiClient,
    asked: &Listen,
    start: Option<&str>,
    tell: impl Fn(EventView) -> F,
) -> Result<()>
where
    F: Future<Output = Result<()>>,
{
    let behind =
        |after: Option<&str>| client::list_events(Some(WAIT_S), None, Some(PAGE), after.or(start));
    let mut events = pin!(api.pages(behind));
    let mut left = asked.count;
    while left != Some(0)
        && let Some(event) = events.try_next().await?
    {
        tell(event).await?;
        left = left.map(|left| left - 1);
    }
    Ok(())
}

/// Sends an event once, and says what came of it.
async fn forward(
    sender: &WebhookSender,
    secret: &WebhookSecret,
    url: &str,
    event: EventView,
) -> Result<()> {
    let at = now();
    let body = json!({
        "type": event.r#type,
        "timestamp": event.timestamp.to_rfc3339_opts(SecondsFormat::Millis, true),
        "data": event.data,
    });
    let body = body.to_string();
    let signature = secret.sign(&event.id, at.timestamp(), &body);
    let message = WebhookMessage {
        url,
        id: &event.id,
        at,
        signatures: &signature,
        body: &body,
    };
    let answer = sender.send(message).await;
    let came = match answer.answer {
        AttemptAnswer::Status(status) => status.to_string(),
        AttemptAnswer::None(fault) => fault.to_string(),
    };
    say!("{}  {}  {came}", event.id, event.r#type)?;
    Ok(())
}

/// The time of this computer, by which its receiver judges how old a message is.
fn now() -> DateTime<Utc> {
    std::time::SystemTime::now().into()
}
