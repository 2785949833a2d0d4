//! The daily comparison of providers' bills with our books, both ways.

use chrono::{NaiveDate, TimeDelta};
use domain::order::OrderState;
use domain::payment::{MerchantAccount, Provider};
use domain::reconciliation::{Flow, RunState};
use domain::refund::{Refund, RefundRequester, RefundState};
use domain::{Fen, day_bounds, day_in_china};
use serde_json::json;
use service::reconciliation::{BillState, Report};
use store::reconciliation::{PlannedDay, Run};

use crate::app::{TestApp, operator};
use crate::buyer::Buyer;
use crate::journey::LI;

const HOUR_S: i64 = 3600;

/// A product at noon in China, so that no payment is near midnight.
async fn at_noon() -> TestApp {
    let app = TestApp::with_sample().await;
    let (_, midnight) = day_bounds(day_in_china(app.context.now()));
    let noon = midnight + TimeDelta::hours(12);
    app.advance((noon - app.context.now()).num_seconds()).await;
    app
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
    let found = all.find(|report| report.provider.as_str() == provider);
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
        let buyer = Buyer::who_paid(&app, provider).await;
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
        let buyer = Buyer::who_paid(&app, provider).await;
        let day = next_day(&app).await;
        let report = report(&app, day, provider).await;
        assert_eq!(kinds(&report), [("provider_only_payment", true)]);
        assert_eq!(buyer.row(&app).await.state, OrderState::Paid);
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
        let first_buyer = Buyer::who_paid(&app, "wechat_pay").await;
        // The bill's first row is the earlier one.
        app.advance(5).await;
        let other = Buyer::with_order(&app, "13800138009", LI).await;
        other.pay(&app, "wechat_pay").await;
        let day = next_day(&app).await;
        app.control("fault", json!({ "do": fault })).await;
        // What the provider can explain is no case.
        let silent = json!({ "do": "http_500", "times": 1, "match": { "operation": "query" } });
        app.control("fault", silent).await;
        let first = report(&app, day, "wechat_pay").await;
        let unhealed = kinds(&first);
        assert!(unhealed.contains(&(expected, false)), "{fault}: {first:?}");
        let cases = service::money_case::list(&app.context).await.unwrap();
        let case = cases.iter().find(|case| case.kind.as_str() == expected);
        assert!(case.is_some(), "{cases:?}");
        let is_about_order = fault != "bill_extra_row";
        assert_eq!(first_buyer.row(&app).await.needs_review, is_about_order);
        app.forget_faults().await;
        let second = report(&app, day, "wechat_pay").await;
        assert_eq!(kinds(&second), [], "{fault}");
        let cases = service::money_case::list(&app.context).await.unwrap();
        assert!(cases.is_empty(), "what agrees by now is ended: {cases:?}");
        assert!(!first_buyer.row(&app).await.needs_review);
    }
}

/// Moves the clock to so many minutes before midnight in China.
async fn before_midnight(app: &TestApp, minutes: i64) {
    let (_, midnight) = day_bounds(day_in_china(app.context.now()));
    let then = midnight - TimeDelta::minutes(minutes);
    app.advance((then - app.context.now()).num_seconds()).await;
}

#[actix_web::test]
async fn a_payment_before_midnight_must_stand_in_one_of_the_two_bills() {
    let app = at_noon().await;
    Buyer::who_paid(&app, "wechat_pay").await;
    before_midnight(&app, 5).await;
    let late = Buyer::with_order(&app, "13800138009", LI).await;
    let number = late.pay(&app, "wechat_pay").await;
    let day = day_in_china(app.context.now());
    app.advance(12 * HOUR_S).await;
    // The bill of the day loses its first row, which is the one of noon: it is asked about.
    let fault = json!({ "do": "bill_drop_row", "match": { "operation": "trade_bill" } });
    app.control("fault", fault.clone()).await;
    let first = report(&app, day, "wechat_pay").await;
    assert_eq!(kinds(&first), [("local_only_payment", true)]);
    // A row that is lost around midnight is missed by the comparison of the next day.
    lose(&app, day, &number).await;
    app.advance(24 * HOUR_S).await;
    let next = report(&app, day + TimeDelta::days(1), "wechat_pay").await;
    assert_eq!(next.bill, BillState::Empty);
    assert_eq!(kinds(&next), [("local_only_payment", true)]);
    assert_eq!(next.differences[0].0.number, number);
    // It stands in the bill of its own day after all.
    assert_eq!(kinds(&report(&app, day, "wechat_pay").await), []);
    let next = report(&app, day + TimeDelta::days(1), "wechat_pay").await;
    assert_eq!(kinds(&next), []);
}

fn wechat_account(name: &str) -> MerchantAccount<'_> {
    MerchantAccount {
        provider: Provider::WechatPay,
        name,
    }
}

/// The run of a day at `WeChat` Pay.
async fn run_of(app: &TestApp, day: NaiveDate) -> Run {
    let on = app.context.store.reader();
    let account = wechat_account("main");
    let run = store::reconciliation::of_day(on, account, day).await;
    run.unwrap().unwrap()
}

/// Takes a number out of the rows that were kept of a day's bill.
async fn lose(app: &TestApp, day: NaiveDate, number: &str) {
    let run = run_of(app, day).await;
    let on = app.context.store.reader();
    let mut rows = store::reconciliation::rows(on, &run).await.unwrap();
    rows.retain(|row| row.out_trade_no != number);
    let tx = app.context.store.begin().await.unwrap();
    store::reconciliation::replace_rows(&tx, &run, &rows)
        .await
        .unwrap();
    store::commit(tx, domain::audit::AuditExemption::SampleData)
        .await
        .unwrap();
}

#[actix_web::test]
async fn a_refund_that_went_back_although_we_hold_it_for_dead_is_learnt() {
    for (state, expected) in [
        (RefundState::Rejected, "provider_only_refund"),
        (RefundState::Closed, "provider_only_refund"),
        (RefundState::Submitted, "status_difference"),
    ] {
        let app = at_noon().await;
        let buyer = Buyer::who_paid(&app, "wechat_pay").await;
        app.control("fault", json!({ "do": "notify_drop", "times": 100 }))
            .await;
        let ask = service::refund::RefundRequest {
            order_no: &buyer.order_no,
            out_trade_no: None,
            amount: Some(Fen(700)),
            reason: "service",
            note: "重拍",
            key: None,
        };
        let li = operator("li");
        service::refund::request(&app.context, &li, ask)
            .await
            .unwrap();
        app.work().await;
        let refund = Refund {
            state,
            next_poll_at: None,
            ..buyer.refunds(&app).await.remove(0)
        };
        let tx = app.context.store.begin().await.unwrap();
        store::refund::save(&tx, &refund).await.unwrap();
        store::commit(tx, domain::audit::AuditExemption::SampleData)
            .await
            .unwrap();
        // The provider carries it out.
        app.advance(120).await;
        let day = next_day(&app).await;
        let report = report(&app, day, "wechat_pay").await;
        assert_eq!(kinds(&report), [(expected, true)], "{state}");
        assert!(report.flow.unwrap().agrees(), "{report:?}");
        assert_eq!(buyer.refunds(&app).await[0].state, RefundState::Succeeded);
        assert_eq!(buyer.row(&app).await.refunded, Fen(700));
        buyer.assert_sound(&app).await;
    }
}

#[actix_web::test]
async fn a_payment_and_its_refund_that_only_the_provider_has_are_learnt_in_one_go() {
    let app = at_noon().await;
    app.control("fault", json!({ "do": "notify_drop", "times": 100 }))
        .await;
    let buyer = Buyer::who_paid(&app, "wechat_pay").await;
    let number = buyer.attempts(&app).await[0].out_trade_no.clone();
    let console = json!({ "out_trade_no": number, "refund_fen": 700 });
    app.control("refund_from_console", console).await;
    let day = next_day(&app).await;
    let report = report(&app, day, "wechat_pay").await;
    let expected = [
        ("provider_only_payment", true),
        ("provider_only_refund", true),
    ];
    assert_eq!(kinds(&report), expected);
    assert_eq!(buyer.row(&app).await.refunded, Fen(700));
    buyer.assert_sound(&app).await;
}

#[actix_web::test]
async fn days_without_a_server_are_compared_when_one_runs_again() {
    let app = at_noon().await;
    Buyer::who_paid(&app, "wechat_pay").await;
    let day = day_in_china(app.context.now());
    // A row of an account that is configured no more is not in the way.
    let gone = Run {
        merchant_account: "gone".to_owned(),
        ..planned(&app, day - TimeDelta::days(20))
    };
    let tx = app.context.store.begin().await.unwrap();
    store::reconciliation::plan(&tx, &gone).await.unwrap();
    store::commit(tx, domain::audit::AuditExemption::SampleData)
        .await
        .unwrap();
    app.work().await;
    app.advance(4 * 24 * HOUR_S).await;
    app.work().await;
    let run = run_of(&app, day).await;
    assert_eq!((run.state.as_str(), run.paid.count), ("done", 1));
    for later in 1..4 {
        let run = run_of(&app, day + TimeDelta::days(later)).await;
        assert_eq!(run.state, RunState::Done);
    }
    let on = app.context.store.reader();
    let account = wechat_account("gone");
    let gone = store::reconciliation::of_day(on, account, gone.day).await;
    assert!(gone.unwrap().unwrap().next_try_at.unwrap() > app.context.now());
}

/// A run that waits for its turn, as it is planned.
fn planned(app: &TestApp, day: NaiveDate) -> Run {
    let (id, now) = (
        app.context.new_id(domain::ReconciliationId::new),
        app.context.now(),
    );
    let planned = PlannedDay {
        provider: Provider::WechatPay,
        merchant_account: "main".to_owned(),
        day,
    };
    Run::waiting(id, planned, now, now)
}

#[actix_web::test]
async fn a_day_without_a_bill_is_not_over_before_bills_are_made() {
    let app = at_noon().await;
    let day = day_in_china(app.context.now());
    app.advance(20 * HOUR_S).await;
    let fault = json!({ "do": "bill_missing", "match": { "provider": "wechat" } });
    app.control("fault", fault).await;
    assert_eq!(report(&app, day, "wechat_pay").await.bill, BillState::Empty);
    let run = run_of(&app, day).await;
    assert_eq!(run.state, RunState::Waiting);
    app.advance(3 * HOUR_S).await;
    app.work().await;
    assert_eq!(run_of(&app, day).await.state, RunState::Done);
}

#[actix_web::test]
async fn movements_that_cannot_be_had_are_waited_for_and_then_missed() {
    let app = at_noon().await;
    Buyer::who_paid(&app, "wechat_pay").await;
    let day = next_day(&app).await;
    let fault = json!({
        "do": "bill_missing", "times": 2, "match": { "operation": "fund_flow_bill" },
    });
    app.control("fault", fault).await;
    let first = report(&app, day, "wechat_pay").await;
    assert!(first.flow.is_none() && first.flow_missing.is_some());
    assert_eq!(run_of(&app, day).await.state, RunState::Waiting);
    app.advance(24 * HOUR_S).await;
    report(&app, day, "wechat_pay").await;
    assert_eq!(run_of(&app, day).await.state, RunState::Done);
    let cases = service::money_case::list(&app.context).await.unwrap();
    assert_eq!(cases[0].kind.as_str(), "flow_missing");
    let third = report(&app, day, "wechat_pay").await;
    assert!(third.flow.unwrap().agrees());
    let cases = service::money_case::list(&app.context).await.unwrap();
    assert!(cases.is_empty(), "{cases:?}");
}

#[actix_web::test]
async fn a_bill_that_contradicts_itself_is_not_used() {
    for provider in ["wechat_pay", "alipay"] {
        let app = at_noon().await;
        Buyer::who_paid(&app, provider).await;
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
    Buyer::who_paid(&app, "wechat_pay").await;
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
    let buyer = Buyer::who_paid(&app, "wechat_pay").await;
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
        let buyer = Buyer::who_paid(&app, provider).await;
        let number = buyer.attempts(&app).await[0].out_trade_no.clone();
        let console = json!({ "out_trade_no": number, "refund_fen": 700 });
        app.control("refund_from_console", console).await;
        app.advance(120).await;
        let day = next_day(&app).await;
        report(&app, day, provider).await;
        app.work().await;
        let refund = buyer.refunds(&app).await.remove(0);
        assert_eq!(
            (refund.requested_by, refund.amount, refund.state),
            (RefundRequester::Console, Fen(700), RefundState::Succeeded),
            "{provider}"
        );
        let order = buyer.row(&app).await;
        assert_eq!(
            (order.state.as_str(), order.refunded.0),
            ("partially_refunded", 700)
        );
        buyer.assert_sound(&app).await;
    }
}

#[actix_web::test]
async fn yesterday_is_compared_by_itself_and_once() {
    let app = at_noon().await;
    Buyer::who_paid(&app, "wechat_pay").await;
    let day = next_day(&app).await;
    app.work().await;
    let on = app.context.store.reader();
    let merchants = app.context.merchants.configured().iter();
    for merchant in merchants.filter(|one| one.provider().as_str() == "wechat_pay") {
        let run = store::reconciliation::of_day(on, merchant.key(), day)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (run.state.as_str(), run.tries, run.paid.count),
            ("done", 1, 1)
        );
        let rows = store::reconciliation::rows(on, &run).await.unwrap();
        assert_eq!((rows.len(), rows[0].difference), (1, None));
    }
}
