//! Tencent Cloud's request signature, TC3-HMAC-SHA256.
//!
//! Source: docs/sources.md#tencent-signature

use super::{AccessKey, acs3::sha256_hex};
use aws_lc_rs::hmac::{HMAC_SHA256, Key, Tag, sign};
use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use secrecy::ExposeSecret;

/// The type of the body, which is signed as it is sent.
pub(super) const CONTENT_TYPE: &str = "application/json; charset=utf-8";
const ALGORITHM: &str = "TC3-HMAC-SHA256";
const SIGNED: &str = "content-type;host";

impl AccessKey {
    /// The `Authorization` of a POST to `/` of a Tencent Cloud service, with a JSON body.
    pub fn sign_tc3(&self, service: &str, host: &str, body: &str, now: DateTime<Utc>) -> String {
        let headers = format!("content-type:{CONTENT_TYPE}\nhost:{host}\n");
        let canonical = format!("POST\n/\n\n{headers}\n{SIGNED}\n{}", sha256_hex(body));
        let date = now.format("%Y-%m-%d").to_string();
        let scope = format!("{date}/{service}/tc3_request");
        let text = format!(
            "{ALGORITHM}\n{}\n{scope}\n{}",
            now.timestamp(),
            sha256_hex(&canonical)
        );
        let secret = format!("TC3{}", self.secret.expose_secret());
        let key = [date.as_str(), service, "tc3_request"]
            .iter()
            .fold(secret.into_bytes(), |key, part| {
                mac(&key, part).as_ref().to_vec()
            });
        let signature = HEXLOWER.encode(mac(&key, &text).as_ref());
        let id = &self.id;
        format!(
            "{ALGORITHM} Credential={id}/{scope}, SignedHeaders={SIGNED}, Signature={signature}"
        )
    }
}

fn mac(key: &[u8], text: &str) -> Tag {
    sign(&Key::new(HMAC_SHA256, key), text.as_bytes())
}
