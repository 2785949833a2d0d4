//! `WeChat`'s rules for orders, and its signatures against vectors that this crate didn't make.

use rstest::rstest;
use serde_json::{Value, json};

use super::answer::signed_message;
use super::authorization::{Claim, signed_message as request_message};
use super::jsapi::bridge_message;
use super::order::Order;
use super::work::WechatError;
use crate::certificate::Certificate;
use crate::keys::Keys;
use crate::provider::Product;
use crate::sign::{Signer, Verifier, open, seal};
use crate::vectors::{count, items, own, published, text};

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
            is_request_signed(vector, &keys.wechat[0].merchant),
            "{}",
            vector["id"]
        );
        let mut other = vector.clone();
        other["body"] = json!(format!("{} ", text(vector, "body")));
        assert!(
            !is_request_signed(&other, &keys.wechat[0].merchant),
            "{}",
            vector["id"]
        );
    }
}

#[test]
fn published_requests_are_signed_alike() {
    let vectors = published("wechat_request_signing.json", "cases");
    count("published requests", vectors.len());
    for vector in vectors {
        if vector["expect"] == json!(false) {
            continue;
        }
        let signer = Signer::from_pem(text(&vector, "private_key_pem")).unwrap();
        let signature = text(&vector, "signature_b64");
        if let Some(key) = vector["public_key_pem"].as_str() {
            let verifier = Verifier::from_pem(key).unwrap();
            assert!(verifier.is_signed(text(&vector, "message"), signature));
        }
        if text(&vector, "id") == "official-paysign-jsapi" {
            let message = text(&vector, "message");
            let lines: Vec<&str> = message.lines().collect();
            let ours = bridge_message(lines[0], lines[1], lines[2], lines[3]);
            assert_eq!(ours, message, "what the bridge is handed");
        }
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

const HEADER: &str = r#"WECHATPAY2-SHA256-RSA2048 serial_no="S",timestamp="1",mchid="M",signature="A+/=",nonce_str="N""#;

#[test]
fn the_header_is_read_in_any_order() {
    assert_eq!(Claim::parse(HEADER).unwrap().signature, "A+/=");
}

#[rstest]
#[case::without_a_part(HEADER.replace("mchid=\"M\",", ""))]
#[case::without_quotes(HEADER.replace("mchid=\"M\"", "mchid=M"))]
#[case::a_part_twice(format!("{HEADER},mchid=\"M\""))]
#[case::a_part_too_many(format!("{HEADER},more=\"x\""))]
#[case::another_algorithm(HEADER.replace("RSA2048", "RSA1024"))]
#[case::no_time(HEADER.replace("\"1\"", "\"soon\""))]
#[case::nonce_too_long(HEADER.replace("\"N\"", &format!("\"{}\"", "N".repeat(33))))]
fn the_header_is_read_only_whole(#[case] header: String) {
    assert_eq!(Claim::parse(&header), None, "{header}");
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
    let vectors = published("wechat_verify_and_decrypt.json", "verify");
    count("published answers", vectors.len());
    for vector in vectors {
        let verifier = if let Some(key) = vector["public_key_pem"].as_str() {
            Verifier::from_pem(key).unwrap()
        } else if let Some(pem) = vector["certificate_pem"].as_str() {
            let certificate = Certificate::from_pem(pem).unwrap();
            if let Some(serial) = vector["serial"].as_str() {
                assert_eq!(certificate.serial_hex(), serial, "{}", vector["id"]);
            }
            Verifier::from_der(certificate.public_key)
        } else {
            // The probe: a signature that no key made.
            let signature = text(&vector["headers"], "Wechatpay-Signature");
            assert!(
                signature.starts_with("WECHATPAY/SIGNTEST/"),
                "{}",
                vector["id"]
            );
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
    count("published resources", published.len());
    for vector in items(&own).chain(&published) {
        let get = |name| text(vector, name);
        let opened = open(
            get("api_v3_key"),
            get("nonce"),
            get("associated_data"),
            get("ciphertext_b64"),
        );
        let Some(plaintext) = vector["plaintext"].as_str() else {
            let certificate = opened.unwrap();
            assert!(
                certificate.starts_with(get("plaintext_prefix")),
                "{}",
                vector["id"]
            );
            let serial = Certificate::from_pem(&certificate).unwrap().serial_hex();
            assert_eq!(serial, get("expect_cert_serial"), "{}", vector["id"]);
            continue;
        };
        if get("api_v3_key").len() == 32 {
            assert_eq!(opened.as_deref(), Ok(plaintext), "{}", vector["id"]);
        }
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
fn refusal_of(change: impl FnOnce(&mut Value)) -> Option<String> {
    refusal_for(Product::Native, change)
}

fn refusal_for(product: Product, change: impl FnOnce(&mut Value)) -> Option<String> {
    let keys = Keys::load(None).unwrap();
    let mut order = json!({
        "appid": "wx0000grad0000test", "mchid": "1900000109", "description": "毕业照",
        "out_trade_no": "G260609ABCDEFGH", "notify_url": "http://127.0.0.1/notify",
        "amount": { "total": 1990, "currency": "CNY" },
    });
    change(&mut order);
    let parsed = Order::parse(order.to_string().as_bytes(), &keys.merchant.wechat, product);
    parsed
        .err()
        .map(|WechatError { code, .. }| code.into_owned())
}

#[test]
fn orders_are_refused_for_another_account() {
    assert_eq!(refusal_of(|_| ()), None);
    assert_eq!(
        refusal_of(|order| order["appid"] = json!("wx1")),
        Some("APPID_MCHID_NOT_MATCH".to_owned())
    );
    assert_eq!(
        refusal_of(|order| order["mchid"] = json!("1")),
        Some("MCH_NOT_EXISTS".to_owned())
    );
}

#[rstest]
#[case::attach_is_null("attach", Value::Null)]
#[case::attach_too_long("attach", json!("一".repeat(129)))]
#[case::unknown_field("surprise", json!(1))]
#[case::no_description("description", json!(""))]
#[case::description_too_long("description", json!("一".repeat(128)))]
#[case::number_too_short("out_trade_no", json!("G1234"))]
#[case::number_too_long("out_trade_no", json!("G".repeat(33)))]
#[case::space_in_the_number("out_trade_no", json!("G12345 6"))]
#[case::query_in_the_address("notify_url", json!("http://127.0.0.1/notify?a=1"))]
#[case::nothing_to_pay("amount", json!({ "total": 0 }))]
#[case::part_of_a_fen("amount", json!({ "total": 1.5 }))]
#[case::another_currency("amount", json!({ "total": 1, "currency": "USD" }))]
fn orders_are_refused_for_every_field(#[case] field: &str, #[case] value: Value) {
    let code = refusal_of(|order| order[field] = value.clone());
    assert_eq!(code.as_deref(), Some("PARAM_ERROR"), "{field} = {value}");
}

#[test]
fn each_product_needs_its_own_fields() {
    let scene = json!({ "payer_client_ip": "198.51.100.7", "h5_info": { "type": "Wap" } });
    let wrong = Some("PARAM_ERROR".to_owned());
    assert_eq!(refusal_for(Product::H5, |_| ()), wrong);
    let with = |product, field: &'static str, value: Value| {
        refusal_for(product, move |order| order[field] = value)
    };
    assert_eq!(with(Product::H5, "scene_info", scene), None);
    let name = json!({ "payer_client_ip": "phone", "h5_info": { "type": "Wap" } });
    assert_eq!(with(Product::H5, "scene_info", name), wrong);
    assert_eq!(refusal_for(Product::Jsapi, |_| ()), wrong);
    let payer = json!({ "openid": "o1" });
    assert_eq!(with(Product::Jsapi, "payer", payer.clone()), None);
    assert_eq!(with(Product::Native, "payer", payer), wrong);
}
