//! Who is paying inside the app: a page of the official account asks by OAuth, without a question
//! to the payer.
//!
//! Source: docs/sources.md#wechat-openid

use crate::{
    ClientError, Entropy, Http,
    http::{CallKind, body, client},
    percent::encode,
};
use chrono::{DateTime, TimeDelta, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use std::{
    fmt,
    sync::{Mutex, PoisonError},
};

/// The app may load the return address twice with one code, which can be exchanged only once.
const REMEMBERED: TimeDelta = TimeDelta::minutes(1);

/// An official account, bound to the merchant number.
#[derive(Debug, Clone)]
pub struct OpenIdSettings {
    /// `wx…`
    pub appid: String,
    /// Its secret.
    pub app_secret: SecretString,
    /// `https://open.weixin.qq.com` or a sandbox's origin: where the browser is sent.
    pub authorise_origin: String,
    /// `https://api.weixin.qq.com` or a sandbox's origin: where codes are exchanged.
    pub api_origin: String,
}

/// Finds out who is paying.
pub struct OpenIds {
    settings: OpenIdSettings,
    http: Http,
    entropy: Entropy,
    remembered: Mutex<Vec<Remembered>>,
}

struct Remembered {
    code: String,
    openid: String,
    until: DateTime<Utc>,
}

impl fmt::Debug for OpenIds {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("OpenIds")
            .field("appid", &self.settings.appid)
            .finish_non_exhaustive()
    }
}

/// Why the payer stays unknown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenIdError {
    /// The code is wrong, used or expired: send the browser to authorise again.
    #[error("the code cannot be exchanged")]
    Code,
    /// The account is not in order; the platform's number of the error.
    #[error("the official account is not in order: {0}")]
    Configuration(i64),
    /// Nothing usable was answered: try again later.
    #[error("the platform does not say who it is: {0}")]
    Unavailable(String),
}

/// Errors come with the status of success.
#[derive(Deserialize)]
#[serde(untagged)]
enum Answer {
    Known { openid: String },
    Failed { errcode: i64 },
}

impl OpenIds {
    /// For this account.
    pub fn new(settings: OpenIdSettings, entropy: Entropy) -> Result<Self, ClientError> {
        Ok(Self {
            settings,
            http: client()?,
            entropy,
            remembered: Mutex::default(),
        })
    }

    /// The same through another HTTP client, such as one with other timeouts.
    #[must_use]
    pub fn with_http(mut self, http: Http) -> Self {
        self.http = http;
        self
    }

    /// Where to send the browser; it comes back to `redirect_uri` with `code` and this `state`,
    /// which must be bound to the session.
    pub fn authorise_url(&self, redirect_uri: &str, state: &str) -> String {
        format!(
            "{}/connect/oauth2/authorize?appid={}&redirect_uri={}&response_type=code\
             &scope=snsapi_base&state={}#wechat_redirect",
            self.settings.authorise_origin,
            encode(&self.settings.appid),
            encode(redirect_uri),
            encode(state)
        )
    }

    /// Exchanges a code for the payer's `openid` under this account.
    pub async fn openid(&self, code: &str) -> Result<String, OpenIdError> {
        if let Some(openid) = self.recall(code) {
            return Ok(openid);
        }
        let openid = match self
            .exchange(code)
            .await
            .map_err(OpenIdError::Unavailable)?
        {
            Answer::Known { openid } => openid,
            Answer::Failed { errcode } => return Err(failed(errcode)),
        };
        self.remember(code, &openid);
        Ok(openid)
    }

    async fn exchange(&self, code: &str) -> Result<Answer, String> {
        let address = format!(
            "{}/sns/oauth2/access_token?appid={}&secret={}&code={}&grant_type=authorization_code",
            self.settings.api_origin,
            encode(&self.settings.appid),
            encode(self.settings.app_secret.expose_secret()),
            encode(code)
        );
        let request = self.http.get(address);
        let sent = self.http.send(request, CallKind::Ordinary).await;
        let response = sent.map_err(|error| error.to_string())?;
        let answer = body(response).await.map_err(|error| error.to_string())?;
        serde_json::from_slice(&answer).map_err(|error| error.to_string())
    }

    fn recall(&self, code: &str) -> Option<String> {
        let now = self.entropy.now();
        let remembered = self
            .remembered
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        remembered
            .iter()
            .find(|known| known.code == code && now < known.until)
            .map(|known| known.openid.clone())
    }

    fn remember(&self, code: &str, openid: &str) {
        let now = self.entropy.now();
        let mut remembered = self
            .remembered
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        remembered.retain(|known| now < known.until);
        remembered.push(Remembered {
            code: code.to_owned(),
            openid: openid.to_owned(),
            until: now + REMEMBERED,
        });
    }
}

/// What the platform's numbers mean.
fn failed(errcode: i64) -> OpenIdError {
    match errcode {
        40029 | 40163 | 41008 | 42003 => OpenIdError::Code,
        40013 | 40125 | 41002 | 41004 | 48001 => OpenIdError::Configuration(errcode),
        _ => OpenIdError::Unavailable(errcode.to_string()),
    }
}
