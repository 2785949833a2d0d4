//! The API as a school's system uses it: access tokens that are renewed, calls that are tried again, pages as a stream.
//!
//! ```no_run
//! # async fn first_photo() -> Result<(), client::sdk::ApiError> {
//! use client::sdk::ApiClient;
//! use futures_util::TryStreamExt;
//!
//! let api = ApiClient::new("https://photos.example.edu.cn", "int_…", "gpk_live_…")?;
//! let schools = api.send(&client::list_managed_schools(None, None, None)).await?;
//! let tasks = client::list_school_tasks(&schools.items[0].id, None, None);
//! let task = &api.send(&tasks).await?.items[0].id;
//! let approved = |after: Option<&str>| {
//!     client::list_task_photos(task, Some("approved"), None, None, after)
//! };
//! let photos = api.pages(approved);
//! let mut photos = std::pin::pin!(photos);
//! while let Some(photo) = photos.try_next().await? {
//!     let picture = api.send(&client::get_task_photo_image(task, &photo.id)).await?;
//!     println!("{} has {} bytes", photo.student.name, picture.len());
//! }
//! # Ok(())
//! # }
//! ```

mod assertion;
mod error;
mod page;
mod retry;
mod token;

pub use assertion::AssertionKey;
pub use error::ApiError;
pub use page::Page;
pub use retry::RetryWaits;
pub use token::ClientCredential;

use std::sync::Arc;
use std::time::Duration;

use futures_util::Stream;
use futures_util::stream::try_unfold;
use reqwest::header::RETRY_AFTER;
use tokio::time::sleep;

use crate::Call;
use crate::native::{Received, exchange};
use token::Tokens;

/// How long a call may take. Lists that wait for events take up to 25 seconds, pictures on a slow line longer.
const CALL_TIME: Duration = Duration::from_mins(2);
/// Until there is a connection.
const CONNECT_TIME: Duration = Duration::from_secs(10);

/// A client of the API in the name of an integrator. Cloning is cheap; clones share the access token.
#[derive(Debug, Clone)]
pub struct ApiClient {
    http: reqwest::Client,
    origin: Arc<str>,
    tokens: Arc<Tokens>,
    waits: RetryWaits,
}

impl ApiClient {
    /// A client of the platform at `origin` (`https://host`), with the id of an integrator and its secret or [`AssertionKey`].
    ///
    /// # Errors
    /// [`ApiError::Setup`].
    pub fn new(
        origin: &str,
        client_id: &str,
        credential: impl Into<ClientCredential>,
    ) -> Result<Self, ApiError> {
        let http = reqwest::Client::builder()
            .timeout(CALL_TIME)
            .connect_timeout(CONNECT_TIME)
            .build()
            .map_err(|error| ApiError::Setup(error.to_string()))?;
        Ok(Self::with_http(http, origin, client_id, credential))
    }

    /// As [`new`](Self::new), with an HTTP client of one's own, such as one with a proxy.
    #[must_use]
    pub fn with_http(
        http: reqwest::Client,
        origin: &str,
        client_id: &str,
        credential: impl Into<ClientCredential>,
    ) -> Self {
        Self {
            http,
            origin: origin.trim_end_matches('/').into(),
            tokens: Arc::new(Tokens::new(client_id, credential.into())),
            waits: RetryWaits::default(),
        }
    }

    /// The same client with other waits between tries.
    #[must_use]
    pub fn with_waits(mut self, waits: RetryWaits) -> Self {
        self.waits = waits;
        self
    }

    /// Sends a call with an access token, which is got and renewed as needed.
    ///
    /// Where no answer comes, or the server is busy, what has at most one effect is tried again: reading, replacing,
    /// deleting, and whatever has an `Idempotency-Key`. What was put off by a limit (429) is tried again in any case.
    ///
    /// # Errors
    /// [`ApiError`], of the last try.
    pub async fn send<T>(&self, call: &Call<T>) -> Result<T, ApiError> {
        let (mut tries, mut is_renewed) = (1, false);
        loop {
            let token = self.tokens.get(&self.http, &self.origin).await;
            let received = match &token {
                Ok(token) => {
                    let header = format!("Bearer {token}");
                    exchange(&self.http, &self.origin, &call.request, &header).await
                }
                // Nothing was asked for yet, so that trying again is safe.
                Err(error) if self.waits.may_ask_again(error, tries) => {
                    sleep(self.waits.wait(tries, None)).await;
                    tries += 1;
                    continue;
                }
                Err(error) => return Err(error.clone()),
            };
            let status = received
                .as_ref()
                .ok()
                .map(|received| received.answer.status);
            if let (Some(401), Ok(token), false) = (status, &token, is_renewed) {
                // It ended early: revoked, or the keys of the platform were changed.
                self.tokens.forget(token).await;
                is_renewed = true;
                continue;
            }
            if !self.waits.may_repeat(&call.request, status, tries) {
                return Ok(call.read(received?.answer)?);
            }
            let asked = received.as_ref().ok().and_then(retry_after);
            sleep(self.waits.wait(tries, asked)).await;
            tries += 1;
        }
    }

    /// The items of all pages of a list, as they are asked for. `call` makes the call of the page after a place.
    ///
    /// A list that never ends, such as that of events, gives a stream that never ends: with `wait_s` it follows what happens.
    pub fn pages<P, C>(&self, call: C) -> impl Stream<Item = Result<P::Item, ApiError>> + use<P, C>
    where
        P: Page,
        C: Fn(Option<&str>) -> Call<P>,
    {
        let client = self.clone();
        let start = Place::<P::Item> {
            items: Vec::new().into_iter(),
            next: Next::First,
        };
        try_unfold((start, call), move |(mut place, call)| {
            let client = client.clone();
            async move {
                loop {
                    if let Some(item) = place.items.next() {
                        return Ok(Some((item, (place, call))));
                    }
                    let after = match &place.next {
                        Next::First => None,
                        Next::After(after) => Some(after.as_str()),
                        Next::Nothing => return Ok(None),
                    };
                    let (items, next) = client.send(&call(after)).await?.into_parts();
                    place = Place {
                        items: items.into_iter(),
                        next: next.map_or(Next::Nothing, Next::After),
                    };
                }
            }
        })
    }
}

/// Where a stream of pages is.
struct Place<T> {
    items: std::vec::IntoIter<T>,
    next: Next,
}

/// Which page comes next.
enum Next {
    First,
    After(String),
    Nothing,
}

/// How long the server asks to be left alone.
fn retry_after(received: &Received) -> Option<Duration> {
    let value = received.headers.get(RETRY_AFTER)?;
    value.to_str().ok()?.parse().ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests;
