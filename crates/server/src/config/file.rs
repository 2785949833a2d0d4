//! The TOML file: accounts and secrets, each setting documented here.

use std::collections::BTreeMap;

use secrecy::SecretString;
use serde::Deserialize;

/// The whole file; every section can be left out.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ConfigFile {
    /// The origin under which people and providers reach us; default `http://127.0.0.1:8080`.
    pub public_origin: String,
    /// Whether a proxy in front sets `X-Forwarded-For`; default false.
    pub trust_proxy: bool,
    /// Calling codes of the countries whose phones are served; default `[86]`.
    pub countries: Vec<u16>,
    /// The networks that whole campuses share, such as `203.0.113.0/24`: an address among them may ask for codes and try
    /// numbers twenty times as often; default none.
    pub campus_networks: Vec<String>,
    /// Text messages; without it codes are printed to the log.
    pub sms: Option<SmsFile>,
    /// The sandbox's captcha; without it there is no captcha.
    pub captcha: Option<CaptchaFile>,
    /// The merchant account at `WeChat` Pay.
    pub wechat_pay: Option<WechatPayFile>,
    /// The application at Alipay.
    pub alipay: Option<AlipayFile>,
    /// An S3-compatible store; without it photos lie in the data folder.
    pub storage: Option<StorageFile>,
    /// Outside production: where the sandbox's pages are.
    pub sandbox: Option<SandboxFile>,
}

impl Default for ConfigFile {
    fn default() -> Self {
        Self {
            public_origin: "http://127.0.0.1:8080".to_owned(),
            trust_proxy: false,
            countries: vec![86],
            campus_networks: vec![],
            sms: None,
            captcha: None,
            wechat_pay: None,
            alipay: None,
            storage: None,
            sandbox: None,
        }
    }
}

/// Alibaba Cloud's short message service.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmsFile {
    /// The public half of the access key.
    pub access_key_id: String,
    /// The secret half of the access key.
    pub access_key_secret: SecretString,
    /// The signature filed with the provider.
    pub sign_name: String,
    /// The template of a code, with the variable `code`.
    pub template_code: String,
    /// The template that tells of a changed phone, without variables.
    pub template_phone_changed: String,
    /// The service's address; default the real one.
    pub endpoint: Option<String>,
}

/// The sandbox's captcha.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaptchaFile {
    /// Its address.
    pub url: String,
}

/// The sandbox's pages.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SandboxFile {
    /// The page that turns a QR code's content into a cashier.
    pub cashier: String,
}

/// A merchant account at `WeChat` Pay.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WechatPayFile {
    /// The random part of the notice address; default `main`.
    #[serde(default = "main_account")]
    pub account: String,
    /// The merchant number.
    pub mchid: String,
    /// The application bound to it.
    pub appid: String,
    /// The serial of the merchant's API certificate, 40 hexadecimal digits.
    pub merchant_serial: String,
    /// The private key of that certificate, PEM.
    pub merchant_private_key: SecretString,
    /// Exactly 32 characters.
    pub api_v3_key: SecretString,
    /// Serial to public key, PEM.
    pub key_ring: BTreeMap<String, String>,
    /// The service's address; default the real one.
    pub endpoint: Option<String>,
}

/// An application at Alipay.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlipayFile {
    /// The random part of the notice address; default `main`.
    #[serde(default = "main_account")]
    pub account: String,
    /// The application's number.
    pub app_id: String,
    /// The seller's number, `2088…`.
    pub seller_id: String,
    /// The application's private key, PEM.
    pub app_private_key: SecretString,
    /// Alipay's public key, PEM; not the application's own.
    pub alipay_public_key: String,
    /// The gateway's address; default the real one.
    pub endpoint: Option<String>,
}

/// An S3-compatible store.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StorageFile {
    /// The bucket.
    pub bucket: String,
    /// The region.
    pub region: String,
    /// The store's address, where it is not Amazon's.
    pub endpoint: Option<String>,
    /// The public half of the access key.
    pub access_key_id: String,
    /// The secret half of the access key.
    pub secret_access_key: SecretString,
}

fn main_account() -> String {
    "main".to_owned()
}

impl ConfigFile {
    /// What is wrong whatever the environment, a sentence each.
    pub(super) fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let origin = &self.public_origin;
        if !(origin.starts_with("http://") || origin.starts_with("https://"))
            || origin.ends_with('/')
        {
            faults.push(format!(
                "public_origin is {origin:?}; it must begin with http(s):// and end without a slash"
            ));
        }
        if self.countries.is_empty() {
            faults.push("countries is empty; nobody could log in".to_owned());
        }
        faults
    }
}
