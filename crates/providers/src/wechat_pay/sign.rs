//! What we sign: requests, and the parameters that start a payment inside the app.

use super::credentials::Credentials;
use crate::rsa::{RsaError, SigningKey};

/// The text that is signed for a request. `target` is the path with its query, encoded exactly as
/// it is sent; the last line feed stays also after an empty body.
pub fn message(method: &str, target: &str, timestamp: i64, nonce: &str, body: &str) -> String {
    format!("{method}\n{target}\n{timestamp}\n{nonce}\n{body}\n")
}

/// What makes a request unlike every other: Unix seconds and a random word.
#[derive(Debug, Clone, Copy)]
pub struct Stamp<'a> {
    /// When it is sent, in Unix seconds.
    pub timestamp: i64,
    /// A word that is used once.
    pub nonce: &'a str,
}

/// The `Authorization` header of a request.
pub fn authorization(
    credentials: &Credentials,
    method: &str,
    target: &str,
    stamp: Stamp<'_>,
    body: &str,
) -> Result<String, RsaError> {
    let Stamp { timestamp, nonce } = stamp;
    let message = message(method, target, timestamp, nonce, body);
    let signature = credentials.signing_key.sign(message.as_bytes())?;
    let Credentials {
        mchid,
        merchant_serial,
        ..
    } = credentials;
    Ok(format!(
        "WECHATPAY2-SHA256-RSA2048 mchid=\"{mchid}\",nonce_str=\"{nonce}\",\
         signature=\"{signature}\",timestamp=\"{timestamp}\",serial_no=\"{merchant_serial}\""
    ))
}

/// The `paySign` of a payment started inside the app. `package` is `prepay_id=wx…` for JSAPI and
/// mini-programs, the bare id for an app.
pub fn pay_sign(
    key: &SigningKey,
    appid: &str,
    timestamp: i64,
    nonce: &str,
    package: &str,
) -> Result<String, RsaError> {
    key.sign(format!("{appid}\n{timestamp}\n{nonce}\n{package}\n").as_bytes())
}
