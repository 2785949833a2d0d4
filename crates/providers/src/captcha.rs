//! The proof that a person asks for a code; a token is good for one check.

use crate::{
    ClientError,
    http::{body, client},
};
use async_trait::async_trait;
use reqwest::header::CONTENT_TYPE;
use serde::Deserialize;
use std::net::IpAddr;

/// What came of checking a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum CaptchaOutcome {
    /// A person, as far as one can tell.
    Passed,
    /// Wrong, used or expired.
    Failed,
    /// The verifier did not answer; nothing is known.
    Unavailable,
}

/// Checks tokens.
#[async_trait]
pub trait CaptchaVerifier: Send + Sync {
    /// Checks and uses up a token.
    async fn verify(&self, token: &str, client_ip: IpAddr) -> CaptchaOutcome;
}

/// Asks the sandbox, which stands in for a provider in demos and tests.
#[derive(Debug)]
pub struct SandboxCaptcha {
    address: String,
    http: reqwest::Client,
}

#[derive(Deserialize)]
struct Reply {
    ok: bool,
}

impl SandboxCaptcha {
    /// A verifier at this origin.
    pub fn new(base_url: &str) -> Result<Self, ClientError> {
        let address = format!("{}/captcha/verify", base_url.trim_end_matches('/'));
        Ok(Self {
            address,
            http: client()?,
        })
    }

    async fn ask(&self, token: &str) -> Option<Reply> {
        let request = serde_json::json!({ "token": token }).to_string();
        let sent = self
            .http
            .post(&self.address)
            .header(CONTENT_TYPE, "application/json")
            .body(request)
            .send()
            .await;
        let answer = body(sent.ok()?.error_for_status().ok()?).await.ok()?;
        serde_json::from_slice(&answer).ok()
    }
}

#[async_trait]
impl CaptchaVerifier for SandboxCaptcha {
    async fn verify(&self, token: &str, _client_ip: IpAddr) -> CaptchaOutcome {
        match self.ask(token).await {
            Some(Reply { ok: true }) => CaptchaOutcome::Passed,
            Some(Reply { ok: false }) => CaptchaOutcome::Failed,
            None => CaptchaOutcome::Unavailable,
        }
    }
}

/// Passes everybody; for development, where codes go to the log.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoCaptcha;

#[async_trait]
impl CaptchaVerifier for NoCaptcha {
    async fn verify(&self, _token: &str, _client_ip: IpAddr) -> CaptchaOutcome {
        CaptchaOutcome::Passed
    }
}
