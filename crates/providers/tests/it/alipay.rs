//! Alipay: vectors of requests, answers and notices. Calls are in `alipay/calls.rs`.

mod bill;
pub(crate) mod calls;
mod certificate;
mod encoding;
mod money;

use crate::vectors::{at, list, own, published, secret, text};
use data_encoding::BASE64;
use domain::Fen;
use domain::payment::{Evidence, NoticeStatement};
use providers::{
    alipay::{
        AccountSettings, AnswerError, Call, Credentials, CredentialsError, Envelope, KeyRing,
        NoticeError, Request, Trust, joined, notice_content, open, request_content,
    },
    payment::Notice,
    rsa::{SigningKey, VerifyingKey},
};
use serde_json::Value;
use std::collections::BTreeMap;

pub(crate) fn settings() -> AccountSettings {
    let (keys, vectors) = (own("keys.json"), own("alipay.json"));
    AccountSettings {
        app_id: text(&vectors, "app_id").to_owned(),
        seller_id: text(&vectors, "seller_id").to_owned(),
        app_private_key: secret(&keys["alipay_app"], "private_pkcs8_pem"),
        trust: Trust::Keys(vec![
            text(&keys["alipay_platform"], "public_spki_pem").to_owned(),
        ]),
    }
}

pub(crate) fn credentials() -> Credentials {
    Credentials::parse(&settings()).unwrap()
}

fn parameters(case: &Value) -> BTreeMap<&str, String> {
    let parameters = case["params"].as_object().unwrap();
    parameters
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str().unwrap().to_owned()))
        .collect()
}

fn decoded(form: &str) -> BTreeMap<String, String> {
    form_urlencoded::parse(form.as_bytes())
        .into_owned()
        .collect()
}

#[test]
fn vec_own_requests_are_signed_to_the_byte() {
    for case in list(&own("alipay.json"), "request") {
        let content = request_content(&parameters(case));
        assert_eq!(content, text(case, "sign_content"), "{}", case["id"]);
        let key = SigningKey::parse(&secret(case, "app_private_key_pem")).unwrap();
        assert_eq!(
            key.sign(content.as_bytes()).unwrap(),
            text(case, "sign"),
            "{}",
            case["id"]
        );
        let key = VerifyingKey::parse(text(case, "app_public_key_pem")).unwrap();
        assert!(key.verifies(content.as_bytes(), text(case, "sign")));
        assert!(!key.verifies(format!("{content} ").as_bytes(), text(case, "sign")));
    }
}

#[test]
fn vec_own_requests_are_sent_as_stated() {
    let credentials = credentials();
    let vectors = own("alipay.json");
    // The last case is about a parameter that we never send.
    for case in &list(&vectors, "request")[..8] {
        let sent = parameters(case);
        let optional = |name: &str| sent.get(name).map(String::as_str);
        let call = Call {
            method: &sent["method"],
            content: sent["biz_content"].clone(),
            notify_url: optional("notify_url"),
            return_url: optional("return_url"),
        };
        let request = Request::signed(&credentials, call, at(1_781_000_000)).unwrap();
        assert_eq!(
            decoded(&request.query()),
            decoded(text(case, "url_query")),
            "{}",
            case["id"]
        );
        assert_eq!(
            decoded(&request.form()),
            decoded(text(case, "form_body")),
            "{}",
            case["id"]
        );
    }
}

#[test]
fn alipay_empty_param() {
    let request = BTreeMap::from([("a", String::new()), ("b", "2".to_owned())]);
    assert_eq!(request_content(&request), "b=2");
    let notice = decoded("b=2&a=&sign=x&sign_type=RSA2");
    assert_eq!(notice_content(&notice), b"a=&b=2");
}

#[test]
fn vec_own_answers_verify_as_stated() {
    for case in list(&own("alipay.json"), "response") {
        let key = text(case, "alipay_public_key_pem").to_owned();
        let ring = KeyRing::parse(&[key]).unwrap();
        assert_answer(case, text(case, "wrapper"), &ring);
    }
}

fn assert_answer(case: &Value, wrapper: &str, key: &KeyRing) {
    let method = wrapper.strip_suffix("_response").unwrap();
    let envelope = Envelope::read(text(case, "raw_response").as_bytes(), method).unwrap();
    assert_eq!(
        envelope.content,
        text(case, "signed_content").as_bytes(),
        "{}",
        case["id"]
    );
    match envelope.verified(key) {
        Ok(content) => {
            assert_eq!(case["expect"], true, "{}", case["id"]);
            assert_eq!(content, text(case, "signed_content"));
        }
        Err(error) => {
            assert_eq!(case["expect"], false, "{}", case["id"]);
            assert!(matches!(error, AnswerError::Mismatch));
        }
    }
}

#[test]
fn vec_published_answers_verify_as_stated() {
    let Some(vectors) = published("alipay.json") else {
        return;
    };
    for case in list(&vectors, "response") {
        match text(case, "id") {
            "sandbox-file-upload" => {
                let key = text(case, "alipay_public_key_pem").to_owned();
                let ring = KeyRing::parse(&[key]).unwrap();
                assert_answer(case, "alipay_open_file_upload_response", &ring);
            }
            "extract-content-with-inner-sign-and-whitespace" => {
                let method = text(case, "response_key")
                    .strip_suffix("_response")
                    .unwrap();
                let envelope =
                    Envelope::read(text(case, "raw_response").as_bytes(), method).unwrap();
                assert_eq!(envelope.content, text(case, "signed_content").as_bytes());
                assert_eq!(envelope.signature, "P8xrBWqZ==");
            }
            _ => {
                let content = text(case, "signed_content").as_bytes();
                assert!(
                    public_key(case).verifies(content, text(case, "sign")),
                    "{}",
                    case["id"]
                );
            }
        }
    }
}

pub(crate) fn public_key(case: &Value) -> VerifyingKey {
    let pem = case["alipay_public_key_pem"].as_str();
    VerifyingKey::parse(pem.or(case["alipay_public_key_b64_spki"].as_str()).unwrap()).unwrap()
}

#[test]
fn alipay_rawvalue_extraction() {
    let raw =
        r#" { "sign" : "c2ln" , "alipay_trade_query_response" : {"a":"http:\/\/x", "sign":"y" } }"#;
    let envelope = Envelope::read(raw.as_bytes(), "alipay.trade.query").unwrap();
    assert_eq!(envelope.content, br#"{"a":"http:\/\/x", "sign":"y" }"#);
    assert_eq!(envelope.signature, "c2ln");
    let refused = Envelope::read(raw.as_bytes(), "alipay.trade.close").unwrap_err();
    assert!(matches!(refused, AnswerError::Missing("content")));
    let unsigned = r#"{"alipay_trade_query_response":{"code":"10000"}}"#;
    let refused = Envelope::read(unsigned.as_bytes(), "alipay.trade.query").unwrap_err();
    assert!(matches!(refused, AnswerError::Missing("signature")));
    let error = r#"{"error_response":{"code":"40002","msg":"Invalid Arguments"}}"#;
    let refused = Envelope::read(error.as_bytes(), "alipay.trade.query").unwrap_err();
    assert!(matches!(refused, AnswerError::Unsigned(_)));
    assert!(matches!(
        Envelope::read(b"<html>", "x").unwrap_err(),
        AnswerError::Form(_)
    ));
}

#[test]
fn vec_published_notices_verify_as_stated() {
    let Some(vectors) = published("alipay.json") else {
        return;
    };
    for case in list(&vectors, "notify") {
        let parameters = decoded(text(case, "form_body"));
        let named = parameters
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        // Messages of the application gateway keep `sign_type`; a trade's notice does not.
        let content = if text(case, "mode").starts_with("V1") {
            notice_content(&parameters)
        } else {
            joined(named.filter(|(name, _)| *name != "sign")).into_bytes()
        };
        let verified = public_key(case).verifies(&content, &parameters["sign"]);
        assert_eq!(verified, case["expect"] == true, "{}", case["id"]);
    }
}

#[test]
fn vec_published_keys_are_read_in_both_forms() {
    let Some(vectors) = published("alipay.json") else {
        return;
    };
    let keys = &vectors["keys"];
    let forms = ["node_app_private_key_pem", "node_app_private_key_pkcs8_pem"];
    let [pkcs1, pkcs8] = forms.map(|name| {
        SigningKey::parse(&secret(keys, name))
            .unwrap()
            .sign(b"1")
            .unwrap()
    });
    assert_eq!(pkcs1, pkcs8);
    let key = VerifyingKey::parse(text(keys, "node_app_public_key_pem")).unwrap();
    assert!(key.verifies(b"1", &pkcs1));
}

fn notice(id: &str) -> Result<Notice, NoticeError> {
    let vectors = own("alipay.json");
    let case = list(&vectors, "notify")
        .iter()
        .find(|case| case["id"] == id)
        .unwrap();
    open(&credentials(), text(case, "form_body").as_bytes())
}

/// The payment that a notice states, and nothing else.
fn paid(id: &str) -> Evidence {
    let notice = notice(id).unwrap();
    assert!(notice.statement.is_payment_alone(), "{notice:?}");
    let NoticeStatement::Paid { evidence, .. } = notice.statement else {
        panic!("{id}")
    };
    evidence
}

#[test]
fn vec_own_notices_are_read_to_their_facts() {
    for id in ["trade-success-with-empty-body-param", "trade-finished"] {
        let number = notice(id).unwrap().out_trade_no;
        assert_eq!(number.as_deref(), Some("GP260609ALI00000000000001"));
        let payment = paid(id);
        assert_eq!(
            (payment.amount, payment.currency.as_str()),
            (Fen(1990), "CNY")
        );
        assert_eq!(payment.transaction_id, "2026060922001400000000000001");
        assert_eq!(payment.paid_at.to_rfc3339(), "2026-06-09T10:15:20+00:00");
        assert_eq!(payment.payer.unwrap().0, "2088000000000999");
    }
    for (id, number) in [
        ("partial-refund", "RF260609ALI0001"),
        ("full-refund-closed", "RF260609ALI0002"),
    ] {
        let NoticeStatement::Paid {
            is_refunded: true,
            out_refund_no,
            ..
        } = notice(id).unwrap().statement
        else {
            panic!("{id}")
        };
        assert_eq!(out_refund_no.as_deref(), Some(number), "{id}");
    }
    let unpaid = notice("unpaid-closed").unwrap();
    assert_eq!(unpaid.statement, NoticeStatement::Nothing);
    let payment = paid("good-signature-wrong-amount");
    assert_eq!(
        payment.amount,
        Fen(1),
        "the caller compares it with the attempt's"
    );
    let notice = notice("trade-finished").unwrap();
    assert_eq!(notice.id, "2026060900222181521056780000000002");
    assert!(
        !format!("{notice:?}").contains("2088000000000999"),
        "the payer is printed"
    );
}

#[test]
fn vec_own_notices_are_refused_as_stated() {
    for id in ["good-signature-other-app", "good-signature-other-seller"] {
        assert!(
            matches!(notice(id).unwrap_err(), NoticeError::OtherAccount),
            "{id}"
        );
    }
    for id in ["tampered-amount", "foreign-query-param-mixed-in"] {
        assert!(
            matches!(notice(id).unwrap_err(), NoticeError::Signature),
            "{id}"
        );
    }
    let open = |body: &[u8]| open(&credentials(), body).unwrap_err();
    assert!(matches!(open(b""), NoticeError::Missing("sign")));
    assert!(matches!(open(b"a=1&sign=&a=2"), NoticeError::Twice(name) if name == "a"));
    assert!(matches!(
        open(&vec![b'a'; 64 * 1024 + 1]),
        NoticeError::TooLong
    ));
}

#[test]
fn a_bare_base64_key_is_read_and_the_own_public_key_is_refused() {
    let keys = own("keys.json");
    let pem = text(&keys["alipay_platform"], "public_spki_pem");
    let bare: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    assert!(BASE64.decode(bare.as_bytes()).is_ok());
    let mut changed = settings();
    let own_key = text(&keys["alipay_app"], "public_spki_pem").to_owned();
    changed.trust = Trust::Keys(vec![bare.clone()]);
    assert!(Credentials::parse(&changed).is_ok());
    changed.trust = Trust::Keys(Vec::new());
    assert!(matches!(
        Credentials::parse(&changed).unwrap_err(),
        CredentialsError::NoPublicKey
    ));
    changed.trust = Trust::Keys(vec![bare, own_key]);
    assert!(matches!(
        Credentials::parse(&changed).unwrap_err(),
        CredentialsError::OwnPublicKey
    ));
}

#[test]
fn both_keys_count_while_one_replaces_the_other() {
    let keys = own("keys.json");
    let platform = |name: &str| &keys[name];
    let pem = |name| text(platform(name), "public_spki_pem").to_owned();
    let ring = KeyRing::parse(&[pem("alipay_platform"), pem("wechat_platform")]).unwrap();
    for name in ["alipay_platform", "wechat_platform"] {
        let key = SigningKey::parse(&secret(platform(name), "private_pkcs8_pem")).unwrap();
        let signature = key.sign(b"{}").unwrap();
        assert!(ring.verifies(b"{}", &signature, None), "{name}");
        assert!(!ring.verifies(b"{}", &signature, Some("a certificate")));
    }
    let other = SigningKey::parse(&secret(platform("alipay_app"), "private_pkcs8_pem")).unwrap();
    assert!(!ring.verifies(b"{}", &other.sign(b"{}").unwrap(), None));
}
