//! The HTTP client that every outgoing call uses: short, without redirects, retries or proxies.

use chrono::{DateTime, Utc};
use reqwest::header::{DATE, HeaderMap};
use reqwest::{Client, Response, redirect::Policy, retry};
use std::time::Duration;

/// No connection after this long is the same as no provider.
const CONNECT: Duration = Duration::from_secs(3);
/// From the first byte sent to the last byte read, where a call does not take longer by nature.
const TOTAL: Duration = Duration::from_secs(8);
/// The same for a refund, which providers answer after asking a bank.
pub(crate) const REFUND: Duration = Duration::from_secs(15);
/// The same for a bill.
pub(crate) const BILL: Duration = Duration::from_mins(1);
/// The longest answer that is read, in bytes.
pub(crate) const ANSWER_LIMIT: usize = 1 << 20;
/// The longest bill that is read, in bytes, packed or not: some 150,000 payments a day.
pub(crate) const BILL_LIMIT: usize = 64 << 20;

/// The HTTP client could not be built: the system's TLS set-up is unusable.
#[derive(Debug, thiserror::Error)]
#[error("the HTTP client cannot be built")]
pub struct ClientError(#[source] reqwest::Error);

pub(crate) fn client() -> Result<Client, ClientError> {
    Client::builder()
        .connect_timeout(CONNECT)
        .timeout(TOTAL)
        .redirect(Policy::none())
        .retry(retry::never())
        .no_proxy()
        .user_agent("gradphoto/0.1")
        .build()
        .map_err(ClientError)
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
