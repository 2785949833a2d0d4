//! Packages that come as several archives, and with a table for old programs.

use serde_json::{Value, json};

use crate::delivering::{Delivering, Files, SUN, assert_signed, text, unpacked};
use crate::journey::{Who, portrait};

/// Another student, in whose name is a character that CP936 lacks.
const YAN: Who = Who {
    name: "张䶮",
    ..SUN
};

/// A large package comes as several archives; old programs get a DBF file.
#[actix_web::test]
async fn a_package_comes_in_parts_and_with_a_dbf_file() {
    let case = Delivering::new().await;
    let roster = "姓名,证件号码,证件类型,CC,学号\n张䶮,E12345678,护照,本科,2210401099\n";
    let import = case.officer.send_roster(&case.task, roster).await;
    case.app.work().await;
    let start = format!("/api/v1/roster-imports/{}/start", import.text("id"));
    assert_eq!(case.officer.post(&start, json!({})).await.status, 200);
    case.app.work().await;
    case.accepted("13800138303", YAN, 2).await;
    let pictures: Vec<_> = (1..=3).map(|shade| portrait(480, 640, shade)).collect();
    let task = case.task.parse().unwrap();
    let crowd = service::sample::load_accepted(&case.app.context, task, 0..250, &pictures);
    Box::pin(crowd).await.unwrap();

    let mut wanted = json!({
        "kind": "full", "profile": "student-record", "min_kb": 1, "part_mb": 1, "has_dbf": true,
    });
    let id = case.create(wanted.clone()).await.text("id");
    case.app.work().await;
    let delivery = case.get(&id).await;
    assert_eq!(
        (&delivery["state"], &delivery["added"]),
        (&"ready".into(), &251.into())
    );
    let link = case.act(&id, "link").await.json();
    let files = link["files"].as_array().unwrap();
    assert!(files.len() > 1, "{link}");
    assert_eq!(delivery["file_count"], files.len(), "{delivery}");
    let parts = check_parts(&case, files).await;
    let photos = parts.iter().flat_map(|part| part.keys());
    let photos: Vec<_> = photos.filter(|name| name.starts_with("photos/")).collect();
    assert_eq!(photos.len(), 251);
    let lost: Vec<_> = parts
        .iter()
        .map(|part| text(part, "errors.csv"))
        .filter(|errors| errors.contains("\"张䶮\",\"dbf_charset\""))
        .collect();
    assert_eq!(lost.len(), 1, "{lost:?}");
    assert_eq!(delivery["dbf_losses"], 1, "{delivery}");
    // Small enough, it is one file.
    wanted["part_mb"] = 4000.into();
    let (one, _) = case.made(wanted).await;
    assert_eq!(one["file_count"], 1);
    if case.app.database_url().is_none() {
        let part = parts
            .into_iter()
            .find(|part| part.contains_key("photos/2210401099.jpg"));
        let tables = move || crate::reader::read_tables(&part.unwrap());
        actix_web::web::block(tables).await.unwrap();
    }
}

/// Every archive is whole by itself, not too large, and says which it is.
async fn check_parts(case: &Delivering, files: &[Value]) -> Vec<Files> {
    let keys = case.app.browser().get("/api/v1/delivery-keys").await.json();
    let mut parts = Vec::new();
    for (number, file) in (1..).zip(files) {
        let got = case.app.browser().get(file["url"].as_str().unwrap()).await;
        assert_eq!(got.status, 200, "{got:?}");
        assert_eq!(file["bytes"], got.bytes.len(), "{file}");
        assert!(got.bytes.len() <= 1 << 20, "{file}");
        let sum = data_encoding::HEXLOWER.encode(&providers::keys::sha256(&got.bytes));
        assert_eq!(file["sha256"], sum, "{file}");
        let name = file["name"].as_str().unwrap();
        assert!(name.ends_with(&format!("-part{number:03}.zip")), "{name}");
        assert!(got.header("content-disposition").contains(name));
        let part = unpacked(&got.bytes);
        assert_signed(&part, &keys);
        let about: Value = serde_json::from_slice(&part["package.json"]).unwrap();
        assert_eq!(about["part"], number);
        assert_eq!(about["is_last_part"], number == files.len(), "{about}");
        let photos = part.keys().filter(|name| name.starts_with("photos/"));
        assert_eq!(about["added"], photos.count(), "{about}");
        parts.push(part);
    }
    parts
}
