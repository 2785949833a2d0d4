//! The daily comparison of providers' bills with our books, both ways.

use chrono::{NaiveDate, TimeDelta};
use domain::reconciliation::Flow;
use domain::{Fen, day_bounds, day_in_china};
use serde_json::json;
use service::reconciliation::{BillState, Report};

use crate::app::TestApp;
use crate::buyer::Buyer;
use crate::journey::{LI, ZHANG};

const PHONE: &str = "13800138000";
const HOUR_S: i64 = 3600;

/// A product at noon in China, so that no payment is near midnight.
async fn at_noon() -> TestApp {
    let app = TestApp::with_sample().await;
    let (_, midnight) = day_bounds(day_in_china(app.context.now()));
    let noon = midnight + TimeDelta::hours(12);
    app.advance((noon - app.context.now()).num_seconds()).await;
    app
}

async fn paid(app: &TestApp, provider: &str) -> Buyer {
    let buyer = Buyer::with_order(app, PHONE, ZHANG).await;
    let number = buyer.begun(app, provider).await;
    app.control("pay", json!({ "out_trade_no": number })).await;
    buyer
}

/// The next day at eleven, when bills are there; gives the day before.
async fn next_day(app: &TestApp) -> NaiveDate {
    let day = day_in_china(app.context.now());
    app.advance(23 * HOUR_S).await;
    day
}

async fn report(app: &TestApp, day: NaiveDate, provider: &str) -> Report {
    let reports = service::reconciliation::run(&app.context, day)
        .await
        .unwrap();
    let mut all = reports.into_iter();
    let found = all.find(|report| report.merchant.0.as_str() == provider);
    found.unwrap()
}

fn kinds(report: &Report) -> Vec<(&'static str, bool)> {
    let all = report.differences.iter();
    all.map(|(difference, is_healed)| (difference.kind.as_str(), *is_healed))
        .collect()
}

#[actix_web::test]
async fn books_that_agree_are_reported_so() {
    for provider in ["wechat_pay", "alipay"] {
        let app = at_noon().await;
        let buyer = paid(&app, provider).await;
        let day = next_day(&app).await;
        let report = report(&app, day, provider).await;
        assert_eq!(report.bill, BillState::Compared, "{report:?}");
        assert_eq!(kinds(&report), []);
        assert_eq!((report.paid.0, report.paid.1.0), (1, 2000));
        buyer.assert_sound(&app).await;
    }
}

#[actix_web::test]
async fn a_payment_that_only_the_provider_has_is_found_and_applied() {
    for provider in ["wechat_pay", "alipay"] {
        let app = at_noon().await;
        app.control("fault", json!({ "do": "notify_drop", "times": 100 }))
            .await;
        let buyer = paid(&app, provider).await;
        let day = next_day(&app).await;
        let report = report(&app, day, provider).await;
        assert_eq!(kinds(&report), [("provider_only_payment", true)]);
        assert_eq!(buyer.row(&app).await.state, "paid");
        buyer.assert_sound(&app).await;
    }
}

#[actix_web::test]
async fn what_does_not_agree_is_put_before_a_person() {
    for (fault, expected) in [
        ("bill_extra_row", "provider_only_payment"),
        ("bill_drop_row", "local_only_payment"),
        ("bill_wrong_amount", "amount_difference"),
    ] {
        let app = at_noon().await;
        paid(&app, "wechat_pay").await;
        let other = Buyer::with_order(&app, "13800138009", LI).await;
        let number = other.begun(&app, "wechat_pay").await;
        app.control("pay", json!({ "out_trade_no": number })).await;
        let day = next_day(&app).await;
        app.control("fault", json!({ "do": fault })).await;
        let report = report(&app, day, "wechat_pay").await;
        let unhealed = kinds(&report);
        assert!(unhealed.contains(&(expected, false)), "{fault}: {report:?}");
        let cases = service::money_case::list(&app.context).await.unwrap();
        assert!(cases.iter().any(|case| case.kind.as_str() == expected));
    }
}

#[actix_web::test]
async fn a_bill_that_contradicts_itself_is_not_used() {
    for provider in ["wechat_pay", "alipay"] {
        let app = at_noon().await;
        paid(&app, provider).await;
        let day = next_day(&app).await;
        app.control("fault", json!({ "do": "bill_wrong_total", "times": 1 }))
            .await;
        let first = report(&app, day, provider).await;
        assert!(matches!(first.bill, BillState::Invalid(_)), "{first:?}");
        let second = report(&app, day, provider).await;
        assert_eq!(second.bill, BillState::Compared);
        let cases = service::money_case::list(&app.context).await.unwrap();
        assert!(cases.is_empty(), "a good bill ends the case: {cases:?}");
    }
}

#[actix_web::test]
async fn a_missing_bill_is_missed_only_where_money_moved() {
    let app = at_noon().await;
    paid(&app, "wechat_pay").await;
    let day = next_day(&app).await;
    let alipay = report(&app, day, "alipay").await;
    assert_eq!(alipay.bill, BillState::Empty);
    app.control(
        "fault",
        json!({
            "do": "bill_missing", "times": 2, "match": { "provider": "wechat" },
        }),
    )
    .await;
    let first = report(&app, day, "wechat_pay").await;
    assert_eq!(first.bill, BillState::Missing);
    assert!(
        service::money_case::list(&app.context)
            .await
            .unwrap()
            .is_empty()
    );
    app.advance(24 * HOUR_S).await;
    report(&app, day, "wechat_pay").await;
    let cases = service::money_case::list(&app.context).await.unwrap();
    assert_eq!(cases[0].kind.as_str(), "bill_missing");
}

#[actix_web::test]
async fn the_accounts_movements_are_those_of_the_ledger() {
    let app = at_noon().await;
    let buyer = paid(&app, "wechat_pay").await;
    let number = buyer.attempts(&app).await[0].out_trade_no.clone();
    let console = json!({ "out_trade_no": number, "refund_fen": 700 });
    app.control("refund_from_console", console).await;
    let day = next_day(&app).await;
    let first = report(&app, day, "wechat_pay").await;
    // 0.6 % of 20 yuan, without that of the 7 yuan that went back.
    assert_eq!(
        (first.fee.in_fen(), first.fee_differences.len()),
        (Fen(8), 0)
    );
    let moved = Fen(2000 - 700 - 8);
    assert_eq!(
        first.flow,
        Some(Flow {
            moved,
            booked: moved
        })
    );
    // A movement that stands in no bill of payments.
    let fault = json!({ "do": "bill_extra_row", "match": { "operation": "fund_flow_bill" } });
    app.control("fault", fault).await;
    let second = report(&app, day, "wechat_pay").await;
    assert!(!second.flow.unwrap().agrees() && second.differences.is_empty());
    let kinds = async || {
        let cases = service::money_case::list(&app.context).await.unwrap();
        let kinds = cases.iter().map(|case| case.kind.as_str());
        kinds.collect::<Vec<_>>()
    };
    assert!(kinds().await.contains(&"flow_difference"));
    report(&app, day, "wechat_pay").await;
    assert!(
        !kinds().await.contains(&"flow_difference"),
        "it ends by itself"
    );
}

#[actix_web::test]
async fn a_refund_made_at_the_provider_is_found_in_the_bill() {
    for provider in ["wechat_pay", "alipay"] {
        let app = at_noon().await;
        let buyer = paid(&app, provider).await;
        let number = buyer.attempts(&app).await[0].out_trade_no.clone();
        let console = json!({ "out_trade_no": number, "refund_fen": 700 });
        app.control("refund_from_console", console).await;
        app.advance(120).await;
        let day = next_day(&app).await;
        report(&app, day, provider).await;
        app.work().await;
        let refund = buyer.refunds(&app).await.remove(0);
        assert_eq!(
            (
                refund.requested_by.as_str(),
                refund.amount_fen,
                refund.state.as_str()
            ),
            ("console", 700, "succeeded"),
            "{provider}"
        );
        let order = buyer.row(&app).await;
        assert_eq!(
            (order.state.as_str(), order.refunded_fen),
            ("partially_refunded", 700)
        );
        buyer.assert_sound(&app).await;
    }
}

#[actix_web::test]
async fn yesterday_is_compared_by_itself_and_once() {
    let app = at_noon().await;
    paid(&app, "wechat_pay").await;
    let day = next_day(&app).await;
    app.work().await;
    let on = app.context.store.connection();
    let merchants = app.context.merchants.all().iter();
    for merchant in merchants.filter(|one| one.provider().as_str() == "wechat_pay") {
        let key = (merchant.provider(), merchant.account.as_str());
        let run = store::reconciliation::of_day(on, key, day)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (run.state.as_str(), run.tries, run.payments),
            ("done", 1, 1)
        );
        let rows = store::reconciliation::rows(on, &run).await.unwrap();
        assert_eq!((rows.len(), rows[0].difference.as_deref()), (1, None));
    }
}
