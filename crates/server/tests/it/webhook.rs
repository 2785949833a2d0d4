//! Webhooks: what receivers get, and what becomes of those that fail.

use std::time::Duration;

use domain::role::Role;
use domain::{SchoolId, Scope};
use reqwest::Method;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::{Browser, Reply};
use crate::call::school_named;
use crate::integrator::System;
use crate::journey::ZHANG;
use crate::receiver::{Received, Receiver};
use crate::staff::log_in;

const ENDPOINTS: &str = "/api/v1/webhook-endpoints";
pub(crate) const OFFICER: &str = "13800138321";
pub(crate) const HOUR_S: i64 = 3600;

/// An officer of a school, and one of another.
pub(crate) struct Staffed {
    pub(crate) app: TestApp,
    school: SchoolId,
    pub(crate) officer: Browser,
    task: String,
}

pub(crate) async fn member(app: &TestApp, phone: &str, school: &str) -> (Browser, SchoolId) {
    let browser = log_in(app, phone).await;
    let school: SchoolId = school_named(&browser, school).await.parse().unwrap();
    app.make_staff(&browser, Role::Officer, Some(school)).await;
    (browser, school)
}

pub(crate) async fn staffed() -> Staffed {
    let app = TestApp::with_sample().await;
    let (officer, school) = member(&app, OFFICER, ZHANG.school).await;
    let task = officer.claim(ZHANG).await["task_id"].clone();
    app.work().await;
    Staffed {
        task: task.as_str().unwrap().to_owned(),
        app,
        school,
        officer,
    }
}

impl Staffed {
    /// Logs the officer in again: sessions end meanwhile.
    pub(crate) async fn log_in(&mut self) {
        (self.officer, _) = member(&self.app, OFFICER, ZHANG.school).await;
    }

    /// Makes an endpoint; its address and its secret.
    pub(crate) async fn endpoint(&self, url: &str, types: &[&str]) -> (String, String) {
        let new = json!({ "school_id": self.school, "url": url, "event_types": types, "description": "教务系统" });
        let made = self.officer.post(ENDPOINTS, new).await;
        assert_eq!(made.status, 201, "{made:?}");
        let id = made.json()["endpoint"]["id"].as_str().unwrap().to_owned();
        (format!("{ENDPOINTS}/{id}"), made.text("secret"))
    }

    /// Closes the task, or opens it.
    async fn task(&self, what: &str) {
        let path = format!("/api/v1/tasks/{}/{what}", self.task);
        let done = self.officer.act(&path).await;
        assert_eq!(done.status, 200, "{done:?}");
        self.app.work().await;
    }

    pub(crate) async fn ping(&self, endpoint: &str) -> Reply {
        let sent = self.officer.act(&format!("{endpoint}/ping")).await;
        self.app.work().await;
        sent
    }

    /// The latest delivery to an endpoint.
    async fn latest(&self, endpoint: &str) -> Value {
        let log = self.officer.get(&format!("{endpoint}/deliveries")).await;
        log.json()["items"][0].clone()
    }
}

#[actix_web::test]
pub(crate) async fn a_receiver_takes_what_is_signed_with_the_old_and_the_new_secret() {
    let mut staffed = staffed().await;
    let receiver = Receiver::start().await;
    let (endpoint, old) = staffed.endpoint(&receiver.url, &["task.closed"]).await;
    staffed.task("close").await;
    let first = receiver.last();
    assert!(first.is_taken_with(&old), "{first:?}");
    let changed = Received {
        body: first.body.replace("closed", "opened"),
        ..first.clone()
    };
    assert!(!changed.is_taken_with(&old));
    let said: Value = serde_json::from_str(&first.body).unwrap();
    assert_eq!(said["data"]["task_id"], staffed.task);
    assert_eq!(first.header("user-agent"), "GradPhoto-Webhooks/1");

    let secrets = format!("{endpoint}/secrets");
    let made = staffed.officer.act(&secrets).await;
    assert_eq!(made.status, 201, "{made:?}");
    let new = made.text("secret");
    assert_eq!(staffed.ping(&endpoint).await.status, 202);
    let both = receiver.last();
    assert_eq!(both.kind(), "webhook.ping");
    assert!(both.is_taken_with(&old) && both.is_taken_with(&new));
    let message = |received: &Received| {
        json!({
            "webhook_id": received.header("webhook-id"), "body": received.body,
            "webhook_timestamp": received.header("webhook-timestamp").parse::<u32>().unwrap(),
            "webhook_signature": received.header("webhook-signature"),
        })
    };
    let verdict = async |change: &dyn Fn(&mut Value)| {
        let mut message = message(&both);
        change(&mut message);
        let path = format!("{endpoint}/verify-signature");
        staffed.officer.post(&path, message).await.text("verdict")
    };
    assert_eq!(verdict(&|_| {}).await, "valid");
    assert_eq!(verdict(&|it| it["body"] = "{}".into()).await, "wrong");
    let malformed = verdict(&|it| it["webhook_signature"] = "sha256=1".into()).await;
    assert_eq!(malformed, "malformed");
    staffed.app.advance(400).await;
    assert_eq!(verdict(&|_| {}).await, "stale");

    staffed.task("open").await;
    assert_eq!(receiver.received().len(), 2, "another type");
    // After a day only the new secret signs.
    staffed.app.advance(24 * HOUR_S).await;
    staffed.log_in().await;
    staffed.task("close").await;
    let last = receiver.last();
    assert_eq!(last.kind(), "task.closed");
    assert!(last.is_signed_with(&new) && !last.is_signed_with(&old));
}

#[actix_web::test]
pub(crate) async fn a_receiver_that_fails_is_tried_again_and_what_failed_can_be_replayed() {
    let mut staffed = staffed().await;
    let receiver = Receiver::start().await;
    let (endpoint, _) = staffed.endpoint(&receiver.url, &[]).await;
    let busy = "503 Busy\r\nretry-after: 120";
    receiver.answer.send_replace(Some(busy));
    staffed.task("close").await;
    let delivery = staffed.latest(&endpoint).await;
    assert_eq!(
        (&delivery["state"], &delivery["tries"]),
        (&json!("waiting"), &json!(1))
    );
    staffed.app.advance(60).await;
    staffed.app.work().await;
    assert_eq!(receiver.received().len(), 1, "it asked for two minutes");
    staffed.app.advance(61).await;
    receiver
        .answer
        .send_replace(Some("302 Found\r\nlocation: /other"));
    staffed.app.work().await;
    let log = format!(
        "/api/v1/webhook-deliveries/{}",
        delivery["id"].as_str().unwrap()
    );
    let tries = staffed.officer.get(&format!("{log}/attempts")).await.json();
    let tries = tries["items"].as_array().unwrap().clone();
    let statuses: Vec<_> = tries
        .iter()
        .map(|one| one["status"].as_u64().unwrap())
        .collect();
    assert_eq!(statuses, [302, 503]);
    assert_eq!(tries[0]["answer"], "said");
    assert!(tries[0]["fault"].is_null());

    // It is gone: disabled, told of, and nothing is sent to it.
    receiver.answer.send_replace(Some("410 Gone"));
    staffed.app.advance(600).await;
    staffed.app.work().await;
    staffed.log_in().await;
    let shown = staffed.officer.get(&endpoint).await.json();
    assert_eq!(
        (&shown["state"], &shown["disabled_reason"]),
        (&json!("disabled"), &json!("gone"))
    );
    assert_eq!(staffed.latest(&endpoint).await["state"], "failed");
    for path in [format!("{endpoint}/ping"), format!("{log}/resend")] {
        let refused = staffed.officer.act(&path).await;
        assert_eq!(refused.problem(), (409, "webhook.disabled".to_owned()));
    }
    let early = json!({ "since": "2020-01-01T00:00:00Z" });
    let replay = format!("{endpoint}/replay");
    let refused = staffed.officer.post(&replay, early).await;
    assert_eq!(refused.problem(), (409, "webhook.disabled".to_owned()));
    let events = staffed.officer.get("/api/v1/events?limit=100").await.json();
    let told = events["items"].as_array().unwrap().iter();
    let told = told.filter(|event| event["type"] == "endpoint.disabled");
    assert_eq!(told.count(), 1);

    receiver.answer.send_replace(Some("204 No Content"));
    assert_eq!(
        staffed
            .officer
            .act(&format!("{endpoint}/enable"))
            .await
            .text("state"),
        "active"
    );
    let since = json!({ "since": "2020-01-01T00:00:00Z" });
    let replayed = staffed
        .officer
        .post(&format!("{endpoint}/replay"), since)
        .await;
    assert_eq!(
        (replayed.status, replayed.json()),
        (202, json!({ "count": 1 }))
    );
    staffed.app.work().await;
    assert_eq!(staffed.latest(&endpoint).await["state"], "delivered");
    let again = staffed.officer.act(&format!("{log}/resend")).await;
    assert_eq!(
        (again.status, again.text("state")),
        (202, "waiting".to_owned())
    );
    staffed.app.work().await;
    let received = receiver.received();
    let ids: Vec<_> = received
        .iter()
        .map(|one| one.header("webhook-id"))
        .collect();
    assert_eq!(ids.len(), 5);
    assert!(
        ids.iter()
            .all(|id| *id == ids[0] && *id == delivery["event_id"])
    );
}

#[actix_web::test]
async fn a_receiver_that_hangs_delays_no_other() {
    let staffed = staffed().await;
    let (hanging, quick) = (Receiver::start().await, Receiver::start().await);
    hanging.answer.send_replace(None);
    let (bad, _) = staffed.endpoint(&hanging.url, &[]).await;
    let (good, _) = staffed.endpoint(&quick.url, &[]).await;
    for endpoint in [&bad, &good] {
        for _ in 0..4 {
            let sent = staffed.officer.act(&format!("{endpoint}/ping")).await;
            assert_eq!(sent.status, 202, "{sent:?}");
        }
    }
    // It answers only once the other has got everything: were one of them waited for, both would wait for ever.
    let release = async {
        while quick.received().len() < 4 || hanging.received().is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert!(hanging.received().len() <= 2, "two at a time");
        hanging.answer.send_replace(Some("200 OK"));
    };
    tokio::join!(staffed.app.work(), release);
    assert_eq!(hanging.received().len(), 4);
}

#[actix_web::test]
pub(crate) async fn endpoints_belong_to_their_school_and_to_addresses_on_the_internet() {
    let staffed = staffed().await;
    let officer = &staffed.officer;
    let (stranger, theirs) = member(&staffed.app, "13800138322", "示例大学").await;
    let new = |school: Value, url: &str| json!({ "school_id": school, "url": url });
    for url in [
        "http://10.0.0.8/",
        "https://169.254.169.254/",
        "https://a@b.cn/",
        "https://b.cn:22/",
    ] {
        let refused = officer
            .post(ENDPOINTS, new(json!(staffed.school), url))
            .await;
        assert_eq!(
            refused.json()["errors"][0]["code"],
            "webhook.url_invalid",
            "{url}"
        );
    }
    let good = "https://hooks.example.edu.cn/gradphoto";
    let without = officer.post(ENDPOINTS, new(Value::Null, good)).await;
    assert_eq!(
        without.json()["errors"][0]["code"],
        "webhook.school_required"
    );
    let foreign = officer.post(ENDPOINTS, new(json!(theirs), good)).await;
    assert_eq!(foreign.problem(), (404, "school.unknown".to_owned()));
    let long = json!({ "school_id": staffed.school, "url": good, "description": "长".repeat(101) });
    let long = officer.post(ENDPOINTS, long).await;
    assert_eq!(
        long.json()["errors"][0]["code"],
        "webhook.description_length"
    );

    let (endpoint, secret) = staffed.endpoint(good, &["order.paid", "order.paid"]).await;
    assert!(secret.starts_with("whsec_"));
    let shown = officer.get(&endpoint).await;
    assert_eq!(shown.json()["event_types"], json!(["order.paid"]));
    assert!(!shown.bytes.windows(6).any(|part| part == b"whsec_"));
    let change = json!({ "version": 1, "url": good, "event_types": [], "description": "" });
    let changed = officer.patch(&endpoint, change.clone()).await;
    assert_eq!(
        (changed.status, changed.json()["version"].clone()),
        (200, json!(2))
    );
    let late = officer.patch(&endpoint, change).await;
    assert_eq!(late.problem(), (409, "request.version_conflict".to_owned()));
    for _ in 0..2 {
        let disabled = officer.act(&format!("{endpoint}/disable")).await;
        assert_eq!(disabled.json()["disabled_reason"], "person");
    }
    let delivery = "/api/v1/webhook-deliveries/msg_00000000000000000000000001";
    for path in [
        &endpoint,
        &format!("{endpoint}/deliveries"),
        &format!("{delivery}/attempts"),
    ] {
        let hidden = stranger.get(path).await;
        assert_eq!(
            hidden.problem(),
            (404, "webhook.unknown".to_owned()),
            "{path}"
        );
    }
    for what in ["enable", "disable", "secrets", "ping"] {
        let hidden = stranger.act(&format!("{endpoint}/{what}")).await;
        assert_eq!(hidden.status, 404, "{what}");
    }
    assert_eq!(
        stranger.act(&format!("{delivery}/resend")).await.status,
        404
    );
    let change = json!({ "version": 1, "url": good, "event_types": [], "description": "" });
    assert_eq!(stranger.patch(&endpoint, change).await.status, 404);
    let since = json!({ "since": "2020-01-01T00:00:00Z" });
    let hidden = stranger.post(&format!("{endpoint}/replay"), since).await;
    assert_eq!(hidden.status, 404);
    let message = json!({ "webhook_id": "evt_1", "webhook_timestamp": 0, "webhook_signature": "v1,x", "body": "{}" });
    let hidden = stranger
        .post(&format!("{endpoint}/verify-signature"), message)
        .await;
    assert_eq!(hidden.status, 404);
    let lists = [
        ENDPOINTS.to_owned(),
        format!("{endpoint}/deliveries"),
        format!("{delivery}/attempts"),
    ];
    for path in lists {
        assert_eq!(
            officer.get(&format!("{path}?limit=0")).await.status,
            422,
            "{path}"
        );
    }
    let wrong =
        json!({ "version": 3, "url": "https://b.cn:22/", "event_types": [], "description": "" });
    assert_eq!(officer.patch(&endpoint, wrong).await.status, 422);
    let empty = officer
        .post(&format!("{endpoint}/verify-signature"), json!({}))
        .await;
    assert_eq!(empty.status, 422);
    assert_eq!(stranger.get(ENDPOINTS).await.json()["items"], json!([]));
    let listed = officer.get(ENDPOINTS).await.json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    for _ in 0..19 {
        staffed.endpoint(good, &[]).await;
    }
    let full = officer
        .post(ENDPOINTS, new(json!(staffed.school), good))
        .await;
    assert_eq!(full.problem(), (409, "webhook.too_many".to_owned()));
    let bad_since = officer.post(&format!("{endpoint}/replay"), json!({})).await;
    assert_eq!(bad_since.status, 422);
    let bad_page = officer
        .get(&format!("{endpoint}/deliveries?state=lost"))
        .await;
    assert_eq!(bad_page.status, 422);
}

#[actix_web::test]
pub(crate) async fn a_system_manages_the_endpoints_that_it_made() {
    let staffed = staffed().await;
    let (officer, receiver) = (&staffed.officer, Receiver::start().await);
    let school = staffed.school.to_string();
    let (of_people, _) = staffed.endpoint(&receiver.url, &[]).await;
    let system = System::of_school(officer, &school, &[Scope::ManageWebhooks]).await;
    let caller = staffed.app.browser();
    let token = system.token(&caller, None).await;
    let call = async |method: Method, path: &str, body: Value| {
        let request = caller.request(method, path).bearer_auth(&token);
        caller.send(request.json(&body)).await
    };
    let new = json!({ "school_id": school, "url": receiver.url });
    let made = call(Method::POST, ENDPOINTS, new).await;
    assert_eq!(made.status, 201, "{made:?}");
    let made = made.json()["endpoint"].clone();
    assert_eq!(made["integrator_id"], system.client_id);
    let own = format!("{ENDPOINTS}/{}", made["id"].as_str().unwrap());
    let listed = call(Method::GET, ENDPOINTS, Value::Null).await.json();
    assert_eq!(listed["items"], json!([made]));
    for method in [Method::GET, Method::DELETE] {
        let hidden = call(method, &of_people, Value::Null).await;
        assert_eq!(hidden.problem(), (404, "webhook.unknown".to_owned()));
    }
    let of_school = |school: &str| format!("{ENDPOINTS}?school_id={school}");
    let all = officer.get(&of_school(&school)).await.json();
    assert_eq!(all["items"].as_array().unwrap().len(), 2);

    // What it may not have any more is told nothing more.
    let integrator = format!("/api/v1/integrators/{}", system.client_id);
    assert_eq!(
        officer.act(&format!("{integrator}/revoke")).await.status,
        200
    );
    let shown = officer.get(&own).await.json();
    assert_eq!(shown["disabled_reason"], "person");

    // Deleted with its log, also while a message is on its way to it.
    receiver.answer.send_replace(None);
    let sent = officer.act(&format!("{of_people}/ping")).await;
    let delivery = format!("/api/v1/webhook-deliveries/{}", sent.text("id"));
    let delete = async {
        while receiver.received().is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert_eq!(officer.delete(&of_people).await.status, 204);
        receiver.answer.send_replace(Some("200 OK"));
    };
    tokio::join!(staffed.app.work(), delete);
    for path in [of_people, format!("{delivery}/attempts")] {
        let gone = officer.get(&path).await;
        assert_eq!(gone.problem(), (404, "webhook.unknown".to_owned()));
    }
    let stranger = member(&staffed.app, "13800138322", "示例大学").await.0;
    let foreign = stranger.get(&of_school(&school)).await;
    assert_eq!(foreign.problem(), (404, "school.unknown".to_owned()));
    assert_eq!(stranger.delete(&own).await.status, 404);
}
