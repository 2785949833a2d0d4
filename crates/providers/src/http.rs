//! The HTTP client that every outgoing call uses: short, without redirects, retries or proxies.

use reqwest::{Client, Response, redirect::Policy, retry};
use std::time::Duration;

/// No connection after this long is the same as no provider.
const CONNECT: Duration = Duration::from_secs(3);
/// From the first byte sent to the last byte read.
const TOTAL: Duration = Duration::from_secs(8);
/// The longest answer that is read, in bytes.
const ANSWER_LIMIT: usize = 1 << 20;

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

/// Why an answer's body could not be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BodyError {
    #[error("the answer is longer than {ANSWER_LIMIT} bytes")]
    TooLong,
    #[error(transparent)]
    Transport(#[from] reqwest::Error),
}

/// Reads a body as it came, up to the limit.
pub(crate) async fn body(mut response: Response) -> Result<Vec<u8>, BodyError> {
    let mut read = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if read.len() + chunk.len() > ANSWER_LIMIT {
            return Err(BodyError::TooLong);
        }
        read.extend_from_slice(&chunk);
    }
    Ok(read)
}
