//! Aliyun's request signature, version 3: HMAC-SHA-256 over a canonical form of the request.

use std::collections::BTreeMap;

use actix_web::HttpRequest;
use actix_web::http::header::AUTHORIZATION;
use actix_web::web::Query;

use super::aliyun_error::AliyunError;
use crate::clock::{Seconds, parse_rfc3339};
use crate::keys::SmsMerchant;
use crate::sign::{is_hmac, percent_encode, sha256_hex};
use crate::world::World;

/// How far `x-acs-date` may be off: 15 min. Source: Aliyun's error `InvalidTimeStamp.Expired`.
const FRESH_S: u64 = 900;
/// These must be among the signed headers.
const SIGNED: [&str; 6] = [
    "host",
    "x-acs-action",
    "x-acs-content-sha256",
    "x-acs-date",
    "x-acs-signature-nonce",
    "x-acs-version",
];

/// Lets a signed call pass and gives its query parameters.
pub(super) fn check(
    world: &World,
    request: &HttpRequest,
    body: &[u8],
    now: Seconds,
) -> Result<BTreeMap<String, String>, AliyunError> {
    let header = |name: &str| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    };
    let is_known = ["SendSms", "QuerySendDetails"].contains(&header("x-acs-action"));
    if !is_known || header("x-acs-version") != "2017-05-25" {
        let message = "只支持 SendSms 与 QuerySendDetails 2017-05-25";
        return Err(AliyunError::request(404, "InvalidAction.NotFound", message));
    }
    let date = parse_rfc3339(header("x-acs-date")).filter(|date| now.abs_diff(*date) <= FRESH_S);
    if date.is_none() {
        return Err(AliyunError::request(
            400,
            "InvalidTimeStamp.Expired",
            "x-acs-date 已过期",
        ));
    }
    let query = Query::<BTreeMap<String, String>>::from_query(request.query_string())
        .map_err(|error| AliyunError::request(400, "InvalidParameter", error.to_string()))?
        .into_inner();
    let names = signed_headers(header(AUTHORIZATION.as_str()));
    let headers = names
        .iter()
        .map(|name| (*name, header(name).trim()))
        .collect();
    let signed = Signed {
        method: request.method().as_str(),
        query: &query,
        headers,
        body,
    };
    signed.verify(header(AUTHORIZATION.as_str()), &world.keys.merchant.sms)?;
    if !world
        .state()
        .use_nonce(format!("acs3 {}", header("x-acs-signature-nonce")), now)
    {
        return Err(AliyunError::request(
            400,
            "SignatureNonceUsed",
            "x-acs-signature-nonce 重复",
        ));
    }
    Ok(query)
}

/// The part of a request that its signature covers.
pub(super) struct Signed<'a> {
    pub(super) method: &'a str,
    pub(super) query: &'a BTreeMap<String, String>,
    /// Lower-case names.
    pub(super) headers: BTreeMap<&'a str, &'a str>,
    pub(super) body: &'a [u8],
}

impl Signed<'_> {
    /// Whether `authorization` is the signature of this request by the account's key.
    pub(super) fn verify(
        &self,
        authorization: &str,
        account: &SmsMerchant,
    ) -> Result<(), AliyunError> {
        let mismatch = |message: &str| AliyunError::request(400, "SignatureDoesNotMatch", message);
        let fields = fields(authorization).ok_or_else(|| mismatch("Authorization 不合法"))?;
        let get = |name: &str| fields.get(name).copied().unwrap_or_default();
        if get("Credential") != account.access_key_id {
            return Err(AliyunError::request(
                404,
                "InvalidAccessKeyId.NotFound",
                "AccessKeyId 不存在",
            ));
        }
        if !SIGNED.iter().all(|name| self.headers.contains_key(name)) {
            return Err(mismatch("SignedHeaders 不完整"));
        }
        if self.headers["x-acs-content-sha256"] != sha256_hex(self.body) {
            return Err(mismatch("x-acs-content-sha256 与请求体不符"));
        }
        let to_sign = format!(
            "ACS3-HMAC-SHA256\n{}",
            sha256_hex(self.canonical_request().as_bytes())
        );
        if !is_hmac(
            account.access_key_secret.as_bytes(),
            &to_sign,
            get("Signature"),
        ) {
            return Err(mismatch("签名不一致"));
        }
        Ok(())
    }

    fn canonical_request(&self) -> String {
        let headers: Vec<String> = self
            .headers
            .iter()
            .map(|(name, value)| format!("{name}:{value}"))
            .collect();
        let names: Vec<&str> = self.headers.keys().copied().collect();
        format!(
            "{}\n/\n{}\n{}\n\n{}\n{}",
            self.method,
            canonical_query(self.query),
            headers.join("\n"),
            names.join(";"),
            sha256_hex(self.body),
        )
    }
}

/// The query sorted by name and encoded by RFC 3986.
pub(super) fn canonical_query(query: &BTreeMap<String, String>) -> String {
    let pairs: Vec<String> = (query.iter())
        .map(|(name, value)| format!("{}={}", percent_encode(name), percent_encode(value)))
        .collect();
    pairs.join("&")
}

/// `Credential`, `SignedHeaders` and `Signature` of the header.
fn fields(authorization: &str) -> Option<BTreeMap<&str, &str>> {
    authorization
        .strip_prefix("ACS3-HMAC-SHA256 ")?
        .split(',')
        .map(|field| field.trim().split_once('='))
        .collect()
}

/// The names under `SignedHeaders`.
fn signed_headers(authorization: &str) -> Vec<&str> {
    let names = fields(authorization).and_then(|fields| fields.get("SignedHeaders").copied());
    names
        .map(|names| names.split(';').collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use serde_json::Value;

    use super::*;
    use crate::keys::Keys;
    use crate::vectors::{count, items, own, published, text};

    fn map(object: &Value) -> BTreeMap<String, String> {
        serde_json::from_value(object.clone()).unwrap()
    }

    fn verdict(vector: &Value, body: &[u8], account: &SmsMerchant) -> Result<(), AliyunError> {
        let (query, headers) = (map(&vector["query"]), map(&vector["headers"]));
        let headers = headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let signed = Signed {
            method: "POST",
            query: &query,
            headers,
            body,
        };
        signed.verify(text(vector, "authorization"), account)
    }

    #[test]
    fn the_own_vector_passes_and_a_changed_one_does_not() {
        let account = Keys::load(None).unwrap().merchant.sms;
        let vector = own("aliyun_request");
        assert_eq!(
            canonical_query(&map(&vector["query"])),
            text(&vector, "canonical_query")
        );
        assert_eq!(verdict(&vector, b"", &account), Ok(()));
        let code = |vector: &Value, body: &[u8]| verdict(vector, body, &account).unwrap_err().code;
        assert_eq!(code(&vector, b"x"), "SignatureDoesNotMatch");
        let mut other = vector.clone();
        other["query"]["PhoneNumbers"] = "13800138001".into();
        assert_eq!(code(&other, b""), "SignatureDoesNotMatch");
        let mut other = vector.clone();
        other["authorization"] = text(&vector, "authorization")
            .replace("LTAI", "LTAJ")
            .into();
        assert_eq!(code(&other, b""), "InvalidAccessKeyId.NotFound");
    }

    #[test]
    fn published_vectors_pass() {
        let vectors = published("sms_signatures.json", "cases");
        count("published SMS", vectors.len());
        for vector in vectors {
            match text(&vector, "algorithm") {
                "ACS3-HMAC-SHA256" => {
                    let account = SmsMerchant {
                        access_key_id: text(&vector, "access_key_id").to_owned(),
                        access_key_secret: text(&vector, "access_key_secret").to_owned(),
                        sign_name: String::new(),
                        template_code: String::new(),
                        template_phone_changed: String::new(),
                        template_staff_invited: String::new(),
                        template_photo_approved: String::new(),
                        template_photo_rejected: String::new(),
                        template_ticket_answered: String::new(),
                        template_reminder: String::new(),
                        template_webhook_failing: String::new(),
                        template_phone_recovery: String::new(),
                    };
                    assert_eq!(verdict(&vector, b"", &account), Ok(()), "{}", vector["id"]);
                }
                "rfc3986" => percent_encodes(&vector["pairs"]),
                _ => {}
            }
        }
    }

    #[test]
    fn own_percent_encodings_match() {
        percent_encodes(&own("percent_encoding"));
    }

    fn percent_encodes(pairs: &Value) {
        for pair in items(pairs) {
            assert_eq!(
                Some(percent_encode(pair[0].as_str().unwrap()).as_str()),
                pair[1].as_str()
            );
        }
    }

    #[rstest]
    #[case::whole("ACS3-HMAC-SHA256 Credential=a,SignedHeaders=host;x-acs-date,Signature=b", &["host", "x-acs-date"])]
    #[case::blanks("ACS3-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=b", &["host"])]
    #[case::none_named("ACS3-HMAC-SHA256 Credential=a,Signature=b", &[])]
    #[case::no_value("ACS3-HMAC-SHA256 Credential=a,SignedHeaders", &[])]
    #[case::another_scheme("ACS3-HMAC-SM3 SignedHeaders=host", &[])]
    #[case::empty("", &[])]
    fn the_names_of_signed_headers_are_read(#[case] header: &str, #[case] expected: &[&str]) {
        assert_eq!(signed_headers(header), expected);
    }
}
