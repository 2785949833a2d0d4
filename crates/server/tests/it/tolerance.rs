//! What people type and paste is read as they mean it; what cannot be read is told, field by field.

use domain::limit::FAILURES_BEFORE_CAPTCHA;
use domain::login::CODE_TRIES;
use domain::{Lang, ProblemCode};
use reqwest::Method;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::{Browser, Reply};
use crate::buyer;
use crate::call::Owner;
use crate::document::operations;
use crate::enrolment::with;
use crate::journey::{Who, ZHANG};
use crate::me;

const PHONE: &str = "13800138000";
const SESSIONS: &str = "/api/v1/auth/sessions";

#[actix_web::test]
async fn a_code_is_read_however_it_is_pasted() {
    let app = TestApp::start().await;
    let wraps: [fn(&str) -> String; 5] = [
        |code: &str| format!("您在2026年的验证码是{code}"),
        |code: &str| {
            format!("【毕业图像采集】您正在登录，验证码{code}，5分钟内有效。\r\n请勿告诉他人。")
        },
        |code: &str| format!("\u{feff}{} {}\u{200b}", &code[..3], &code[3..]),
        |code: &str| format!("\u{2068}{}-{}\u{2069}", &code[..3], &code[3..]),
        |code: &str| {
            let digits = code.bytes().map(|digit| u32::from(digit - b'0'));
            digits
                .filter_map(|digit| char::from_u32(0xFF10 + digit))
                .collect()
        },
    ];
    for (number, wrap) in wraps.into_iter().enumerate() {
        let browser = app.browser();
        let phone = format!("1380013800{number}");
        let challenge = browser.ask_for_code(&phone).await.text("challenge_id");
        let pasted = wrap(&app.code_for(&phone).await);
        let reply = browser.log_in(challenge, &pasted).await;
        assert_eq!(reply.status, 201, "{pasted:?} {reply:?}");
    }
}

#[actix_web::test]
pub(crate) async fn what_cannot_be_a_code_is_told_and_costs_no_try() {
    let app = TestApp::start().await;
    let browser = app.browser();
    let challenge = browser.ask_for_code(PHONE).await.text("challenge_id");
    let unreadable = [
        "",
        "39862",
        "3986251",
        "398625 123456",
        "还没有收到",
        "13800138000",
    ];
    // More often than a code may be tried, and than wrong codes are tried without a captcha.
    let enough = FAILURES_BEFORE_CAPTCHA.max(CODE_TRIES);
    assert!(unreadable.len() * 2 > usize::try_from(enough).unwrap());
    for typed in unreadable.iter().chain(&unreadable) {
        let reply = browser.log_in(challenge.clone(), typed).await;
        assert_eq!(
            reply.problem(),
            (422, "login.code_unreadable".to_owned()),
            "{typed}"
        );
        assert_eq!(reply.json()["errors"][0]["pointer"], "/code");
    }
    let reply = browser.log_in(challenge, &app.code_for(PHONE).await).await;
    assert_eq!(reply.status, 201, "{reply:?}");
}

#[actix_web::test]
async fn neither_code_of_a_change_of_phone_is_tried_while_one_cannot_be_read() {
    let app = TestApp::start().await;
    let browser = app.student(me::OLD).await;
    app.advance(61).await;
    let (id, old, new) = me::begun(&app, &browser).await;
    for _ in 0..=CODE_TRIES {
        let reply = me::confirm(&browser, &id, "000000", "12345").await;
        assert_eq!(reply.problem(), (422, "login.code_unreadable".to_owned()));
        assert_eq!(reply.json()["errors"][0]["pointer"], "/new_code");
    }
    let both = me::confirm(&browser, &id, "", "").await;
    assert_eq!(both.problem(), (422, "request.fields_invalid".to_owned()));
    assert_eq!(both.json()["errors"].as_array().unwrap().len(), 2);
    let done = me::confirm(&browser, &id, &format!("验证码 {old}"), &new).await;
    assert_eq!(done.status, 204, "{done:?}");
}

#[actix_web::test]
async fn a_phone_is_one_account_however_it_is_written() {
    let app = TestApp::start().await;
    let account = app.student(PHONE).await.get("/api/v1/me").await.text("id");
    for typed in [
        "013800138000",
        "+86 (0)138 0013 8000",
        "+86+8613800138000",
        "tel:0086-138-0013-8000",
        "\u{61c}13800138000。",
    ] {
        app.advance(3601).await;
        let browser = app.browser();
        let sent = browser
            .ask_for_code_as_a_person(typed, &app.captcha_token().await)
            .await;
        assert_eq!(sent.status, 202, "{typed:?} {sent:?}");
        let code = app.code_for(PHONE).await;
        let reply = browser.log_in(sent.text("challenge_id"), &code).await;
        assert_eq!(reply.text("account_id"), account, "{typed:?}");
    }
}

/// Verifies with a changed claim as a student whose own phone ends in these digits.
async fn verify(app: &TestApp, phone: u32, claim: Value) -> Reply {
    let student = app.student(&format!("139{phone:08}")).await;
    student.verify(&claim).await
}

async fn claim(app: &TestApp, who: Who) -> Value {
    app.student("13700137000").await.claim(who).await
}

#[actix_web::test]
async fn permits_of_residents_who_are_no_chinese_citizens_are_verified() {
    let app = TestApp::with_sample().await;
    let base = claim(&app, ZHANG).await;
    for (phone, typed, level) in [(1, "ha 999 9005", "msc"), (2, "ＭＡ9999006", "ba")] {
        let claim = with(&with(&base, "document_type", "hkmo_permit"), "level", level);
        let reply = verify(&app, phone, with(&claim, "document_number", typed)).await;
        assert_eq!(reply.status, 201, "{typed} {reply:?}");
    }
    let zhou = with(&base, "level", "ba");
    let cyrillic = with(&zhou, "document_number", "33010220040704906\u{425}");
    assert_eq!(verify(&app, 3, cyrillic).await.status, 201);
}

#[actix_web::test]
async fn a_name_is_one_however_it_is_written_and_a_wrong_one_is_told_how() {
    let app = TestApp::with_sample().await;
    app.change_task(ZHANG.school, |settings| {
        settings["extra_proofs"] = json!(["name"]);
    })
    .await;
    let base = claim(&app, ZHANG).await;
    for (phone, kind, number, level, name) in [
        (1, "cn_id", "440306200303019052", "ba", "陈\u{e863}\u{fe00}"),
        (2, "passport", "E99990001", "msc", "Example, Anna"),
        (3, "hkmo_permit", "MA9999006", "ba", "da Example José"),
        (
            4,
            "cn_id",
            "653101200108089046",
            "msc",
            "古丽米热．艾比布力",
        ),
    ] {
        let claim = with(&with(&base, "document_type", kind), "level", level);
        let claim = with(&with(&claim, "document_number", number), "name", name);
        let reply = verify(&app, phone, claim).await;
        assert_eq!(reply.status, 201, "{name} {reply:?}");
    }
    let name = verify(&app, 5, with(&base, "name", "张小明")).await;
    let number = verify(
        &app,
        6,
        with(&base, "document_number", "11010519491231002X"),
    )
    .await;
    assert_eq!(name.problem(), (404, "enrolment.not_found".to_owned()));
    for way in ["间隔号", "姓在前或在后"] {
        assert!(name.text("detail").contains(way), "{way}");
    }
    assert_eq!(name.text("detail"), number.text("detail"));
}

#[actix_web::test]
async fn what_a_provider_said_instead_of_an_answer_is_forgotten_once_it_answers() {
    let (app, buyer) = buyer::start().await;
    buyer.begun(&app, "wechat_pay").await;
    buyer::fault(&app, "http_500", "query").await;
    app.advance(10).await;
    app.work().await;
    let failed = buyer.attempts(&app).await.remove(0);
    assert!(failed.last_error.is_some(), "{failed:?}");
    app.advance(60).await;
    app.work().await;
    let answered = buyer.attempts(&app).await.remove(0);
    assert_eq!(answered.last_error, None);
}

/// A value of another type.
fn of_another_type(value: &Value) -> Value {
    if value.is_string() {
        json!(5)
    } else {
        json!("?")
    }
}

async fn tell(
    browser: &Browser,
    path: &str,
    (method, body): (&Method, &Value),
    lang: Lang,
) -> Reply {
    let request = browser
        .request(method.clone(), path)
        .header("Idempotency-Key", "field")
        .header("Accept-Language", lang.tag());
    browser.send(request.json(body)).await
}

#[actix_web::test]
async fn every_field_error_has_a_code_and_a_sentence_of_its_own_in_both_languages() {
    let app = TestApp::with_sample().await;
    let owner = Owner::new(&app).await;
    let mut told = 0;
    for operation in operations().iter().filter(|it| it.takes_json) {
        let (path, method) = (owner.path(operation), &operation.method);
        let good = owner.body(&operation.id);
        for (field, value) in good.as_object().unwrap() {
            let mut missing = good.clone();
            missing.as_object_mut().unwrap().remove(field);
            for wrong in [
                missing,
                with_value(&good, field, of_another_type(value)),
                with_value(&good, field, json!("?")),
            ] {
                let zh = tell(&owner.browser, &path, (method, &wrong), Lang::Zh).await;
                let en = tell(&owner.browser, &path, (method, &wrong), Lang::En).await;
                if zh.status == 422 && en.status == 422 {
                    told += assert_told(&zh, &en, &operation.id);
                }
            }
            let wrong = with_value(&good, field, of_another_type(value));
            let reply = tell(&owner.browser, &path, (method, &wrong), Lang::Zh).await;
            assert_eq!(
                reply.problem(),
                (422, "request.field_unreadable".to_owned()),
                "{} {field}",
                operation.id
            );
            assert_eq!(reply.json()["errors"][0]["pointer"], format!("/{field}"));
        }
    }
    assert!(told > 40, "{told} were told");
}

fn with_value(body: &Value, field: &str, value: Value) -> Value {
    let mut body = body.clone();
    body[field] = value;
    body
}

/// Asserts that two answers tell the same fields, each in its own language; gives how many.
fn assert_told(zh: &Reply, en: &Reply, operation: &str) -> usize {
    let (zh, en) = (zh.json(), en.json());
    let fields = |problem: &Value| problem["errors"].as_array().unwrap().clone();
    let (told, english) = (fields(&zh), fields(&en));
    assert_eq!(told.len(), english.len(), "{operation} {zh} {en}");
    for (one, other) in told.iter().zip(&english) {
        assert_eq!(one["code"], other["code"], "{operation}");
        assert_ne!(one["detail"], other["detail"], "{operation} {one}");
        let code = ProblemCode::parse(one["code"].as_str().unwrap());
        assert_ne!(code, Some(ProblemCode::RequestFields), "{operation} {one}");
        for detail in [&one["detail"], &other["detail"]] {
            assert!(!detail.as_str().unwrap().contains('{'), "{operation} {one}");
        }
    }
    if let [only] = told.as_slice() {
        assert_eq!(
            zh["code"], only["code"],
            "{operation}: one error is the problem's own"
        );
        assert_eq!(zh["detail"], only["detail"], "{operation}");
    }
    told.len()
}

#[actix_web::test]
async fn the_file_of_a_photo_that_does_not_exist_and_the_bounds_of_a_page_are_told() {
    let app = TestApp::with_sample().await;
    let owner = Owner::new(&app).await;
    let find = |id: &str| operations().iter().find(|it| it.id == id).unwrap();
    let image = owner.path(find("get_photo_image"));
    for (path, code, told) in [
        (
            format!("{image}?variant=huge"),
            "photo.variant_unknown",
            "framed, original, thumb",
        ),
        (
            "/api/v1/me/access-log?limit=0".to_owned(),
            "request.page_size",
            "100",
        ),
        (
            "/api/v1/me/access-log?limit=x".to_owned(),
            "request.field_unreadable",
            "limit",
        ),
        (
            "/api/v1/me/access-log?after=x".to_owned(),
            "request.page_start",
            "next",
        ),
    ] {
        let reply = owner.browser.get(&path).await;
        assert_eq!(reply.problem(), (422, code.to_owned()), "{path}");
        assert!(reply.text("detail").contains(told), "{reply:?}");
        assert_eq!(reply.json()["errors"][0]["code"], code, "{path}");
    }
    let empty = owner.browser.post(SESSIONS, json!([])).await;
    assert_eq!(empty.problem(), (400, "request.malformed".to_owned()));
}
