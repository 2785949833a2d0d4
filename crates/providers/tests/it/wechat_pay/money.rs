//! H5 and JSAPI payments, refunds and certificates, against a double of `WeChat Pay`.

use super::{
    calls::{NUMBER, assert_signed, client, error, order, signed},
    settings,
};
use crate::{
    double::{Reply, Request, always},
    vectors::{NOW_S, at, entropy, list, own, published, text},
};
use data_encoding::BASE64;
use domain::Fen;
use domain::refund::{RefundEvidence, ReportedState};
use providers::{
    Outcome, Trace,
    payment::{
        Created, Credential, PaymentChannel, Prepared, RefundNumbers, RefundOrder, Submitted, Way,
    },
    rsa::VerifyingKey,
    wechat_pay::{Credentials, WechatPay},
};
use rstest::rstest;
use serde_json::{Value, json};
use std::{
    net::{IpAddr, Ipv4Addr},
    sync::mpsc::Receiver,
};

const H5: Way<'static> = Way::H5 {
    payer_ip: IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7)),
    return_url: "https://photo.example.edu.cn/pay?o=1",
};
const JSAPI: Way<'static> = Way::Jsapi { openid: "oUpF8" };
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
        notify_url: "https://photo.example.edu.cn/notify/wechat/x/refund",
    }
}

fn refund_answer(status: &str) -> Value {
    json!({
        "refund_id": "5030", "out_refund_no": REFUND.out_refund_no, "out_trade_no": NUMBER,
        "transaction_id": "4200", "channel": "ORIGINAL", "user_received_account": "支付用户零钱",
        "success_time": "2026-06-09T18:30:00+08:00", "create_time": "2026-06-09T18:29:00+08:00",
        "status": status, "amount": {"total": 1990, "refund": 990, "currency": "CNY"},
    })
}

#[tokio::test]
async fn each_product_sends_what_it_alone_needs() {
    let h5_url = "https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=wx1";
    let redirect =
        format!("{h5_url}&redirect_url=https%3A%2F%2Fphoto.example.edu.cn%2Fpay%3Fo%3D1");
    for (way, path, answer, credential, life, extra) in [
        (
            H5,
            "h5",
            json!({ "h5_url": h5_url }),
            Credential::Redirect(redirect),
            300,
            json!({"scene_info": {"payer_client_ip": "203.0.113.7", "h5_info": {"type": "Wap"}}}),
        ),
        (
            JSAPI,
            "jsapi",
            json!({"prepay_id": "wx1"}),
            Credential::Prepay("wx1".to_owned()),
            1800,
            json!({"payer": {"openid": "oUpF8"}}),
        ),
    ] {
        let (origin, requests) = always(signed(200, &answer.to_string()));
        let created = client(&[&origin]).create(&order(way)).await;
        let expires_at = at(NOW_S + life);
        let prepared = Prepared {
            credential,
            expires_at,
        };
        assert_eq!(created.outcome, Outcome::Definite(Created::Ready(prepared)));
        let request = requests.recv().unwrap();
        assert_signed(&request);
        assert_eq!(request.target, format!("/v3/pay/transactions/{path}"));
        let sent: Value = serde_json::from_str(&request.body).unwrap();
        assert_eq!(sent.as_object().unwrap().len(), 8, "nothing more is sent");
        for (name, value) in extra.as_object().unwrap() {
            assert_eq!(sent[name], *value);
        }
    }
}

#[tokio::test]
async fn a_product_of_another_provider_or_answer_of_another_product_prepares_nothing() {
    let (origin, requests) = always(signed(200, r#"{"code_url":"weixin://wxpay/x"}"#));
    let client = client(&[&origin]);
    let refused = client.create(&order(Way::Precreate)).await;
    assert!(matches!(refused.outcome, Outcome::Refused(refusal) if refusal.code == "WAY"));
    assert_eq!(refused.trace, Trace::default());
    assert!(requests.try_recv().is_err(), "somebody was asked");
    let unknown = client.create(&order(JSAPI)).await;
    assert!(matches!(unknown.outcome, Outcome::Unknown(_)));
}

#[tokio::test]
async fn a_call_leaves_its_trace() {
    let mut reply = error(403, "RULE_LIMIT");
    reply
        .headers
        .push(("Request-ID", "08F78BB4AF06".to_owned()));
    let date = "Mon, 08 Jun 2026 16:00:00 GMT".to_owned();
    reply.headers.push(("Date", date));
    let (origin, _requests) = always(reply);
    let trace = client(&[&origin]).create(&order(Way::Native)).await.trace;
    let expected = Trace {
        http_status: Some(403),
        request_id: Some("08F78BB4AF06".to_owned()),
        code: Some("RULE_LIMIT".to_owned()),
        date: chrono::DateTime::from_timestamp(1_780_934_400, 0),
    };
    assert_eq!(trace, expected);
}

#[tokio::test]
async fn a_payment_inside_the_app_is_signed_anew() {
    let shown = client(&[]).in_app("wx1").unwrap();
    let text_signed = format!(
        "wx0000grad0000test\n{NOW_S}\n{}\nprepay_id=wx1\n",
        shown.nonce_str
    );
    let keys = own("keys.json");
    let key = VerifyingKey::parse(text(&keys["wechat_merchant"], "public_spki_pem")).unwrap();
    assert!(key.verifies(text_signed.as_bytes(), &shown.pay_sign));
    assert_ne!(
        client(&[]).in_app("wx1").unwrap().nonce_str,
        shown.nonce_str
    );
    let page = serde_json::to_value(&shown).unwrap();
    assert_eq!(page["timeStamp"], NOW_S.to_string());
    assert_eq!(
        (&page["package"], &page["signType"]),
        (&json!("prepay_id=wx1"), &json!("RSA"))
    );
}

#[rstest]
#[case("PROCESSING", ReportedState::Processing)]
#[case("SUCCESS", ReportedState::Succeeded { at: Some(at(NOW_S + 1000)) })]
#[case("CLOSED", ReportedState::Closed)]
#[case("ABNORMAL", ReportedState::Abnormal)]
#[case("X", ReportedState::Other { word: "X".to_owned() })]
#[tokio::test]
async fn a_refund_is_asked_for_and_stands_as_its_answer_says(
    #[case] status: &str,
    #[case] state: ReportedState,
) {
    let expected = RefundEvidence {
        out_trade_no: NUMBER.to_owned(),
        out_refund_no: REFUND.out_refund_no.to_owned(),
        refund_id: Some("5030".to_owned()),
        amount: Some(Fen(990)),
        state,
    };
    let (origin, requests) = always(signed(200, &refund_answer(status).to_string()));
    let client = client(&[&origin]);
    let asked = client.refund(&refund_order()).await;
    let taken = Submitted::Taken(expected.clone());
    assert_eq!(asked.outcome, Outcome::Definite(taken), "{status}");
    let request = requests.recv().unwrap();
    assert_signed(&request);
    assert_eq!(request.target, "/v3/refund/domestic/refunds");
    let sent: Value = serde_json::from_str(&request.body).unwrap();
    let content = json!({
        "out_trade_no": NUMBER, "out_refund_no": REFUND.out_refund_no, "reason": "重复支付",
        "notify_url": "https://photo.example.edu.cn/notify/wechat/x/refund",
        "amount": {"refund": 990, "total": 1990, "currency": "CNY"},
    });
    assert_eq!(sent, content);

    let found = client.query_refund(REFUND).await;
    assert_eq!(found.outcome, Outcome::Definite(Some(expected)));
    let request = requests.recv().unwrap();
    assert_signed(&request);
    let target = "/v3/refund/domestic/refunds/R26060900000000000000000";
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("GET", target)
    );
}

#[tokio::test]
async fn refund_errors_choose_their_branch() {
    let (origin, _requests) = always(error(403, "NOT_ENOUGH"));
    let asked = client(&[&origin]).refund(&refund_order()).await;
    assert_eq!(asked.outcome, Outcome::Definite(Submitted::NotEnough));
    let (origin, _requests) = always(error(400, "TRADE_ERROR"));
    let asked = client(&[&origin]).refund(&refund_order()).await;
    assert!(matches!(asked.outcome, Outcome::Refused(_)));
    let (origin, _requests) = always(error(404, "RESOURCE_NOT_EXISTS"));
    let client = client(&[&origin]);
    assert_eq!(
        client.query_refund(REFUND).await.outcome,
        Outcome::Definite(None)
    );
    let asked = client.refund(&refund_order()).await;
    assert!(matches!(asked.outcome, Outcome::Unknown(_)), "{asked:?}");

    for (name, value) in [("out_refund_no", "R2"), ("out_trade_no", "G2")] {
        let mut answer = refund_answer("SUCCESS");
        answer[name] = json!(value);
        let (origin, _requests) = always(signed(200, &answer.to_string()));
        let asked = super::calls::client(&[&origin])
            .refund(&refund_order())
            .await;
        assert!(
            matches!(asked.outcome, Outcome::Unknown(_)),
            "{name}: {asked:?}"
        );
    }
}

/// A client whose key opens the published certificate, at a double that brings it.
fn with_published_certificate(case: &Value, serial: &str) -> (WechatPay, Receiver<Request>) {
    let answer = json!({"data": [{
        "serial_no": serial, "effective_time": "2026-01-01T00:00:00+08:00",
        "expire_time": "2031-01-01T00:00:00+08:00",
        "encrypt_certificate": {
            "algorithm": "AEAD_AES_256_GCM", "nonce": text(case, "nonce"),
            "associated_data": text(case, "associated_data"),
            "ciphertext": text(case, "ciphertext_b64"),
        },
    }]});
    let (origin, requests) = always(signed(200, &answer.to_string()));
    let mut settings = settings();
    settings.api_v3_key = text(case, "api_v3_key").into();
    let credentials = Credentials::parse(&settings).unwrap();
    let client = WechatPay::new(credentials, &[&origin], entropy()).unwrap();
    (client, requests)
}

#[tokio::test]
async fn vec_published_platform_certificate_joins_the_key_ring() {
    let Some(vectors) = published("wechat_verify_and_decrypt.json") else {
        return;
    };
    let mut cases = list(&vectors, "aead").iter();
    let case = cases.find(|case| !case["expect_cert_serial"].is_null());
    let case = case.unwrap();
    let serial = text(case, "expect_cert_serial");
    let (client, _requests) = with_published_certificate(case, serial);
    assert_eq!(
        client.refresh_certificates().await.outcome,
        Outcome::Definite(1)
    );
    let again = client.refresh_certificates().await;
    assert_eq!(again.outcome, Outcome::Definite(0), "it is known now");

    let (client, _requests) = with_published_certificate(case, &"0".repeat(40));
    let refused = client.refresh_certificates().await;
    assert!(
        matches!(refused.outcome, Outcome::Unknown(_)),
        "{refused:?}"
    );
}

/// A list of one certificate that our key does not open.
fn sealed_otherwise() -> Reply {
    let sealed = json!({"algorithm": "AEAD_AES_256_GCM", "nonce": "0123456789ab",
        "associated_data": "certificate", "ciphertext": BASE64.encode(&[0; 64])});
    let entry = json!({"serial_no": "AB", "expire_time": "2031-01-01T00:00:00+08:00",
        "encrypt_certificate": sealed});
    signed(200, &json!({ "data": [entry] }).to_string())
}

#[rstest]
#[case::sealed_otherwise(sealed_otherwise())]
#[case::unsigned(Reply::new(200, r#"{"data":[]}"#))]
#[case::refused(error(401, "SIGN_ERROR"))]
#[tokio::test]
async fn certificates_that_do_not_open_or_are_not_signed_are_not_taken(#[case] reply: Reply) {
    let (origin, _requests) = always(reply);
    let refused = client(&[&origin]).refresh_certificates().await;
    assert!(
        matches!(refused.outcome, Outcome::Unknown(_)),
        "{refused:?}"
    );
}
