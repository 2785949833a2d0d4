//! What providers really send, through the front door: answers in recorded shapes, odd notices, payments that come twice.

use chrono::{NaiveDate, TimeDelta};
use domain::order::OrderState;
use domain::payment::{CallOutcome, ProviderOperation};
use domain::refund::RefundState;
use domain::{day_bounds, day_in_china};
use reqwest::Method;
use serde_json::json;
use service::reconciliation::{BillState, Report};

use crate::app::{TestApp, operator};
use crate::buyer::{Buyer, PHONE, start};
use crate::journey::ZHANG;
use crate::notify::{account, alipay_notice, inbox, send, send_alipay, wechat_notice};

const MINUTE_S: i64 = 60;

#[actix_web::test]
async fn an_order_that_nobody_paid_is_asked_about_and_its_code_is_closed() {
    for provider in ["wechat_pay", "alipay"] {
        let (app, buyer) = start().await;
        let number = buyer.begun(&app, provider).await;
        // The buyer opens the code and does not pay: from here on Alipay knows of a trade.
        app.control("scan", json!({ "out_trade_no": number })).await;
        app.advance(6).await;
        app.work().await;
        app.advance(6).await;
        let confirm = buyer.path("/payments/confirm");
        let asked = buyer.browser.act(&confirm).await;
        assert_eq!(
            (asked.status, &asked.json()["status"]),
            (200, &json!("paying")),
            "{asked:?}"
        );
        app.advance(31 * MINUTE_S).await;
        app.work().await;
        app.advance(11 * MINUTE_S).await;
        app.work().await;
        let attempt = &buyer.attempts(&app).await[0];
        assert_eq!(
            (attempt.state.as_str(), &attempt.last_error),
            ("closed", &None),
            "{provider}"
        );
        let calls = buyer.calls(&app, attempt).await;
        assert!(
            calls
                .iter()
                .filter(|call| call.operation == ProviderOperation::Query)
                .count()
                >= 3,
            "{calls:?}"
        );
        let unknown = calls
            .iter()
            .filter(|call| call.outcome == CallOutcome::Unknown);
        assert_eq!(unknown.count(), 0, "{calls:?}");
    }
}

#[actix_web::test]
async fn a_state_of_another_product_neither_pays_an_order_nor_keeps_its_code_open() {
    for state in ["USERPAYING", "PAYERROR", "REVOKED", "CLOSED"] {
        let (app, buyer) = start().await;
        buyer.begun(&app, "wechat_pay").await;
        let told = json!({ "do": format!("trade_state:{state}"), "times": 20 });
        app.control("fault", told).await;
        let asked = buyer.browser.act(&buyer.path("/payments/confirm")).await;
        let expected = if state == "CLOSED" {
            "unpaid"
        } else {
            "paying"
        };
        assert_eq!(asked.json()["status"], expected, "{state}: {asked:?}");
        app.advance(31 * MINUTE_S).await;
        app.work().await;
        app.advance(11 * MINUTE_S).await;
        app.work().await;
        let attempt = &buyer.attempts(&app).await[0];
        assert_eq!(
            (attempt.state.as_str(), &attempt.last_error),
            ("closed", &None),
            "{state}"
        );
        assert_eq!(buyer.row(&app).await.state, OrderState::Unpaid);
    }
}

#[actix_web::test]
async fn a_refund_with_both_names_of_its_state_is_followed_to_its_end() {
    let (app, buyer) = start().await;
    buyer.pay(&app, "wechat_pay").await;
    let both = json!({ "do": "refund_both_statuses", "times": 20 });
    app.control("fault", both).await;
    app.control("fault", json!({ "do": "refund_notice_missing" }))
        .await;
    let ask = service::refund::RefundRequest {
        order_no: &buyer.order_no,
        out_trade_no: None,
        amount: Some(domain::Fen(700)),
        reason: "service",
        note: "重拍",
        key: None,
    };
    let li = operator("li");
    service::refund::request(&app.context, &li, ask)
        .await
        .unwrap();
    app.work().await;
    assert_eq!(buyer.refunds(&app).await[0].state, RefundState::Submitted);
    app.advance(10 * MINUTE_S).await;
    app.work().await;
    assert_eq!(buyer.refunds(&app).await[0].state, RefundState::Succeeded);
    buyer.assert_sound(&app).await;
}

#[actix_web::test]
async fn a_payment_that_is_told_in_gbk_settles_its_order() {
    let (app, buyer) = start().await;
    let number = buyer.begun(&app, "alipay").await;
    app.control("fault", json!({ "do": "gbk" })).await;
    app.pay(&number).await;
    assert_eq!(buyer.row(&app).await.state, OrderState::Paid);
    buyer.assert_sound(&app).await;
}

#[actix_web::test]
async fn a_gateway_that_answers_in_gbk_is_understood() {
    let (app, buyer) = start().await;
    let gbk = json!({ "do": "gbk", "times": 20, "match": { "operation": "query" } });
    app.control("fault", gbk).await;
    let number = buyer.begun(&app, "alipay").await;
    // Nobody has opened the code: the answer says so in Chinese.
    let confirm = buyer.path("/payments/confirm");
    assert_eq!(buyer.browser.act(&confirm).await.json()["status"], "paying");
    app.control("fault", json!({ "do": "notify_drop" })).await;
    app.pay(&number).await;
    app.advance(4).await;
    assert_eq!(buyer.browser.act(&confirm).await.json()["status"], "paid");
    let calls = buyer.calls(&app, &buyer.attempts(&app).await[0]).await;
    assert!(
        calls
            .iter()
            .all(|call| call.outcome == CallOutcome::Definite),
        "{calls:?}"
    );
}

/// A product at noon in China, where a student has paid by this provider; the day is over and its bill is there.
async fn day_after_a_payment(provider: &str) -> (TestApp, Buyer, NaiveDate) {
    let app = TestApp::with_sample().await;
    let (_, midnight) = day_bounds(day_in_china(app.context.now()));
    let noon = midnight + TimeDelta::hours(12);
    app.advance((noon - app.context.now()).num_seconds()).await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    buyer.pay(&app, provider).await;
    let day = day_in_china(app.context.now());
    app.advance(23 * 60 * MINUTE_S).await;
    (app, buyer, day)
}

async fn report(app: &TestApp, day: NaiveDate, provider: &str) -> Report {
    let reports = service::reconciliation::run(&app.context, day).await;
    let mut reports = reports.unwrap().into_iter();
    reports
        .find(|report| report.provider.as_str() == provider)
        .unwrap()
}

async fn open_cases(app: &TestApp) -> Vec<&'static str> {
    let cases = service::money_case::list(&app.context).await.unwrap();
    cases.iter().map(|case| case.kind.as_str()).collect()
}

#[actix_web::test]
async fn what_a_shop_calls_its_goods_stops_no_reconciliation() {
    for provider in ["wechat_pay", "alipay"] {
        let (app, buyer, day) = day_after_a_payment(provider).await;
        app.control("fault", json!({ "do": "bill_odd_names" }))
            .await;
        let report = report(&app, day, provider).await;
        assert_eq!(report.bill, BillState::Compared, "{report:?}");
        assert_eq!(
            (report.differences.len(), &report.unread),
            (0, &None),
            "{report:?}"
        );
        assert_eq!((report.paid.0, report.paid.1.0), (1, 2000));
        assert!(open_cases(&app).await.is_empty());
        buyer.assert_sound(&app).await;
    }
}

#[actix_web::test]
async fn a_row_that_cannot_be_read_is_put_before_a_person_and_the_day_is_compared() {
    for provider in ["wechat_pay", "alipay"] {
        let (app, buyer, day) = day_after_a_payment(provider).await;
        app.control("fault", json!({ "do": "bill_broken_row" }))
            .await;
        let first = report(&app, day, provider).await;
        assert_eq!(first.bill, BillState::Compared, "{first:?}");
        let unread = first.unread.as_ref().unwrap();
        assert_eq!(
            (unread.rows, unread.paid.0, unread.refunded.0),
            (1, 2000, 0),
            "{first:?}"
        );
        // The payment stands in no row that was read; its provider confirms it.
        let kinds: Vec<_> = (first.differences.iter())
            .map(|(found, is_healed)| (found.kind.as_str(), *is_healed))
            .collect();
        assert_eq!(kinds, [("local_only_payment", true)]);
        assert_eq!(open_cases(&app).await, ["bill_rows_unread"]);
        let kept = service::reconciliation::stored(&app.context, day)
            .await
            .unwrap();
        let kept = kept
            .iter()
            .find(|(report, _)| report.provider.as_str() == provider);
        assert_eq!(kept.unwrap().0.unread, first.unread);
        let second = report(&app, day, provider).await;
        assert_eq!(
            (second.differences.len(), &second.unread),
            (0, &None),
            "{second:?}"
        );
        assert!(
            open_cases(&app).await.is_empty(),
            "the case ended by itself"
        );
        buyer.assert_sound(&app).await;
    }
}

#[actix_web::test]
async fn notices_are_taken_under_any_content_type() {
    let types = [
        None,
        Some("application/json"),
        Some("application/json; charset=UTF-8"),
        Some("text/plain"),
        Some("text/xml"),
        Some("application/x-www-form-urlencoded; text/html; charset=utf-8"),
        Some("nonsense"),
    ];
    let (app, buyer) = start().await;
    let number = buyer.begun(&app, "wechat_pay").await;
    for content_type in types {
        let provider = app.browser();
        let notice = wechat_notice(&app, &provider, &number, "pay");
        let notice = match content_type {
            Some(name) => notice.header("Content-Type", name),
            None => notice,
        };
        let taken = provider.send(notice).await;
        assert_eq!(taken.status, 204, "{content_type:?}: {taken:?}");
    }
    assert_eq!(buyer.row(&app).await.state, OrderState::Paid);
    assert_eq!(inbox(&app, "wechat_pay", &number).await.len(), 1);

    let (app, buyer) = start().await;
    let number = buyer.begun(&app, "alipay").await;
    let path = format!("/notify/alipay/{}", account(&app, "alipay"));
    for content_type in types {
        let provider = app.browser();
        let notice = provider.request(Method::POST, &path);
        let notice = match content_type {
            Some(name) => notice.header("Content-Type", name),
            None => notice,
        };
        let body = alipay_notice(&[("out_trade_no", &number)]);
        let taken = provider.send(notice.body(body)).await;
        assert_eq!(
            (taken.status, taken.bytes.as_slice()),
            (200, b"success".as_slice()),
            "{content_type:?}"
        );
    }
    assert_eq!(buyer.row(&app).await.state, OrderState::Paid);
    buyer.assert_sound(&app).await;
}

#[actix_web::test]
async fn a_line_break_after_a_notice_of_alipay_is_no_part_of_it() {
    let (app, buyer) = start().await;
    let number = buyer.begun(&app, "alipay").await;
    let body = alipay_notice(&[("out_trade_no", &number), ("subject", "毕业照 & 采集")]);
    assert_eq!(send_alipay(&app, format!("{body}\r\n")).await, "success");
    assert_eq!(buyer.row(&app).await.state, OrderState::Paid);
}

#[actix_web::test]
async fn a_refund_that_is_told_in_the_old_form_opens_a_case_that_says_it_is_unverified() {
    let (app, buyer) = start().await;
    buyer.pay(&app, "wechat_pay").await;
    let path = format!("wechat/{}/refund", account(&app, "wechat_pay"));
    let xml = "<xml><return_code><![CDATA[SUCCESS]]></return_code></xml>";
    for body in [xml, "\r\n<xml></xml>"] {
        let (status, answer) = send(&app, &path, body.to_owned()).await;
        assert!(
            status == 200 && answer.contains("SUCCESS"),
            "{status} {answer}"
        );
    }
    let cases = service::money_case::list(&app.context).await.unwrap();
    let [case] = cases.as_slice() else {
        panic!("{cases:?}")
    };
    assert_eq!(
        (case.kind.as_str(), case.is_unverified),
        ("console_refund", true)
    );
    let wrong = json!({ "do": "notify_wrong_amount" });
    let (app, buyer) = start().await;
    let number = buyer.begun(&app, "wechat_pay").await;
    app.control("fault", wrong).await;
    app.pay(&number).await;
    let cases = service::money_case::list(&app.context).await.unwrap();
    assert!(
        cases.iter().all(|case| !case.is_unverified) && cases.len() == 1,
        "{cases:?}"
    );
}

#[actix_web::test]
async fn what_strangers_send_is_counted_under_fixed_reasons_and_not_written_down() {
    let app = TestApp::with_sample().await;
    let (wechat, alipay) = (account(&app, "wechat_pay"), account(&app, "alipay"));
    for number in 0..20 {
        let form = format!("invented{number}=1&app_id=x");
        send(&app, &format!("alipay/{alipay}"), form.clone()).await;
        send(
            &app,
            &format!("alipay/{alipay}"),
            format!("{form}&sign=AAAA"),
        )
        .await;
        send(&app, &format!("alipay/invented{number}"), form).await;
        let stranger = app.browser();
        let request = stranger.request(Method::POST, &format!("/notify/wechat/{wechat}/pay"));
        let request = request
            .header("Wechatpay-Serial", format!("INVENTED{number}"))
            .header("Wechatpay-Timestamp", app.context.now().timestamp())
            .header("Wechatpay-Nonce", "n")
            .header("Wechatpay-Signature", "AAAA");
        assert_eq!(stranger.send(request.body("{}")).await.status, 401);
    }
    let later = app.context.now() + TimeDelta::minutes(2);
    let due = app.context.warning_aggregator.take_due(later);
    let refused = due
        .iter()
        .filter(|(group, _)| group.starts_with("A notice was refused"));
    let seen: Vec<_> = refused
        .map(|(group, count)| (group.as_str(), *count))
        .collect();
    let expected = [
        ("A notice was refused: alipay, account", 19),
        ("A notice was refused: alipay, missing", 19),
        ("A notice was refused: alipay, signature", 19),
        ("A notice was refused: wechat_pay, unknown_serial", 19),
    ];
    assert_eq!(
        seen, expected,
        "the first of each was written, the others are counted"
    );
}

#[actix_web::test]
async fn one_payment_by_each_provider_at_once_is_one_payment_and_one_refund() {
    let (app, buyer) = start().await;
    let alipay = buyer.begun(&app, "alipay").await;
    let wechat = buyer.begun(&app, "wechat_pay").await;
    app.control("scan", json!({ "out_trade_no": alipay })).await;
    let parallel = json!({ "do": "notify_parallel:8", "times": 2 });
    app.control("fault", parallel).await;
    let pay = |number: &str| app.control("pay", json!({ "out_trade_no": number }));
    tokio::join!(pay(&alipay), pay(&wechat));
    app.work().await;
    app.advance(2 * MINUTE_S).await;
    app.work().await;
    assert_eq!(buyer.row(&app).await.state, OrderState::Paid);
    assert_eq!(buyer.news().await, ["surplus_returned"]);
    buyer.assert_sound(&app).await;
}
