//! A collector of figures and traces that speaks OpenTelemetry's protocol, OTLP over HTTP in its JSON encoding.
//! Source: docs/sources.md#otlp.

use std::collections::BTreeMap;

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use crate::http::{CallKind, Http, SendError};

/// What is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// Spans that ended.
    Traces,
    /// The figures as they are now.
    Metrics,
}

impl Signal {
    /// Where it goes, below the collector's address.
    fn path(self) -> &'static str {
        match self {
            Self::Traces => "/v1/traces",
            Self::Metrics => "/v1/metrics",
        }
    }
}

/// Why the collector did not take something.
#[derive(Debug, thiserror::Error)]
pub enum CollectorError {
    /// A header of the configuration is none.
    #[error("the header {0:?} cannot be sent")]
    Header(String),
    /// There was no answer.
    #[error("the collector does not answer: {0}")]
    NoAnswer(String),
    /// It answered with this status.
    #[error("the collector answered {0}")]
    Refused(u16),
}

impl From<SendError> for CollectorError {
    fn from(error: SendError) -> Self {
        Self::NoAnswer(error.to_string())
    }
}

/// A collector.
#[derive(Debug)]
pub struct Collector {
    http: Http,
    endpoint: String,
    headers: HeaderMap,
}

impl Collector {
    /// The collector at this address, to which `headers` are sent, such as `Authorization`.
    ///
    /// # Errors
    /// [`CollectorError::Header`] where a header's name or value is none.
    pub fn new(
        http: Http,
        endpoint: &str,
        headers: &BTreeMap<String, SecretString>,
    ) -> Result<Self, CollectorError> {
        let mut sent = HeaderMap::new();
        sent.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        for (name, value) in headers {
            let wrong = || CollectorError::Header(name.clone());
            let header = HeaderName::try_from(name.as_str()).map_err(|_| wrong())?;
            let mut value = HeaderValue::from_str(value.expose_secret()).map_err(|_| wrong())?;
            value.set_sensitive(true);
            sent.insert(header, value);
        }
        Ok(Self {
            http,
            endpoint: endpoint.trim_end_matches('/').to_owned(),
            headers: sent,
        })
    }

    /// Sends a request of the protocol.
    ///
    /// # Errors
    /// Where the collector does not answer or does not take it; it is then not sent again.
    pub async fn send(&self, signal: Signal, body: &Value) -> Result<(), CollectorError> {
        let address = format!("{}{}", self.endpoint, signal.path());
        let request = self.http.post(address).headers(self.headers.clone());
        let request = request.body(body.to_string());
        let answer = self.http.send(request, CallKind::Ordinary).await?;
        if answer.status().is_success() {
            Ok(())
        } else {
            Err(CollectorError::Refused(answer.status().as_u16()))
        }
    }
}
