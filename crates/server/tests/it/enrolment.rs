//! Verification against the roster.

use futures_util::future::join;
use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::{Browser, Reply};
use crate::journey::{QIAN, Who, ZHANG, ZHAO};

const PATH: &str = "/api/v1/enrolments";

/// The claim with one field changed.
pub(crate) fn with(claim: &Value, field: &str, value: &str) -> Value {
    let mut claim = claim.clone();
    claim[field] = value.into();
    claim
}

/// A problem without what differs between any two requests.
fn told(reply: &Reply) -> Value {
    let mut problem = reply.json();
    problem["request_id"].take();
    problem
}

/// Tries numbers that nobody has.
async fn fail(browser: &Browser, claim: &Value, numbers: std::ops::Range<u32>) -> Vec<u16> {
    let mut statuses = Vec::new();
    for number in numbers {
        let claim = with(claim, "document_type", "passport");
        let claim = with(&claim, "document_number", &format!("P{number:07}"));
        statuses.push(browser.verify(&claim).await.status);
    }
    statuses
}

#[actix_web::test]
pub(crate) async fn a_listed_student_is_verified_once_and_for_all() {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138000").await;
    let claim = student.claim(ZHANG).await;
    let first = student.verify(&claim).await;
    assert_eq!(first.status, 201, "{first:?}");
    let seen = first.json();
    for (field, expected) in [
        ("name", json!("**明")),
        ("document_number", json!("110***********9018")),
        ("level", json!("msc")),
        ("student_no", json!("********01")),
        ("college", Value::Null),
        ("major", Value::Null),
        ("photo", Value::Null),
        ("order", Value::Null),
        ("photos_left", json!(3)),
        ("next_step", json!("photo")),
    ] {
        assert_eq!(seen[field], expected, "{field}");
    }
    assert!(
        !String::from_utf8(first.bytes.clone())
            .unwrap()
            .contains(ZHANG.document_number)
    );

    let again = student
        .verify(&with(&claim, "document_number", "11010520010101 9018"))
        .await;
    assert_eq!((again.status, again.json()), (201, seen.clone()));
    let list = student.get("/api/v1/me/enrolments").await.json();
    assert_eq!(list["items"], json!([seen]));
    let path = format!("{PATH}/{}", seen["id"].as_str().unwrap());
    assert_eq!(student.get(&path).await.json(), seen);
}

#[actix_web::test]
async fn an_enrolment_is_its_owners_alone() {
    let app = TestApp::with_sample().await;
    let id = app.student("13800138000").await.enrol(ZHANG).await;
    let path = format!("{PATH}/{id}");
    let other = app.student("13900139000").await;
    let unknown = (404, "enrolment.unknown".to_owned());
    assert_eq!(other.get(&path).await.problem(), unknown);
    assert_eq!(other.get(&format!("{PATH}/x")).await.problem(), unknown);
    assert_eq!(
        other.get("/api/v1/me/enrolments").await.json(),
        json!({ "items": [], "next": null })
    );
    let anybody = app.browser();
    for path in [path.as_str(), "/api/v1/me/enrolments"] {
        assert_eq!(anybody.get(path).await.problem().0, 401);
    }
    let claim = other.claim(ZHANG).await;
    assert_eq!(anybody.verify(&claim).await.problem().0, 401);
    let foreign = other
        .request(Method::POST, PATH)
        .header("Origin", "https://evil.example");
    let answers = other.send(foreign.json(&claim)).await;
    assert!(matches!(answers.status, 403 | 404), "{answers:?}");
}

#[actix_web::test]
async fn every_kind_of_document_is_found_in_every_way_to_write_it() {
    let app = TestApp::with_sample().await;
    for (phone, number, kind, typed, level, school, name) in [
        (
            "13800138001",
            1,
            "hkmo_permit",
            "h9999000200",
            "msc",
            "北京大学医学部",
            "何示例",
        ),
        (
            "13800138002",
            2,
            "tw_permit",
            "9999000301(D)",
            "phd",
            "北京大学医学部",
            "林示例",
        ),
        (
            "13800138003",
            3,
            "other",
            "E99990001",
            "msc",
            "北京大学医学部",
            "ANNA EXAMPLE",
        ),
        (
            "13800138004",
            4,
            "other",
            "k999903（4）",
            "ba",
            "示例大学",
            "卢示例",
        ),
        (
            "13800138005",
            5,
            "passport",
            "K999903",
            "ba",
            "示例大学",
            "卢示例",
        ),
        (
            "13800138006",
            6,
            "cn_id",
            "33010220040704906x",
            "ba",
            "北京大学医学部",
            "周可可",
        ),
        (
            "13800138007",
            7,
            "cn_id",
            "653101200108089046",
            "msc",
            "北京大学医学部",
            "古丽米热•艾比布力",
        ),
    ] {
        let student = app.student(phone).await;
        let who = Who {
            school,
            level,
            name,
            ..ZHANG
        };
        let mut claim = student.claim(who).await;
        claim["document_type"] = kind.into();
        claim["document_number"] = typed.into();
        let status = student.verify(&claim).await.status;
        // The fifth is the fourth's entry, found by the number without its bracket.
        assert_eq!(status, if number == 5 { 404 } else { 201 }, "{typed}");
    }
}

#[actix_web::test]
pub(crate) async fn what_the_number_itself_shows_is_told_exactly() {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138000").await;
    let claim = student.claim(ZHANG).await;
    for (field, value, code, pointer) in [
        (
            "document_number",
            "11010520010101901",
            "id_document.length",
            "/document_number",
        ),
        (
            "document_number",
            "",
            "id_document.length",
            "/document_number",
        ),
        (
            "document_number",
            "110105010101901",
            "id_document.first_generation",
            "/document_number",
        ),
        (
            "document_number",
            "1101052001O1019018",
            "id_document.character",
            "/document_number",
        ),
        (
            "document_number",
            "110105200102309018",
            "id_document.date",
            "/document_number",
        ),
        (
            "document_number",
            "110105200101019019",
            "id_document.check_character",
            "/document_number",
        ),
        (
            "document_type",
            "library_card",
            "id_document.kind",
            "/document_type",
        ),
        ("level", "", "enrolment.level_required", "/level"),
        ("level", "研究生", "enrolment.level_required", "/level"),
    ] {
        let reply = student.verify(&with(&claim, field, value)).await;
        assert_eq!(reply.problem(), (422, code.to_owned()), "{field} {value}");
        assert_eq!(reply.json()["errors"][0]["pointer"], pointer);
        assert!(!reply.text("detail").contains('{'));
    }
    let passport = with(
        &with(&claim, "document_type", "passport"),
        "document_number",
        "E1",
    );
    assert_eq!(
        student.verify(&passport).await.problem().1,
        "id_document.format"
    );
    let both = with(&with(&claim, "level", ""), "document_number", "1");
    let reply = student.verify(&both).await;
    assert_eq!(reply.problem().1, "request.fields_invalid");
    assert_eq!(reply.json()["errors"].as_array().unwrap().len(), 2);
    // None of these was a try.
    assert_eq!(student.verify(&claim).await.status, 201);
}

#[actix_web::test]
async fn whatever_the_roster_does_not_bear_out_gets_one_answer() {
    let app = TestApp::with_sample().await;
    app.student("13800138000").await.enrol(ZHANG).await;
    let other = app.student("13900139000").await;
    let claim = other.claim(ZHANG).await;
    let unknown = other
        .verify(&with(&claim, "document_number", "11010519491231002X"))
        .await;
    let bound = other.verify(&claim).await;
    let level = other.verify(&with(&claim, "level", "phd")).await;
    assert_eq!(unknown.problem(), (404, "enrolment.not_found".to_owned()));
    assert_eq!(told(&unknown), told(&bound));
    assert_eq!(told(&unknown), told(&level));
    assert!(unknown.text("detail").contains("请一周后再试"));
    let asked = other.claim(QIAN).await;
    let name = other.verify(&with(&asked, "name", "钱少少")).await;
    let student_no = other.verify(&with(&asked, "student_no", "1")).await;
    assert_eq!(told(&unknown), told(&name));
    assert_eq!(told(&unknown), told(&student_no));
}

#[actix_web::test]
pub(crate) async fn a_task_may_ask_for_name_and_student_number() {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138000").await;
    let claim = student.claim(QIAN).await;
    for (field, code) in [
        ("name", "enrolment.name_required"),
        ("student_no", "enrolment.student_no_required"),
    ] {
        for value in [Value::Null, json!(" ")] {
            let mut claim = claim.clone();
            claim[field] = value;
            let reply = student.verify(&claim).await;
            assert_eq!(reply.problem(), (422, code.to_owned()));
        }
    }
    assert_eq!(
        student
            .verify(&with(&claim, "name", "钱 多多"))
            .await
            .status,
        201
    );
    // Where it is not asked for, it is not compared.
    let mut claim = student.claim(ZHANG).await;
    claim["name"] = Value::Null;
    assert_eq!(student.verify(&claim).await.status, 201);
}

#[actix_web::test]
pub(crate) async fn five_failures_a_day_and_ten_numbers_ever_are_enough() {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138000").await;
    let claim = student.claim(ZHAO).await;
    assert_eq!(fail(&student, &claim, 1..6).await, [404; 5]);
    let refused = student.verify(&claim).await;
    assert_eq!(
        refused.problem(),
        (429, "enrolment.too_many_tries".to_owned())
    );
    let wait: i64 = refused.header("retry-after").parse().unwrap();
    assert!((86_000..=86_400).contains(&wait), "{wait}");
    app.advance(wait).await;

    let student = app.student("13800138000").await;
    assert_eq!(fail(&student, &claim, 6..11).await, [404; 5]);
    app.advance(86_401).await;
    let student = app.student("13800138000").await;
    assert_eq!(
        student.verify(&claim).await.problem().0,
        429,
        "an eleventh number"
    );
    assert_eq!(
        fail(&student, &claim, 10..11).await,
        [404],
        "one of the ten"
    );
}

#[actix_web::test]
async fn tries_at_once_pass_no_limit() {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138000").await;
    let claim = student.claim(ZHANG).await;
    assert_eq!(fail(&student, &claim, 1..5).await, [404; 4]);
    let (one, two) = join(fail(&student, &claim, 5..6), fail(&student, &claim, 6..7)).await;
    let mut statuses = [one[0], two[0]];
    statuses.sort_unstable();
    assert_eq!(statuses, [404, 429]);
}

#[actix_web::test]
async fn a_number_is_tried_three_times_an_hour_by_whomever() {
    let app = TestApp::with_sample().await;
    for phone in ["13800138001", "13800138002", "13800138003"] {
        let guesser = app.student(phone).await;
        let claim = with(&guesser.claim(QIAN).await, "name", "某某");
        assert_eq!(guesser.verify(&claim).await.status, 404);
    }
    let student = app.student("13800138000").await;
    let claim = student.claim(QIAN).await;
    assert_eq!(
        student.verify(&claim).await.problem().1,
        "enrolment.too_many_tries"
    );
    app.advance(3601).await;
    let student = app.student("13800138000").await;
    assert_eq!(student.verify(&claim).await.status, 201);
    // Who holds the entry sees it, whatever others try.
    assert_eq!(student.verify(&claim).await.status, 201);
}

#[actix_web::test]
async fn of_two_accounts_that_claim_an_entry_at_once_one_gets_it() {
    let app = TestApp::with_sample().await;
    let (one, two) = (
        app.student("13800138000").await,
        app.student("13900139000").await,
    );
    let claim = one.claim(ZHANG).await;
    let (one, two) = join(one.verify(&claim), two.verify(&claim)).await;
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 404], "{one:?} {two:?}");
}

#[actix_web::test]
pub(crate) async fn new_enrolments_need_an_open_task_and_old_ones_do_not() {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138000").await;
    let upcoming = student
        .claim(Who {
            school: "示例理工大学",
            document_number: "210203200401219093",
            level: "ba",
            ..ZHANG
        })
        .await;
    let reply = student.verify(&upcoming).await;
    assert_eq!(reply.problem(), (409, "task.not_yet_open".to_owned()));
    assert!(reply.text("detail").contains("将于 20"), "{reply:?}");
    let ended = student
        .claim(Who {
            school: "示例医学院",
            document_number: "420106200311309119",
            level: "ba",
            ..ZHANG
        })
        .await;
    let reply = student.verify(&ended).await;
    assert_eq!(reply.problem(), (409, "task.closed".to_owned()));
    assert!(reply.text("detail").contains("010-00000000"));

    let claim = student.claim(ZHANG).await;
    let id = student.verify(&claim).await.text("id");
    app.advance(61 * 86_400).await;
    let student = app.student("13800138000").await;
    assert_eq!(student.verify(&claim).await.text("id"), id);
    let unknown = with(&claim, "document_number", "11010519491231002X");
    assert_eq!(student.verify(&unknown).await.problem().1, "task.closed");
    assert_eq!(student.verify(&upcoming).await.problem().1, "task.closed");
}

#[actix_web::test]
async fn a_body_that_cannot_be_read_is_a_problem_too() {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138000").await;
    let send = async |body: String, media_type: &str| {
        let request = student
            .request(Method::POST, PATH)
            .header(CONTENT_TYPE, media_type);
        student.send(request.body(body)).await.problem()
    };
    let json = "application/json";
    assert_eq!(send("{".to_owned(), json).await.0, 400);
    assert_eq!(send("{}".to_owned(), json).await.0, 422);
    assert_eq!(send("a=b".to_owned(), "text/plain").await.0, 415);
    assert_eq!(
        send(format!("\"{}\"", "x".repeat(100_000)), json).await.0,
        413
    );
    let claim = with(
        &student.claim(ZHANG).await,
        "task_id",
        "task_00000000000000000000000001",
    );
    assert_eq!(
        student.verify(&claim).await.problem(),
        (404, "school.not_open".to_owned())
    );
}

#[actix_web::test]
async fn a_student_sees_who_touched_their_data() {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138000").await;
    let claim = student.claim(ZHANG).await;
    student.verify(&with(&claim, "level", "phd")).await;
    student.verify(&claim).await;
    let log = student.get("/api/v1/me/access-log").await.json();
    let actions: Vec<_> = log["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["action"].as_str().unwrap())
        .collect();
    for action in ["enrolment.created", "enrolment.refused"] {
        assert_eq!(
            actions.iter().filter(|seen| **seen == action).count(),
            1,
            "{actions:?}"
        );
    }
}
