//! One signed request and its verified answer.

use super::{WechatPay, authorization, error::ApiError, verify::SignatureHeaders};
use reqwest::{
    Method, RequestBuilder, Response, StatusCode,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE},
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

impl WechatPay {
    pub(super) async fn get(&self, target: &str) -> Answer {
        self.send(Method::GET, target, String::new()).await
    }

    pub(super) async fn post(&self, target: &str, request: &impl Serialize) -> Answer {
        match serde_json::to_string(request) {
            Ok(body) => self.send(Method::POST, target, body).await,
            Err(error) => Answer::Lost(error.to_string()),
        }
    }

    /// Signs these bytes and sends these bytes. The next host is tried only where no connection
    /// was made, so that nothing is ever sent twice.
    async fn send(&self, method: Method, target: &str, body: String) -> Answer {
        let (timestamp, nonce) = (self.entropy.now().timestamp(), self.entropy.nonce());
        let stamp = (timestamp, nonce.as_str());
        let signed = authorization(&self.credentials, method.as_str(), target, stamp, &body);
        let authorization = match signed {
            Ok(authorization) => authorization,
            Err(error) => return Answer::Lost(error.to_string()),
        };
        let mut lost = "no host is configured".to_owned();
        for host in &self.hosts {
            let request = self.http.request(method.clone(), format!("{host}{target}"));
            let request = self
                .with_headers(request, &authorization)
                .body(body.clone());
            match request.send().await {
                Ok(response) => return self.read(response).await,
                Err(error) if error.is_connect() => lost = error.to_string(),
                Err(error) => return Answer::Lost(error.to_string()),
            }
        }
        Answer::Lost(lost)
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

    async fn read(&self, response: Response) -> Answer {
        let status = response.status();
        let headers = response.headers().clone();
        let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
        tracing::debug!(
            status = status.as_u16(),
            request_id = header("Request-ID"),
            "WeChat Pay answered"
        );
        let body = match crate::http::body(response).await {
            Ok(body) => body,
            Err(error) => return Answer::Lost(error.to_string()),
        };
        if !status.is_success() {
            let error = ApiError::read(status.as_u16(), &body);
            let request_id = header("Request-ID");
            if status == StatusCode::UNAUTHORIZED {
                tracing::error!(request_id, %error, "the merchant's key or our clock is wrong");
            } else {
                tracing::info!(request_id, %error, "WeChat Pay answered with an error");
            }
            return Answer::Failed(error);
        }
        let verified = SignatureHeaders::read(header).and_then(|headers| {
            self.credentials
                .key_ring
                .verify(&headers, &body, self.entropy.now())
        });
        match verified {
            Ok(()) => Answer::Verified {
                status: status.as_u16(),
                body,
            },
            Err(error) => {
                tracing::error!(%error, "an answer of WeChat Pay cannot be believed");
                Answer::Lost(error.to_string())
            }
        }
    }
}
