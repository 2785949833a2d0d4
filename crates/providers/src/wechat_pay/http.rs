//! One signed request and its verified answer.

use super::{
    Stamp, WechatPay, authorization,
    error::ApiError,
    verify::{KeyRing, SignatureError, SignatureHeaders},
};
use crate::{
    Outcome, Reply,
    http::{ANSWER_LIMIT, BILL_LIMIT, CallKind, SendError, body_within, date},
    outcome::Trace,
    payment::meaning::Answered,
};
use chrono::{DateTime, Utc};
use reqwest::{
    Method, RequestBuilder, Response, StatusCode,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap},
};
use serde::Serialize;

/// What came back.
#[derive(Debug)]
pub(super) enum Answer {
    /// A 2xx whose signature is good.
    Verified { status: u16, body: Vec<u8> },
    /// Any other status; not signed.
    Failed(ApiError),
    /// No answer, or one that cannot be believed.
    Lost(String),
}

/// What came back, with what is kept of the call.
#[derive(Debug)]
pub(super) struct Received {
    pub(super) answer: Answer,
    pub(super) trace: Trace,
}

/// An answer before anything in it is believed.
#[derive(Debug)]
pub(super) struct Arrived {
    pub(super) status: StatusCode,
    headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Received {
    pub(super) fn lost(seen: String) -> Self {
        Self {
            answer: Answer::Lost(seen),
            trace: Trace::default(),
        }
    }

    /// The reply to a call whose success has this status.
    pub(super) fn reply<T: Answered>(
        self,
        expected: u16,
        read: impl FnOnce(&[u8]) -> Outcome<T>,
    ) -> Reply<T> {
        let outcome = match self.answer {
            Answer::Verified { status, body } if status == expected => read(&body),
            Answer::Verified { status, .. } => Outcome::Unknown(format!("signed status {status}")),
            Answer::Failed(error) => error.meaning(T::OPERATION).outcome(error),
            Answer::Lost(seen) => Outcome::Unknown(seen),
        };
        self.trace.with(outcome)
    }
}

impl Received {
    /// The content of a success, or the reply to anything else.
    pub(super) fn done<T: Answered>(self, expected: u16) -> Result<(Vec<u8>, Trace), Reply<T>> {
        match self.answer {
            Answer::Verified { status, body } if status == expected => Ok((body, self.trace)),
            answer @ (Answer::Verified { .. } | Answer::Failed(_) | Answer::Lost(_)) => {
                let trace = self.trace;
                Err(Self { answer, trace }.reply(expected, |_| Outcome::Unknown(String::new())))
            }
        }
    }
}

impl Arrived {
    async fn read(response: Response, limit: usize) -> Result<Self, String> {
        let (status, headers) = (response.status(), response.headers().clone());
        let body = body_within(response, limit).await;
        Ok(Self {
            status,
            headers,
            body: body.map_err(|error| error.to_string())?,
        })
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    pub(super) fn trace(&self) -> Trace {
        Trace {
            http_status: Some(self.status.as_u16()),
            request_id: self.header("Request-ID").map(str::to_owned),
            code: None,
            date: date(&self.headers),
        }
    }

    pub(super) fn verify(&self, ring: &KeyRing, now: DateTime<Utc>) -> Result<(), SignatureError> {
        let headers = SignatureHeaders::read(|name| self.header(name))?;
        ring.verify(&headers, &self.body, now)
    }

    /// Believes a 2xx whose signature is good, and takes an error for what it is.
    fn judge(self, ring: &KeyRing, now: DateTime<Utc>) -> Received {
        let mut trace = self.trace();
        if !self.status.is_success() {
            let error = self.error();
            trace.code = Some(error.code().to_owned());
            let answer = Answer::Failed(error);
            return Received { answer, trace };
        }
        let answer = match self.verify(ring, now) {
            Ok(()) => Answer::Verified {
                status: self.status.as_u16(),
                body: self.body,
            },
            Err(error @ SignatureError::Probe) => Answer::Lost(error.to_string()),
            Err(error) => {
                tracing::debug!(%error, "an answer of WeChat Pay cannot be believed");
                Answer::Lost(error.to_string())
            }
        };
        Received { answer, trace }
    }

    pub(super) fn error(&self) -> ApiError {
        let error = ApiError::read(self.status.as_u16(), &self.body);
        let request_id = self.header("Request-ID");
        if self.status == StatusCode::UNAUTHORIZED {
            tracing::debug!(request_id, %error, "the merchant's key or our clock is wrong");
        } else {
            tracing::debug!(request_id, %error, "WeChat Pay answered with an error");
        }
        error
    }
}

impl WechatPay {
    pub(super) async fn get(&self, target: &str) -> Received {
        let sent = self.exchange(Method::GET, target, "", CallKind::Ordinary);
        self.judged(sent.await)
    }

    pub(super) async fn post(&self, target: &str, request: &impl Serialize) -> Received {
        self.post_with(target, request, CallKind::Ordinary).await
    }

    /// Posts a call that takes as long as a refund.
    pub(super) async fn post_refund(&self, target: &str, request: &impl Serialize) -> Received {
        self.post_with(target, request, CallKind::Refund).await
    }

    async fn post_with(&self, target: &str, request: &impl Serialize, kind: CallKind) -> Received {
        match serde_json::to_string(request) {
            Ok(body) => self.judged(self.exchange(Method::POST, target, &body, kind).await),
            Err(error) => Received::lost(error.to_string()),
        }
    }

    /// Fetches a file, whose answer is not signed.
    pub(super) async fn download(&self, target: &str) -> Result<Arrived, String> {
        let response = self.send(Method::GET, target, "", CallKind::Bill).await?;
        Arrived::read(response, BILL_LIMIT).await
    }

    pub(super) async fn exchange(
        &self,
        method: Method,
        target: &str,
        body: &str,
        kind: CallKind,
    ) -> Result<Arrived, String> {
        let response = self.send(method, target, body, kind).await?;
        Arrived::read(response, ANSWER_LIMIT).await
    }

    fn judged(&self, arrived: Result<Arrived, String>) -> Received {
        match arrived {
            Ok(arrived) => arrived.judge(&self.credentials.key_ring, self.entropy.now()),
            Err(seen) => Received::lost(seen),
        }
    }

    /// Signs these bytes and sends these bytes. The next host is tried only where no connection
    /// was made, so that nothing is ever sent twice.
    async fn send(
        &self,
        method: Method,
        target: &str,
        body: &str,
        kind: CallKind,
    ) -> Result<Response, String> {
        let (timestamp, nonce) = (self.entropy.now().timestamp(), self.entropy.nonce());
        let stamp = Stamp {
            timestamp,
            nonce: &nonce,
        };
        let authorization = authorization(&self.credentials, method.as_str(), target, stamp, body)
            .map_err(|error| error.to_string())?;
        let mut lost = "no host is configured".to_owned();
        for host in &self.hosts {
            let request = self.http.request(method.clone(), format!("{host}{target}"));
            let request = self
                .with_headers(request, &authorization)
                .body(body.to_owned());
            match self.http.send(request, kind).await {
                Ok(response) => return Ok(response),
                Err(error @ SendError::Connect(_)) => lost = error.to_string(),
                Err(error) => return Err(error.to_string()),
            }
        }
        Err(lost)
    }

    fn with_headers(&self, request: RequestBuilder, authorization: &str) -> RequestBuilder {
        let request = request
            .header(AUTHORIZATION, authorization)
            .header(ACCEPT, "application/json")
            .header(CONTENT_TYPE, "application/json");
        match self.credentials.key_ring.announced() {
            Some(serial) => request.header("Wechatpay-Serial", serial),
            None => request,
        }
    }
}
