//! Files of results: what the school or the Ministry's platform refuses goes back to its student, who resubmits for nothing.

use reqwest::Method;
use serde_json::{Value, json};

use crate::browser::Reply;
use crate::delivering::Delivering;
use crate::journey::{ZHAO, portrait, upload_id};

/// Sends a file; with a number of refusals it is applied.
async fn send(case: &Delivering, source: &str, refusals: Option<u64>, file: Vec<u8>) -> Reply {
    let count = refusals.map_or_else(String::new, |count| format!("&refusals={count}"));
    let path = format!(
        "/api/v1/tasks/{}/photo-results?source={source}{count}",
        case.task
    );
    let request = case.officer.request(Method::POST, &path).body(file);
    case.officer.send(request).await
}

fn verdicts(report: &Value) -> Vec<(u64, String)> {
    let rows = report["rows"].as_array().unwrap().iter();
    let verdict = |row: &Value| {
        let word = row["verdict"].as_str().unwrap();
        (row["row_number"].as_u64().unwrap(), word.to_owned())
    };
    rows.map(verdict).collect()
}

#[actix_web::test]
pub(crate) async fn what_the_school_and_the_platform_refuse_comes_from_a_file() {
    let case = Delivering::new().await;
    let (student, photo) = case.accepted("13800138302", ZHAO, 1).await;
    let photo = format!("/api/v1/photos/{photo}");

    // A file of the platform, in GB18030 and under a title, about a student here, one of nowhere, twice, and without number.
    let file = "图像检测结果,,\n证件号码,姓名,检测结果\n510104200409099075,赵一帆,不合格：背景有阴影\n\
        110105199906159020,无此人,不合格\n510104200409099075,赵一帆,合格\n,无号码,不合格\n";
    let (file, _, _) = encoding_rs::GB18030.encode(file);
    let looked = send(&case, "chsi_quality", None, file.to_vec()).await;
    assert_eq!(looked.status, 200, "{looked:?}");
    let report = looked.json();
    assert_eq!(
        (&report["is_applied"], &report["refusals"]),
        (&json!(false), &json!(1))
    );
    let expected = [
        (3, "refused"),
        (4, "unknown_key"),
        (5, "duplicate"),
        (6, "no_key"),
    ];
    let expected = expected.map(|(row, word)| (row, word.to_owned()));
    assert_eq!(verdicts(&report), expected, "{report}");
    let comparison = &report["comparison"];
    assert_eq!(
        (&comparison["everywhere"], &comparison["not_listed"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(student.get(&photo).await.json()["state"], "approved");

    // What is applied is what was seen.
    let other = send(&case, "chsi_quality", Some(2), file.to_vec()).await;
    assert_eq!(other.problem(), (409, "request.version_conflict".into()));
    let applied = send(&case, "chsi_quality", Some(1), file.to_vec()).await;
    assert_eq!(applied.json()["is_applied"], true, "{applied:?}");
    let refused = student.get(&photo).await.json();
    assert_eq!(refused["state"], "refused", "{refused}");
    assert_eq!(refused["review"]["reasons"], json!(["bg_shadow"]));
    assert_eq!(refused["review"]["note"], json!(null), "the reason says it");
    let again = send(&case, "chsi_quality", Some(0), file.to_vec()).await;
    assert_eq!(verdicts(&again.json())[0], (3, "no_photo".to_owned()));

    // The student sends another photo without paying; the platform's comparison refuses that too.
    let enrolments = student.get("/api/v1/me/enrolments").await.json();
    let enrolment = enrolments["items"][0]["id"].as_str().unwrap();
    let second = student
        .submit(enrolment, &upload_id(2), portrait(480, 640, 2))
        .await;
    assert_eq!(second.text("state"), "pending_review", "{second:?}");
    case.approve(&second.text("id")).await;
    let face = "学号,比对结果\n2210401001,不是同一人\n".as_bytes().to_vec();
    let looked = send(&case, "chsi_face", Some(1), face).await.json();
    assert_eq!(
        looked["rows"][0]["reasons"],
        json!(["not_self"]),
        "{looked}"
    );
    let orders = student.get("/api/v1/me/orders").await.json();
    assert_eq!(orders["items"].as_array().unwrap().len(), 1, "{orders}");

    // What cannot be read says how it should be.
    for (source, file, code) in [
        ("school", "", "photo_result.file_unreadable"),
        (
            "school",
            "学号,姓名\n1,甲\n",
            "photo_result.columns_missing",
        ),
        (
            "school",
            "姓名,原因\n甲,模糊\n",
            "photo_result.columns_missing",
        ),
    ] {
        let refused = send(&case, source, None, file.into()).await;
        assert_eq!(refused.problem(), (422, code.to_owned()), "{refused:?}");
    }
    let unknown = send(&case, "nobody", None, Vec::new()).await;
    let errors = &unknown.json()["errors"];
    assert_eq!(errors[0]["code"], "photo_result.source_unknown");
    let large = send(&case, "school", None, vec![b'a'; 20_000_001]).await;
    assert_eq!(large.problem(), (413, "request.file_too_large".into()));
    let rows = (0..1001).map(|number| format!("{number},模糊\n"));
    let many = format!("学号,原因\n{}", rows.collect::<String>());
    let many = send(&case, "school", None, many.into()).await;
    assert_eq!(
        many.problem(),
        (422, "photo_result.too_many_refusals".into())
    );
}
