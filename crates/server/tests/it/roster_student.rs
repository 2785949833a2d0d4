//! Students who are listed without a file, and the report of an import as a file.

use reqwest::Method;
use serde_json::{Value, json};

use crate::journey::{Who, ZHANG};
use crate::officer::Officer;

const NEW: Who = Who {
    document_number: "11010519491231002X",
    name: "赵新",
    student_no: "2310301077",
    ..ZHANG
};

async fn put(officer: &Officer, body: Value) -> Value {
    let path = format!("/tasks/{}/roster-entries:bulk", officer.task);
    let reply = officer.send(Method::PUT, &path, body).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()
}

/// The verdicts of each student, and whether they were taken.
fn verdicts(outcomes: &Value) -> Vec<(Vec<&str>, bool)> {
    let of = |outcome: &'_ Value| outcome["is_taken"].as_bool().unwrap();
    let items = outcomes["items"].as_array().unwrap().iter();
    items
        .map(|outcome| {
            let findings = outcome["findings"].as_array().unwrap().iter();
            let words = findings.map(|finding| finding["verdict"].as_str().unwrap());
            (words.collect(), of(outcome))
        })
        .collect()
}

#[actix_web::test]
pub(crate) async fn students_are_listed_without_a_file_by_the_rules_of_imports() {
    let officer = Officer::new().await;
    let students = json!([
        { "name": "赵新", "document_number": "11010519491231002x", "level": "硕士", "student_no": "2310301077",
          "other_numbers": ["E12345678"] },
        { "name": "李若水", "document_number": "110105199906159020", "level": "phd", "college": "药学院" },
        { "name": "钱某", "document_number": "110105194912310021", "level": "ba" },
        { "name": "赵新", "document_number": "11010519491231002X", "level": "msc", "student_no": "2310301077" },
        { "document_number": "E7654321" },
    ]);
    let body = json!({ "students": students });
    let first = put(&officer, body.clone()).await;
    let refused = [
        (vec!["bad_id_checksum"], false),
        (vec!["duplicate_in_file"], false),
        (vec!["name_missing", "unknown_level"], false),
    ];
    let expected = [
        vec![(vec!["created"], true), (vec!["updated"], true)],
        refused.to_vec(),
    ]
    .concat();
    assert_eq!(verdicts(&first), expected, "{first}");
    assert_eq!(
        first["items"][2]["findings"][0]["column"],
        "document_number"
    );
    assert_eq!(first["items"][2]["roster_entry_id"], Value::Null);
    let again = put(&officer, body).await;
    let expected = [vec![(vec!["unchanged"], true); 2], refused.to_vec()].concat();
    assert_eq!(verdicts(&again), expected, "sent again, nothing changes");
    assert_eq!(
        again["items"][0]["roster_entry_id"],
        first["items"][0]["roster_entry_id"]
    );

    // Who was added can verify at once, by either number.
    let student = officer.app.student("13800138056").await;
    let by_passport = Who {
        document_type: "passport",
        document_number: "E12345678",
        ..NEW
    };
    assert_eq!(
        student
            .verify(&student.claim(by_passport).await)
            .await
            .status,
        201
    );
    corrections_stay(
        &officer,
        first["items"][1]["roster_entry_id"].as_str().unwrap(),
    )
    .await;
    what_cannot_be_read_is_told(&officer).await;
    the_report_is_a_file(&officer).await;
}

async fn corrections_stay(officer: &Officer, li: &str) {
    let path = format!("/roster-entries/{li}");
    let version = officer.get(&path).await.json()["version"].clone();
    let change = json!({ "version": version, "college": "公共卫生学院" });
    assert_eq!(officer.send(Method::PATCH, &path, change).await.status, 200);
    let li = json!([{ "name": "李若水", "document_number": "110105199906159020", "level": "phd", "college": "药学院" }]);
    let kept = put(officer, json!({ "students": li })).await;
    assert_eq!(verdicts(&kept), [(vec!["kept_correction"], true)]);
    let taken = put(
        officer,
        json!({ "students": li, "overwrite_corrections": true }),
    )
    .await;
    assert_eq!(verdicts(&taken), [(vec!["updated"], true)]);
    assert_eq!(officer.get(&path).await.json()["college"], "药学院");
}

async fn what_cannot_be_read_is_told(officer: &Officer) {
    let path = format!("/tasks/{}/roster-entries:bulk", officer.task);
    for students in [json!([]), vec![json!({}); 1_001].into()] {
        let body = json!({ "students": students });
        let reply = officer.send(Method::PUT, &path, body).await;
        let expected = (422, "roster_entry.batch_size".to_owned());
        assert_eq!(reply.problem(), expected);
    }
    let most = json!({ "students": vec![json!({ "name": "李".repeat(100) }); 1_000] });
    let reply = officer.send(Method::PUT, &path, most).await;
    assert_eq!(reply.status, 200, "a full list has room: {reply:?}");
    let too_large = json!({ "students": [{ "name": "x".repeat(2_100_000) }] });
    let reply = officer.send(Method::PUT, &path, too_large).await;
    assert_eq!(reply.problem(), (413, "request.too_large".to_owned()));
    let nowhere = "/tasks/task_01k9b3m0v8f7wq2d5e6h4t1xyz/roster-entries:bulk";
    let reply = officer
        .send(Method::PUT, nowhere, json!({ "students": [{}] }))
        .await;
    assert_eq!(reply.problem(), (404, "task.unknown".to_owned()));
}

async fn the_report_is_a_file(officer: &Officer) {
    let id = officer
        .checked("姓名,证件号码,CC\n钱某,4.20106E+17,硕士\n")
        .await;
    let path = format!("/roster-imports/{id}/report");
    let csv = officer.get(&format!("{path}?format=csv")).await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(
        csv.header("content-disposition"),
        "attachment; filename=\"roster-report.csv\""
    );
    let text = String::from_utf8(csv.bytes.clone()).unwrap();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines[0], "\u{feff}\"行号\",\"情况\",\"列\",\"说明\"");
    assert!(
        lines[1].starts_with("\"2\",\"证件号丢失末位数字\",\"证件号码\","),
        "{}",
        lines[1]
    );
    let xlsx = officer.get(&format!("{path}?format=xlsx")).await;
    assert!(xlsx.bytes.starts_with(b"PK"), "a workbook");
    assert_eq!(officer.get(&format!("{path}?format=ods")).await.status, 422);
    let unknown = "/roster-imports/rimp_01k9b3m0v8f7wq2d5e6h4t1xyz/report?format=csv";
    assert_eq!(
        officer.get(unknown).await.problem().1,
        "roster_import.unknown"
    );
}
