//! `WeChat Pay`: vectors of requests and answers. Calls are in `wechat_pay/calls.rs`.

mod bill;
pub(crate) mod calls;
mod money;
mod notice;
mod openid;

use crate::vectors::{at, list, own, published, secret, text};
use providers::{
    rsa::{SigningKey, VerifyingKey},
    wechat_pay::{
        AccountSettings, Credentials, CredentialsError, KeyRing, KeyRingError, ResourceError,
        SignatureError, SignatureHeaders, Stamp, authorization, message, pay_sign,
    },
};
use rstest::rstest;
use serde_json::Value;
use std::collections::BTreeMap;

pub(crate) fn settings() -> AccountSettings {
    let (keys, requests) = (own("keys.json"), own("wechat_request_signing.json"));
    let ring = own("wechat_verify_and_decrypt.json");
    let public_keys = ring["key_ring"].as_object().unwrap();
    AccountSettings {
        mchid: text(&requests, "mchid").to_owned(),
        appid: text(&requests, "appid").to_owned(),
        merchant_serial: text(&requests, "serial_no").to_owned(),
        merchant_private_key: secret(&keys["wechat_merchant"], "private_pkcs8_pem"),
        api_v3_key: secret(&keys, "api_v3_key"),
        public_keys: public_keys
            .iter()
            .map(|(serial, pem)| (serial.clone(), pem.as_str().unwrap().to_owned()))
            .collect(),
    }
}

pub(crate) fn credentials() -> Credentials {
    Credentials::parse(&settings()).unwrap()
}

/// The fields of an `Authorization` header, in whatever order they come.
pub(crate) fn fields(authorization: &str) -> BTreeMap<String, String> {
    let fields = authorization
        .strip_prefix("WECHATPAY2-SHA256-RSA2048 ")
        .unwrap();
    fields
        .split(',')
        .map(|field| field.split_once('=').unwrap())
        .map(|(name, value)| (name.to_owned(), value.trim_matches('"').to_owned()))
        .collect()
}

fn headers(case: &Value) -> SignatureHeaders<'_> {
    SignatureHeaders::read(|name| case["headers"][name].as_str().or(Some("absent"))).unwrap()
}

fn signed_at(case: &Value) -> i64 {
    text(&case["headers"], "Wechatpay-Timestamp")
        .parse()
        .unwrap()
}

fn assert_signs(case: &Value) {
    let key = SigningKey::parse(&secret(case, "private_key_pem")).unwrap();
    let (message, expected) = (text(case, "message"), text(case, "signature_b64"));
    assert_eq!(
        key.sign(message.as_bytes()).unwrap(),
        expected,
        "{}",
        case["id"]
    );
    if let Some(pem) = case["public_key_pem"].as_str() {
        let key = VerifyingKey::parse(pem).unwrap();
        assert!(key.verifies(message.as_bytes(), expected), "{}", case["id"]);
        assert!(
            !key.verifies(format!("{message} ").as_bytes(), expected),
            "{}",
            case["id"]
        );
    }
}

fn message_of(case: &Value) -> String {
    let (method, target) = (text(case, "method"), text(case, "canonical_url"));
    let (timestamp, nonce) = (case["timestamp"].as_i64().unwrap(), text(case, "nonce_str"));
    message(method, target, timestamp, nonce, text(case, "body"))
}

#[test]
fn vec_own_requests_are_signed_to_the_byte() {
    let credentials = credentials();
    for case in list(&own("wechat_request_signing.json"), "cases") {
        assert_signs(case);
        if case["method"].is_null() {
            continue;
        }
        assert_eq!(message_of(case), text(case, "message"));
        let stamp = Stamp {
            timestamp: case["timestamp"].as_i64().unwrap(),
            nonce: text(case, "nonce_str"),
        };
        let (method, target) = (text(case, "method"), text(case, "canonical_url"));
        let made = authorization(&credentials, method, target, stamp, text(case, "body")).unwrap();
        assert_eq!(
            fields(&made),
            fields(text(case, "authorization")),
            "{}",
            case["id"]
        );
    }
}

#[test]
fn vec_own_pay_sign() {
    let vectors = own("wechat_request_signing.json");
    let cases = list(&vectors, "cases")
        .iter()
        .filter(|case| case["method"].is_null());
    let mut seen = 0;
    for case in cases {
        assert_pay_sign(case);
        seen += 1;
    }
    assert_eq!(seen, 2);
}

fn assert_pay_sign(case: &Value) {
    let key = SigningKey::parse(&secret(case, "private_key_pem")).unwrap();
    let parts: Vec<_> = text(case, "message").lines().collect();
    let [appid, timestamp, nonce, package] = parts[..] else {
        panic!("{parts:?}")
    };
    let made = pay_sign(&key, appid, timestamp.parse().unwrap(), nonce, package).unwrap();
    assert_eq!(made, text(case, "signature_b64"), "{}", case["id"]);
}

#[test]
fn vec_published_requests_are_signed_to_the_byte() {
    let Some(vectors) = published("wechat_request_signing.json") else {
        return;
    };
    for case in list(&vectors, "cases") {
        assert_signs(case);
        if text(case, "id").contains("paysign") {
            assert_pay_sign(case);
        }
        if !case["method"].is_null() {
            assert_eq!(message_of(case), text(case, "message"));
        }
    }
    for case in list(&vectors, "canonical_message_format_cases") {
        let timestamp = case["timestamp"].as_i64().unwrap();
        let (url, nonce, body) = (text(case, "url"), text(case, "nonce"), text(case, "body"));
        let made = message(text(case, "method"), url, timestamp, nonce, body);
        let lines = format!(
            "{}\n{url}\n{timestamp}\n{nonce}\n{body}\n",
            text(case, "method")
        );
        assert_eq!(made, case["message"].as_str().unwrap_or(&lines));
    }
}

#[test]
fn vec_own_answers_and_notices_verify_as_stated() {
    let vectors = own("wechat_verify_and_decrypt.json");
    let ring = KeyRing::parse(&settings().public_keys).unwrap();
    for case in list(&vectors, "verify") {
        let body = text(case, "body").as_bytes();
        let verified = ring.verify(&headers(case), body, at(signed_at(case)));
        let expected = match (text(case, "id"), case["expect"] == true) {
            (_, true) => Ok(()),
            ("signature-probe", false) => Err(SignatureError::Probe),
            (_, false) => Err(SignatureError::Mismatch),
        };
        assert_eq!(verified, expected, "{}", case["id"]);
    }
}

#[rstest]
#[case::too_early(-301, Err(SignatureError::Stale))]
#[case::as_early_as_may_be(-300, Ok(()))]
#[case::as_late_as_may_be(300, Ok(()))]
#[case::too_late(301, Err(SignatureError::Stale))]
fn stale_timestamp_refused(#[case] skew: i64, #[case] expected: Result<(), SignatureError>) {
    let vectors = own("wechat_verify_and_decrypt.json");
    let ring = KeyRing::parse(&settings().public_keys).unwrap();
    let case = &list(&vectors, "verify")[0];
    let verify = |now| ring.verify(&headers(case), text(case, "body").as_bytes(), at(now));
    assert_eq!(verify(signed_at(case) + skew), expected, "{skew} s");
}

#[test]
fn a_timestamp_that_is_none_is_stale() {
    let vectors = own("wechat_verify_and_decrypt.json");
    let ring = KeyRing::parse(&settings().public_keys).unwrap();
    let case = &list(&vectors, "verify")[0];
    let no_time = SignatureHeaders {
        timestamp: "now",
        ..headers(case)
    };
    assert_eq!(
        ring.verify(&no_time, b"", at(0)),
        Err(SignatureError::Stale)
    );
}

#[test]
fn an_unknown_serial_is_refused_without_trying_other_keys() {
    let vectors = own("wechat_verify_and_decrypt.json");
    let case = &list(&vectors, "verify")[0];
    let ring = KeyRing::parse(&settings().public_keys).unwrap();
    let headers = SignatureHeaders {
        serial: "PUB_KEY_ID_3",
        ..headers(case)
    };
    let verified = ring.verify(&headers, text(case, "body").as_bytes(), at(signed_at(case)));
    assert_eq!(
        verified,
        Err(SignatureError::UnknownSerial("PUB_KEY_ID_3".to_owned()))
    );
    let missing = SignatureHeaders::read(|name| (name != "Wechatpay-Nonce").then_some("1"));
    assert_eq!(
        missing.unwrap_err(),
        SignatureError::Header("Wechatpay-Nonce")
    );
}

#[test]
fn vec_published_answers_verify_as_stated() {
    let Some(vectors) = published("wechat_verify_and_decrypt.json") else {
        return;
    };
    for case in list(&vectors, "verify") {
        let expected = case["expect"] == true;
        assert_eq!(verifies(case), expected, "{}", case["id"]);
    }
}

/// Whether a published message verifies under the key or certificate that it comes with.
pub(crate) fn verifies(case: &Value) -> bool {
    let pem = case["public_key_pem"].as_str();
    // The probe comes without a key, since none would fit.
    let Some(pem) = pem.or(case["certificate_pem"].as_str()) else {
        let ring = KeyRing::parse(&settings().public_keys).unwrap();
        return ring.verify(&headers(case), b"", at(0)).is_ok();
    };
    if let Some(raw) = case["raw_message"].as_str() {
        let key = VerifyingKey::parse(pem).unwrap();
        return key.verifies(raw.as_bytes(), text(case, "signature_b64"));
    }
    let ring = KeyRing::parse(&[(headers(case).serial.to_owned(), pem.to_owned())]).unwrap();
    let body = text(case, "body").as_bytes();
    ring.verify(&headers(case), body, at(signed_at(case)))
        .is_ok()
}

#[rstest]
#[case(0)]
#[case(16)]
#[case(24)]
#[case(31)]
#[case(33)]
#[case(64)]
fn gcm_refuses_16_byte_key(#[case] length: usize) {
    let mut settings = settings();
    settings.api_v3_key = "k".repeat(length).into();
    let refused = Credentials::parse(&settings).unwrap_err();
    assert!(matches!(
        refused,
        CredentialsError::ApiV3Key(ResourceError::KeyLength(found)) if found == length
    ));
}

#[rstest]
#[case("wechat_merchant")]
#[case("wechat_platform")]
#[case("alipay_app")]
#[case("alipay_platform")]
fn pkcs1_and_pkcs8_keys(#[case] owner: &str) {
    let keys = &own("keys.json")[owner];
    let parse = |name| SigningKey::parse(&secret(keys, name)).unwrap();
    let signatures =
        ["private_pkcs8_pem", "private_pkcs1_pem"].map(|name| parse(name).sign(b"1").unwrap());
    assert_eq!(signatures[0], signatures[1]);
    for name in ["public_spki_pem", "public_pkcs1_der_b64"] {
        let key = VerifyingKey::parse(text(keys, name)).unwrap();
        assert!(key.verifies(b"1", &signatures[0]), "{owner} {name}");
    }
}

#[test]
fn bad_credentials_are_refused_at_start_up() {
    let changed = |change: fn(&mut AccountSettings)| {
        let mut settings = settings();
        change(&mut settings);
        Credentials::parse(&settings).unwrap_err()
    };
    let refused = changed(|settings| settings.mchid = "wx19".to_owned());
    assert!(matches!(refused, CredentialsError::MerchantNumber));
    let refused = changed(|settings| settings.merchant_serial = "123456789012345678".to_owned());
    assert!(matches!(refused, CredentialsError::MerchantSerial));
    let refused = changed(|settings| settings.merchant_private_key = "AAAA".into());
    assert!(matches!(refused, CredentialsError::PrivateKey(_)));
    let refused = changed(|settings| settings.public_keys.clear());
    assert!(matches!(
        refused,
        CredentialsError::KeyRing(KeyRingError::Empty)
    ));
    let refused = changed(|settings| settings.public_keys[1].1 = "no key".to_owned());
    assert!(matches!(
        refused,
        CredentialsError::KeyRing(KeyRingError::Key { .. })
    ));
    let printed = format!("{:?} {:?}", settings(), credentials());
    assert!(!printed.contains("grad-photo-test") && !printed.contains("BEGIN PRIVATE"));
}
