//! Attempts that must end while their provider does not say, or does not yet know them: no second code is shown for what
//! was paid, and none for an order that is closed.

use domain::order::OrderState;
use domain::payment::AttemptState;
use std::time::Duration;

use serde_json::{Value, json};

use crate::app::TestApp;
use crate::buyer::{self, Buyer, fault, start};
use crate::merchant;
use crate::signed::KEYS;

/// Which provider is paid, and how its close breaks.
const BROKEN: [(&str, &str); 3] = [
    ("alipay", "http_500"),
    ("alipay", "error:ACQ.TRADE_STATUS_ERROR"),
    ("wechat_pay", "error:SYSTEM_ERROR"),
];

/// Pays without that anybody here hears of it, and breaks the next close.
async fn pay_unnoticed(app: &TestApp, buyer: &Buyer, (provider, breaks): (&str, &str)) {
    let number = buyer.begun(app, provider).await;
    fault(app, "notify_drop", "notify").await;
    app.pay(&number).await;
    fault(app, breaks, "close").await;
}

#[actix_web::test]
async fn r17_who_paid_unnoticed_gets_no_second_code_although_the_close_breaks() {
    for (provider, breaks) in BROKEN {
        let (app, buyer) = start().await;
        pay_unnoticed(&app, &buyer, (provider, breaks)).await;
        let other = if provider == "alipay" {
            "wechat_pay"
        } else {
            "alipay"
        };
        let begun = buyer.begin(other, "other").await;
        assert_eq!(begun.problem(), (409, "order.already_paid".into()));
        assert_eq!(buyer.attempts(&app).await.len(), 1, "{provider} {breaks}");
        buyer.assert_sound(&app).await;
    }
}

#[actix_web::test]
async fn r03_an_order_that_was_paid_unnoticed_is_not_closed_although_the_close_breaks() {
    for (provider, breaks) in BROKEN {
        let (app, buyer) = start().await;
        pay_unnoticed(&app, &buyer, (provider, breaks)).await;
        let closed = buyer.browser.act(&buyer.path("/close")).await;
        assert_eq!(closed.problem(), (409, "order.already_paid".into()));
        assert_eq!(buyer.order().await["status"], "paid", "{provider} {breaks}");
        buyer.assert_sound(&app).await;
    }
}

#[actix_web::test]
async fn an_order_whose_payment_never_reached_its_provider_can_be_closed() {
    for (provider, operation) in [("wechat_pay", "native"), ("alipay", "precreate")] {
        let (app, buyer) = start().await;
        fault(&app, "timeout_before_effect", operation).await;
        assert_eq!(buyer.begin(provider, "key").await.status, 503);
        let closed = buyer.browser.act(&buyer.path("/close")).await;
        assert_eq!(closed.status, 200, "{provider}: {closed:?}");
        let attempt = buyer.attempts(&app).await.remove(0);
        assert!(attempt.superseded_at.is_some(), "it is watched to its end");
    }
}

#[actix_web::test]
async fn no_code_is_shown_for_an_order_that_was_closed_while_it_was_made() {
    for (provider, operation) in [("wechat_pay", "native"), ("alipay", "precreate")] {
        let (app, buyer) = start().await;
        fault(&app, "hold", operation).await;
        let close = async {
            while buyer.attempts(&app).await.is_empty() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            let closed = buyer.browser.act(&buyer.path("/close")).await;
            app.forget_faults().await;
            closed
        };
        let (begun, closed) = tokio::join!(buyer.begin(provider, "key"), close);
        assert_eq!(closed.status, 200, "{provider}: {closed:?}");
        assert_eq!(begun.problem(), (409, "order.closed".into()), "{provider}");
        app.work().await;
        let attempt = buyer.attempts(&app).await.remove(0);
        if provider == "wechat_pay" {
            assert_eq!(attempt.state, AttemptState::Closed);
            assert!(!buyer::can_pay(&app, &attempt.out_trade_no).await);
        } else {
            // Nobody has scanned it: it is watched to its end.
            assert_eq!(attempt.state, AttemptState::Pending);
        }
        buyer.assert_sound(&app).await;
    }
}

#[actix_web::test]
async fn no_code_is_shown_for_a_way_that_another_took_the_place_of() {
    let (app, buyer) = start().await;
    fault(&app, "hold", "precreate").await;
    let other = async {
        while buyer.attempts(&app).await.is_empty() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let begun = buyer.begin("wechat_pay", "other").await;
        app.forget_faults().await;
        begun
    };
    let (begun, other) = tokio::join!(buyer.begin("alipay", "key"), other);
    assert_eq!(other.status, 201, "{other:?}");
    assert_eq!(begun.problem(), (409, "request.version_conflict".into()));
}

/// Tells of a refund that somebody made on `WeChat`'s own pages, as if it had been made by a call.
async fn tell_of_refund(app: &TestApp, refund: &Value) -> u16 {
    let keys: Value = serde_json::from_str(KEYS).unwrap();
    let merchant = &keys["wechat"];
    let now = app.context.now().timestamp();
    let notice = merchant::refund_notice(merchant, refund, now);
    merchant::send(app, "main", "refund", notice).await
}

#[actix_web::test]
async fn a_refund_that_is_heard_of_before_its_payment_leaves_no_paid_order_without_money() {
    let (app, buyer) = start().await;
    let number = buyer.begun(&app, "wechat_pay").await;
    fault(&app, "notify_drop", "notify").await;
    app.pay(&number).await;
    let back = json!({ "out_trade_no": number });
    let made = app.control("refund_from_console", back).await;
    assert_eq!(
        buyer.row(&app).await.state,
        OrderState::Unpaid,
        "nobody knows yet"
    );
    let refund = json!({
        "mchid": "", "out_trade_no": number, "out_refund_no": made["out_refund_no"],
        "transaction_id": "4200", "refund_id": "5030", "refund_status": "SUCCESS",
        "success_time": "2026-06-09T18:15:20+08:00", "user_received_account": "零钱",
        "amount": { "total": 2000, "refund": 2000, "payer_total": 2000, "payer_refund": 2000 },
    });
    assert_eq!(tell_of_refund(&app, &refund).await, 204);
    let order = buyer.order().await;
    let expected = (&json!("refunded"), &json!(2000));
    assert_eq!((&order["status"], &order["refunded_fen"]), expected);
    assert_eq!(buyer.booked(&app).await, [-2000, -2000, 2000, 2000]);
    buyer.assert_sound(&app).await;
}
