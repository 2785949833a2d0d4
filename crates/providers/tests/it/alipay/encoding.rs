//! Answers and notices in GBK: signed over the bytes as they come, decoded afterwards.

use super::{calls::NUMBER, credentials};
use crate::double::{Reply, always};
use crate::vectors::{own, secret, text};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8};
use percent_encoding::{NON_ALPHANUMERIC, percent_encode};
use proptest::prelude::*;
use providers::{
    Outcome,
    alipay::{Envelope, KeyRing, NoticeError, open},
    payment::{Closed, Notice, PaymentChannel},
    rsa::SigningKey,
};
use rstest::rstest;
use serde_json::json;
use std::collections::BTreeMap;

/// Characters whose second byte in GBK is one that JSON gives a meaning to.
const TRICKY: &str = "乗亄亇亅乕许可";

fn key() -> SigningKey {
    SigningKey::parse(&secret(
        &own("keys.json")["alipay_platform"],
        "private_pkcs8_pem",
    ))
    .unwrap()
}

fn ring() -> KeyRing {
    let keys = own("keys.json");
    KeyRing::parse(&[text(&keys["alipay_platform"], "public_spki_pem").to_owned()]).unwrap()
}

fn encoded(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    encoding.encode(text).0.into_owned()
}

/// The gateway's answer with this text as its message, in this encoding.
fn answer(encoding: &'static Encoding, call: &str, sub_code: &str, message: &str) -> Vec<u8> {
    let content = json!({
        "code": "40004", "msg": "Business Failed", "sub_code": sub_code, "sub_msg": message,
        "out_trade_no": NUMBER,
    });
    let content = encoded(encoding, &content.to_string());
    let signature = key().sign(&content).unwrap();
    let start = format!(r#"{{"alipay_trade_{call}_response":"#);
    let end = format!(r#","sign":"{signature}"}}"#);
    [start.as_bytes(), &content, end.as_bytes()].concat()
}

#[rstest]
#[case(UTF_8)]
#[case(GBK)]
#[case(GB18030)]
#[tokio::test]
async fn an_answer_is_believed_and_read_in_every_encoding(#[case] encoding: &'static Encoding) {
    let message = format!("交易不存在{TRICKY}");
    let body = answer(encoding, "close", "ACQ.TRADE_NOT_EXIST", &message);
    let (origin, _requests) = always(Reply::new(200, body.clone()));
    let closed = super::calls::client(&origin).close(NUMBER).await.outcome;
    assert_eq!(
        closed,
        Outcome::Definite(Closed::NotFound),
        "{}",
        encoding.name()
    );
    let envelope = Envelope::read(&body, "alipay.trade.close").unwrap();
    let content = envelope.verified(&ring()).unwrap();
    assert!(content.contains(&message), "{content}");
}

#[tokio::test]
async fn an_answer_in_gbk_that_was_changed_is_not_believed() {
    let mut tampered = answer(GBK, "close", "ACQ.TRADE_NOT_EXIST", "交易不存在");
    let place = tampered
        .windows(4)
        .position(|bytes| bytes == b"msg\"")
        .unwrap();
    tampered[place + 8] ^= 1;
    let envelope = Envelope::read(&tampered, "alipay.trade.close").unwrap();
    assert!(envelope.verified(&ring()).is_err());
}

#[test]
fn an_unsigned_error_in_gbk_is_told_in_its_words() {
    let body =
        r#"{"error_response":{"code":"20000","sub_code":"aop.unknow-error","sub_msg":"系统繁忙"}}"#;
    let refused = Envelope::read(&encoded(GBK, body), "alipay.trade.query").unwrap_err();
    assert!(refused.to_string().contains("系统繁忙"), "{refused}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_of_gbk_comes_through(message in "[\u{4e00}-\u{9fa5}\"\\\\{}a ]{0,40}") {
        let body = answer(GBK, "query", "X", &message);
        // A few pairs of bytes mean something in either encoding; where all do, the signature is all that can be right.
        let is_ambiguous = !message.is_ascii() && std::str::from_utf8(&body).is_ok();
        let envelope = Envelope::read(&body, "alipay.trade.query").unwrap();
        let content = envelope.verified(&ring()).unwrap();
        let content: serde_json::Value = serde_json::from_str(&content).unwrap();
        prop_assert!(is_ambiguous || content["sub_msg"] == message);
    }

    #[test]
    fn no_bytes_make_it_panic(body in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Envelope::read(&body, "alipay.trade.query");
        let _ = open(&credentials(), &body);
    }
}

/// A notice of a payment whose subject is Chinese, with `charset` and in this encoding, as a form.
fn notice(encoding: &'static Encoding, charset: &str, subject: &str) -> Vec<u8> {
    let vectors = own("alipay.json");
    let fields = BTreeMap::from([
        ("app_id", text(&vectors, "app_id")),
        ("seller_id", text(&vectors, "seller_id")),
        ("charset", charset),
        ("body", ""),
        ("notify_id", "2026060900222000001"),
        ("out_trade_no", NUMBER),
        ("trade_no", "2026060922001400000000000001"),
        ("trade_status", "TRADE_SUCCESS"),
        ("total_amount", "20.00"),
        ("gmt_payment", "2026-06-09 18:15:20"),
        ("subject", subject),
    ]);
    let encoded = fields
        .iter()
        .map(|(name, value)| (*name, encoded(encoding, value)));
    let encoded: BTreeMap<&str, Vec<u8>> = encoded.collect();
    let joined = |encode: fn(&[u8]) -> Vec<u8>| {
        let pairs = encoded
            .iter()
            .map(|(name, value)| [name.as_bytes(), b"=", &encode(value)].concat());
        pairs.collect::<Vec<_>>().join(&b'&')
    };
    let signature = key().sign(&joined(<[u8]>::to_vec)).unwrap();
    let escape = |bytes: &[u8]| {
        percent_encode(bytes, NON_ALPHANUMERIC)
            .to_string()
            .into_bytes()
    };
    let form = joined(escape);
    let end = percent_encode(signature.as_bytes(), NON_ALPHANUMERIC).to_string();
    [
        form.as_slice(),
        b"&sign_type=RSA2&sign=".as_slice(),
        end.as_bytes(),
    ]
    .concat()
}

fn assert_paid(notice: &Notice) {
    assert_eq!(notice.out_trade_no.as_deref(), Some(NUMBER));
    assert!(notice.statement.is_payment_alone(), "{notice:?}");
}

#[rstest]
#[case(UTF_8, "utf-8")]
#[case(GBK, "GBK")]
#[case(GBK, "gb2312")]
#[case(GB18030, "GB18030")]
fn a_notice_is_verified_over_its_bytes_and_decoded_as_it_says(
    #[case] encoding: &'static Encoding,
    #[case] charset: &str,
) {
    let subject = format!("2026届毕业照 & 采集=100%{TRICKY}");
    let form = notice(encoding, charset, &subject);
    let read = open(&credentials(), &form).unwrap();
    assert_paid(&read);
    assert!(
        read.plaintext.contains(&subject),
        "{charset}: {}",
        read.plaintext
    );
    let mut other = notice(encoding, charset, "别的");
    let sign = form
        .windows(6)
        .position(|bytes| bytes == b"&sign=")
        .unwrap();
    let start = other
        .windows(6)
        .position(|bytes| bytes == b"&sign=")
        .unwrap();
    other.truncate(start);
    other.extend(&form[sign..]);
    assert!(matches!(
        open(&credentials(), &other),
        Err(NoticeError::Signature)
    ));
}

#[test]
fn a_notice_in_an_encoding_that_nobody_knows_is_refused() {
    let unknown = open(&credentials(), &notice(GBK, "shift_jis", "照片"));
    assert!(matches!(unknown, Err(NoticeError::Charset)), "{unknown:?}");
}

#[rstest]
#[case::windows("\r\n")]
#[case::unix("\n")]
#[case::two("\r\n\r\n")]
fn a_line_break_after_a_notice_is_no_part_of_it(#[case] end: &str) {
    let form = [notice(GBK, "GBK", "毕业照"), end.as_bytes().to_vec()].concat();
    assert_paid(&open(&credentials(), &form).unwrap());
}

#[test]
fn a_line_break_in_a_notice_is_a_part_of_it() {
    let encoded = [notice(GBK, "GBK", "毕业照"), b"%0D%0A".to_vec()].concat();
    assert!(matches!(
        open(&credentials(), &encoded),
        Err(NoticeError::Signature)
    ));
    assert!(matches!(
        open(&credentials(), b"\r\n"),
        Err(NoticeError::Missing("sign"))
    ));
}
