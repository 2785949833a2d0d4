//! The HTTP client that every outgoing call uses: short, without redirects, retries or proxies.

use chrono::{DateTime, Utc};
use reqwest::header::{DATE, HeaderMap};
use reqwest::{Client, IntoUrl, Method, RequestBuilder, Response, redirect::Policy, retry};
use std::time::Duration;
use tokio::time::timeout;

/// The longest answer that is read, in bytes.
pub(crate) const ANSWER_LIMIT: usize = 1 << 20;
/// The longest bill that is read, in bytes, packed or not: some 150,000 payments a day.
pub(crate) const BILL_LIMIT: usize = 64 << 20;

/// How long calls to providers may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallTimeouts {
    /// No connection after this time is the same as no provider.
    pub connect: Duration,
    /// From the call to the head of its answer.
    pub first_byte: Duration,
    /// From the call to the last byte, where it does not take longer by nature.
    pub total: Duration,
    /// The same for a refund, which providers answer after asking a bank; also the time for its head.
    pub refund: Duration,
    /// The same for a bill, which may be long.
    pub bill: Duration,
}

impl Default for CallTimeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(2),
            first_byte: Duration::from_secs(5),
            total: Duration::from_secs(8),
            refund: Duration::from_secs(15),
            bill: Duration::from_mins(1),
        }
    }
}

/// The HTTP client could not be built: the system's TLS set-up is unusable.
#[derive(Debug, thiserror::Error)]
#[error("the HTTP client cannot be built")]
pub struct ClientError(#[source] pub(crate) reqwest::Error);

/// What a call is about, which says how long it may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CallKind {
    Ordinary,
    Refund,
    Bill,
}

/// Sends calls and gives up those that take too long. Cloning is cheap: clones share their connections.
#[derive(Debug, Clone)]
pub struct Http {
    client: Client,
    timeouts: CallTimeouts,
}

/// Why a call has no answer. The texts carry no address: addresses carry signatures and tokens.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SendError {
    /// Nothing was sent.
    #[error("no connection: {0}")]
    Connect(reqwest::Error),
    /// It may have been sent.
    #[error("{0}")]
    Transport(reqwest::Error),
    /// It was sent, and the provider keeps silent.
    #[error("no answer within {0:?}")]
    Silent(Duration),
}

impl Http {
    /// A client under these timeouts.
    pub fn new(timeouts: CallTimeouts) -> Result<Self, ClientError> {
        let client = Client::builder()
            .connect_timeout(timeouts.connect)
            .redirect(Policy::none())
            .retry(retry::never())
            .no_proxy()
            .user_agent("gradphoto/0.1")
            .build()
            .map_err(ClientError)?;
        Ok(Self { client, timeouts })
    }

    pub(crate) fn get(&self, address: impl IntoUrl) -> RequestBuilder {
        self.client.get(address)
    }

    pub(crate) fn post(&self, address: impl IntoUrl) -> RequestBuilder {
        self.client.post(address)
    }

    pub(crate) fn request(&self, method: Method, address: impl IntoUrl) -> RequestBuilder {
        self.client.request(method, address)
    }

    /// Sends a call; the answer's body may still be on its way, under the call's own time.
    pub(crate) async fn send(
        &self,
        request: RequestBuilder,
        kind: CallKind,
    ) -> Result<Response, SendError> {
        let times = &self.timeouts;
        let (first_byte, total) = match kind {
            CallKind::Ordinary => (times.first_byte, times.total),
            CallKind::Refund => (times.refund, times.refund),
            CallKind::Bill => (times.first_byte, times.bill),
        };
        match timeout(first_byte, request.timeout(total).send()).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(error)) if error.is_connect() => Err(SendError::Connect(error.without_url())),
            Ok(Err(error)) => Err(SendError::Transport(error.without_url())),
            Err(_) => Err(SendError::Silent(first_byte)),
        }
    }
}

/// A client under the default timeouts.
pub(crate) fn client() -> Result<Http, ClientError> {
    Http::new(CallTimeouts::default())
}

/// What the sender's clock said.
pub(crate) fn date(headers: &HeaderMap) -> Option<DateTime<Utc>> {
    let text = headers.get(DATE)?.to_str().ok()?;
    let date = DateTime::parse_from_rfc2822(text).ok()?;
    Some(date.with_timezone(&Utc))
}

/// Why an answer's body could not be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BodyError {
    #[error("the answer is longer than {0} bytes")]
    TooLong(usize),
    #[error("the answer broke off: {0}")]
    Transport(String),
}

/// Reads a body as it came, up to the limit of an ordinary answer.
pub(crate) async fn body(response: Response) -> Result<Vec<u8>, BodyError> {
    body_within(response, ANSWER_LIMIT).await
}

/// Reads a body as it came, up to a limit in bytes.
pub(crate) async fn body_within(
    mut response: Response,
    limit: usize,
) -> Result<Vec<u8>, BodyError> {
    let mut read = Vec::new();
    // Addresses carry signatures and tokens, which belong in no log.
    let broken = |error: reqwest::Error| BodyError::Transport(error.without_url().to_string());
    while let Some(chunk) = response.chunk().await.map_err(broken)? {
        if read.len() + chunk.len() > limit {
            return Err(BodyError::TooLong(limit));
        }
        read.extend_from_slice(&chunk);
    }
    Ok(read)
}
