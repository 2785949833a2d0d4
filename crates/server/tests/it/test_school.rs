//! Schools for trying the API: invented students, events on demand, a clock of their own; nobody else notices.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use data_encoding::HEXLOWER;
use domain::Scope;
use domain::event::EventKind;
use domain::role::Role;
use providers::keys::sha256;
use reqwest::Method;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::Browser;
use crate::call::school_named;
use crate::integrator::System;
use crate::receiver::Receiver;
use crate::staff::log_in;
use crate::terminal::said;

const NAME: &str = "示例大学（接口测试）";

fn refused(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

/// A test school and its system.
pub(crate) struct Trial {
    pub(crate) app: TestApp,
    operator: Browser,
    school: String,
    pub(crate) system: System,
    caller: Browser,
    token: String,
}

impl Trial {
    pub(crate) async fn begin() -> Self {
        let app = TestApp::with_sample().await;
        let operator = log_in(&app, "13800138601").await;
        app.make_staff(&operator, Role::Operator, None).await;
        let new = json!({ "code": "99966", "name": NAME });
        let made = operator.post("/api/v1/test-schools", new.clone()).await;
        assert_eq!(
            (made.status, made.json()["is_test"].clone()),
            (201, json!(true)),
            "{made:?}"
        );
        let again = operator.post("/api/v1/test-schools", new).await;
        assert_eq!(again.problem(), refused(409, "school.name_taken"));
        let school = made.text("id");
        let system = System::of_school(&operator, &school, Scope::ALL).await;
        let caller = app.browser();
        let token = system.token(&caller, None).await;
        Self {
            app,
            operator,
            school,
            system,
            caller,
            token,
        }
    }

    async fn call(&self, method: Method, path: &str, body: Value) -> crate::browser::Reply {
        let request = self.caller.request(method, path).bearer_auth(&self.token);
        let request = if body.is_null() {
            request
        } else {
            request.json(&body)
        };
        self.caller.send(request).await
    }

    /// What the system reads at a path.
    pub(crate) async fn get(&self, path: &str) -> Value {
        let reply = self.call(Method::GET, path, Value::Null).await;
        assert_eq!(reply.status, 200, "{path} {reply:?}");
        reply.json()
    }

    async fn trigger(&self, kind: &str) -> crate::browser::Reply {
        let path = format!("/api/v1/schools/{}/test-events", self.school);
        self.call(Method::POST, &path, json!({ "type": kind }))
            .await
    }

    /// A command of the program in the name of the system.
    pub(crate) fn program(&self, words: &[&str]) -> Command {
        let mut program = self.in_its_name(Command::new(env!("CARGO_BIN_EXE_gradphoto")));
        program.args(words);
        program
    }

    /// A program that finds the platform and the key of the system in its environment.
    pub(crate) fn in_its_name(&self, mut program: Command) -> Command {
        program
            .env("GRADPHOTO", &self.app.origin)
            .env("no_proxy", "*");
        program.env("CLIENT_ID", &self.system.client_id);
        program.env("CLIENT_SECRET", &self.system.secret);
        program
    }

    /// Nobody comes upon the school, and nothing of it counts.
    async fn nobody_notices(&self, task: &str) {
        let student = self.app.student("13800138602").await;
        let found = student.get(&format!("/api/v1/schools?name={NAME}")).await;
        assert_eq!(found.problem(), refused(404, "school.not_open"));
        let hints = student
            .get("/api/v1/schools/suggestions?prefix=示例大学（接")
            .await;
        assert!(
            !hints
                .bytes
                .windows(NAME.len())
                .any(|part| part == NAME.as_bytes())
        );
        let public = student.get(&format!("/api/v1/tasks/{task}")).await;
        assert_eq!(public.problem(), refused(404, "school.not_open"));
        let claim = json!({
            "task_id": task, "document_type": "passport", "document_number": "E99000000", "level": "ba",
        });
        let bound = student.post("/api/v1/enrolments", claim).await;
        assert_eq!(bound.problem(), refused(404, "school.not_open"));
        let counted = self
            .operator
            .get("/api/v1/overview/schools?limit=100")
            .await
            .json();
        let counted = counted["items"].as_array().unwrap();
        assert!(!counted.is_empty() && counted.iter().all(|one| one["name"] != NAME));
    }
}

#[actix_web::test]
pub(crate) async fn a_system_tries_everything_in_a_school_that_counts_nowhere() {
    let trial = Trial::begin().await;
    // Their students have no phones, which no key could have indexed.
    let counted = service::keys::check(&trial.app.context).await;
    counted.unwrap();
    let tasks = trial
        .get(&format!("/api/v1/schools/{}/tasks", trial.school))
        .await;
    let task = tasks["items"][0]["id"].as_str().unwrap().to_owned();
    trial.nobody_notices(&task).await;

    // Students in every state, and pictures that are what they are said to be.
    trial.app.advance(11).await;
    let all = trial
        .get(&format!("/api/v1/tasks/{task}/photos?limit=100"))
        .await;
    let states: Vec<_> = all["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["state"].clone())
        .collect();
    for state in domain::photo_state::PhotoState::ALL {
        assert!(states.contains(&json!(state.as_str())), "{state:?}");
    }
    let accepted = trial
        .get(&format!("/api/v1/tasks/{task}/photos?state=approved"))
        .await;
    let accepted = accepted["items"].as_array().unwrap();
    assert_eq!(accepted.len(), 5);
    let photo = format!(
        "/api/v1/tasks/{task}/photos/{}",
        accepted[0]["id"].as_str().unwrap()
    );
    let picture = trial
        .call(Method::GET, &format!("{photo}/image"), Value::Null)
        .await;
    assert_eq!(
        HEXLOWER.encode(&sha256(&picture.bytes)),
        accepted[0]["sha256"].as_str().unwrap()
    );
    let listed = trial
        .get(&format!("/api/v1/tasks/{task}/roster-entries?limit=100"))
        .await;
    assert_eq!(listed["items"].as_array().unwrap().len(), 16);
    let orders = trial
        .get(&format!("/api/v1/tasks/{task}/orders?limit=100"))
        .await;
    let due: i64 = orders["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["due_fen"].as_i64().unwrap())
        .sum();
    assert_eq!(due, 0, "no money");

    // Sent back, no message goes to anybody.
    let request = trial
        .caller
        .request(Method::POST, &format!("{photo}/refuse"));
    let request = request.bearer_auth(&trial.token).header("If-Match", "*");
    let sent_back = trial
        .caller
        .send(request.json(&json!({ "reasons": ["blur"] })))
        .await;
    assert_eq!(sent_back.text("state"), "refused", "{sent_back:?}");
    trial.app.work().await;
    assert!(trial.app.messages_to("+12025550123").await.is_empty());

    // Each event, at the time of the school's clock.
    let clock = format!("/api/v1/schools/{}/test-clock", trial.school);
    let moved = trial
        .call(Method::POST, &clock, json!({ "advance_s": 100_000_000 }))
        .await;
    assert_eq!(moved.status, 200, "{moved:?}");
    let time = moved.text("now");
    for kind in EventKind::ALL {
        let sent = trial.trigger(kind.as_str()).await;
        assert_eq!(sent.status, 202, "{sent:?}");
    }
    trial.app.work().await;
    let events = trial.get("/api/v1/events?limit=100").await;
    let events = events["items"].as_array().unwrap();
    for kind in EventKind::ALL {
        let told = events.iter().filter(|one| one["type"] == kind.as_str());
        let told: Vec<_> = told
            .filter(|one| one["timestamp"].as_str() >= Some(time.as_str()))
            .collect();
        assert_eq!(told.len(), 1, "{kind}");
        assert_eq!(
            (&told[0]["data"]["school_id"], &told[0]["data"]["sequence"]),
            (&json!(trial.school), &json!(1))
        );
    }
    let far = trial
        .call(Method::POST, &clock, json!({ "advance_s": 400_000_000 }))
        .await;
    assert_eq!(far.problem(), refused(422, "school.clock_offset"));
    for wrong in ["test-clock", "test-events"] {
        let path = format!("/api/v1/schools/{}/{wrong}", trial.school);
        assert_eq!(
            trial
                .call(Method::POST, &path, json!({ "x": 1 }))
                .await
                .status,
            422
        );
    }
    let wrong = trial
        .operator
        .post("/api/v1/test-schools", json!({ "code": "1", "name": "" }))
        .await;
    assert_eq!(wrong.status, 422);

    // A real school has neither.
    let real = school_named(&trial.operator, "北医").await;
    for (what, body) in [
        ("test-events", json!({ "type": "order.paid" })),
        ("test-clock", json!({ "advance_s": 1 })),
    ] {
        let refusal = trial
            .operator
            .post(&format!("/api/v1/schools/{real}/{what}"), body)
            .await;
        assert_eq!(refusal.problem(), refused(409, "school.not_test"), "{what}");
    }
}

#[actix_web::test]
async fn a_developer_has_events_sent_to_their_own_computer() {
    let trial = Trial::begin().await;
    let receiver = Receiver::start().await;
    let words = [
        "webhooks",
        "listen",
        "--count",
        "2",
        "--forward-to",
        &receiver.url,
    ];
    let mut listening = trial
        .program(&words)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(listening.stdout.take().unwrap()).lines();
    let (secret, lines) = actix_web::web::block(move || {
        let secret = lines.next().unwrap().unwrap();
        lines.next().unwrap().unwrap();
        (secret, lines)
    })
    .await
    .unwrap();
    for kind in ["order.paid", "photo.approved"] {
        let mut program = trial.program(&["webhooks", "trigger", kind]);
        let done = actix_web::web::block(move || program.output().unwrap())
            .await
            .unwrap();
        assert!(said(&done).starts_with("evt_"), "{done:?}");
        trial.app.work().await;
    }
    let told: Vec<String> = actix_web::web::block(move || {
        let told = lines.map(Result::unwrap).collect();
        assert!(listening.wait().unwrap().success());
        told
    })
    .await
    .unwrap();
    assert!(told.iter().all(|line| line.ends_with("  200")), "{told:?}");
    let received = receiver.received();
    let kinds: Vec<_> = received
        .iter()
        .map(crate::receiver::Received::kind)
        .collect();
    assert_eq!(kinds, ["order.paid", "photo.approved"]);
    assert!(received.iter().all(|one| one.is_taken_with(&secret)));

    let mut wrong = trial.program(&["webhooks", "trigger", "order.lost"]);
    let done = actix_web::web::block(move || wrong.output().unwrap())
        .await
        .unwrap();
    assert!(!done.status.success(), "{done:?}");
}
