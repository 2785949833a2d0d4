//! Delivery: packages of accepted photos, through HTTP, by an officer.

use chrono::DateTime;
use domain::access::{Actor, IntegratorClient};
use domain::role::Role;
use domain::{IntegratorId, Scope};
use reqwest::Method;
use serde_json::{Value, json};

use crate::delivering::{Delivering, Files, SUN, assert_signed, text};
use crate::idempotency::posted_once;
use crate::journey::{QIAN, ZHAO};

fn names(files: &Files) -> Vec<&str> {
    files.keys().map(String::as_str).collect()
}

#[actix_web::test]
pub(crate) async fn a_package_is_made_downloaded_and_acknowledged() {
    let case = Delivering::new().await;
    let empty = case
        .create(json!({ "kind": "full", "profile": "student-record" }))
        .await;
    assert_eq!(empty.problem(), (409, "delivery.empty".into()));
    let (student, photo) = case.accepted("13800138302", ZHAO, 1).await;
    assert_eq!(case.figures().await["undelivered"], 1);
    let wanted = json!({ "kind": "full", "profile": "student-number", "split": "college" });
    let (path, mut other) = (format!("/tasks/{}/deliveries", case.task), wanted.clone());
    other["split"] = Value::Null;
    let created = posted_once(&case.officer, &path, [wanted.clone(), other]).await;
    assert_eq!(created.text("state"), "building", "{created:?}");
    let (id, early) = (created.text("id"), case.create(wanted.clone()).await);
    assert_eq!(early.problem(), (409, "delivery.building".into()));
    assert_eq!(
        case.act(&id, "link").await.problem(),
        (409, "delivery.state".into())
    );
    assert_eq!(case.act(&id, "acknowledge").await.status, 409);
    assert_eq!(case.act(&id, "cancel").await.text("state"), "cancelled");
    assert_eq!(case.act(&id, "cancel").await.status, 409);
    case.app.work().await;
    assert_eq!(case.get(&id).await["state"], "cancelled");

    let (delivery, files) = case.made(wanted).await;
    assert_eq!(
        (&delivery["added"], &delivery["left_out"]),
        (&1.into(), &0.into())
    );
    let path = names(&files)
        .into_iter()
        .find(|name| name.starts_with("photos/"));
    let path = path.unwrap();
    assert!(path.ends_with("/2210401001.jpg"), "{path}");
    let manifest = text(&files, "manifest.csv");
    assert!(manifest.starts_with("\u{feff}\"XH\",\"XM\""), "{manifest}");
    assert!(
        manifest.contains("\"2210401001\",\"赵一帆\",\"男\",\"20040909\""),
        "{manifest}"
    );
    let keys = case.app.browser().get("/api/v1/delivery-keys").await.json();
    assert_signed(&files, &keys);
    let framed = student.get(&format!("/api/v1/photos/{photo}/image")).await;
    assert_eq!(files[path], framed.bytes, "the photo is as it was accepted");

    let id = delivery["id"].as_str().unwrap();
    let link = case.act(id, "link").await.text("url");
    let anybody = case.app.browser();
    let ask = async |header: &str, value: &str| {
        let request = anybody.request(Method::GET, &link).header(header, value);
        anybody.send(request).await
    };
    let part = ask("Range", "bytes=0-3").await;
    assert_eq!(
        (part.status, part.bytes.as_slice()),
        (206, b"PK\x03\x04".as_slice())
    );
    assert!(
        part.header("content-disposition")
            .contains("photos-student-number-full-")
    );
    assert!(part.header("repr-digest").starts_with("sha-256=:"));
    assert_eq!(ask("Range", "bytes=999999999-").await.status, 416);
    assert_eq!(ask("If-None-Match", &part.header("etag")).await.status, 304);
    let unknown = anybody.get(&format!("{link}&part=2")).await;
    assert_eq!(unknown.problem(), (404, "delivery.part_unknown".into()));
    let other = link.replace(id, "del_00000000000000000000000001");
    assert_eq!(
        anybody.get(&other).await.problem(),
        (410, "delivery.link_expired".into())
    );
    let bare = link.split('?').next().unwrap();
    assert_eq!(anybody.get(bare).await.status, 422);
    let reader = case.app.context.store.reader();
    let path = format!("/deliveries/{id}/acknowledge");
    let acknowledged = posted_once(&case.officer, &path, [Value::Null, Value::Null]).await;
    assert_eq!(acknowledged.text("state"), "acknowledged");
    case.app.work().await;
    assert_eq!(case.get(id).await["handed_over"], 1);
    let shown = student.get(&format!("/api/v1/photos/{photo}")).await;
    assert_eq!(shown.text("state"), "handed_over");
    let back = student
        .act(&format!("/api/v1/photos/{photo}/withdraw"))
        .await;
    assert_eq!(back.problem(), (409, "photo.state".into()));
    let log = student.get("/api/v1/me/access-log").await.json();
    assert_eq!(log["items"][0]["action"], "photo.handed_over");
    assert_eq!(case.figures().await["handed_over"], 1);
    let object = domain::event::EventObject::Photo(photo.parse().unwrap());
    let events = store::event::of(reader, case.school.parse().unwrap(), object).await;
    let events = events.unwrap();
    assert_eq!(events.last().unwrap().kind.as_str(), "photo.handed_over");

    let listed = format!("/api/v1/tasks/{}/deliveries", case.task);
    let listed = case.officer.get(&listed).await.json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 2);
    let audit = format!("/api/v1/audit-events?school_id={}&limit=100", case.school);
    let audit = case.officer.get(&audit).await.json().to_string();
    for action in [
        "created",
        "cancelled",
        "linked",
        "downloaded",
        "acknowledged",
    ] {
        assert!(
            audit.contains(&format!("delivery.{action}")),
            "{action}: {audit}"
        );
    }
    case.app.advance(15 * 60).await;
    assert_eq!(
        anybody.get(&link).await.problem(),
        (410, "delivery.link_expired".into())
    );
}

/// Packages in the order in which they were made are the full one; what a profile cannot take is told.
#[actix_web::test]
pub(crate) async fn changes_add_up_to_the_whole_and_what_does_not_fit_is_told() {
    let case = Delivering::new().await;
    let roster = "姓名,证件号码,证件类型,CC,学号\n孙悟空,E12345678,护照,本科,2210401099\n";
    let import = case
        .officer
        .send_roster(&case.task, roster)
        .await
        .text("id");
    case.app.work().await;
    let start = format!("/api/v1/roster-imports/{import}/start");
    assert_eq!(case.officer.post(&start, json!({})).await.status, 200);
    case.app.work().await;
    let (zhao, _) = case.accepted("13800138302", ZHAO, 1).await;
    let changes = json!({ "kind": "incremental", "profile": "degree" });
    let lonely = case.create(changes.clone()).await;
    assert_eq!(lonely.problem(), (409, "delivery.no_base".into()));
    let (first, mut received) = case
        .made(json!({ "kind": "full", "profile": "degree" }))
        .await;

    let (_sun, _) = case.accepted("13800138303", SUN, 2).await;
    assert_eq!(
        zhao.delete("/api/v1/me/consents/face_photo").await.status,
        204
    );
    let first_id = first["id"].as_str().unwrap();
    let gone = case.act(first_id, "link").await;
    assert_eq!(gone.problem(), (410, "delivery.file_gone".into()));

    let (second, increment) = case.made(changes.clone()).await;
    assert_eq!(second["follows"], first["id"]);
    assert_eq!(
        (&second["added"], &second["kept"], &second["removed"]),
        (&1.into(), &0.into(), &1.into())
    );
    let removed = text(&increment, "removed.csv");
    assert_eq!(
        removed.lines().nth(1),
        Some("\"photos/510104200409099075.jpg\"")
    );
    received.retain(|name, _| !removed.contains(name.as_str()));
    received.extend(increment.clone());
    let (_, full) = case
        .made(json!({ "kind": "full", "profile": "degree" }))
        .await;
    let photos = |files: &Files| {
        let files = files.iter().filter(|(name, _)| name.starts_with("photos/"));
        files
            .map(|(name, content)| (name.clone(), content.clone()))
            .collect::<Files>()
    };
    assert_eq!(photos(&received), photos(&full));
    assert_eq!(photos(&full).len(), 1);
    let (manifest, _, _) = encoding_rs::GB18030.decode(&full["manifest.csv"]);
    assert!(
        manifest.contains("\"孙悟空\"") && manifest.contains("\"E12345678.jpg\""),
        "{manifest}"
    );
    let (errors, _, _) = encoding_rs::GB18030.decode(&full["errors.csv"]);
    assert!(errors.contains("\"document_code\""), "{errors}");

    // Nothing changed since.
    let again = case.create(changes).await.text("id");
    case.app.work().await;
    let again = case.get(&again).await;
    assert_eq!(
        (&again["state"], &again["failure"]),
        (&"failed".into(), &"empty".into())
    );
    // The only student has no identity card.
    let (cards, files) = case
        .made(json!({ "kind": "full", "profile": "id-number" }))
        .await;
    assert_eq!(
        (&cards["added"], &cards["left_out"]),
        (&0.into(), &1.into())
    );
    let errors = text(&files, "errors.csv");
    assert!(errors.contains("\"孙悟空\",\"no_document\""), "{errors}");
    // A drawing has fewer than 20 KB at any quality; nothing is blown up.
    let (record, files) = case
        .made(json!({ "kind": "full", "profile": "student-record" }))
        .await;
    assert_eq!(record["left_out"], 1);
    assert!(text(&files, "errors.csv").contains("\"photo_too_small\""));
    assert!(files["manifest.xlsx"].starts_with(b"PK"));
    let large = json!({ "kind": "full", "profile": "degree", "min_kb": 90, "max_kb": 4000 });
    let large = case.create(large).await;
    assert_eq!(large.json()["errors"][0]["code"], "delivery.bytes_invalid");
    let parts = json!({ "kind": "full", "profile": "degree", "part_mb": 4001 });
    let parts = case.create(parts).await.json();
    assert_eq!(parts["errors"][0]["code"], "delivery.part_invalid");
    let unknown = case
        .create(json!({ "kind": "full", "profile": "none" }))
        .await;
    assert_eq!(
        unknown.json()["errors"][0]["code"],
        "delivery.profile_unknown"
    );
    let profiles = case.officer.get("/api/v1/delivery-profiles").await.json();
    assert_eq!(profiles["items"].as_array().unwrap().len(), 6);
    let missing = case.officer.get("/api/v1/deliveries/del_1").await;
    assert_eq!(missing.problem(), (404, "delivery.unknown".into()));
}

/// Prints are of those who paid for them; the school has the photos no sooner than a package of photos is acknowledged.
#[actix_web::test]
pub(crate) async fn prints_come_as_sheets_with_lists_to_sign() {
    let free = Delivering::new().await;
    free.accepted("13800138302", ZHAO, 1).await;
    let wanted = json!({ "kind": "full", "profile": "prints" });
    let nothing = free.create(wanted.clone()).await;
    assert_eq!(nothing.problem(), (409, "delivery.empty".into()));

    let case = Delivering::of(QIAN).await;
    case.accepted("13800138302", QIAN, 1).await;
    let mut wanted = wanted;
    wanted["caption"] = "number".into();
    let (delivery, files) = case.made(wanted).await;
    let expected = [
        "SHA256SUMS",
        "SHA256SUMS.sig",
        "errors.csv",
        "manifest.csv",
        "package.json",
        "photos/2210501002.jpg",
        "removed.csv",
        "sheets.html",
        "signatures.html",
    ];
    assert_eq!(names(&files), expected);
    let sheets = text(&files, "sheets.html");
    assert!(sheets.contains("src=\"photos/2210501002.jpg\""), "{sheets}");
    assert!(sheets.contains("<figcaption>2210501002<"), "{sheets}");
    assert!(text(&files, "signatures.html").contains("钱多多"));
    check_prints(&case, delivery["id"].as_str().unwrap()).await;
    let acknowledged = case
        .act(delivery["id"].as_str().unwrap(), "acknowledge")
        .await;
    assert_eq!(acknowledged.status, 200, "{acknowledged:?}");
    case.app.work().await;
    let figures = case.figures().await;
    assert_eq!(
        (&figures["undelivered"], &figures["handed_over"]),
        (&json!(1), &json!(0))
    );
}

/// Prints are printed, come to the school, and are signed for; each step waits for the one before.
async fn check_prints(case: &Delivering, id: &str) {
    let path = format!("/api/v1/deliveries/{id}/prints");
    let step = async |step: &str| case.officer.post(&path, json!({ "step": step })).await;
    let refused = (409, "delivery.state".to_owned());
    let prints = case.officer.get(&path).await.json();
    let prints = prints["items"].as_array().unwrap();
    assert_eq!(prints.len(), 1);
    assert_eq!(
        (
            &prints[0]["name"],
            &prints[0]["student_no"],
            &prints[0]["signed_at"]
        ),
        (&"钱多多".into(), &"2210501002".into(), &Value::Null)
    );
    let sign = async |is_signed: bool, id: &Value| {
        let body = json!({ "print_ids": [id], "is_signed": is_signed });
        case.officer.post(&format!("{path}/signatures"), body).await
    };
    assert_eq!(sign(true, &prints[0]["id"]).await.problem(), refused);
    assert_eq!(step("received").await.problem(), refused);
    assert_eq!(step("lost").await.status, 422);
    assert_eq!(
        case.officer.get(&format!("{path}?limit=0")).await.status,
        422
    );
    let printed = step("printed").await.json();
    assert_eq!(printed["prints"]["stage"], "printed", "{printed}");
    assert_eq!(step("printed").await.problem(), refused);
    let received = step("received").await.json();
    assert_eq!(received["prints"]["stage"], "received", "{received}");
    assert!(received["prints"]["received_at"].is_string(), "{received}");
    let wrong = sign(true, &"print".into()).await;
    assert_eq!(wrong.json()["errors"][0]["code"], "delivery.prints_invalid");
    for (is_signed, signed) in [(true, 1), (true, 1), (false, 0), (false, 0), (true, 1)] {
        let told = sign(is_signed, &prints[0]["id"]).await.json();
        assert_eq!(told["prints"]["signed"], signed, "{told}");
    }
    let prints = case.officer.get(&path).await.json();
    assert!(prints["items"][0]["signed_at"].is_string(), "{prints}");
    let audit = format!("/api/v1/audit-events?school_id={}&limit=100", case.school);
    let audit = case.officer.get(&audit).await.json().to_string();
    for action in ["printed", "received", "signed"] {
        assert!(
            audit.contains(&format!("prints.{action}")),
            "{action}: {audit}"
        );
    }
    // A package of photos has no prints.
    let (photos, _) = case
        .made(json!({ "kind": "full", "profile": "student-number" }))
        .await;
    assert_eq!(photos["prints"], Value::Null);
    let path = format!(
        "/api/v1/deliveries/{}/prints",
        photos["id"].as_str().unwrap()
    );
    assert_eq!(case.officer.get(&path).await.problem(), refused);
}

/// A worker that was killed begins again; an outsider sees nothing; old files go.
#[actix_web::test]
pub(crate) async fn a_package_survives_its_worker_and_is_nobody_elses() {
    let case = Delivering::new().await;
    case.accepted("13800138302", ZHAO, 1).await;
    let created = case
        .create(json!({ "kind": "full", "profile": "student-number" }))
        .await;
    let id = created.text("id");
    // What an attempt leaves that is cut off: a name of a file that nobody finished.
    let store = &case.app.context.store;
    let tx = store.begin().await.unwrap();
    let reach = domain::access::Reach::AllSchools;
    let found = store::delivery::lock(&tx, &reach, id.parse().unwrap())
        .await
        .unwrap();
    let mut cut = found.unwrap();
    cut.object_key = Some("0".repeat(26));
    cut.photos_done = 1;
    store::delivery::save(&tx, &cut).await.unwrap();
    store::commit(tx, domain::audit::AuditExemption::SampleData)
        .await
        .unwrap();
    case.app.work().await;
    let made = case.get(&id).await;
    assert_eq!(made["state"], "ready", "{made}");
    let stale = store::delivery::progress(store.writer(), &cut, 1, cut.updated_at);
    assert!(!stale.await.unwrap(), "the attempt before may not go on");

    let other = case.app.student("13800138310").await;
    let claim = other.claim(QIAN).await;
    let found = store::task::get(
        store.reader(),
        claim["task_id"].as_str().unwrap().parse().unwrap(),
    );
    let school = found.await.unwrap().unwrap().school_id;
    case.app
        .make_staff(&other, Role::Officer, Some(school))
        .await;
    let foreign = other.get(&format!("/api/v1/deliveries/{id}")).await;
    assert_eq!(foreign.problem(), (404, "delivery.unknown".into()));
    let foreign = other
        .get(&format!("/api/v1/tasks/{}/delivery-figures", case.task))
        .await;
    assert_eq!(foreign.problem(), (404, "task.unknown".into()));
    for what in ["link", "acknowledge", "cancel"] {
        let foreign = other.act(&format!("/api/v1/deliveries/{id}/{what}")).await;
        assert_eq!(foreign.problem(), (404, "delivery.unknown".into()));
    }
    let path = format!("/api/v1/tasks/{}/deliveries", case.task);
    let foreign = other.get(&path).await;
    assert_eq!(foreign.problem(), (404, "task.unknown".into()));
    let wanted = json!({ "kind": "full", "profile": "student-number" });
    let foreign = other.post(&path, wanted).await;
    assert_eq!(foreign.problem(), (404, "task.unknown".into()));
    let page = case.officer.get(&format!("{path}?limit=0")).await;
    assert_eq!(page.status, 422, "{page:?}");
    // A system of the school may do the same by the same use cases.
    let system = Actor::Integrator(IntegratorClient {
        id: IntegratorId::new(DateTime::UNIX_EPOCH, [0; 10]),
        school_ids: vec![case.school.parse().unwrap()],
        scopes: Scope::ALL.to_vec(),
    });
    let by_system = service::delivery::link(&case.app.context, &system, &id)
        .await
        .unwrap();
    let opened = service::delivery::open(&case.app.context, &id, &by_system.token, 1).await;
    assert_eq!(opened.unwrap().content.length(), made["file_bytes"]);

    case.app.advance(31 * 24 * 3600).await;
    service::retention::round(&case.app.context, &json!({}))
        .await
        .unwrap();
    let system = service::delivery::link(&case.app.context, &system, &id).await;
    assert_eq!(
        system.unwrap_err().to_string(),
        "refused: delivery.file_gone"
    );
}
