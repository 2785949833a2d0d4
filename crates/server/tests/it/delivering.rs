//! A task whose photos are delivered: an officer, a reviewer, students with accepted photos, and the packages.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use aws_lc_rs::signature::{ED25519, UnparsedPublicKey};
use domain::role::Role;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::{Browser, Reply};
use crate::journey::{Who, ZHAO, portrait, upload_id};

/// What a package holds, by name.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// Another student of the school that pays nothing.
pub(crate) const SUN: Who = Who {
    document_type: "passport",
    document_number: "E12345678",
    name: "孙悟空",
    student_no: "2210401099",
    ..ZHAO
};

/// A task of a school that pays nothing, with an officer and a reviewer.
pub(crate) struct Delivering {
    pub(crate) app: TestApp,
    pub(crate) officer: Browser,
    pub(crate) reviewer: Browser,
    pub(crate) task: String,
    pub(crate) school: String,
}

impl Delivering {
    pub(crate) async fn new() -> Self {
        Self::of(ZHAO).await
    }

    /// At the school of a student.
    pub(crate) async fn of(who: Who) -> Self {
        let app = TestApp::with_sample().await;
        let officer = app.student("13800138301").await;
        let task = officer.claim(who).await["task_id"]
            .as_str()
            .unwrap()
            .to_owned();
        let found = store::task::get(app.context.store.reader(), task.parse().unwrap());
        let school = found.await.unwrap().unwrap().school_id;
        app.make_staff(&officer, Role::Officer, Some(school)).await;
        let reviewer = app.student("13800138399").await;
        app.make_staff(&reviewer, Role::BureauReviewer, None).await;
        Self {
            app,
            officer,
            reviewer,
            task,
            school: school.to_string(),
        }
    }

    /// A student whose photo is accepted; with the photo's id.
    pub(crate) async fn accepted(&self, phone: &str, who: Who, number: u8) -> (Browser, String) {
        let student = self.app.student(phone).await;
        let enrolment = student.enrol(who).await;
        let file = portrait(480, 640, number);
        let photo = student.submit(&enrolment, &upload_id(number), file).await;
        assert_eq!(photo.text("state"), "pending_review", "{photo:?}");
        self.approve(&photo.text("id")).await;
        (student, photo.text("id"))
    }

    /// Accepts a photo, as the last reviewer does.
    pub(crate) async fn approve(&self, photo: &str) {
        let taken = self
            .reviewer
            .post("/api/v1/reviews/take", json!({ "count": 12 }))
            .await
            .json();
        let items = taken["items"].as_array().unwrap();
        let found = items.iter().find(|item| item["photo_id"] == photo).unwrap();
        let decided = self
            .reviewer
            .post(
                "/api/v1/reviews",
                json!({
                    "outcome": "approved",
                    "photos": [{ "photo_id": photo, "version": found["version"] }],
                }),
            )
            .await;
        assert_eq!(decided.status, 201, "{decided:?}");
        self.app.advance(10).await;
        self.app.work().await;
    }

    pub(crate) async fn create(&self, body: Value) -> Reply {
        let path = format!("/api/v1/tasks/{}/deliveries", self.task);
        self.officer.post(&path, body).await
    }

    pub(crate) async fn get(&self, id: &str) -> Value {
        self.officer
            .get(&format!("/api/v1/deliveries/{id}"))
            .await
            .json()
    }

    pub(crate) async fn act(&self, id: &str, what: &str) -> Reply {
        self.officer
            .act(&format!("/api/v1/deliveries/{id}/{what}"))
            .await
    }

    /// Has a package made; it and its files.
    pub(crate) async fn made(&self, body: Value) -> (Value, Files) {
        let created = self.create(body).await;
        assert_eq!(created.status, 201, "{created:?}");
        self.app.work().await;
        let delivery = self.get(&created.text("id")).await;
        assert_eq!(delivery["state"], "ready", "{delivery}");
        let link = self.act(&created.text("id"), "link").await;
        assert_eq!(link.status, 201, "{link:?}");
        let file = self.app.browser().get(&link.text("url")).await;
        assert_eq!(file.status, 200, "{file:?}");
        assert_eq!(delivery["file_bytes"], file.bytes.len());
        (delivery, unpacked(&file.bytes))
    }

    pub(crate) async fn figures(&self) -> Value {
        let path = format!("/api/v1/tasks/{}/delivery-figures", self.task);
        self.officer.get(&path).await.json()
    }
}

/// The files of an archive.
pub(crate) fn unpacked(bytes: &[u8]) -> Files {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = archive.len();
    let read = |place| {
        let mut entry = archive.by_index(place).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        (entry.name().unwrap().into_owned(), content)
    };
    (0..count).map(read).collect()
}

/// A file of a package, as text.
pub(crate) fn text(files: &Files, name: &str) -> String {
    let content = files
        .get(name)
        .unwrap_or_else(|| panic!("{name} is missing"));
    String::from_utf8(content.clone()).unwrap()
}

/// What a package says of itself holds: every checksum, and the signature of their list.
pub(crate) fn assert_signed(files: &Files, keys: &Value) {
    let sums = text(files, "SHA256SUMS");
    let listed: Vec<_> = sums
        .lines()
        .map(|line| line.split_once("  ").unwrap())
        .collect();
    assert_eq!(listed.len(), files.len() - 2, "{sums}");
    for (sum, name) in listed {
        let own = providers::keys::sha256(&files[name]);
        assert_eq!(data_encoding::HEXLOWER.encode(&own), sum, "{name}");
    }
    let about: Value = serde_json::from_slice(&files["package.json"]).unwrap();
    let key = &keys["items"][0];
    assert_eq!(about["signing_key_id"], key["id"]);
    let pem = key["public_key"].as_str().unwrap();
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let der = data_encoding::BASE64.decode(body.as_bytes()).unwrap();
    let key = UnparsedPublicKey::new(&ED25519, &der[12..]);
    key.verify(sums.as_bytes(), &files["SHA256SUMS.sig"])
        .unwrap();
}
