//! The HTTP client that sends notices to the merchant.

use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder};

/// How long the merchant may take to answer.
const MERCHANT_TIMEOUT: Duration = Duration::from_secs(5);

/// Carries notices, one after the other.
pub(crate) struct Courier {
    client: Client,
    /// Held while notices are carried, so that nobody sends the same one at the same time.
    turn: tokio::sync::Mutex<()>,
}

impl Courier {
    /// A courier that follows no redirect and waits 5 s.
    pub(crate) fn new() -> reqwest::Result<Self> {
        // No idle connections: a merchant's server that restarts must not cost a notice.
        let client = Client::builder()
            .timeout(MERCHANT_TIMEOUT)
            .redirect(Policy::none())
            .no_proxy()
            .pool_max_idle_per_host(0)
            .build()?;
        Ok(Self {
            client,
            turn: tokio::sync::Mutex::new(()),
        })
    }

    /// Waits until nobody else sends notices; until the guard is dropped, nobody else does.
    pub(crate) async fn take_turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.turn.lock().await
    }

    /// Begins a POST.
    pub(crate) fn post(&self, url: &str) -> RequestBuilder {
        self.client.post(url)
    }
}
