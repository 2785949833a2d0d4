//! Pages and refunds, against a double of Alipay's gateway.

use super::{
    calls::{NUMBER, client, failure, order, signed},
    credentials, decoded, parameters,
};
use crate::{
    double::always,
    vectors::{NOW_S, at, entropy, list, own},
};
use domain::Fen;
use domain::refund::{RefundEvidence, ReportedState};
use providers::{
    Outcome, Trace,
    alipay::{Alipay, GATEWAY},
    payment::{
        Created, Credential, PaymentChannel, PaymentOrder, Prepared, RefundNumbers, RefundOrder,
        Submitted, Way,
    },
};
use rstest::rstest;
use serde_json::{Value, json};

const REFUND: RefundNumbers<'static> = RefundNumbers {
    out_trade_no: NUMBER,
    out_refund_no: "R26060900000000000000000",
};

fn refund_order() -> RefundOrder<'static> {
    RefundOrder {
        numbers: REFUND,
        amount: Fen(990),
        total: Fen(1990),
        reason: "重复支付",
        notify_url: "",
    }
}

fn refund(amount: Option<i64>, state: ReportedState) -> RefundEvidence {
    RefundEvidence {
        out_trade_no: NUMBER.to_owned(),
        out_refund_no: REFUND.out_refund_no.to_owned(),
        refund_id: None,
        amount: amount.map(Fen),
        state,
    }
}

#[tokio::test]
async fn vec_own_pages_are_addresses_signed_to_the_byte() {
    let vectors = own("alipay.json");
    let return_url = "https://photo.example.edu.cn/pay/return?o=10086";
    for (id, number, fen, way) in [
        (
            "page-pay",
            "GP260609ALI00000000000002",
            1,
            Way::Page { return_url },
        ),
        (
            "wap-pay",
            "GP260609ALI00000000000003",
            10_000,
            Way::Wap {
                return_url,
                quit_url: "https://photo.example.edu.cn/pay",
            },
        ),
    ] {
        let mut cases = list(&vectors, "request").iter();
        let case = cases.find(|case| case["id"] == id).unwrap();
        let order = PaymentOrder {
            out_trade_no: number,
            description: "电子照下载",
            amount: Fen(fen),
            notify_url: "https://photo.example.edu.cn/api/v1/notify/alipay",
            ..order(way)
        };
        let client = Alipay::new(credentials(), GATEWAY, entropy()).unwrap();
        let created = client.create(&order).await;
        assert_eq!(created.trace, Trace::default(), "nobody is asked");
        let Outcome::Definite(Created::Ready(Prepared {
            credential: Credential::Redirect(address),
            expires_at,
        })) = created.outcome
        else {
            panic!("{id}")
        };
        assert_eq!(expires_at, at(NOW_S + 1800));
        let query = address.strip_prefix(&format!("{GATEWAY}?")).unwrap();
        let expected = parameters(case);
        let sent = decoded(query);
        assert_eq!(sent.len(), expected.len(), "{id}");
        for (name, value) in expected {
            assert_eq!(sent[name], value, "{id}: {name}");
        }
    }
}

#[tokio::test]
async fn a_product_of_another_provider_is_refused_without_a_call() {
    let (origin, requests) = always(failure("precreate", ""));
    let refused = client(&origin).create(&order(Way::Native)).await;
    assert!(matches!(refused.outcome, Outcome::Refused(refusal) if refusal.code == "WAY"));
    assert!(requests.try_recv().is_err(), "somebody was asked");
    assert_eq!(client(&origin).in_app("wx1"), None);
}

#[tokio::test]
async fn a_call_leaves_its_trace() {
    let mut reply = failure("query", "ACQ.TRADE_NOT_EXIST");
    reply.headers.push(("trace_id", "0b5105".to_owned()));
    let date = "Mon, 08 Jun 2026 16:00:00 GMT".to_owned();
    reply.headers.push(("Date", date));
    let (origin, _requests) = always(reply);
    let expected = Trace {
        http_status: Some(200),
        request_id: Some("0b5105".to_owned()),
        code: Some("ACQ.TRADE_NOT_EXIST".to_owned()),
        date: chrono::DateTime::from_timestamp(1_780_934_400, 0),
    };
    assert_eq!(client(&origin).query(NUMBER).await.trace, expected);
}

#[tokio::test]
async fn a_refund_is_done_only_where_money_moved() {
    let at = Some(at(NOW_S + 400));
    for (change, expected) in [
        ("Y", refund(Some(990), ReportedState::Succeeded { at })),
        ("N", refund(None, ReportedState::Processing)),
    ] {
        // The fee is the sum of all refunds so far.
        let answer = json!({"code": "10000", "out_trade_no": NUMBER, "fund_change": change,
            "refund_fee": "19.90", "gmt_refund_pay": "2026-06-09 18:20:00"});
        let (origin, requests) = always(signed("refund", &answer));
        let asked = client(&origin).refund(&refund_order()).await;
        assert_eq!(asked.outcome, Outcome::Definite(Submitted::Taken(expected)));
        let sent = &decoded(&requests.recv().unwrap().body)["biz_content"];
        let content = json!({"out_trade_no": NUMBER, "refund_amount": "9.90",
            "out_request_no": REFUND.out_refund_no, "refund_reason": "重复支付"});
        assert_eq!(serde_json::from_str::<Value>(sent).unwrap(), content);
    }
    let (origin, _requests) = always(failure("refund", "ACQ.SELLER_BALANCE_NOT_ENOUGH"));
    let asked = client(&origin).refund(&refund_order()).await;
    assert_eq!(asked.outcome, Outcome::Definite(Submitted::NotEnough));
    let (origin, _requests) = always(failure("refund", "ACQ.TRADE_HAS_FINISHED"));
    let asked = client(&origin).refund(&refund_order()).await;
    assert!(matches!(asked.outcome, Outcome::Refused(_)), "{asked:?}");
    let (origin, _requests) = always(failure("refund", "ACQ.TRADE_STATUS_ERROR"));
    let asked = client(&origin).refund(&refund_order()).await;
    assert!(matches!(asked.outcome, Outcome::Unknown(_)), "{asked:?}");
}

async fn asked_about_the_refund(answer: &Value) -> Outcome<Option<RefundEvidence>> {
    let (origin, _requests) = always(signed("fastpay_refund_query", answer));
    client(&origin).query_refund(REFUND).await.outcome
}

fn refund_answer(status: &str) -> Value {
    json!({"code": "10000", "out_trade_no": NUMBER, "total_amount": "19.90",
        "out_request_no": REFUND.out_refund_no, "refund_amount": "9.90", "refund_status": status})
}

#[rstest]
#[case("REFUND_SUCCESS", ReportedState::Succeeded { at: None })]
#[case("REFUND_PROCESSING", ReportedState::Processing)]
#[case("X", ReportedState::Other { word: "X".to_owned() })]
#[tokio::test]
async fn success_of_a_refund_query_is_not_success_of_the_refund(
    #[case] status: &str,
    #[case] state: ReportedState,
) {
    let expected = Outcome::Definite(Some(refund(Some(990), state)));
    assert_eq!(
        asked_about_the_refund(&refund_answer(status)).await,
        expected
    );
}

#[rstest]
#[case("out_request_no", "R2")]
#[case("out_trade_no", "G2")]
#[case("refund_amount", "1e1")]
#[tokio::test]
async fn an_answer_about_another_refund_is_unknown(#[case] name: &str, #[case] value: &str) {
    let mut answer = refund_answer("X");
    answer[name] = json!(value);
    let outcome = asked_about_the_refund(&answer).await;
    assert!(
        matches!(outcome, Outcome::Unknown(_)),
        "{name}: {outcome:?}"
    );
}

#[tokio::test]
async fn a_refund_that_the_provider_does_not_know_is_not_found_and_an_error_is_unknown() {
    let none = asked_about_the_refund(&json!({"code": "10000"})).await;
    assert_eq!(none, Outcome::Definite(None));
    let (origin, _requests) = always(failure("fastpay_refund_query", "ACQ.SYSTEM_ERROR"));
    let asked = client(&origin).query_refund(REFUND).await;
    assert!(matches!(asked.outcome, Outcome::Unknown(_)));
}
