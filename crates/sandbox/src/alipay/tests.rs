//! Alipay's signatures against vectors that this crate didn't make.

use rstest::rstest;
use std::collections::BTreeMap;

use actix_web::web::Query;
use serde_json::Value;

use super::call::span_s;
use super::gateway::is_signed;
use super::notice::signed_text;
use crate::keys::Keys;
use crate::sign::Verifier;
use crate::vectors::{count, items, own, published, text};

fn parameters(vector: &Value) -> BTreeMap<String, String> {
    let encoded = format!(
        "{}&{}",
        text(vector, "url_query"),
        text(vector, "form_body")
    );
    Query::<BTreeMap<String, String>>::from_query(&encoded)
        .unwrap()
        .into_inner()
}

#[test]
fn own_request_vectors_pass_and_changed_ones_do_not() {
    let keys = Keys::load(None).unwrap();
    let vectors = own("alipay_requests");
    assert_eq!(items(&vectors).count(), 9);
    for vector in items(&vectors) {
        let mut parameters = parameters(vector);
        assert!(
            is_signed(&keys.alipay[0].app, &parameters),
            "{}",
            vector["id"]
        );
        parameters.insert("version".into(), "2.0".into());
        assert!(
            !is_signed(&keys.alipay[0].app, &parameters),
            "{}",
            vector["id"]
        );
    }
}

#[test]
fn answers_are_signed_as_the_own_vectors_say() {
    let keys = Keys::load(None).unwrap();
    let vectors = own("alipay_responses");
    for vector in items(&vectors) {
        let signature = keys.alipay[0]
            .signer
            .sign(text(vector, "signed_content"))
            .unwrap();
        let expected = vector["expect"].as_bool().unwrap();
        assert_eq!(
            signature == text(vector, "sign"),
            expected,
            "{}",
            vector["id"]
        );
    }
}

#[test]
fn notices_are_signed_as_the_own_vectors_say() {
    let keys = Keys::load(None).unwrap();
    let vectors = own("alipay_notices");
    for vector in items(&vectors) {
        let parameters = vector["params"].as_object().unwrap();
        let form: BTreeMap<&str, String> = (parameters.iter())
            .map(|(name, value)| (name.as_str(), value.as_str().unwrap().to_owned()))
            .collect();
        let signature = keys.alipay[0].signer.sign(&signed_text(&form)).unwrap();
        let expected = vector["expect"].as_bool().unwrap();
        assert_eq!(signature == form["sign"], expected, "{}", vector["id"]);
    }
}

#[test]
fn published_answers_and_messages_verify() {
    let key = |vector: &Value| {
        let key = vector["alipay_public_key_pem"].as_str();
        Verifier::from_pem(
            key.or(vector["alipay_public_key_b64_spki"].as_str())
                .unwrap(),
        )
        .unwrap()
    };
    let (responses, notices) = (
        published("alipay.json", "response"),
        published("alipay.json", "notify"),
    );
    count("published Alipay", responses.len() + notices.len());
    for vector in responses {
        let Some(expected) = vector["expect"].as_bool() else {
            // Where to cut, without a signature: our own answers are cut nowhere.
            let raw = text(&vector, "raw_response");
            assert!(raw.contains(text(&vector, "signed_content")));
            continue;
        };
        let raw: Option<Value> = vector["raw_response"]
            .as_str()
            .map(|raw| serde_json::from_str(raw).unwrap());
        let sign = raw
            .as_ref()
            .map_or_else(|| text(&vector, "sign"), |raw| text(raw, "sign"));
        let signed = text(&vector, "signed_content");
        assert_eq!(
            key(&vector).is_signed(signed, sign),
            expected,
            "{}",
            vector["id"]
        );
    }
    for vector in notices {
        let form = Query::<BTreeMap<String, String>>::from_query(text(&vector, "form_body"));
        let form = form.unwrap().into_inner();
        // Messages of the second mode are signed as requests are: `sign_type` stays in.
        let is_good = if text(&vector, "mode").starts_with("V2") {
            is_signed(&key(&vector), &form)
        } else {
            let named = form
                .iter()
                .map(|(name, value)| (name.as_str(), value.clone()))
                .collect();
            key(&vector).is_signed(&signed_text(&named), &form["sign"])
        };
        assert_eq!(
            is_good,
            vector["expect"].as_bool().unwrap(),
            "{}",
            vector["id"]
        );
    }
}

#[rstest]
#[case::minutes("30m", 1800)]
#[case::hours("2h", 7200)]
#[case::longest("15d", 1_296_000)]
fn spans_are_read_within_their_range(#[case] text: &str, #[case] expected: i64) {
    assert_eq!(span_s(text, 0), Some(expected), "{text}");
}

#[rstest]
#[case::empty("")]
#[case::unit_alone("m")]
#[case::nothing("0m")]
#[case::too_long("16d")]
#[case::fraction("1.5h")]
#[case::another_unit("1s")]
#[case::another_script("分")]
fn a_span_of_another_form_or_length_is_refused(#[case] wrong: &str) {
    assert_eq!(span_s(wrong, 0), None, "{wrong}");
}

#[test]
fn a_span_may_last_to_the_end_of_the_day() {
    assert_eq!(
        span_s("1c", 1_781_000_000),
        Some(20_800),
        "to the end of the day in GMT+8"
    );
}
