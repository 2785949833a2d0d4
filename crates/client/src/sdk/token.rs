//! Access tokens: got with the client's secret or key, kept while they are good, renewed before they end.

use std::fmt;
use std::time::{Duration, Instant};

use serde::Deserialize;
use tokio::sync::Mutex;

use super::assertion::AssertionKey;
use super::error::ApiError;
use crate::{Failure, Problem};

/// A token is renewed so long before it ends, so that it does not end on its way.
const MARGIN: Duration = Duration::from_mins(1);

/// The kind of assertion that proves a client. Source: RFC 7523, 2.2.
const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// How a client proves itself to the platform.
#[derive(Clone)]
pub enum ClientCredential {
    /// By a secret that the platform gave it (`client_secret_basic`).
    Secret(String),
    /// By a key of its own (`private_key_jwt`), so that there is no secret that both know.
    Key(AssertionKey),
}

impl fmt::Debug for ClientCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Secret(_) => f.write_str("Secret"),
            Self::Key(key) => fmt::Debug::fmt(key, f),
        }
    }
}

impl From<String> for ClientCredential {
    fn from(secret: String) -> Self {
        Self::Secret(secret)
    }
}

impl From<&String> for ClientCredential {
    fn from(secret: &String) -> Self {
        Self::Secret(secret.clone())
    }
}

impl From<&str> for ClientCredential {
    fn from(secret: &str) -> Self {
        Self::Secret(secret.to_owned())
    }
}

impl From<AssertionKey> for ClientCredential {
    fn from(key: AssertionKey) -> Self {
        Self::Key(key)
    }
}

/// The token of a client, and what brings another.
pub(super) struct Tokens {
    client_id: String,
    credential: ClientCredential,
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
    pub(super) fn new(client_id: &str, credential: ClientCredential) -> Self {
        Self {
            client_id: client_id.to_owned(),
            credential,
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
            .header("Content-Type", "application/x-www-form-urlencoded");
        let grant = "grant_type=client_credentials";
        let request = match &self.credential {
            ClientCredential::Secret(secret) => request
                .basic_auth(&self.client_id, Some(secret))
                .body(grant),
            ClientCredential::Key(key) => {
                // The platform's issuer is its address. Nothing in the form needs to be encoded but the colons.
                let kind = JWT_BEARER.replace(':', "%3A");
                let assertion = key.assertion(&self.client_id, origin)?;
                request.body(format!(
                    "{grant}&client_assertion_type={kind}&client_assertion={assertion}"
                ))
            }
        };
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
