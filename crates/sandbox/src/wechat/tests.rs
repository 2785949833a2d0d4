//! `WeChat`'s rules for orders, and its signatures against vectors that this crate didn't make.

use serde_json::{Value, json};

use super::authorization::{Claim, signed_message as request_message};
use super::order::NativeOrder;
use super::{Refusal, signed_message};
use crate::keys::Keys;
use crate::sign::{Signer, Verifier, seal};
use crate::vectors::{items, own, published, text};

fn is_request_signed(vector: &Value, merchant: &Verifier) -> bool {
    let claim = Claim::parse(text(vector, "authorization")).unwrap();
    let (method, url, body) = (
        text(vector, "method"),
        text(vector, "canonical_url"),
        text(vector, "body"),
    );
    merchant.is_signed(&request_message(method, url, &claim, body), claim.signature)
}

#[test]
fn own_request_vectors_pass_and_other_bytes_do_not() {
    let keys = Keys::load(None).unwrap();
    let vectors = own("wechat_requests");
    assert_eq!(items(&vectors).count(), 11);
    for vector in items(&vectors) {
        assert!(
            is_request_signed(vector, &keys.wechat_merchant),
            "{}",
            vector["id"]
        );
        let mut other = vector.clone();
        other["body"] = json!(format!("{} ", text(vector, "body")));
        assert!(
            !is_request_signed(&other, &keys.wechat_merchant),
            "{}",
            vector["id"]
        );
    }
}

#[test]
fn published_requests_are_signed_alike() {
    for vector in published("wechat_request_signing.json", "cases") {
        if vector["expect"] == json!(false) {
            continue;
        }
        let signer = Signer::from_pem(text(&vector, "private_key_pem")).unwrap();
        let signature = text(&vector, "signature_b64");
        assert_eq!(
            signer.sign(text(&vector, "message")).unwrap(),
            signature,
            "{}",
            vector["id"]
        );
        if let Some(header) = vector["authorization"].as_str() {
            let claim = Claim::parse(header).unwrap();
            let message = request_message(
                text(&vector, "method"),
                text(&vector, "canonical_url"),
                &claim,
                text(&vector, "body"),
            );
            assert_eq!(
                (message.as_str(), claim.signature),
                (text(&vector, "message"), signature)
            );
        }
    }
}

#[test]
fn the_header_is_read_in_any_order_and_only_whole() {
    let header = r#"WECHATPAY2-SHA256-RSA2048 serial_no="S",timestamp="1",mchid="M",signature="A+/=",nonce_str="N""#;
    assert_eq!(Claim::parse(header).unwrap().signature, "A+/=");
    let wrong = [
        header.replace("mchid=\"M\",", ""),
        header.replace("mchid=\"M\"", "mchid=M"),
        format!("{header},mchid=\"M\""),
        format!("{header},more=\"x\""),
        header.replace("RSA2048", "RSA1024"),
        header.replace("\"1\"", "\"soon\""),
        header.replace("\"N\"", &format!("\"{}\"", "N".repeat(33))),
    ];
    for header in wrong {
        assert_eq!(Claim::parse(&header), None, "{header}");
    }
}

#[test]
fn the_platform_signs_as_the_own_vectors_say() {
    let file: Value = serde_json::from_str(include_str!("../../keys/keys.json")).unwrap();
    let keys: Vec<(Signer, Verifier)> = items(&file["wechat"]["platform_keys"])
        .map(|key| {
            let verifier = Verifier::from_pem(text(key, "public_key")).unwrap();
            (
                Signer::from_pem(text(key, "private_key")).unwrap(),
                verifier,
            )
        })
        .collect();
    let vectors = own("wechat_signed");
    for vector in items(&vectors) {
        let (signer, verifier) = &keys[usize::try_from(vector["key"].as_u64().unwrap()).unwrap()];
        let body = text(vector, "body");
        let message = signed_message(text(vector, "timestamp"), text(vector, "nonce"), body);
        let signature = text(vector, "signature");
        let expected = vector["expect"].as_bool().unwrap();
        assert_eq!(
            verifier.is_signed(&message, signature),
            expected,
            "{}",
            vector["id"]
        );
        assert_eq!(
            signer.sign(&message).unwrap() == signature,
            expected,
            "{}",
            vector["id"]
        );
    }
}

#[test]
fn published_answers_verify_with_their_public_keys() {
    for vector in published("wechat_verify_and_decrypt.json", "verify") {
        // Two cases come with a certificate alone, which the sandbox has no use for.
        let Some(key) = vector["public_key_pem"].as_str() else {
            continue;
        };
        let (message, signature) = if let Some(message) = vector["raw_message"].as_str() {
            (message.to_owned(), text(&vector, "signature_b64"))
        } else {
            let headers = &vector["headers"];
            let (at, nonce) = (
                text(headers, "Wechatpay-Timestamp"),
                text(headers, "Wechatpay-Nonce"),
            );
            (
                signed_message(at, nonce, text(&vector, "body")),
                text(headers, "Wechatpay-Signature"),
            )
        };
        let expected = vector["expect"].as_bool().unwrap();
        let verifier = Verifier::from_pem(key).unwrap();
        assert_eq!(
            verifier.is_signed(&message, signature),
            expected,
            "{}",
            vector["id"]
        );
    }
}

#[test]
fn notices_are_sealed_byte_for_byte_alike() {
    let own = own("wechat_sealed");
    let published = published("wechat_verify_and_decrypt.json", "aead");
    for vector in items(&own).chain(&published) {
        let get = |name| text(vector, name);
        let Some(plaintext) = vector["plaintext"].as_str() else {
            continue;
        };
        let sealed = seal(
            get("api_v3_key"),
            get("nonce"),
            get("associated_data"),
            plaintext,
        );
        if get("api_v3_key").len() == 32 {
            assert_eq!(
                sealed.as_deref(),
                Ok(get("ciphertext_b64")),
                "{}",
                vector["id"]
            );
        } else {
            assert!(sealed.is_err(), "only AES-256: {}", vector["id"]);
        }
    }
}

/// What is wrong with the good order after `change`.
fn refusal_of(change: impl FnOnce(&mut Value)) -> Option<&'static str> {
    let keys = Keys::load(None).unwrap();
    let mut order = json!({
        "appid": "wx0000grad0000test", "mchid": "1900000109", "description": "毕业照",
        "out_trade_no": "G260609ABCDEFGH", "notify_url": "http://127.0.0.1/notify",
        "amount": { "total": 1990, "currency": "CNY" },
    });
    change(&mut order);
    let parsed = NativeOrder::parse(order.to_string().as_bytes(), &keys.merchant.wechat);
    parsed.err().map(|Refusal { code, .. }| code)
}

#[test]
fn orders_are_refused_for_every_field() {
    assert_eq!(refusal_of(|_| ()), None);
    assert_eq!(
        refusal_of(|order| order["appid"] = json!("wx1")),
        Some("APPID_MCHID_NOT_MATCH")
    );
    assert_eq!(
        refusal_of(|order| order["mchid"] = json!("1")),
        Some("MCH_NOT_EXISTS")
    );
    let wrong: [(&str, Value); 12] = [
        ("attach", Value::Null),
        ("attach", json!("一".repeat(129))),
        ("surprise", json!(1)),
        ("description", json!("")),
        ("description", json!("一".repeat(128))),
        ("out_trade_no", json!("G1234")),
        ("out_trade_no", json!("G".repeat(33))),
        ("out_trade_no", json!("G12345 6")),
        ("notify_url", json!("http://127.0.0.1/notify?a=1")),
        ("amount", json!({ "total": 0 })),
        ("amount", json!({ "total": 1.5 })),
        ("amount", json!({ "total": 1, "currency": "USD" })),
    ];
    for (field, value) in wrong {
        let code = refusal_of(|order| order[field] = value.clone());
        assert_eq!(code, Some("PARAM_ERROR"), "{field} = {value}");
    }
}
