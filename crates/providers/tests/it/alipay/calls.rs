//! Calls to a double of Alipay's gateway.

use super::{credentials, decoded};
use crate::{
    double::{Reply, always},
    vectors::{NOW_S, at, entropy, own, secret, text},
};
use domain::Fen;
use providers::{
    Outcome,
    alipay::{Alipay, request_content},
    payment::{
        Closed, Created, Credential, PaymentChannel, PaymentOrder, Prepared, TradeState, Way,
    },
    rsa::{SigningKey, VerifyingKey},
};
use rstest::rstest;
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(crate) const NUMBER: &str = "G260609A1B2C3D4E5F6G7H8J";

pub(crate) fn client(origin: &str) -> Alipay {
    Alipay::new(credentials(), &format!("{origin}/gateway.do"), entropy()).unwrap()
}

pub(crate) fn order(way: Way<'static>) -> PaymentOrder<'static> {
    PaymentOrder {
        out_trade_no: NUMBER,
        description: "2026届毕业照采集服务费 & 证书+邮寄",
        amount: Fen(1990),
        begun_at: at(NOW_S),
        expires_at: at(NOW_S + 1800),
        notify_url: "https://photo.example.edu.cn/notify/alipay/x",
        way,
    }
}

/// A reply to `alipay.trade.{call}`, signed as Alipay signs.
pub(crate) fn signed(call: &str, content: &Value) -> Reply {
    reply(&format!("alipay_trade_{call}_response"), content)
}

pub(super) fn reply(wrapper: &str, content: &Value) -> Reply {
    let keys = own("keys.json");
    let key = SigningKey::parse(&secret(&keys["alipay_platform"], "private_pkcs8_pem")).unwrap();
    let content = content.to_string();
    let signature = key.sign(content.as_bytes()).unwrap();
    let body = format!(r#"{{"{wrapper}":{content},"sign":"{signature}"}}"#);
    Reply::new(200, body)
}

pub(super) fn failure(call: &str, sub_code: &str) -> Reply {
    signed(
        call,
        &json!({"code": "40004", "msg": "Business Failed", "sub_code": sub_code}),
    )
}

#[tokio::test]
async fn creating_sends_what_is_signed_and_reads_the_code() {
    let answer = json!({"code": "10000", "msg": "Success", "out_trade_no": NUMBER, "qr_code": "https://qr.alipay.com/x"});
    let (origin, requests) = always(signed("precreate", &answer));
    let created = client(&origin).create(&order(Way::Precreate)).await;
    let prepared = Prepared {
        credential: Credential::QrCode("https://qr.alipay.com/x".to_owned()),
        expires_at: at(NOW_S + 1800),
    };
    assert_eq!(created.outcome, Outcome::Definite(Created::Ready(prepared)));

    let request = requests.recv().unwrap();
    let (path, query) = request.target.split_once('?').unwrap();
    assert_eq!((request.method.as_str(), path), ("POST", "/gateway.do"));
    let content_type = "application/x-www-form-urlencoded;charset=utf-8";
    assert_eq!(request.header("Content-Type"), content_type);
    let (query, form) = (decoded(query), decoded(&request.body));
    let sent: BTreeMap<&str, String> = query
        .iter()
        .chain(&form)
        .map(|(name, value)| (name.as_str(), value.clone()))
        .collect();
    let keys = own("keys.json");
    let key = VerifyingKey::parse(text(&keys["alipay_app"], "public_spki_pem")).unwrap();
    assert!(key.verifies(request_content(&sent).as_bytes(), &sent["sign"]));
    assert_eq!(sent["timestamp"], "2026-06-09 18:13:20");
    assert_eq!(form.len(), 1, "only the content is in the body");
    let expected = json!({
        "out_trade_no": NUMBER, "total_amount": "19.90",
        "subject": "2026届毕业照采集服务费 & 证书+邮寄", "product_code": "FACE_TO_FACE_PAYMENT",
        "timeout_express": "30m", "qr_code_timeout_express": "30m",
    });
    assert_eq!(
        serde_json::from_str::<Value>(&sent["biz_content"]).unwrap(),
        expected
    );
}

#[rstest]
#[case("ACQ.TRADE_HAS_SUCCESS", Some(Created::AlreadyPaid))]
#[case("ACQ.TRADE_HAS_CLOSE", Some(Created::Closed))]
#[case("ACQ.CONTEXT_INCONSISTENT", Some(Created::NumberUsed))]
#[case("ACQ.SYSTEM_ERROR", None)]
#[case("ACQ.SOMETHING_NEW", None)]
#[tokio::test]
async fn create_failures_choose_their_branch(
    #[case] sub_code: &str,
    #[case] expected: Option<Created>,
) {
    let (origin, _requests) = always(failure("precreate", sub_code));
    match (
        client(&origin).create(&order(Way::Precreate)).await.outcome,
        expected,
    ) {
        (Outcome::Definite(created), Some(expected)) => assert_eq!(created, expected),
        (Outcome::Unknown(_), None) => {}
        (outcome, expected) => panic!("{sub_code}: {outcome:?} instead of {expected:?}"),
    }
}

#[tokio::test]
async fn a_refused_order_is_told_with_its_code() {
    let refusal = json!({"code": "40002", "msg": "…", "sub_code": "isv.invalid-parameter"});
    let (origin, _requests) = always(signed("precreate", &refusal));
    let Outcome::Refused(refusal) = client(&origin).create(&order(Way::Precreate)).await.outcome
    else {
        panic!()
    };
    assert_eq!(refusal.code, "isv.invalid-parameter");
}

/// What a call that prepares a payment is answered with.
fn prepared() -> Value {
    json!({"code": "10000", "out_trade_no": NUMBER, "qr_code": "https://qr.alipay.com/x"})
}

/// Another code under a signature of the good one.
fn tampered() -> Reply {
    let reply = signed("precreate", &prepared());
    let body = String::from_utf8(reply.body).unwrap();
    Reply::new(200, body.replace("qr.alipay.com", "qr.evil.example"))
}

#[rstest]
#[case::tampered_with(tampered())]
#[case::another_number(signed("precreate", &json!({"code": "10000", "out_trade_no": "G2", "qr_code": "x"})))]
#[case::of_another_call(signed("query", &prepared()))]
#[case::unsigned_error(Reply::new(
    200,
    r#"{"error_response":{"code":"40002","sub_code":"isv.invalid-signature"}}"#
))]
#[case::status_of_an_error(Reply { status: 500, ..signed("precreate", &prepared()) })]
#[case::page(Reply::new(200, "<html>"))]
#[tokio::test]
async fn an_answer_that_cannot_be_believed_is_unknown(#[case] reply: Reply) {
    let shown = String::from_utf8_lossy(&reply.body).into_owned();
    let (origin, _requests) = always(reply);
    let outcome = client(&origin).create(&order(Way::Precreate)).await.outcome;
    assert!(
        matches!(outcome, Outcome::Unknown(_)),
        "{shown}: {outcome:?}"
    );
}

#[tokio::test]
async fn a_query_of_a_code_that_nobody_scanned_finds_nothing() {
    let (origin, _requests) = always(failure("query", "ACQ.TRADE_NOT_EXIST"));
    assert_eq!(
        client(&origin).query(NUMBER).await.outcome,
        Outcome::Definite(None)
    );
}

fn paid_trade() -> Value {
    json!({
        "code": "10000", "out_trade_no": NUMBER, "trade_no": "2026", "trade_status": "TRADE_SUCCESS",
        "total_amount": "19.90", "send_pay_date": "2026-06-09 18:15:20", "buyer_user_id": "2088",
    })
}

#[tokio::test]
async fn a_query_of_a_paid_trade_finds_amount_and_time() {
    let (origin, _requests) = always(signed("query", &paid_trade()));
    let Outcome::Definite(Some(trade)) = client(&origin).query(NUMBER).await.outcome else {
        panic!()
    };
    let TradeState::Paid(payment) = trade.state else {
        panic!()
    };
    assert_eq!(
        (payment.amount, payment.paid_at),
        (Fen(1990), at(NOW_S + 120))
    );
}

#[rstest]
#[case("out_trade_no", "G2")]
#[case("total_amount", "1e3")]
#[case("send_pay_date", "yesterday")]
#[tokio::test]
async fn a_query_whose_facts_are_wrong_is_unknown(#[case] name: &str, #[case] value: &str) {
    let mut answer = paid_trade();
    answer[name] = json!(value);
    let (origin, _requests) = always(signed("query", &answer));
    let outcome = client(&origin).query(NUMBER).await.outcome;
    assert!(
        matches!(outcome, Outcome::Unknown(_)),
        "{name}: {outcome:?}"
    );
}

#[rstest]
#[case::closed(signed("close", &json!({"code": "10000", "out_trade_no": NUMBER})), Closed::Closed)]
#[case::paid(failure("close", "ACQ.TRADE_HAS_SUCCESS"), Closed::AlreadyPaid)]
#[case::unscanned(failure("close", "ACQ.TRADE_NOT_EXIST"), Closed::NotFound)]
#[tokio::test]
async fn closing_tells_closed_paid_and_unscanned_apart(
    #[case] reply: Reply,
    #[case] expected: Closed,
) {
    let (origin, _requests) = always(reply);
    assert_eq!(
        client(&origin).close(NUMBER).await.outcome,
        Outcome::Definite(expected)
    );
}

#[tokio::test]
async fn closing_a_trade_in_another_state_is_unknown() {
    let (origin, _requests) = always(failure("close", "ACQ.TRADE_STATUS_ERROR"));
    assert!(matches!(
        client(&origin).close(NUMBER).await.outcome,
        Outcome::Unknown(_)
    ));
}
