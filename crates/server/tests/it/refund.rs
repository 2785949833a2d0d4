//! Refunds: asked for by staff with a reason, approved by a second person, carried out once, seen by the student.

use domain::Fen;
use domain::access::{Actor, Operator};
use domain::order::OrderState;
use domain::refund::RefundState;
use serde_json::{Value, json};
use service::money_case::Case;
use service::refund::{ListedRefund, RefundRequest};
use service::{Context, Failure};

use crate::app::TestApp;
use crate::buyer::Buyer;
use crate::erasure::count;
use crate::journey::ZHANG;
use crate::merchant;
use crate::signed::KEYS;

const PHONE: &str = "13800138000";

fn operator(name: &str) -> Actor {
    let operator = Operator::new(name).unwrap();
    Actor::CommandLine(operator.working_as(format!("user-of-{name}")))
}

async fn request(
    context: &Context,
    by: &str,
    buyer: &Buyer,
    amount: Option<i64>,
) -> Result<ListedRefund, String> {
    let ask = RefundRequest {
        order_no: &buyer.order_no,
        out_trade_no: None,
        amount: amount.map(Fen),
        reason: "service",
        note: "照片未能使用",
        key: None,
    };
    let asked = service::refund::request(context, &operator(by), ask).await;
    asked.map(Option::unwrap).map_err(code)
}

/// The code of a refusal.
fn code(failure: Failure) -> String {
    match failure {
        Failure::Refused(refusal) => refusal.code.as_str().to_owned(),
        other @ (Failure::Store(_) | Failure::Blob(_) | Failure::Keys(_) | Failure::Fault(_)) => {
            panic!("{other}")
        }
    }
}

/// The open cases.
async fn cases(app: &TestApp) -> Vec<Case> {
    service::money_case::list(&app.context).await.unwrap()
}

/// Lets time pass and work be done until a refund has had its time.
async fn wait(app: &TestApp) {
    for _ in 0..4 {
        app.work().await;
        app.advance(65).await;
    }
    app.work().await;
}

#[actix_web::test]
async fn a_refund_in_parts_goes_back_and_the_student_sees_it() {
    for provider in ["wechat_pay", "alipay"] {
        let app = TestApp::with_sample().await;
        let buyer = Buyer::who_paid(&app, provider).await;
        request(&app.context, "li", &buyer, Some(500))
            .await
            .unwrap();
        wait(&app).await;
        let order = buyer.order().await;
        assert_eq!(
            (&order["status"], &order["refunded_fen"]),
            (&json!("partially_refunded"), &json!(500))
        );
        let shown = &order["refunds"][0];
        assert_eq!(
            (
                &shown["amount_fen"],
                &shown["state"],
                &shown["reason_label"]
            ),
            (&json!(500), &json!("succeeded"), &json!("服务未完成"))
        );
        request(&app.context, "li", &buyer, None).await.unwrap();
        wait(&app).await;
        buyer.renew().await;
        assert_eq!(buyer.order().await["status"], "refunded");
        let none_left = request(&app.context, "li", &buyer, None).await;
        assert_eq!(none_left.unwrap_err(), "refund.nothing_paid");
        let refunded = buyer.happenings(&app).await;
        let refunded = refunded.iter().filter(|kind| *kind == "refund.succeeded");
        assert_eq!(refunded.count(), 2);
        assert_eq!(buyer.booked(&app).await.iter().sum::<i64>(), 0);
        buyer.assert_sound(&app).await;
    }
}

#[actix_web::test]
async fn a_large_refund_needs_a_second_person() {
    let app = TestApp::with_sample_and(|config| {
        config["refunds"] = json!({ "alone_fen": 1999 });
    })
    .await;
    let buyer = Buyer::who_paid(&app, "alipay").await;
    let context = &app.context;
    let refund = request(context, "li", &buyer, None).await.unwrap();
    assert!(refund.waits_for_approval);
    app.work().await;
    assert_eq!(buyer.order().await["status"], "paid", "nothing moves yet");
    let number = &refund.out_refund_no;
    let waiting = service::refund::list(context, None).await.unwrap();
    assert_eq!(waiting.len(), 1);
    let same = service::refund::approve(context, &operator("li"), number).await;
    assert_eq!(code(same.unwrap_err()), "refund.second_person");
    let unknown = service::refund::approve(context, &operator("wang"), "R0").await;
    assert_eq!(code(unknown.unwrap_err()), "refund.unknown");
    let wang = operator("wang");
    let approved = service::refund::approve(context, &wang, number).await;
    let approved = approved.unwrap();
    // Both persons, with the users of the operating system under which they worked.
    assert_eq!(approved.requested_by.system_user(), Some("user-of-li"));
    let second = approved.approval.unwrap().by;
    assert_eq!(
        (&*second.stored_name(), second.system_user()),
        ("wang", Some("user-of-wang"))
    );
    let noted = "facts LIKE '%user-of-wang%' AND action = 'refund.approved'";
    let noted = noted.replace("facts", "CAST(facts AS text)");
    assert_eq!(count(&app, "audit_events", &noted).await, 1);
    let twice = service::refund::approve(context, &wang, number).await;
    assert_eq!(code(twice.unwrap_err()), "refund.state");
    app.work().await;
    assert_eq!(buyer.order().await["status"], "refunded");
    buyer.assert_sound(&app).await;
}

#[actix_web::test]
async fn a_refund_that_a_second_person_declines_frees_its_money() {
    let app = TestApp::with_sample_and(|config| {
        config["refunds"] = json!({ "alone_fen": 1999 });
    })
    .await;
    let buyer = Buyer::who_paid(&app, "alipay").await;
    let context = &app.context;
    let refund = request(context, "li", &buyer, None).await.unwrap();
    let number = &refund.out_refund_no;
    let declined = service::refund::decline(context, &operator("wang"), number, "已寄出").await;
    assert_eq!(declined.unwrap().state.as_str(), "rejected");
    request(context, "li", &buyer, Some(1000)).await.unwrap();
    app.work().await;
    assert_eq!(buyer.order().await["refunded_fen"], 1000);
    buyer.assert_sound(&app).await;
}

#[actix_web::test]
async fn nobody_returns_in_parts_what_needs_two_people_at_once() {
    let app = TestApp::with_sample_and(|config| {
        config["refunds"] = json!({ "alone_fen": 1000 });
    })
    .await;
    let buyer = Buyer::who_paid(&app, "alipay").await;
    let context = &app.context;
    let first = request(context, "li", &buyer, Some(600)).await.unwrap();
    assert!(!first.waits_for_approval);
    let second = request(context, "li", &buyer, Some(500)).await.unwrap();
    assert!(second.waits_for_approval, "together above the limit");
    let number = &second.out_refund_no;
    for same in ["li", "Li", "LI"] {
        let refused = service::refund::approve(context, &operator(same), number).await;
        assert_eq!(code(refused.unwrap_err()), "refund.second_person");
    }
    let approved = service::refund::approve(context, &operator("wang"), number).await;
    assert!(!approved.unwrap().waits_for_approval);
    assert!(Operator::new("System").is_none() && Operator::new("CONSOLE").is_none());
}

#[actix_web::test]
async fn a_refund_that_is_asked_for_again_is_made_once() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::who_paid(&app, "alipay").await;
    let ask = async |key: Option<&str>, amount: i64| {
        let ask = RefundRequest {
            order_no: &buyer.order_no,
            out_trade_no: None,
            amount: Some(Fen(amount)),
            reason: "service",
            note: "照片未能使用",
            key,
        };
        let asked = service::refund::request(&app.context, &operator("li"), ask).await;
        asked
            .map(|refund| refund.unwrap().out_refund_no)
            .map_err(code)
    };
    let first = ask(Some("k-1"), 500).await.unwrap();
    assert_eq!(ask(Some("k-1"), 500).await.unwrap(), first);
    app.work().await;
    assert_eq!(ask(Some("k-1"), 500).await.unwrap(), first, "done since");
    let other = ask(Some("k-1"), 400).await.unwrap_err();
    assert_eq!(other, "request.idempotency_key_reused");
    for bad in ["", "k 1", "钥匙"] {
        let refused = ask(Some(bad), 500).await.unwrap_err();
        assert_eq!(refused, "request.idempotency_key_required", "{bad}");
    }
    assert_eq!(ask(None, 500).await.unwrap_err(), "refund.repeated");
    assert_ne!(ask(Some("k-2"), 500).await.unwrap(), first, "it is meant");
    app.advance(601).await;
    ask(None, 500).await.unwrap();
    assert_eq!(buyer.refunds(&app).await.len(), 3);
    app.work().await;
    buyer.assert_sound(&app).await;
}

#[actix_web::test]
async fn a_notice_alone_frees_no_money_for_another_refund() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::who_paid(&app, "wechat_pay").await;
    request(&app.context, "li", &buyer, None).await.unwrap();
    app.work().await;
    let refund = buyer.refunds(&app).await.remove(0);
    let keys: Value = serde_json::from_str(KEYS).unwrap();
    let said = json!({
        "out_trade_no": buyer.attempts(&app).await[0].out_trade_no, "out_refund_no": refund.out_refund_no,
        "transaction_id": "4200", "refund_id": "5030", "refund_status": "CLOSED", "user_received_account": "零钱",
        "amount": { "total": 2000, "refund": 2000, "payer_total": 2000, "payer_refund": 2000 },
    });
    let now = app.context.now().timestamp();
    let notice = merchant::refund_notice(&keys["wechat"], &said, now);
    assert_eq!(merchant::send(&app, "main", "refund", notice).await, 204);
    let state = buyer.refunds(&app).await.remove(0).state;
    assert_eq!(
        state,
        RefundState::Submitted,
        "the provider itself says otherwise"
    );
    wait(&app).await;
    assert_eq!(buyer.row(&app).await.state, OrderState::Refunded);
}

#[actix_web::test]
async fn what_cannot_be_refunded_is_refused() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    let context = &app.context;
    let unpaid = request(context, "li", &buyer, None).await;
    assert_eq!(unpaid.unwrap_err(), "refund.nothing_paid");
    buyer.pay(&app, "alipay").await;
    for amount in [0, -1, 2001] {
        let refused = request(context, "li", &buyer, Some(amount)).await;
        assert_eq!(refused.unwrap_err(), "refund.amount", "{amount}");
    }
    for (reason, note) in [("late_payment", "x"), ("because", "x"), ("other", " ")] {
        let ask = RefundRequest {
            order_no: &buyer.order_no,
            out_trade_no: None,
            amount: None,
            reason,
            note,
            key: None,
        };
        let refused = service::refund::request(context, &operator("li"), ask).await;
        assert_eq!(code(refused.unwrap_err()), "refund.reason", "{reason}");
    }
    assert!(Operator::new("system").is_none() && Operator::new("").is_none());
    app.advance(366 * 86_400).await;
    let late = request(context, "li", &buyer, None).await;
    assert_eq!(late.unwrap_err(), "refund.over");
}

#[actix_web::test]
async fn a_refund_that_the_bank_refuses_is_put_before_a_person() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::who_paid(&app, "wechat_pay").await;
    app.control("fault", json!({ "do": "refund_abnormal" }))
        .await;
    request(&app.context, "li", &buyer, None).await.unwrap();
    wait(&app).await;
    assert_eq!(buyer.refunds(&app).await[0].state, RefundState::Abnormal);
    assert_eq!(buyer.order().await["status"], "paid");
    let cases = service::money_case::list(&app.context).await.unwrap();
    assert_eq!(cases[0].kind.as_str(), "refund_failed");
    let again = request(&app.context, "li", &buyer, None).await;
    assert_eq!(
        again.unwrap_err(),
        "refund.nothing_paid",
        "it still holds the money"
    );

    let (context, wang) = (&app.context, operator("wang"));
    let how = "已在商户平台改退到银行卡";
    service::money_case::resolve(context, &wang, cases[0].id, how)
        .await
        .unwrap();
    let left = service::money_case::list(&app.context).await.unwrap();
    assert!(left.is_empty());
    let twice = service::money_case::resolve(context, &wang, cases[0].id, "x").await;
    assert_eq!(code(twice.unwrap_err()), "money_case.unknown");
}

#[actix_web::test]
async fn a_refund_that_was_closed_can_be_asked_for_anew() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::who_paid(&app, "wechat_pay").await;
    app.control("fault", json!({ "do": "refund_closed" })).await;
    request(&app.context, "li", &buyer, None).await.unwrap();
    wait(&app).await;
    assert_eq!(buyer.refunds(&app).await[0].state, RefundState::Closed);
    request(&app.context, "li", &buyer, None).await.unwrap();
    wait(&app).await;
    let refunds = buyer.refunds(&app).await;
    assert_ne!(refunds[0].out_refund_no, refunds[1].out_refund_no);
    assert_eq!(buyer.row(&app).await.state, OrderState::Refunded);
    buyer.assert_sound(&app).await;
}

#[actix_web::test]
async fn a_refund_waits_until_the_account_holds_enough() {
    for provider in ["wechat_pay", "alipay"] {
        let app = TestApp::with_sample().await;
        let buyer = Buyer::who_paid(&app, provider).await;
        app.control("fault", json!({ "do": "refund_not_enough" }))
            .await;
        request(&app.context, "li", &buyer, None).await.unwrap();
        app.work().await;
        let refund = buyer.refunds(&app).await.remove(0);
        assert_eq!(refund.state, RefundState::Requested);
        assert!(refund.last_error.is_some(), "why it waits is kept");
        let cases = service::money_case::list(&app.context).await.unwrap();
        assert_eq!(cases.len(), 1, "finance is told");
        app.advance(3601).await;
        wait(&app).await;
        let after = buyer.refunds(&app).await.remove(0);
        assert_eq!(
            (after.state.as_str(), after.out_refund_no.clone()),
            ("succeeded", refund.out_refund_no)
        );
        assert_eq!(after.last_error, None, "a success ends it");
        let cases = service::money_case::list(&app.context).await.unwrap();
        assert!(cases.is_empty(), "what settled itself needs nobody");
    }
}

#[actix_web::test]
async fn a_refund_that_was_helped_and_fails_again_is_put_before_a_person_again() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::who_paid(&app, "wechat_pay").await;
    app.control("fault", json!({ "do": "refund_not_enough" }))
        .await;
    request(&app.context, "li", &buyer, None).await.unwrap();
    app.work().await;
    let first = cases(&app).await.remove(0);
    let (context, wang) = (&app.context, operator("wang"));
    service::money_case::resolve(context, &wang, first.id, "已充值")
        .await
        .unwrap();
    assert!(cases(&app).await.is_empty());
    app.control("fault", json!({ "do": "refund_abnormal" }))
        .await;
    app.advance(3601).await;
    wait(&app).await;
    assert_eq!(buyer.refunds(&app).await[0].state, RefundState::Abnormal);
    let again = cases(&app).await.remove(0);
    assert_eq!((again.id, again.seen_count), (first.id, 2));
    assert_eq!(again.facts["state"], "abnormal", "it says why now");
    service::money_case::resolve(context, &wang, again.id, "已改退")
        .await
        .unwrap();
}

#[actix_web::test]
async fn surplus_above_the_daily_limit_waits_for_a_person() {
    let app = TestApp::with_sample_and(|config| {
        config["refunds"] = json!({ "automatic_fen": 1999 });
    })
    .await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    let alipay = buyer.begun(&app, "alipay").await;
    let wechat = buyer.begun(&app, "wechat_pay").await;
    for number in [&wechat, &alipay] {
        app.pay(number).await;
    }
    app.work().await;
    assert!(buyer.refunds(&app).await.is_empty());
    assert_eq!(buyer.order().await["needs_review"], true);
    let cases = service::money_case::list(&app.context).await.unwrap();
    assert_eq!(cases[0].kind.as_str(), "surplus_held");
    assert_eq!(buyer.told().await, [("checking".to_owned(), 2000)]);
    for (amount, told) in [
        (
            Some(Fen(500)),
            vec![("surplus_returned", 500), ("checking", 1500)],
        ),
        (None, vec![("surplus_returned", 2000)]),
    ] {
        let ask = RefundRequest {
            order_no: &buyer.order_no,
            out_trade_no: Some(&alipay),
            amount,
            reason: "other",
            note: "重复支付",
            key: None,
        };
        service::refund::request(&app.context, &operator("li"), ask)
            .await
            .unwrap();
        wait(&app).await;
        let told = told.iter().map(|(code, fen)| (code.to_string(), *fen));
        assert_eq!(buyer.told().await, told.collect::<Vec<_>>());
    }
    let li = operator("li");
    service::money_case::resolve(&app.context, &li, cases[0].id, "已退")
        .await
        .unwrap();
    assert_eq!(buyer.order().await["needs_review"], false);
    buyer.assert_sound(&app).await;
}

#[actix_web::test]
async fn surplus_whose_refund_fails_is_not_said_to_be_on_its_way() {
    for (failure, state) in [("refund_abnormal", "abnormal"), ("refund_closed", "closed")] {
        let app = TestApp::with_sample().await;
        let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
        let alipay = buyer.begun(&app, "alipay").await;
        let wechat = buyer.begun(&app, "wechat_pay").await;
        app.control("fault", json!({ "do": failure })).await;
        for number in [&alipay, &wechat] {
            let paid = json!({ "out_trade_no": number, "after_close": true });
            app.control("pay", paid).await;
        }
        assert_eq!(buyer.news().await, ["surplus_returning"]);
        wait(&app).await;
        assert_eq!(buyer.refunds(&app).await[0].state.as_str(), state);
        assert_eq!(buyer.news().await, ["checking"], "{failure}");
    }
}

#[actix_web::test]
pub(crate) async fn a_student_who_says_that_they_paid_is_believed_by_asking() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    let number = buyer.begun(&app, "wechat_pay").await;
    app.control("fault", json!({ "do": "notify_drop", "times": 100 }))
        .await;
    app.pay(&number).await;
    assert_eq!(buyer.news().await, ["confirming"]);
    let path = buyer.path("/payments/confirm");
    let reply = buyer.browser.act(&path).await;
    assert_eq!(
        (reply.status, reply.text("status")),
        (200, "paid".to_owned())
    );
    buyer.assert_sound(&app).await;
}
