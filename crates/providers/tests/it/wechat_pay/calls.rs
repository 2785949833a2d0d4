//! Calls to a double of `WeChat Pay`.

use super::{credentials, fields};
use crate::{
    double::{Reply, Request, always, hanging_up, nobody},
    vectors::{NOW_S, at, entropy, own, secret, text},
};
use domain::Fen;
use providers::{
    Outcome,
    payment::{
        Closed, Created, Credential, PaymentChannel, PaymentOrder, Prepared, TradeState, Way,
    },
    rsa::{SigningKey, VerifyingKey},
    wechat_pay::{WechatPay, message},
};
use rstest::rstest;
use serde_json::{Value, json};

pub(crate) const NUMBER: &str = "G260609A1B2C3D4E5F6G7H8J";

pub(crate) fn client(hosts: &[&str]) -> WechatPay {
    WechatPay::new(credentials(), hosts, entropy()).unwrap()
}

pub(crate) fn order(way: Way<'static>) -> PaymentOrder<'static> {
    PaymentOrder {
        out_trade_no: NUMBER,
        description: "2026届毕业照采集服务费",
        amount: Fen(1990),
        begun_at: at(NOW_S),
        expires_at: at(NOW_S + 1800),
        notify_url: "https://photo.example.edu.cn/notify/wechat/x/pay",
        way,
    }
}

/// A reply signed as the platform signs.
pub(crate) fn signed(status: u16, body: &str) -> Reply {
    let keys = own("keys.json");
    let key = SigningKey::parse(&secret(&keys["wechat_platform"], "private_pkcs8_pem")).unwrap();
    let signature = key
        .sign(format!("{NOW_S}\nnonce\n{body}\n").as_bytes())
        .unwrap();
    let headers = vec![
        (
            "Wechatpay-Serial",
            "PUB_KEY_ID_0119000001092026060100000000000001".to_owned(),
        ),
        ("Wechatpay-Timestamp", NOW_S.to_string()),
        ("Wechatpay-Nonce", "nonce".to_owned()),
        ("Wechatpay-Signature", signature),
    ];
    Reply {
        headers,
        ..Reply::new(status, body)
    }
}

pub(super) fn error(status: u16, code: &str) -> Reply {
    Reply::new(status, json!({ "code": code, "message": "…" }).to_string())
}

fn transaction(state: &str) -> Value {
    json!({
        "appid": "wx0000grad0000test", "mchid": "1900000109", "out_trade_no": NUMBER,
        "transaction_id": "4200", "trade_state": state,
        "success_time": "2026-06-09T18:15:20+08:00", "payer": {"openid": "o"},
        "amount": {"total": 1990, "payer_total": 1890, "currency": "CNY"},
    })
}

pub(super) fn assert_signed(request: &Request) {
    let fields = fields(request.header("Authorization"));
    let timestamp: i64 = fields["timestamp"].parse().unwrap();
    let nonce = &fields["nonce_str"];
    let text_signed = message(
        &request.method,
        &request.target,
        timestamp,
        nonce,
        &request.body,
    );
    let keys = own("keys.json");
    let key = VerifyingKey::parse(text(&keys["wechat_merchant"], "public_spki_pem")).unwrap();
    assert!(key.verifies(text_signed.as_bytes(), &fields["signature"]));
    assert_eq!((timestamp, nonce.len()), (NOW_S, 32));
    let announced = "PUB_KEY_ID_0119000001092026060100000000000001";
    assert_eq!(request.header("Wechatpay-Serial"), announced);
    assert_eq!(request.header("Accept"), "application/json");
    assert_eq!(request.header("Content-Type"), "application/json");
}

#[tokio::test]
async fn creating_sends_what_is_signed_and_reads_the_code() {
    let (origin, requests) = always(signed(200, r#"{"code_url":"weixin://wxpay/x"}"#));
    let created = client(&[&origin]).create(&order(Way::Native)).await;
    let prepared = Prepared {
        credential: Credential::QrCode("weixin://wxpay/x".to_owned()),
        expires_at: at(NOW_S + 1800),
    };
    assert_eq!(created.outcome, Outcome::Definite(Created::Ready(prepared)));
    let request = requests.recv().unwrap();
    assert_signed(&request);
    assert_eq!(request.target, "/v3/pay/transactions/native");
    let body: Value = serde_json::from_str(&request.body).unwrap();
    let expected = json!({
        "appid": "wx0000grad0000test", "mchid": "1900000109",
        "description": "2026届毕业照采集服务费", "out_trade_no": NUMBER,
        "time_expire": "2026-06-09T18:43:20+08:00",
        "notify_url": "https://photo.example.edu.cn/notify/wechat/x/pay",
        "amount": {"total": 1990, "currency": "CNY"},
    });
    assert_eq!(body, expected);
}

const PREPARED: &str = r#"{"code_url":"weixin://wxpay/x"}"#;

/// Another code under a signature of the good one.
fn tampered() -> Reply {
    let mut reply = signed(200, PREPARED);
    reply.body = br#"{"code_url":"weixin://evil/x"}"#.to_vec();
    reply
}

#[rstest]
#[case::unsigned(Reply::new(200, PREPARED))]
#[case::tampered_with(tampered())]
#[case::empty(signed(200, "{}"))]
#[case::another_status(signed(202, PREPARED))]
#[case::too_long(Reply::new(200, "x".repeat((1 << 20) + 1)))]
#[case::page(Reply::new(502, "<html>Bad Gateway</html>"))]
#[tokio::test]
async fn an_answer_that_cannot_be_believed_is_unknown(#[case] reply: Reply) {
    let status = reply.status;
    let (origin, _requests) = always(reply);
    let created = client(&[&origin]).create(&order(Way::Native)).await;
    assert!(
        matches!(created.outcome, Outcome::Unknown(_)),
        "{status}: {created:?}"
    );
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let (target, requests) = always(signed(200, r#"{"code_url":"weixin://wxpay/x"}"#));
    let redirect = Reply {
        headers: vec![("Location", target)],
        ..Reply::new(307, "")
    };
    let (origin, _requests) = always(redirect);
    let created = client(&[&origin]).create(&order(Way::Native)).await;
    assert!(
        matches!(created.outcome, Outcome::Unknown(_)),
        "{created:?}"
    );
    assert!(requests.try_recv().is_err(), "the redirect was followed");
}

#[rstest]
#[case(400, "ORDERPAID", Some(Created::AlreadyPaid))]
#[case(400, "ORDER_CLOSED", Some(Created::Closed))]
#[case(403, "OUT_TRADE_NO_USED", Some(Created::NumberUsed))]
#[case(401, "SIGN_ERROR", None)]
#[case(500, "SYSTEM_ERROR", None)]
#[tokio::test]
async fn create_errors_choose_their_branch(
    #[case] status: u16,
    #[case] code: &str,
    #[case] expected: Option<Created>,
) {
    let (origin, _requests) = always(error(status, code));
    match (
        client(&[&origin]).create(&order(Way::Native)).await.outcome,
        expected,
    ) {
        (Outcome::Definite(created), Some(expected)) => assert_eq!(created, expected),
        (Outcome::Unknown(_), None) => {}
        (outcome, expected) => panic!("{code}: {outcome:?} instead of {expected:?}"),
    }
}

#[tokio::test]
async fn a_refused_order_is_told_with_its_code() {
    let (origin, _requests) = always(error(400, "PARAM_ERROR"));
    let Outcome::Refused(refusal) = client(&[&origin]).create(&order(Way::Native)).await.outcome
    else {
        panic!()
    };
    assert_eq!(refusal.code, "PARAM_ERROR");
}

#[rstest]
#[case("NOTPAY", TradeState::NotPaid)]
#[case("CLOSED", TradeState::Closed)]
#[case("X", TradeState::Other("X".to_owned()))]
#[tokio::test]
async fn a_query_reads_every_state_without_a_payment(
    #[case] state: &str,
    #[case] expected: TradeState,
) {
    let (origin, _requests) = always(signed(200, &transaction(state).to_string()));
    let Outcome::Definite(Some(trade)) = client(&[&origin]).query(NUMBER).await.outcome else {
        panic!("{state}")
    };
    assert_eq!(trade.state, expected);
}

#[tokio::test]
async fn a_query_reads_a_payment_and_that_nothing_was_found() {
    for state in ["SUCCESS", "REFUND"] {
        let (origin, _requests) = always(signed(200, &transaction(state).to_string()));
        let Outcome::Definite(Some(trade)) = client(&[&origin]).query(NUMBER).await.outcome else {
            panic!("{state}")
        };
        let (TradeState::Paid(payment) | TradeState::Refunded(payment)) = trade.state else {
            panic!("{state}")
        };
        assert_eq!(
            (payment.amount, payment.transaction_id.as_str()),
            (Fen(1990), "4200")
        );
    }
    let (origin, _requests) = always(error(404, "ORDERNOTEXIST"));
    assert_eq!(
        client(&[&origin]).query(NUMBER).await.outcome,
        Outcome::Definite(None)
    );
}

#[rstest]
#[case("out_trade_no", json!("G2"))]
#[case("mchid", json!("1900000110"))]
#[case("appid", json!("wx1"))]
#[case("transaction_id", Value::Null)]
#[case("amount", Value::Null)]
#[tokio::test]
async fn a_query_answered_for_something_else_is_unknown(#[case] name: &str, #[case] value: Value) {
    let mut transaction = transaction("SUCCESS");
    transaction[name] = value;
    let (origin, _requests) = always(signed(200, &transaction.to_string()));
    let outcome = client(&[&origin]).query(NUMBER).await.outcome;
    assert!(
        matches!(outcome, Outcome::Unknown(_)),
        "{name}: {outcome:?}"
    );
}

#[tokio::test]
async fn a_path_is_encoded_as_it_is_signed() {
    let (origin, requests) = always(error(404, "ORDER_NOT_EXIST"));
    let _ = client(&[&origin]).query("A|B*1").await.outcome;
    let request = requests.recv().unwrap();
    let expected = "/v3/pay/transactions/out-trade-no/A%7CB%2A1?mchid=1900000109";
    assert_eq!(
        (request.target.as_str(), request.body.as_str()),
        (expected, "")
    );
    assert_signed(&request);
}

#[tokio::test]
async fn verify_empty_204() {
    let (origin, requests) = always(signed(204, ""));
    assert_eq!(
        client(&[&origin]).close(NUMBER).await.outcome,
        Outcome::Definite(Closed::Closed)
    );
    let request = requests.recv().unwrap();
    assert_eq!(request.body, r#"{"mchid":"1900000109"}"#);
    assert_signed(&request);

    let (origin, _requests) = always(Reply::new(204, ""));
    assert!(matches!(
        client(&[&origin]).close(NUMBER).await.outcome,
        Outcome::Unknown(_)
    ));
    let (origin, _requests) = always(error(400, "ORDER_PAID"));
    assert_eq!(
        client(&[&origin]).close(NUMBER).await.outcome,
        Outcome::Definite(Closed::AlreadyPaid)
    );
}

#[tokio::test]
async fn the_second_host_is_tried_only_where_the_first_cannot_be_reached() {
    let (origin, requests) = always(signed(204, ""));
    let outcome = client(&[&nobody(), &origin]).close(NUMBER).await.outcome;
    assert_eq!(outcome, Outcome::Definite(Closed::Closed));
    drop(requests);

    let (failing, _requests) = always(error(500, "SYSTEM_ERROR"));
    let (second, requests) = always(signed(204, ""));
    for first in [failing, hanging_up()] {
        let outcome = client(&[&first, &second]).close(NUMBER).await.outcome;
        assert!(matches!(outcome, Outcome::Unknown(_)), "{outcome:?}");
    }
    assert!(requests.try_recv().is_err(), "the call was sent twice");
    assert!(matches!(
        client(&[&nobody()]).close(NUMBER).await.outcome,
        Outcome::Unknown(_)
    ));
}
