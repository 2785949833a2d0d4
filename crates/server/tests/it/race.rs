//! The races of money, one test each; after each everything that must hold is checked.
//!
//! Source: docs/sources.md#payments

use chrono::TimeDelta;
use domain::event::EventKind;
use domain::order::{ClosedReason, Order, OrderState};
use domain::payment::{AttemptState, Disposition};
use domain::refund::RefundState;
use domain::task::Task;
use serde_json::{Value, json};
use service::refund::RefundRequest;

use crate::app::{TestApp, operator};
use crate::buyer::{self, Buyer, PHONE, fault, start};
use crate::journey::ZHANG;

const PROVIDERS: [&str; 2] = ["wechat_pay", "alipay"];

fn ask(buyer: &Buyer, amount: Option<i64>) -> RefundRequest<'_> {
    RefundRequest {
        order_no: &buyer.order_no,
        out_trade_no: None,
        amount: amount.map(domain::Fen),
        reason: "withdrawn",
        note: "学生申请",
        key: None,
    }
}

async fn paid(app: &TestApp, buyer: &Buyer, provider: &str) -> String {
    let number = buyer.pay(app, provider).await;
    assert_eq!(buyer.order().await["status"], "paid");
    number
}

fn refunds_outside(state: &Value) -> usize {
    state["refunds"].as_array().unwrap().len()
}

#[actix_web::test]
async fn r01_a_notice_that_overtakes_the_answer_is_not_taken_back_by_it() {
    let (app, buyer) = start().await;
    fault(&app, "notify_before_response", "native").await;
    let begun = buyer.begin("wechat_pay", "key").await;
    assert_eq!(begun.problem(), (409, "order.already_paid".into()));
    assert_eq!(buyer.attempts(&app).await[0].state, AttemptState::Succeeded);
    assert_eq!(buyer.order().await["status"], "paid");
    buyer.assert_sound(&app).await;
}

#[actix_web::test]
async fn r02_one_notice_eight_times_at_once_is_one_payment() {
    for provider in PROVIDERS {
        let (app, buyer) = start().await;
        let number = buyer.begun(&app, provider).await;
        fault(&app, "notify_parallel:8", "notify").await;
        app.pay(&number).await;
        app.work().await;
        assert_eq!(buyer.booked(&app).await, [-2000, 2000]);
        assert_eq!(buyer.order().await["status"], "paid");
        buyer.assert_sound(&app).await;
    }
}

#[actix_web::test]
async fn r03_closing_what_was_just_paid_finds_the_payment() {
    for provider in PROVIDERS {
        let (app, buyer) = start().await;
        let number = buyer.begun(&app, provider).await;
        fault(&app, "notify_drop", "notify").await;
        app.pay(&number).await;
        let closed = buyer.browser.act(&buyer.path("/close")).await;
        assert_eq!(closed.problem(), (409, "order.already_paid".into()));
        assert_eq!(buyer.order().await["status"], "paid");
        buyer.assert_sound(&app).await;
    }
}

#[actix_web::test]
async fn r04_money_for_a_closed_order_goes_back_and_the_student_is_told() {
    for provider in PROVIDERS {
        let (app, buyer) = start().await;
        let number = buyer.begun(&app, provider).await;
        let closed = buyer.browser.act(&buyer.path("/close")).await;
        assert_eq!(closed.status, 200, "{closed:?}");
        let late = json!({ "out_trade_no": number, "after_close": true });
        app.control("pay", late).await;
        assert_eq!(buyer.news().await, ["surplus_returning"]);
        app.work().await;
        app.advance(120).await;
        app.work().await;
        let order = buyer.order().await;
        assert_eq!(order["status"], "closed");
        assert_eq!(order["refunds"][0]["state"], "succeeded", "{provider}");
        assert_eq!(buyer.news().await, ["surplus_returned"]);
        assert_eq!(buyer.booked(&app).await.iter().sum::<i64>(), 0);
        buyer.assert_sound(&app).await;
    }
}

#[actix_web::test]
async fn r04_late_money_reopens_an_order_that_only_ran_out_of_time() {
    for provider in PROVIDERS {
        let (app, mut buyer) = start().await;
        let row = buyer.row(&app).await;
        app.advance((row.due_until - app.context.now()).num_seconds() - 600)
            .await;
        buyer.log_in_again(&app, PHONE).await;
        let number = buyer.begun(&app, provider).await;
        for _ in 0..3 {
            app.advance(610).await;
            app.work().await;
        }
        let ended = buyer.row(&app).await;
        assert_eq!(
            ended.closed_reason.map(ClosedReason::as_str),
            Some("timeout")
        );
        prolong(&app, &row).await;
        let late = json!({ "out_trade_no": number, "after_close": true });
        app.control("pay", late).await;
        app.work().await;
        buyer.renew().await;
        let order = buyer.order().await;
        let expected = [
            &json!("paid"),
            &json!(null),
            &json!("pending_review"),
            &json!(false),
        ];
        let fields = ["status", "closed_reason", "photo_state", "needs_review"];
        assert_eq!(fields.map(|field| &order[field]), expected, "{provider}");
        assert_eq!(buyer.told().await, [("reopened".to_owned(), 2000)]);
        let events = buyer.events(&app).await;
        let paid = events
            .iter()
            .find(|event| event.kind == EventKind::OrderPaid);
        assert_eq!(paid.unwrap().payload["late"], true);
        buyer.assert_sound(&app).await;
    }
}

/// Gives the task of an order another day.
async fn prolong(app: &TestApp, order: &Order) {
    let tx = app.context.store.begin().await.unwrap();
    let task = store::task::get(&tx, order.task_id).await.unwrap();
    let longer = Task {
        closes_at: app.context.now() + TimeDelta::days(1),
        ..task.unwrap()
    };
    store::task::save(&tx, &longer).await.unwrap();
    store::commit(tx, domain::audit::AuditExemption::SampleData)
        .await
        .unwrap();
}

#[actix_web::test]
async fn r05_of_two_channels_that_were_paid_the_second_goes_back() {
    let (app, buyer) = start().await;
    let alipay = buyer.begun(&app, "alipay").await;
    let wechat = buyer.begun(&app, "wechat_pay").await;
    app.pay(&wechat).await;
    app.pay(&alipay).await;
    assert_eq!(buyer.news().await, ["surplus_returning"]);
    app.work().await;
    let order = buyer.order().await;
    assert_eq!(
        [
            &order["status"],
            &order["paid_with"],
            &order["needs_review"]
        ],
        [&json!("paid"), &json!("wechat_pay"), &json!(false)]
    );
    assert_eq!(order["refunds"][0]["state"], "succeeded");
    assert_eq!(buyer.news().await, ["surplus_returned"]);
    assert_eq!(buyer.booked(&app).await.len(), 6);
    buyer.assert_sound(&app).await;
}

#[actix_web::test]
async fn r06_a_wrong_amount_waits_for_a_person() {
    for provider in PROVIDERS {
        let (app, buyer) = start().await;
        let number = buyer.begun(&app, provider).await;
        fault(&app, "notify_wrong_amount", "notify").await;
        app.pay(&number).await;
        app.work().await;
        assert_eq!(buyer.order().await["status"], "unpaid");
        assert_eq!(buyer.news().await, ["checking"]);
        assert!(buyer.refunds(&app).await.is_empty(), "a person decides");
        let cases = service::money_case::list(&app.context).await.unwrap();
        let kinds: Vec<_> = cases.iter().map(|case| case.kind.as_str()).collect();
        assert_eq!(kinds, ["wrong_amount"]);
        assert_eq!(buyer.booked(&app).await, [-2001, 2001]);
        buyer.assert_sound(&app).await;
    }
}

async fn change_price(app: &TestApp) {
    let change = |settings: &mut Value| settings["fees"][0]["amount_fen"] = json!(1500);
    app.change_task(ZHANG.school, change).await;
}

#[actix_web::test]
async fn r07_a_price_that_changes_ends_the_order_and_what_its_old_code_brings_goes_back() {
    for provider in PROVIDERS {
        let (app, buyer) = start().await;
        let number = buyer.begun(&app, provider).await;
        app.control("scan", json!({ "out_trade_no": number })).await;
        change_price(&app).await;
        // The first poll comes after five seconds.
        app.advance(6).await;
        app.work().await;
        let ended = buyer.order().await;
        let expected = (&json!("closed"), &json!("price_change"));
        assert_eq!((&ended["status"], &ended["closed_reason"]), expected);
        assert_eq!(
            buyer.begin(provider, "again").await.problem().1,
            "order.closed"
        );
        let all = buyer.browser.get("/api/v1/me/orders").await.json();
        let open = all["items"].as_array().unwrap().iter();
        let open: Vec<_> = open.filter(|order| order["status"] == "unpaid").collect();
        assert_eq!(
            (open.len(), &open[0]["due_fen"]),
            (1, &json!(1500)),
            "{all}"
        );
        let late = json!({ "out_trade_no": number, "after_close": true });
        app.control("pay", late).await;
        app.work().await;
        app.advance(100).await;
        app.work().await;
        assert_eq!(buyer.order().await["status"], "closed");
        assert_eq!(buyer.news().await, ["surplus_returned"], "{provider}");
        buyer.assert_sound(&app).await;
    }
}

#[actix_web::test]
async fn r07_who_begins_to_pay_an_old_price_gets_the_new_order_instead() {
    let (app, buyer) = start().await;
    change_price(&app).await;
    let refused = buyer.begin("alipay", "key").await;
    assert_eq!(refused.problem(), (409, "order.closed".into()));
    assert!(buyer.attempts(&app).await.is_empty());
    assert_eq!(buyer.news().await, ["not_charged"]);
    assert_eq!(
        buyer.happenings(&app).await,
        ["order.created", "order.closed"]
    );
}

#[actix_web::test]
async fn r07_what_was_paid_before_the_change_was_seen_keeps_its_price() {
    let (app, buyer) = start().await;
    let number = buyer.begun(&app, "wechat_pay").await;
    change_price(&app).await;
    app.pay(&number).await;
    let order = buyer.order().await;
    let expected = (&json!("paid"), &json!(2000));
    assert_eq!((&order["status"], &order["due_fen"]), expected);
    buyer.assert_sound(&app).await;
}

#[actix_web::test]
async fn r08_a_create_call_that_times_out_is_made_again_with_the_same_number() {
    for (provider, operation) in [("wechat_pay", "native"), ("alipay", "precreate")] {
        for lost in ["timeout_after_effect", "timeout_before_effect"] {
            let (app, buyer) = start().await;
            fault(&app, lost, operation).await;
            let begun = buyer.begin(provider, "key").await;
            assert_eq!(
                begun.problem(),
                (503, "payment.provider_unavailable".into())
            );
            let attempt = buyer.attempts(&app).await.remove(0);
            assert_eq!(attempt.state, AttemptState::Pending);
            // Alipay's time to pay is told as a span, which must be that of the first call.
            app.advance(90).await;
            assert_eq!(buyer.begun(&app, provider).await, attempt.out_trade_no);
            app.pay(&attempt.out_trade_no).await;
            assert_eq!(buyer.order().await["status"], "paid", "{provider} {lost}");
            buyer.assert_sound(&app).await;
        }
    }
}

#[actix_web::test]
async fn r09_two_refunds_at_once_return_no_more_than_was_paid() {
    let (app, buyer) = start().await;
    paid(&app, &buyer, "alipay").await;
    let (li, wang) = (operator("li"), operator("wang"));
    let (one, two) = tokio::join!(
        service::refund::request(&app.context, &li, ask(&buyer, Some(1500))),
        service::refund::request(&app.context, &wang, ask(&buyer, Some(1500))),
    );
    assert_eq!(usize::from(one.is_ok()) + usize::from(two.is_ok()), 1);
    app.work().await;
    let order = buyer.order().await;
    assert_eq!(
        (&order["status"], &order["refunded_fen"]),
        (&json!("partially_refunded"), &json!(1500))
    );
    buyer.assert_sound(&app).await;
}

#[actix_web::test]
async fn r10_a_refund_whose_answer_is_lost_is_made_once() {
    for provider in PROVIDERS {
        let (app, buyer) = start().await;
        paid(&app, &buyer, provider).await;
        fault(&app, "timeout_after_effect", "refund").await;
        let li = operator("li");
        let asked = service::refund::request(&app.context, &li, ask(&buyer, None)).await;
        asked.unwrap();
        for _ in 0..3 {
            app.work().await;
            app.advance(150).await;
        }
        app.work().await;
        assert_eq!(refunds_outside(&app.outside().await), 1, "{provider}");
        assert_eq!(buyer.refunds(&app).await[0].state, RefundState::Succeeded);
        assert_eq!(buyer.row(&app).await.state, OrderState::Refunded);
        buyer.assert_sound(&app).await;
    }
}

#[actix_web::test]
async fn r11_a_notice_that_comes_again_later_changes_nothing() {
    for provider in PROVIDERS {
        let (app, buyer) = start().await;
        let number = paid(&app, &buyer, provider).await;
        let before = (
            buyer.row(&app).await,
            buyer.order().await["photo_state"].clone(),
        );
        app.control("notify", json!({ "out_trade_no": number }))
            .await;
        app.work().await;
        let after = (
            buyer.row(&app).await,
            buyer.order().await["photo_state"].clone(),
        );
        assert_eq!(before, after);
        buyer.assert_sound(&app).await;
    }
}

#[actix_web::test]
async fn r12_a_trade_that_is_finished_months_later_changes_nothing() {
    let (app, buyer) = start().await;
    let number = paid(&app, &buyer, "alipay").await;
    let before = buyer.row(&app).await;
    app.control("finish", json!({ "out_trade_no": number }))
        .await;
    app.work().await;
    assert_eq!(buyer.row(&app).await, before);
    buyer.assert_sound(&app).await;
}

#[actix_web::test]
async fn r13_a_trade_that_closes_by_its_refund_closes_no_order() {
    let (app, buyer) = start().await;
    let number = paid(&app, &buyer, "alipay").await;
    let li = operator("li");
    let asked = service::refund::request(&app.context, &li, ask(&buyer, None)).await;
    asked.unwrap();
    app.work().await;
    app.control("notify", json!({ "out_trade_no": number }))
        .await;
    app.work().await;
    assert_eq!(buyer.order().await["status"], "refunded");
    assert_eq!(
        buyer.attempts(&app).await[0]
            .disposition
            .map(Disposition::as_str),
        Some("applied")
    );
    buyer.assert_sound(&app).await;
}

#[actix_web::test]
async fn r14_work_that_died_in_its_call_is_done_again_once() {
    let (app, buyer) = start().await;
    paid(&app, &buyer, "wechat_pay").await;
    let li = operator("li");
    let asked = service::refund::request(&app.context, &li, ask(&buyer, None)).await;
    asked.unwrap();
    fault(&app, "timeout_after_effect:10000", "refund").await;
    let has_arrived = async {
        while refunds_outside(&app.outside().await) == 0 {
            tokio::task::yield_now().await;
        }
    };
    // The work is cut off while it waits for its answer.
    tokio::select! {
        () = has_arrived => {}
        () = app.work() => panic!("the answer was to be long in coming"),
    }
    for _ in 0..3 {
        app.advance(150).await;
        app.work().await;
    }
    assert_eq!(refunds_outside(&app.outside().await), 1);
    assert_eq!(buyer.refunds(&app).await[0].state, RefundState::Succeeded);
    buyer.assert_sound(&app).await;
}

#[actix_web::test]
async fn r15_a_key_that_changes_loses_no_payment() {
    let (app, buyer) = start().await;
    let number = buyer.begun(&app, "wechat_pay").await;
    fault(&app, "sign_with_next_key", "notify").await;
    app.pay(&number).await;
    assert_eq!(buyer.order().await["status"], "paid");
    buyer.assert_sound(&app).await;

    let (app, buyer) = start().await;
    let number = buyer.begun(&app, "wechat_pay").await;
    fault(&app, "unknown_serial", "notify").await;
    app.pay(&number).await;
    assert_eq!(buyer.attempts(&app).await[0].state, AttemptState::Pending);
    app.advance(20).await;
    app.work().await;
    assert_eq!(buyer.order().await["status"], "paid");
    buyer.assert_sound(&app).await;
}

#[actix_web::test]
async fn r16_two_tabs_get_the_same_payment() {
    for provider in PROVIDERS {
        let (app, buyer) = start().await;
        let (one, two) = tokio::join!(buyer.begin(provider, "one"), buyer.begin(provider, "two"));
        assert_eq!((one.status, two.status), (201, 201), "{one:?} {two:?}");
        assert_eq!(one.json()["qr_content"], two.json()["qr_content"]);
        assert_eq!(buyer.attempts(&app).await.len(), 1);
        buyer.assert_sound(&app).await;
    }
}

#[actix_web::test]
async fn r17_another_channel_closes_the_first_or_watches_it_to_its_end() {
    let (app, buyer) = start().await;
    let wechat = buyer.begun(&app, "wechat_pay").await;
    fault(&app, "timeout_before_effect", "close").await;
    let alipay = buyer.begun(&app, "alipay").await;
    let first = buyer.attempts(&app).await.remove(0);
    assert_eq!(
        first.state,
        AttemptState::Pending,
        "nobody knows whether it is closed"
    );
    assert!(first.superseded_at.is_some());
    assert!(buyer::can_pay(&app, &wechat).await, "it was not");
    app.pay(&alipay).await;
    app.work().await;
    app.advance(120).await;
    app.work().await;
    assert_eq!(buyer.news().await, ["surplus_returned"]);
    buyer.assert_sound(&app).await;
}
