//! Questions to the school about its roster.

use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::Browser;
use crate::journey::{ZHANG, task_name};

const PATH: &str = "/api/v1/roster-tickets";
const MINE: &str = "/api/v1/me/roster-tickets";

async fn question(student: &Browser, number: &str) -> Value {
    json!({
        "task_id": student.task(ZHANG.school).await["id"],
        "document_type": "passport",
        "document_number": number,
        "level": "msc",
        "name": "Anna Example",
        "note": "换了护照",
    })
}

#[actix_web::test]
pub(crate) async fn a_question_is_asked_once() {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138000").await;
    let asked = question(&student, "E12345678").await;
    let ticket = student.post(PATH, asked.clone()).await;
    assert_eq!(ticket.status, 201, "{ticket:?}");
    let ticket = ticket.json();
    assert_eq!(ticket["document_number"], "E1*****78");
    assert_eq!(ticket["state"], "open");
    assert_eq!(ticket["task_name"], task_name(&app));
    let mut again = asked;
    again["document_number"] = "e 1234-5678".into();
    again["note"] = "又问一次".into();
    assert_eq!(student.post(PATH, again).await.json(), ticket);
    assert_eq!(
        student.get(MINE).await.json(),
        json!({ "items": [ticket], "next": null })
    );
    let other = app.student("13900139000").await;
    assert_eq!(
        other.get(MINE).await.json(),
        json!({ "items": [], "next": null })
    );
}

#[actix_web::test]
pub(crate) async fn five_questions_may_wait_for_an_answer() {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138000").await;
    for number in 1..=5 {
        let asked = question(&student, &format!("E1234567{number}")).await;
        assert_eq!(student.post(PATH, asked).await.status, 201);
    }
    let sixth = student
        .post(PATH, question(&student, "E12345676").await)
        .await;
    assert_eq!(sixth.problem(), (429, "request.too_many".to_owned()));
    assert_eq!(sixth.header("retry-after"), "86400");
    let known = student
        .post(PATH, question(&student, "E12345671").await)
        .await;
    assert_eq!(known.status, 201);
    let newest = student.get(MINE).await.json();
    assert_eq!(newest["items"][0]["document_number"], "E1*****75");

    let second = format!("{MINE}?limit=2");
    let pages = student.pages(&second).await;
    let sizes: Vec<_> = pages.iter().map(Vec::len).collect();
    assert_eq!(sizes, [2, 2, 1]);
    let walked: Vec<_> = pages.into_iter().flatten().collect();
    assert_eq!(newest["items"], Value::from(walked), "each question once");
    let next = student.get(&second).await.text("next");
    let (head, last) = next.split_at(next.len() - 1);
    let changed = format!("{head}{}", if last == "A" { "B" } else { "A" });
    for path in [
        format!("{second}&after={changed}"),
        format!("{second}&after=%00"),
        format!("/api/v1/me/orders?after={next}"),
    ] {
        let refused = student.get(&path).await;
        let expected = (422, "request.page_start".to_owned());
        assert_eq!(refused.problem(), expected, "{path}");
        assert_eq!(refused.json()["errors"][0]["pointer"], "/after", "{path}");
    }
}

#[actix_web::test]
pub(crate) async fn a_question_that_cannot_be_asked_is_told_why() {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138000").await;
    let asked = question(&student, "E12345678").await;
    for (field, value, status, code) in [
        ("document_number", "E".to_owned(), 422, "id_document.format"),
        ("document_type", String::new(), 422, "id_document.kind"),
        ("level", "x".to_owned(), 422, "enrolment.level_required"),
        ("name", " ".to_owned(), 422, "enrolment.name_required"),
        ("note", "问".repeat(501), 422, "roster_ticket.note_length"),
        ("task_id", "x".to_owned(), 404, "school.not_open"),
    ] {
        let mut asked = asked.clone();
        asked[field] = value.into();
        assert_eq!(
            student.post(PATH, asked).await.problem(),
            (status, code.to_owned())
        );
    }
    let mut long = asked.clone();
    long["note"] = "\0问".repeat(500).into();
    assert_eq!(student.post(PATH, long).await.status, 201);
    let anybody = app.browser();
    assert_eq!(anybody.post(PATH, asked).await.problem().0, 401);
    assert_eq!(anybody.get(MINE).await.problem().0, 401);
}
