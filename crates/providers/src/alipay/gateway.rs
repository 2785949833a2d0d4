//! One signed request to the gateway and its verified answer.

use super::{
    Alipay,
    answer::{AnswerError, Envelope},
    credentials::Credentials,
    error::Rejection,
    sign::request_content,
};
use crate::{
    Outcome, Reply, beijing, http::REFUND, outcome::Trace, payment::meaning::Answered,
    rsa::RsaError,
};
use chrono::{DateTime, Utc};
use form_urlencoded::Serializer;
use reqwest::header::CONTENT_TYPE;
use serde::Serialize;
use std::collections::BTreeMap;

/// The production gateway.
pub const GATEWAY: &str = "https://openapi.alipay.com/gateway.do";

/// What came back.
#[derive(Debug)]
enum Answer {
    /// Success; the inner object, whose signature is good.
    Done(String),
    /// Something else, with a good signature.
    Rejected(Rejection),
    /// No answer, or one that cannot be believed.
    Lost(String),
}

/// What came back, with what is kept of the call.
#[derive(Debug)]
pub(super) struct Received {
    answer: Answer,
    trace: Trace,
}

/// What a request asks for.
#[derive(Debug, Clone, Default)]
pub struct Call<'a> {
    /// Such as `alipay.trade.query`.
    pub method: &'a str,
    /// JSON.
    pub content: String,
    /// Where the notice goes, for a method that has one.
    pub notify_url: Option<&'a str>,
    /// Where the browser goes afterwards, for a method that has a page.
    pub return_url: Option<&'a str>,
}

/// A signed request.
#[derive(Debug)]
pub struct Request<'a>(BTreeMap<&'a str, String>);

impl Received {
    fn lost(seen: String) -> Self {
        Self {
            answer: Answer::Lost(seen),
            trace: Trace::default(),
        }
    }

    pub(super) fn reply<T: Answered>(self, read: impl FnOnce(&str) -> Outcome<T>) -> Reply<T> {
        let outcome = match self.answer {
            Answer::Done(content) => read(&content),
            Answer::Rejected(rejection) => rejection.meaning(T::OPERATION).outcome(rejection),
            Answer::Lost(seen) => Outcome::Unknown(seen),
        };
        self.trace.with(outcome)
    }

    /// The content of a success, or the reply to anything else.
    pub(super) fn done<T: Answered>(self) -> Result<(String, Trace), Reply<T>> {
        match self.answer {
            Answer::Done(content) => Ok((content, self.trace)),
            answer @ (Answer::Rejected(_) | Answer::Lost(_)) => {
                let trace = self.trace;
                Err(Self { answer, trace }.reply(|_| Outcome::Unknown(String::new())))
            }
        }
    }
}

impl<'a> Request<'a> {
    /// Signs a call at this time.
    pub fn signed(
        credentials: &Credentials,
        call: Call<'a>,
        now: DateTime<Utc>,
    ) -> Result<Self, RsaError> {
        let mut parameters = BTreeMap::from([
            ("app_id", credentials.app_id.clone()),
            ("method", call.method.to_owned()),
            ("format", "JSON".to_owned()),
            ("charset", "utf-8".to_owned()),
            ("sign_type", "RSA2".to_owned()),
            ("timestamp", beijing::format(now)),
            ("version", "1.0".to_owned()),
            ("biz_content", call.content),
        ]);
        parameters.extend(call.notify_url.map(|url| ("notify_url", url.to_owned())));
        parameters.extend(call.return_url.map(|url| ("return_url", url.to_owned())));
        if let Some(names) = &credentials.names {
            let root = names.alipay_root_cert_sn.clone();
            parameters.insert("app_cert_sn", names.app_cert_sn.clone());
            parameters.insert("alipay_root_cert_sn", root);
        }
        let signature = credentials
            .signing_key
            .sign(request_content(&parameters).as_bytes())?;
        parameters.insert("sign", signature);
        Ok(Self(parameters))
    }

    /// The common parameters, encoded for the address.
    pub fn query(&self) -> String {
        self.encoded(|name| name != "biz_content")
    }

    /// The content, encoded for the form.
    pub fn form(&self) -> String {
        self.encoded(|name| name == "biz_content")
    }

    /// The whole request as an address to send a browser to.
    pub fn address(&self, gateway: &str) -> String {
        format!("{gateway}?{}", self.encoded(|_| true))
    }

    fn encoded(&self, chosen: impl Fn(&str) -> bool) -> String {
        let parameters = self.0.iter().filter(|(name, _)| chosen(name));
        Serializer::new(String::new())
            .extend_pairs(parameters)
            .finish()
    }
}

impl Alipay {
    pub(super) async fn call(
        &self,
        method: &str,
        content: &impl Serialize,
        notify_url: Option<&str>,
    ) -> Received {
        let call = serde_json::to_string(content).map(|content| Call {
            method,
            content,
            notify_url,
            return_url: None,
        });
        let signed = match call {
            Ok(call) => Request::signed(&self.credentials, call, self.entropy.now()),
            Err(error) => return Received::lost(error.to_string()),
        };
        match signed {
            Ok(request) => self.send(&request, method).await,
            Err(error) => Received::lost(error.to_string()),
        }
    }

    async fn send(&self, request: &Request<'_>, method: &str) -> Received {
        let request = self
            .http
            .post(format!("{}?{}", self.gateway, request.query()))
            .header(
                CONTENT_TYPE,
                "application/x-www-form-urlencoded;charset=utf-8",
            )
            .body(request.form());
        let request = if method == "alipay.trade.refund" {
            request.timeout(REFUND)
        } else {
            request
        };
        let response = match request.send().await {
            Ok(response) => response,
            // The address carries the signature, which belongs in no log.
            Err(error) => return Received::lost(error.without_url().to_string()),
        };
        let (status, headers) = (response.status(), response.headers());
        let trace_id = headers.get("trace_id").and_then(|id| id.to_str().ok());
        let trace = Trace {
            http_status: Some(status.as_u16()),
            request_id: trace_id.map(str::to_owned),
            code: None,
            date: crate::http::date(headers),
        };
        let body = match crate::http::body(response).await {
            _ if !status.is_success() => Err(format!("the gateway answered {status}")),
            Ok(body) => String::from_utf8(body).map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        match body {
            Ok(body) => self.read(&body, method, trace),
            Err(seen) => {
                let answer = Answer::Lost(seen);
                Received { answer, trace }
            }
        }
    }

    fn read(&self, text: &str, method: &str, mut trace: Trace) -> Received {
        let verified = Envelope::read(text, method)
            .and_then(|envelope| envelope.verified(&self.credentials.key_ring))
            .and_then(|content| {
                let status: Rejection = serde_json::from_str(content)?;
                Ok::<_, AnswerError>((content, status))
            });
        let answer = match verified {
            Ok((content, status)) if status.is_success() => Answer::Done(content.to_owned()),
            Ok((_, rejection)) => {
                trace.code = Some(rejection.code().to_owned());
                Answer::Rejected(rejection)
            }
            Err(error) => {
                tracing::debug!(%error, method, "an answer of Alipay cannot be believed");
                Answer::Lost(error.to_string())
            }
        };
        Received { answer, trace }
    }
}
