//! One try: a request, and what came of it.

use std::error::Error;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::webhook::{ANSWER_KEPT, AttemptAnswer, AttemptFault};
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, retry};
use tokio::time::timeout;

use super::resolve::{AddressLookup, CheckedResolver, NotResolved};
use super::target::{Target, WebhookReach, WebhookUrlFault};
use crate::ClientError;

/// The longest answer that is read, in bytes.
const ANSWER_READ: usize = 4096;

/// How long a try may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WebhookTimeouts {
    /// Until there is a connection.
    pub connect: Duration,
    /// From the beginning to the head of the answer.
    pub answer: Duration,
    /// Until the beginning of the answer's body has come, after which it is left.
    pub body: Duration,
}

impl Default for WebhookTimeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            answer: Duration::from_secs(15),
            body: Duration::from_secs(2),
        }
    }
}

/// What is sent.
#[derive(Debug, Clone, Copy)]
pub struct WebhookMessage<'a> {
    /// To whom.
    pub url: &'a str,
    /// The id, which stays the same over all tries.
    pub id: &'a str,
    /// The time of this try.
    pub at: DateTime<Utc>,
    /// One signature for each secret, separated by blanks.
    pub signatures: &'a str,
    /// The body.
    pub body: &'a str,
}

/// What came of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookAnswer {
    /// The status, or why there is none.
    pub answer: AttemptAnswer,
    /// How long the receiver asks to be left alone.
    pub retry_after: Option<TimeDelta>,
    /// How the answer begins.
    pub body: String,
}

impl WebhookAnswer {
    fn none(fault: AttemptFault) -> Self {
        Self {
            answer: AttemptAnswer::None(fault),
            retry_after: None,
            body: String::new(),
        }
    }
}

/// Sends webhooks. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct WebhookSender {
    internet: Client,
    loopback: Client,
    reach: WebhookReach,
    timeouts: WebhookTimeouts,
}

impl WebhookSender {
    /// A sender that reaches these addresses.
    ///
    /// # Errors
    /// Where TLS cannot be set up.
    pub fn new(
        reach: WebhookReach,
        lookup: Arc<dyn AddressLookup>,
        timeouts: WebhookTimeouts,
    ) -> Result<Self, ClientError> {
        let client = |resolver: CheckedResolver| {
            Client::builder()
                .connect_timeout(timeouts.connect)
                .redirect(Policy::none())
                .retry(retry::never())
                .no_proxy()
                // Every try resolves and checks anew.
                .pool_max_idle_per_host(0)
                .dns_resolver(Arc::new(resolver))
                .user_agent("GradPhoto-Webhooks/1")
                .build()
                .map_err(ClientError)
        };
        Ok(Self {
            internet: client(CheckedResolver::internet(Arc::clone(&lookup)))?,
            loopback: client(CheckedResolver::loopback(lookup))?,
            reach,
            timeouts,
        })
    }

    /// Looks at an address that somebody wants to be told at.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check_url(&self, url: &str) -> Result<(), WebhookUrlFault> {
        self.reach.target(url).map(|_| ())
    }

    /// Sends a message once.
    pub async fn send(&self, message: WebhookMessage<'_>) -> WebhookAnswer {
        let (client, url) = match self.reach.target(message.url) {
            Ok(Target::Internet(url)) => (&self.internet, url),
            Ok(Target::Loopback(url)) => (&self.loopback, url),
            Err(_) => return WebhookAnswer::none(AttemptFault::Forbidden),
        };
        let request = client
            .post(url)
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", message.id)
            .header("webhook-timestamp", message.at.timestamp())
            .header("webhook-signature", message.signatures)
            .body(message.body.to_owned());
        match timeout(self.timeouts.answer, request.send()).await {
            Ok(Ok(response)) => self.read(response, message.at).await,
            Ok(Err(error)) => WebhookAnswer::none(fault(&error)),
            Err(_) => WebhookAnswer::none(AttemptFault::TimedOut),
        }
    }

    async fn read(&self, mut response: Response, now: DateTime<Utc>) -> WebhookAnswer {
        let status = response.status().as_u16();
        let retry_after = retry_after(response.headers(), now);
        let mut bytes = Vec::new();
        let reading = async {
            while bytes.len() < ANSWER_READ
                && let Ok(Some(part)) = response.chunk().await
            {
                bytes.extend_from_slice(&part);
            }
        };
        // The status is the answer: a body that breaks off or never ends changes nothing.
        let _ = timeout(self.timeouts.body, reading).await;
        bytes.truncate(ANSWER_KEPT);
        WebhookAnswer {
            answer: AttemptAnswer::Status(status),
            retry_after,
            body: String::from_utf8_lossy(&bytes).replace('\0', "\u{fffd}"),
        }
    }
}

fn retry_after(headers: &HeaderMap, now: DateTime<Utc>) -> Option<TimeDelta> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u32>() {
        return Some(TimeDelta::seconds(seconds.into()));
    }
    let until = DateTime::parse_from_rfc2822(text).ok()?;
    Some((until.with_timezone(&Utc) - now).max(TimeDelta::zero()))
}

/// Why there is no answer, as far as the client says it.
fn fault(error: &reqwest::Error) -> AttemptFault {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(one) = cause {
        if let Some(resolved) = one.downcast_ref::<NotResolved>() {
            return match resolved {
                NotResolved::Unknown => AttemptFault::Unresolved,
                NotResolved::Forbidden => AttemptFault::Forbidden,
            };
        }
        // The form in which the TLS library's errors come.
        let is_tls = one
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::InvalidData);
        if is_tls && error.is_connect() {
            return AttemptFault::Tls;
        }
        cause = one.source();
    }
    if error.is_timeout() {
        AttemptFault::TimedOut
    } else if error.is_connect() {
        AttemptFault::Unreachable
    } else {
        AttemptFault::Broken
    }
}

#[cfg(test)]
mod tests;
