//! One merchant account at `WeChat Pay`, and how it is reached.

use super::credentials::Credentials;
use crate::http::client;
use crate::{ClientError, Entropy, Http};

/// The production hosts; the second is tried where the first cannot be connected to.
pub const HOSTS: [&str; 2] = [
    "https://api.mch.weixin.qq.com",
    "https://api2.mch.weixin.qq.com",
];

/// One merchant account at `WeChat Pay`.
#[derive(Debug)]
pub struct WechatPay {
    pub(super) credentials: Credentials,
    pub(super) hosts: Vec<String>,
    pub(super) http: Http,
    pub(super) entropy: Entropy,
}

impl WechatPay {
    /// A client for these credentials. `hosts` are origins such as [`HOSTS`], without a path,
    /// since the path is signed.
    pub fn new(
        credentials: Credentials,
        hosts: &[&str],
        entropy: Entropy,
    ) -> Result<Self, ClientError> {
        let hosts = hosts
            .iter()
            .map(|host| host.trim_end_matches('/').to_owned())
            .collect();
        Ok(Self {
            credentials,
            hosts,
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
}
