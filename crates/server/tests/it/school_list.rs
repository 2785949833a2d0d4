//! The Ministry's list of schools: what is missing is made, what is there stays, and every row says what becomes of it.

use domain::role::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::{Browser, Reply};
use crate::call::school_named;

/// Sends a file; with a number of schools they are made.
async fn send(staff: &Browser, schools: Option<u64>, file: Vec<u8>) -> Reply {
    let query = schools.map_or_else(String::new, |count| format!("?schools={count}"));
    let path = format!("/api/v1/staff/schools/list{query}");
    staff
        .send(staff.request(Method::POST, &path).body(file))
        .await
}

fn counts(report: &Value) -> Vec<(&str, u64)> {
    let counts = report["counts"].as_array().unwrap().iter();
    let count = |count: &'_ Value| count["rows"].as_u64().unwrap();
    counts
        .map(|one| (one["verdict"].as_str().unwrap(), count(one)))
        .collect()
}

/// The names of the schools that a text finds.
async fn found(staff: &Browser, text: &str) -> Vec<String> {
    let path = format!("/api/v1/staff/schools?text={text}");
    let list = staff.get(&path).await.json();
    let names = list["items"].as_array().unwrap().iter();
    names
        .map(|school| school["name"].as_str().unwrap().to_owned())
        .collect()
}

#[actix_web::test]
pub(crate) async fn what_the_ministrys_list_has_more_is_made_once() {
    let app = TestApp::with_sample().await;
    let operator = app.student("13800138301").await;
    app.make_staff(&operator, Role::Operator, None).await;

    // As it is published: under a title, with a row for each province, here in GB18030.
    let list = "全国高等学校名单,,,,,,\n序号,学校名称,学校标识码,主管部门,所在地,办学层次,备注\n北京市（3所）,,,,,,\n\
        1,北京大学,4111010001,教育部,北京市,本科,\n2,中国矿业大学（北京）,4111011413,教育部,北京市,本科,\n\
        3,中国矿业大学,4111011413,教育部,北京市,本科,\n4,,4111010002,教育部,北京市,本科,\n\
        5,清华大学,411101003,教育部,北京市,本科,\n6,示例大学,3615000335,教育部,江西省,专科,\n";
    let (file, _, _) = encoding_rs::GB18030.encode(list);
    let looked = send(&operator, None, file.to_vec()).await;
    assert_eq!(looked.status, 200, "{looked:?}");
    let report = looked.json();
    let expected = [
        ("created", 1),
        ("known", 1),
        ("name_taken", 1),
        ("duplicate", 1),
        ("bad_code", 1),
        ("bad_name", 1),
    ];
    assert_eq!(counts(&report), expected, "{report}");
    let rows = report["rows"].as_array().unwrap().iter();
    let told: Vec<_> = rows
        .map(|row| (row["row_number"].clone(), row["verdict"].clone()))
        .collect();
    let expected = [
        (6, "duplicate"),
        (7, "bad_name"),
        (8, "bad_code"),
        (9, "name_taken"),
    ];
    assert_eq!(told, expected.map(|(row, word)| (json!(row), json!(word))));
    assert_eq!(
        found(&operator, "11413").await,
        [""; 0],
        "a look makes nothing"
    );

    // What is made is what was seen; the school that was there keeps its name.
    let other = send(&operator, Some(2), file.to_vec()).await;
    assert_eq!(other.problem(), (409, "request.version_conflict".into()));
    let taken = send(&operator, Some(1), file.to_vec()).await.json();
    assert_eq!(
        (&taken["is_applied"], &taken["schools"]),
        (&json!(true), &json!(1)),
        "{taken}"
    );
    assert_eq!(found(&operator, "11413").await, ["中国矿业大学（北京）"]);
    let by_initials = found(&operator, "zgkydxbj").await;
    assert_eq!(by_initials, ["中国矿业大学（北京）"]);
    assert_eq!(found(&operator, "10001").await, ["北京大学医学部"]);
    let again = send(&operator, Some(0), file.to_vec()).await.json();
    assert_eq!(counts(&again)[0], ("known", 2), "{again}");

    // In UTF-8 and with the shorter code, and more than are made in one transaction.
    let rows = (0..120).map(|number| format!("示例学院{number},{}\n", 60_000 + number));
    let many = format!("\u{feff}学校名称,学校代码\n{}", rows.collect::<String>());
    let taken = send(&operator, Some(120), many.clone().into_bytes()).await;
    assert_eq!(taken.json()["schools"], 120, "{taken:?}");
    assert_eq!(found(&operator, "60119").await, ["示例学院119"]);

    what_cannot_be_read_says_how_it_should_be(&app, &operator).await;
}

async fn what_cannot_be_read_says_how_it_should_be(app: &TestApp, operator: &Browser) {
    let rows = (0..3201).map(|number| format!("校{number},{number:05}\n"));
    let long = format!("学校名称,学校代码\n{}", rows.collect::<String>());
    for (file, code) in [
        ("", "school_list.file_unreadable"),
        (long.as_str(), "school_list.file_unreadable"),
        ("学校名称,所在地\n甲,乙\n", "school_list.columns_missing"),
        (
            "序号,学校标识码\n1,4111010001\n",
            "school_list.columns_missing",
        ),
    ] {
        let refused = send(operator, None, file.into()).await;
        assert_eq!(refused.problem(), (422, code.to_owned()), "{refused:?}");
    }
    let large = send(operator, None, vec![b'a'; 2_000_001]).await;
    assert_eq!(large.problem(), (413, "request.file_too_large".into()));
    let officer = app.student("13800138302").await;
    let school = school_named(&officer, "北京大学医学部").await;
    let school = Some(school.parse().unwrap());
    app.make_staff(&officer, Role::Officer, school).await;
    assert_eq!(send(&officer, None, Vec::new()).await.status, 403);
}
