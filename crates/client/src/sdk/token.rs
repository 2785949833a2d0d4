//! Access tokens: got with the client's secret, kept while they are good, renewed before they end.

use std::fmt;
use std::time::{Duration, Instant};

use serde::Deserialize;
use tokio::sync::Mutex;

use super::error::ApiError;
use crate::{Failure, Problem};

/// A token is renewed so long before it ends, so that it does not end on its way.
const MARGIN: Duration = Duration::from_mins(1);

/// The token of a client, and what brings another.
pub(super) struct Tokens {
    client_id: String,
    client_secret: String,
    current: Mutex<Option<Kept>>,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tokens({})", self.client_id)
    }
}

struct Kept {
    token: String,
    good_until: Instant,
}

#[derive(Deserialize)]
struct Granted {
    access_token: String,
    expires_in: u64,
}

#[derive(Deserialize)]
struct Refused {
    error: String,
    #[serde(default)]
    error_description: String,
}

impl Tokens {
    pub(super) fn new(client_id: &str, client_secret: &str) -> Self {
        Self {
            client_id: client_id.to_owned(),
            client_secret: client_secret.to_owned(),
            current: Mutex::new(None),
        }
    }

    /// A token that is good for a while. Callers at the same time wait for one renewal.
    pub(super) async fn get(
        &self,
        http: &reqwest::Client,
        origin: &str,
    ) -> Result<String, ApiError> {
        let mut current = self.current.lock().await;
        if let Some(kept) = current
            .as_ref()
            .filter(|kept| kept.good_until > Instant::now())
        {
            return Ok(kept.token.clone());
        }
        let asked_at = Instant::now();
        let granted = self.ask(http, origin).await?;
        let lasts = Duration::from_secs(granted.expires_in).saturating_sub(MARGIN);
        *current = Some(Kept {
            token: granted.access_token.clone(),
            good_until: asked_at + lasts,
        });
        Ok(granted.access_token)
    }

    /// Forgets a token that is good no more, unless another took its place already.
    pub(super) async fn forget(&self, token: &str) {
        let mut current = self.current.lock().await;
        if current.as_ref().is_some_and(|kept| kept.token == token) {
            *current = None;
        }
    }

    async fn ask(&self, http: &reqwest::Client, origin: &str) -> Result<Granted, ApiError> {
        let request = http
            .post(format!("{origin}/oauth/token"))
            .basic_auth(&self.client_id, Some(&self.client_secret))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body("grant_type=client_credentials");
        let response = request.send().await.map_err(|_| Failure::Offline)?;
        let status = response.status().as_u16();
        let body = response.bytes().await.map_err(|_| Failure::Offline)?;
        let unexpected = Failure::Unexpected {
            status: Some(status),
        };
        if status == 200 {
            return serde_json::from_slice(&body).map_err(|_| unexpected.into());
        }
        if let Ok(problem) = serde_json::from_slice::<Problem>(&body) {
            return Err(Failure::Problem(Box::new(problem)).into());
        }
        Err(match serde_json::from_slice::<Refused>(&body) {
            Ok(refused) if status < 500 => ApiError::Token {
                error: refused.error,
                description: refused.error_description,
            },
            Ok(_) | Err(_) => unexpected.into(),
        })
    }
}
