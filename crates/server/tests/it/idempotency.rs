//! `Idempotency-Key`: one effect and one outcome for one request of one caller.

use domain::{RosterEntryId, Scope};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::browser::{Browser, Reply};
use crate::erasure::count;
use crate::integrator::System;
use crate::officer::Officer;

/// The key under which [`only_once`] sends.
pub(crate) const GOOD_KEY: &str = "0198c5f0-b7f2-7c1d-8a4e-5b6c7d8e9f00";

/// Sends a request under one key: it succeeds, and sent again it has the same outcome and says so. Another request (where
/// `send` gets `true`) is refused under the same key, and so is a text that is no key. Returns the last good answer.
pub(crate) async fn only_once(send: impl AsyncFn(&str, bool) -> Reply) -> Reply {
    let first = send(GOOD_KEY, false).await;
    assert!(matches!(first.status, 200..=202), "{first:?}");
    let again = send(GOOD_KEY, false).await;
    assert_eq!(again.header("idempotent-replayed"), "true", "{again:?}");
    assert_eq!((again.status, again.json()), (first.status, first.json()));
    assert_eq!(again.header("etag"), first.header("etag"));
    let other = send(GOOD_KEY, true).await;
    let reused = (422, "request.idempotency_key_reused".to_owned());
    assert_eq!(other.problem(), reused);
    let none = send(&"k".repeat(256), false).await;
    let missing = (400, "request.idempotency_key_required".to_owned());
    assert_eq!(none.problem(), missing);
    again
}

/// A request of somebody, with a key.
struct Keyed<'a> {
    browser: &'a Browser,
    method: Method,
    path: String,
    body: Option<Value>,
    /// The body of another request; without one the other request has another query.
    other: Option<Value>,
}

impl Keyed<'_> {
    fn request(&self, key: &str, other: bool) -> RequestBuilder {
        let query = if other && self.other.is_none() {
            "?other"
        } else {
            ""
        };
        let path = format!("/api/v1{}{query}", self.path);
        let request = self.browser.request(self.method.clone(), &path);
        let request = request.header("Idempotency-Key", key);
        match self.other.as_ref().filter(|_| other).or(self.body.as_ref()) {
            Some(body) => request.json(body),
            None => request,
        }
    }

    async fn send(&self, key: &str) -> Reply {
        self.browser.send(self.request(key, false)).await
    }

    async fn once(&self) -> Reply {
        let send = async |key: &str, other: bool| self.browser.send(self.request(key, other)).await;
        only_once(send).await
    }
}

fn keyed<'a>(officer: &'a Officer, method: Method, path: &str, bodies: [Value; 2]) -> Keyed<'a> {
    let [body, other] = bodies.map(|body| Some(body).filter(|body| !body.is_null()));
    Keyed {
        browser: &officer.browser,
        method,
        path: path.to_owned(),
        body,
        other,
    }
}

/// Posts a body, or nothing, [`only_once`]; the second body is another request's.
pub(crate) async fn posted_once(browser: &Browser, path: &str, bodies: [Value; 2]) -> Reply {
    let [body, other] = bodies.map(|body| Some(body).filter(|body| !body.is_null()));
    let posted = Keyed {
        browser,
        method: Method::POST,
        path: path.to_owned(),
        body,
        other,
    };
    posted.once().await
}

/// A request without a body.
fn act<'a>(officer: &'a Officer, path: &str) -> Keyed<'a> {
    keyed(officer, Method::POST, path, [Value::Null, Value::Null])
}

fn passport(name: &str, number: &str) -> Value {
    json!({ "name": name, "document_type": "passport", "document_number": number, "level": "ba" })
}

#[actix_web::test]
pub(crate) async fn what_is_done_to_a_roster_is_done_once_for_each_key() {
    let officer = Officer::new().await;
    let app = &officer.app;
    let before = count(app, "roster_entries", "1 = 1").await;
    let entries = format!("/tasks/{}/roster-entries", officer.task);
    let bodies = ["王小雨", "王大雨"].map(|name| passport(name, "E87654321"));
    let adding = keyed(&officer, Method::POST, &entries, bodies);
    // At once: the second waits for the first, and has its outcome.
    let (one, two) = tokio::join!(adding.send("both"), adding.send("both"));
    assert_eq!((one.status, two.status), (201, 201), "{one:?} {two:?}");
    assert_eq!(one.text("id"), two.text("id"));
    let mut marks = [&one, &two].map(|reply| reply.header("idempotent-replayed"));
    marks.sort_unstable();
    assert_eq!(marks, ["", "true"]);
    assert_eq!(count(app, "roster_entries", "1 = 1").await, before + 1);
    let bodies = ["E7654321", "E7654322"].map(|number| passport("钱小雨", number));
    let adding = keyed(&officer, Method::POST, &entries, bodies);
    let id = adding.once().await.text("id");
    let entry = format!("/roster-entries/{id}");
    let bodies = ["药学院", "法学院"].map(|name| json!({ "version": 1, "college": name }));
    let changed = keyed(&officer, Method::PATCH, &entry, bodies).once().await;
    assert_eq!(changed.json()["version"], 2);
    let withdraw = act(&officer, &format!("{entry}/withdraw"));
    assert_eq!(withdraw.once().await.text("state"), "withdrawn");
    let restore = act(&officer, &format!("{entry}/restore"));
    assert_eq!(restore.once().await.text("state"), "listed");

    // A request that changed nothing changes nothing later either.
    assert_eq!(restore.send("late").await.text("state"), "listed");
    assert_eq!(withdraw.send("other").await.text("state"), "withdrawn");
    assert_eq!(restore.send("late").await.text("state"), "withdrawn");

    // What was refused is not kept.
    let nobody = RosterEntryId(uuid::Uuid::nil());
    let nobody = act(&officer, &format!("/roster-entries/{nobody}/withdraw"));
    let unknown = (404, "roster_entry.unknown".to_owned());
    for _ in 0..2 {
        assert_eq!(nobody.send("unknown").await.problem(), unknown);
    }
    students_are_put_once_for_each_caller(&officer).await;
    a_file_is_sent_and_imported_once(&officer).await;
    an_endpoint_is_made_once(&officer).await;
}

async fn an_endpoint_is_made_once(officer: &Officer) {
    let school = officer.school().await.to_string();
    let bodies = ["1", "2"]
        .map(|name| json!({ "school_id": school, "url": "https://hooks.example.edu.cn/", "description": name }));
    let path = "/webhook-endpoints";
    let made = posted_once(&officer.browser, path, bodies).await;
    let path = format!("{path}/{}", made.json()["endpoint"]["id"].as_str().unwrap());
    let next = posted_once(
        &officer.browser,
        &format!("{path}/secrets"),
        [Value::Null, Value::Null],
    )
    .await;
    assert_ne!(next.text("secret"), made.text("secret"));
    posted_once(
        &officer.browser,
        &format!("{path}/ping"),
        [Value::Null, Value::Null],
    )
    .await;
    let pings = officer
        .browser
        .get(&format!("/api/v1{path}/deliveries"))
        .await;
    assert_eq!(pings.json()["items"].as_array().unwrap().len(), 1);
    let kept = count(
        &officer.app,
        "idempotency_keys",
        "CAST(body AS TEXT) LIKE '%whsec_%'",
    )
    .await;
    assert_eq!(kept, 0, "no secret is kept with a key");
}

async fn students_are_put_once_for_each_caller(officer: &Officer) {
    let bulk = format!("/tasks/{}/roster-entries:bulk", officer.task);
    let bodies = ["药学院", "法学院"].map(|college| {
        json!({ "students": [
            { "name": "李若水", "document_number": "110105199906159020", "level": "phd", "college": college },
            { "name": "钱某", "document_number": "110105194912310021", "level": "ba" },
        ] })
    });
    let put = keyed(officer, Method::PUT, &bulk, bodies);
    let verdict = |reply: &Reply| reply.json()["items"][0]["findings"][0]["verdict"].clone();
    // Without the key it would be unchanged the second time.
    assert_eq!(verdict(&put.once().await), "updated");
    let school = officer.school().await.to_string();
    let system = System::of_school(&officer.browser, &school, Scope::ALL).await;
    let caller = officer.app.browser();
    let token = system.token(&caller, None).await;
    let same = Keyed {
        browser: &caller,
        ..put
    };
    let own = same.request(GOOD_KEY, false).bearer_auth(token);
    assert_eq!(verdict(&caller.send(own).await), "unchanged");
}

async fn a_file_is_sent_and_imported_once(officer: &Officer) {
    let path = format!("/api/v1/tasks/{}/roster-imports", officer.task);
    let send = async |key: &str, other: bool| {
        let name = if other { "赵旧" } else { "赵新" };
        let file = format!("姓名,证件号码,CC\n{name},E12345670,本科\n");
        let request = officer.browser.request(Method::POST, &path).body(file);
        let request = request.header("Idempotency-Key", key);
        officer.browser.send(request).await
    };
    let id = only_once(send).await.text("id");
    assert_eq!(count(&officer.app, "roster_imports", "1 = 1").await, 1);
    officer.worked(&id, "checked").await;
    let import = format!("/roster-imports/{id}");
    let bodies = ["utf-8", "gb18030"].map(|word| json!({ "encoding": word }));
    keyed(officer, Method::PATCH, &import, bodies).once().await;
    officer.worked(&id, "checked").await;
    let bodies = [false, true].map(|is| json!({ "confirm_identity_changes": is }));
    let start = keyed(officer, Method::POST, &format!("{import}/start"), bodies);
    start.once().await;
    officer.worked(&id, "imported").await;
    let late = start.send(GOOD_KEY).await;
    assert_eq!(late.text("state"), "imported", "shown as it is now");
    act(officer, &format!("{import}/undo")).once().await;
    officer.worked(&id, "undone").await;
    let id = officer
        .checked("姓名,证件号码,CC\n赵新,E12345670,本科\n")
        .await;
    let cancel = act(officer, &format!("/roster-imports/{id}/cancel"));
    assert_eq!(cancel.once().await.text("state"), "cancelled");
}
