//! Notices: what is opened, and what is turned away.

use super::{credentials, headers, settings, signed_at};
use crate::vectors::{at, list, own, published, secret, text};
use chrono::DateTime;
use domain::Fen;
use domain::payment::{Evidence, NoticeStatement};
use domain::refund::{RefundEvidence, ReportedState};
use providers::{
    payment::Notice,
    wechat_pay::{
        AccountSettings, ApiV3Key, Credentials, NoticeError, ResourceError, SignatureError,
        TransactionError, is_v2_xml, open,
    },
};
use rstest::rstest;
use serde_json::Value;

#[test]
fn vec_own_resources_open_as_stated() {
    for case in list(&own("wechat_verify_and_decrypt.json"), "aead") {
        let opened = open_resource(case);
        if case["expect"] == false {
            assert_eq!(opened, Err(ResourceError::Sealed), "{}", case["id"]);
        } else {
            assert_eq!(
                opened.unwrap(),
                text(case, "plaintext").as_bytes(),
                "{}",
                case["id"]
            );
        }
    }
}

fn open_resource(case: &Value) -> Result<Vec<u8>, ResourceError> {
    let key = ApiV3Key::parse(&secret(case, "api_v3_key"))?;
    key.open(
        text(case, "nonce"),
        text(case, "associated_data"),
        text(case, "ciphertext_b64"),
    )
}

#[test]
fn vec_published_resources_open_as_stated() {
    let Some(vectors) = published("wechat_verify_and_decrypt.json") else {
        return;
    };
    let cases = list(&vectors, "aead");
    for case in cases {
        let opened = open_resource(case);
        if text(case, "algorithm") == "AES-128-GCM" {
            assert_eq!(opened, Err(ResourceError::KeyLength(16)), "{}", case["id"]);
            continue;
        }
        let expected = case["plaintext"]
            .as_str()
            .or(case["plaintext_prefix"].as_str())
            .unwrap();
        assert!(
            opened.unwrap().starts_with(expected.as_bytes()),
            "{}",
            case["id"]
        );
    }
    let good = &cases[0];
    let key = ApiV3Key::parse(&secret(good, "api_v3_key")).unwrap();
    let (nonce, aad, sealed) = (
        text(good, "nonce"),
        text(good, "associated_data"),
        text(good, "ciphertext_b64"),
    );
    let [nonces, ciphertexts, aads] = list(&vectors, "aead_negative") else {
        panic!()
    };
    for nonce in list(nonces, "nonces") {
        let opened = key.open(nonce.as_str().unwrap(), aad, sealed);
        assert_eq!(opened, Err(ResourceError::Nonce), "{nonce}");
    }
    for sealed in list(ciphertexts, "ciphertexts") {
        assert!(
            key.open(nonce, aad, sealed.as_str().unwrap()).is_err(),
            "{sealed}"
        );
    }
    assert_eq!(
        key.open(nonce, text(aads, "aad"), sealed),
        Err(ResourceError::Sealed)
    );
}

#[test]
fn signtest_is_plain_failure() {
    let vectors = own("wechat_verify_and_decrypt.json");
    let case = list(&vectors, "verify")
        .iter()
        .find(|case| case["id"] == "signature-probe");
    let case = case.unwrap();
    let opened = open(
        &credentials(),
        &headers(case),
        text(case, "body").as_bytes(),
        at(signed_at(case)),
    );
    let expected = NoticeError::Signature(SignatureError::Probe).to_string();
    assert_eq!(opened.unwrap_err().to_string(), expected);
}

fn notice(id: &str) -> Result<Notice, NoticeError> {
    let vectors = own("wechat_verify_and_decrypt.json");
    let case = list(&vectors, "verify")
        .iter()
        .find(|case| case["id"] == id)
        .unwrap();
    open(
        &credentials(),
        &headers(case),
        text(case, "body").as_bytes(),
        at(signed_at(case)),
    )
}

#[rstest]
#[case("notify-transaction")]
#[case("notify-empty-aad")]
#[case("notify-second-key-ring-entry")]
fn a_payment_notice_is_opened_to_its_facts(#[case] id: &str) {
    let notice = notice(id).unwrap();
    assert_eq!(notice.kind, "TRANSACTION.SUCCESS");
    let number = "GP260609A1B2C3D4E5F6G7H8";
    assert_eq!(notice.out_trade_no.as_deref(), Some(number));
    let NoticeStatement::Paid {
        evidence,
        is_refunded: false,
        ..
    } = notice.statement.clone()
    else {
        panic!("{notice:?}")
    };
    let Evidence {
        amount,
        paid_at,
        payer,
        currency,
        ..
    } = evidence;
    // 1990 was due; the payer paid 1890 with a coupon.
    assert_eq!((amount.0, currency.as_str()), (1990, "CNY"));
    assert_eq!(paid_at.to_rfc3339(), "2026-06-09T10:15:20+00:00");
    assert_eq!(payer.unwrap().0, "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o");
    assert!(
        !format!("{notice:?}").contains("oUpF8u"),
        "the payer is printed"
    );
}

#[test]
fn a_refund_notice_tells_how_the_refund_stands() {
    let at = DateTime::parse_from_rfc3339("2026-06-09T18:30:00+08:00").unwrap();
    let done = ReportedState::Succeeded {
        at: Some(at.to_utc()),
    };
    for (id, number, state) in [
        ("notify-refund", "RF260609000001", done),
        (
            "notify-refund-abnormal",
            "RF260609000002",
            ReportedState::Abnormal,
        ),
    ] {
        let notice = notice(id).unwrap();
        let expected = RefundEvidence {
            out_trade_no: "GP260609A1B2C3D4E5F6G7H8".to_owned(),
            out_refund_no: number.to_owned(),
            refund_id: Some("50300002602026060900000000001".to_owned()),
            amount: Some(Fen(1990)),
            state,
        };
        assert_eq!(notice.out_trade_no.as_ref(), Some(&expected.out_trade_no));
        assert_eq!(notice.statement, NoticeStatement::Refund(expected), "{id}");
    }
}

#[test]
fn a_notice_of_the_second_api_is_told_by_its_form() {
    assert!(is_v2_xml(b"<xml><return_code>SUCCESS</return_code></xml>"));
    assert!(is_v2_xml(b" \n<xml>"));
    assert!(!is_v2_xml(br#"{"id":"<xml>"}"#) && !is_v2_xml(b""));
}

#[rstest]
#[case("notify-tampered-body")]
#[case("notify-reserialised-body")]
#[case("notify-signed-by-other-key")]
fn raw_body_not_reserialised(#[case] id: &str) {
    let refused = notice(id).unwrap_err();
    assert!(
        matches!(refused, NoticeError::Signature(SignatureError::Mismatch)),
        "{id}"
    );
}

#[test]
fn a_notice_for_another_account_is_refused() {
    let vectors = own("wechat_verify_and_decrypt.json");
    for change in [
        |settings: &mut AccountSettings| settings.mchid = "1900000110".to_owned(),
        |settings: &mut AccountSettings| settings.appid = "wx1".to_owned(),
    ] {
        let mut settings = settings();
        change(&mut settings);
        let other = Credentials::parse(&settings).unwrap();
        let case = list(&vectors, "verify")
            .iter()
            .find(|case| case["id"] == "notify-transaction");
        let case = case.unwrap();
        let body = text(case, "body").as_bytes();
        let refused = open(&other, &headers(case), body, at(signed_at(case))).unwrap_err();
        assert!(matches!(
            refused,
            NoticeError::Transaction(TransactionError::OtherAccount)
        ));
    }
    let long = vec![b' '; 64 * 1024 + 1];
    let case = &list(&vectors, "verify")[0];
    let refused = open(&credentials(), &headers(case), &long, at(signed_at(case))).unwrap_err();
    assert!(matches!(refused, NoticeError::TooLong));
}
