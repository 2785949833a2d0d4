//! What finance does at the command line, with the program itself: `gradphoto refund`, `case`, `reconcile`.

use domain::Fen;
use domain::role::Role;
use std::process::Output;

use serde_json::{Value, json};

use crate::app::TestApp;
use crate::buyer::Buyer;
use crate::call::school_named;
use crate::journey::{QIAN, ZHANG, ZHAO};
use crate::terminal::{command, complained, said};

const PHONE: &str = "13800138000";

/// Runs the program on the data of a running product; words first, then who does it.
fn run(app: &TestApp, words: &[&str], operator: Option<&str>) -> Output {
    let mut program = command(app, words);
    if let Some(operator) = operator {
        program.args(["--operator", operator]);
    }
    program.output().unwrap()
}

/// A product at noon in China with a paid order.
async fn with_payment() -> (TestApp, Buyer) {
    let app = TestApp::with_sample_and(|config| {
        config["refunds"] = json!({ "alone_fen": 500 });
        config["wechat_pay"]["fee_basis_points"] = 38.into();
    })
    .await;
    let (_, midnight) = domain::day_bounds(domain::day_in_china(app.context.now()));
    let noon = midnight + chrono::TimeDelta::hours(12);
    app.advance((noon - app.context.now()).num_seconds()).await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    buyer.pay(&app, "wechat_pay").await;
    (app, buyer)
}

#[actix_web::test]
async fn a_refund_goes_its_way_at_the_command_line() {
    let (app, buyer) = with_payment().await;
    let order = buyer.order_no.as_str();
    let request = [
        "refund", "request", "--order", order, "--reason", "service", "--note", "重拍",
    ];
    let nobody = run(&app, &request, None);
    assert!(complained(&nobody).contains("--operator"));
    let part = [&request[..], &["--amount-fen", "700", "--key", "2026-1"]].concat();
    let line = said(&run(&app, &part, Some("li")));
    assert_eq!(said(&run(&app, &part, Some("li"))), line, "once");
    let repeated = [&request[..], &["--amount-fen", "700"]].concat();
    let refused = complained(&run(&app, &repeated, Some("li")));
    assert!(refused.contains("--key"), "it says what to do: {refused}");
    assert!(line.contains("待复核") && line.contains("¥7.00"), "{line}");
    let number = line.split_whitespace().next().unwrap();
    let own = complained(&run(&app, &["refund", "approve", number], Some("li")));
    assert!(own.contains("refund.second_person"), "{own}");
    let waiting = said(&run(&app, &["refund", "list"], None));
    assert!(waiting.starts_with(number), "{waiting}");
    said(&run(&app, &["refund", "approve", number], Some("wang")));
    app.work().await;
    app.advance(100).await;
    app.work().await;
    let done = said(&run(&app, &["refund", "list", "--order", order], None));
    assert!(done.contains("已退款"), "{done}");
    let too_much = [&request[..], &["--amount-fen", "1301"]].concat();
    let refused = complained(&run(&app, &too_much, Some("li")));
    assert!(refused.contains("refund.amount"), "{refused}");
    let rest = said(&run(&app, &request, Some("li")));
    let number = rest.split_whitespace().next().unwrap();
    let declined = ["refund", "decline", number, "--note", "误操作"];
    said(&run(&app, &declined, Some("wang")));
    assert_eq!(buyer.row(&app).await.refunded, Fen(700));

    // As the school's systems read them.
    let staff = app.student("13800138009").await;
    app.make_staff(&staff, Role::Operator, None).await;
    let task = staff.task(ZHANG.school).await["id"].clone();
    let refunds = format!("/api/v1/tasks/{}/refunds", task.as_str().unwrap());
    let pages = staff.pages(&format!("{refunds}?limit=1")).await;
    let refunds: Vec<_> = pages.iter().flatten().collect();
    let told = |refund: &Value| (refund["state"].clone(), refund["amount_fen"].clone());
    let expected = [("rejected", 1300), ("succeeded", 700)];
    let expected = expected.map(|(state, amount)| (json!(state), json!(amount)));
    assert_eq!(
        refunds.iter().map(|one| told(one)).collect::<Vec<_>>(),
        expected
    );
    assert!(refunds.iter().all(|one| one["order_no"] == order));
}

#[actix_web::test]
async fn a_case_is_listed_with_what_to_do_and_resolved() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    let number = buyer.begun(&app, "alipay").await;
    let wrong = json!({ "do": "notify_wrong_amount", "match": { "operation": "notify" } });
    app.control("fault", wrong).await;
    app.pay(&number).await;
    let listed = said(&run(&app, &["case", "list"], None));
    assert!(
        listed.contains("金额或币种不符") && listed.contains(&buyer.order_no),
        "{listed}"
    );
    assert!(listed.contains("在订单页以“金额不符”为由退款"), "{listed}");
    let id = listed.split_whitespace().next().unwrap();
    let resolve = ["case", "resolve", id, "--note"];
    let silent = complained(&run(&app, &[&resolve[..], &[" "]].concat(), Some("li")));
    assert!(silent.contains("money_case.resolution"), "{silent}");
    said(&run(
        &app,
        &[&resolve[..], &["已与学生核对"]].concat(),
        Some("li"),
    ));
    assert_eq!(said(&run(&app, &["case", "list"], None)), "");
    assert!(!buyer.row(&app).await.needs_review);
    let again = run(&app, &[&resolve[..], &["again"]].concat(), Some("li"));
    assert!(complained(&again).contains("money_case.unknown"));
}

#[actix_web::test]
async fn a_day_is_compared_and_its_report_is_a_sheet() {
    let (app, buyer) = with_payment().await;
    let day = domain::day_in_china(app.context.now()).to_string();
    app.advance(23 * 3600).await;
    app.control(
        "fault",
        json!({ "do": "bill_extra_row", "match": { "operation": "trade_bill" } }),
    )
    .await;
    let sheet = app.folder().join("report.csv");
    let words = [
        "reconcile",
        "--date",
        &day,
        "--csv",
        sheet.to_str().unwrap(),
    ];
    let told = said(&run(&app, &words, None));
    assert!(told.contains("账单有、系统无的收款"), "{told}");
    assert!(told.contains("当日无账单、无交易"), "alipay: {told}");
    let number = buyer.attempts(&app).await[0].out_trade_no.clone();
    let fee = format!("手续费与约定不符  {number}  账单 ¥0.12  约定 ¥0.08");
    assert!(told.contains(&fee), "{told}");
    let text = std::fs::read_to_string(&sheet).unwrap();
    assert!(text.starts_with("\u{feff}\"日期\",\"商户账户\""), "{text}");
    let row = format!(
        "\"{day}\",\"wechat_pay:main\",\"手续费与约定不符\",\"手续费\",\"{number}\",\"0.12\",\"0.08\""
    );
    assert!(text.contains(&row), "{text}");
    // Read afterwards, it is the same report, with the rows of the bill.
    let shown = [&["reconcile", "show"], &words[1..]].concat();
    let shown = said(&run(&app, &shown, None));
    assert_eq!(shown, told);
    let kept = std::fs::read_to_string(&sheet).unwrap();
    assert!(text.lines().all(|line| kept.contains(line)), "{kept}");
    let row = format!(
        "\"{day}\",\"wechat_pay:main\",\"账单明细\",\"收款\",\"{number}\",\"20.00\",\"\",\"一致\""
    );
    assert!(kept.contains(&row), "{kept}");
    let again = said(&run(&app, &["reconcile", "--date", &day], None));
    assert!(
        again.contains("差异 0 笔") && again.contains("账本 ¥19.88  一致"),
        "{again}"
    );
}

#[actix_web::test]
async fn a_school_is_told_what_it_owes_for_a_month() {
    let app = TestApp::with_sample().await;
    let free = Buyer::with_order(&app, PHONE, ZHAO).await;
    let charged = Buyer::with_order(&app, "13800138001", QIAN).await;
    let month = domain::day_in_china(app.context.now())
        .format("%Y-%m")
        .to_string();
    let sheet = app.folder().join("statement.csv");
    let words = ["statement", "--school", "99901", "--month", &month];
    let told = said(&run(&app, &words, None));
    let of_free = format!(
        "{month}  99901 示例大学  应付 ¥0.00：由学校支付 0 笔 ¥0.00，作废 0 笔 ¥0.00，免费 1 笔"
    );
    let of_charged = format!(
        "{month}  99901 示例大学（南校区）  应付 ¥15.00：由学校支付 1 笔 ¥15.00，作废 0 笔 ¥0.00，免费 0 笔"
    );
    assert_eq!(told, format!("{of_free}\n{of_charged}\n"));

    let order = charged.order_no.as_str();
    let void = |order| {
        let words = [
            "refund", "request", "--order", order, "--reason", "other", "--note", "退学",
        ];
        said(&run(&app, &words, Some("li")))
    };
    void(order);
    let with_sheet = [&words[..], &["--csv", sheet.to_str().unwrap()]].concat();
    let told = said(&run(&app, &with_sheet, None));
    assert!(
        told.contains("应付 ¥0.00：由学校支付 1 笔 ¥15.00，作废 1 笔 -¥15.00"),
        "{told}"
    );
    let text = std::fs::read_to_string(&sheet).unwrap();
    for row in [
        format!("\"{}\",\"免费\",\"0.00\"", free.order_no),
        format!("\"{order}\",\"由学校支付\",\"15.00\""),
        format!("\"{order}\",\"作废\",\"-15.00\""),
    ] {
        assert_eq!(text.matches(&row).count(), 1, "{row} in {text}");
    }
    let staff = app.student("13800138009").await;
    app.make_staff(&staff, Role::Operator, None).await;
    let school = school_named(&staff, "示例大学（南校区）").await;
    let path = format!("/api/v1/schools/{school}/statement?month={month}");
    let owed = staff.get(&path).await.json();
    assert_eq!(owed["voided"], json!({ "orders": 1, "amount_fen": -1500 }));
    assert_eq!(
        (&owed["due_fen"], &owed["month"]),
        (&json!(0), &json!(month))
    );
    void(&free.order_no);
    let told = said(&run(&app, &words, None));
    assert_eq!(told.matches("免费 0 笔").count(), 2, "{told}");
    let before = said(&run(&app, &words[..3], None));
    assert!(before.contains("由学校支付 0 笔"), "last month: {before}");
    let unknown = run(&app, &["statement", "--school", "nowhere"], None);
    assert!(complained(&unknown).contains("没有这所学校"));
}
