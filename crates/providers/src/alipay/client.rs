//! One merchant account at Alipay, and how it is reached.

use super::credentials::Credentials;
use super::notice::{NoticeError, open};
use crate::http::client;
use crate::payment::Notice;
use crate::{ClientError, Entropy, Http};

/// One merchant account at Alipay.
#[derive(Debug)]
pub struct Alipay {
    pub(super) credentials: Credentials,
    pub(super) gateway: String,
    pub(super) http: Http,
    pub(super) entropy: Entropy,
}

impl Alipay {
    /// A client for these credentials; `gateway` is [`GATEWAY`] or a sandbox's address.
    pub fn new(
        credentials: Credentials,
        gateway: &str,
        entropy: Entropy,
    ) -> Result<Self, ClientError> {
        Ok(Self {
            credentials,
            gateway: gateway.to_owned(),
            http: client()?,
            entropy,
        })
    }

    /// The same through another HTTP client, such as one with other timeouts.
    #[must_use]
    pub fn with_http(mut self, http: Http) -> Self {
        self.http = http;
        self
    }

    /// Verifies and reads a notice, from the POST body alone.
    pub fn open_notice(&self, body: &[u8]) -> Result<Notice, NoticeError> {
        open(&self.credentials, body)
    }
}
