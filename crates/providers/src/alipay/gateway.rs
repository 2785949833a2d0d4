//! One signed request to the gateway and its verified answer.

use super::{
    Alipay,
    answer::{AnswerError, Envelope},
    credentials::Credentials,
    error::Rejection,
    sign::request_content,
};
use crate::{beijing, rsa::RsaError};
use chrono::{DateTime, Utc};
use form_urlencoded::Serializer;
use reqwest::header::CONTENT_TYPE;
use serde::Serialize;
use std::collections::BTreeMap;

/// The production gateway.
pub const GATEWAY: &str = "https://openapi.alipay.com/gateway.do";

/// What came back.
#[derive(Debug)]
pub(super) enum Answer {
    /// Success; the inner object, whose signature is good.
    Done(String),
    /// Something else, with a good signature.
    Rejected(Rejection),
    /// No answer, or one that cannot be believed.
    Lost(String),
}

/// A signed request.
#[derive(Debug)]
pub struct Request<'a>(BTreeMap<&'a str, String>);

impl<'a> Request<'a> {
    /// Signs a call of `method` with this content (JSON) at this time.
    pub fn signed(
        credentials: &Credentials,
        method: &'a str,
        content: String,
        notify_url: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<Self, RsaError> {
        let mut parameters = BTreeMap::from([
            ("app_id", credentials.app_id.clone()),
            ("method", method.to_owned()),
            ("format", "JSON".to_owned()),
            ("charset", "utf-8".to_owned()),
            ("sign_type", "RSA2".to_owned()),
            ("timestamp", beijing::format(now)),
            ("version", "1.0".to_owned()),
            ("biz_content", content),
        ]);
        parameters.extend(notify_url.map(|url| ("notify_url", url.to_owned())));
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
    ) -> Answer {
        let content = match serde_json::to_string(content) {
            Ok(content) => content,
            Err(error) => return Answer::Lost(error.to_string()),
        };
        let now = self.entropy.now();
        match Request::signed(&self.credentials, method, content, notify_url, now) {
            Ok(request) => match self.send(&request).await {
                Ok(answer) => self.read(&answer, method),
                Err(seen) => Answer::Lost(seen),
            },
            Err(error) => Answer::Lost(error.to_string()),
        }
    }

    async fn send(&self, request: &Request<'_>) -> Result<String, String> {
        let response = self
            .http
            .post(format!("{}?{}", self.gateway, request.query()))
            .header(
                CONTENT_TYPE,
                "application/x-www-form-urlencoded;charset=utf-8",
            )
            .body(request.form())
            .send()
            .await
            // The address carries the signature, which belongs in no log.
            .map_err(|error| error.without_url().to_string())?;
        let status = response.status();
        let body = crate::http::body(response)
            .await
            .map_err(|error| error.to_string())?;
        if !status.is_success() {
            return Err(format!("the gateway answered {status}"));
        }
        String::from_utf8(body).map_err(|error| error.to_string())
    }

    fn read(&self, text: &str, method: &str) -> Answer {
        let verified = Envelope::read(text, method)
            .and_then(|envelope| envelope.verified(&self.credentials.alipay_key))
            .and_then(|content| {
                let status: Rejection = serde_json::from_str(content)?;
                Ok::<_, AnswerError>((content, status))
            });
        match verified {
            Ok((content, status)) if status.is_success() => Answer::Done(content.to_owned()),
            Ok((_, rejection)) => Answer::Rejected(rejection),
            Err(error) => {
                tracing::error!(%error, method, "an answer of Alipay cannot be believed");
                Answer::Lost(error.to_string())
            }
        }
    }
}
