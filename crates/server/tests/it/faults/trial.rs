//! A student at work while something is broken: what they see, and whether anything is lost that was acknowledged.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::Browser;
use crate::journey::{ZHANG, portrait, upload_id};
use crate::program::{LOOK_EVERY, LOOKS, Program};

/// Short times, so that a fault shows at once, and no cache of readiness.
pub(super) const HASTY: &str = "\n[timeouts]\nconnect_ms = 1000\nfirst_byte_ms = 1000\nstorage_min_bytes_per_s = 262144\n\
    breaker_failures = 3\nbreaker_open_ms = 500\nstatement_ms = 2000\nlock_ms = 1000\nreadiness_ms = 1000\nanswer_ms = 4000\n\
    [http]\nreadiness_cache_ms = 0\n";
/// An answer that takes longer was waited for without an end.
const LONGEST_ANSWER: Duration = Duration::from_secs(20);
/// What is counted of requests that were not answered.
const NO_ANSWER: u16 = 0;

/// The statuses that came back, and how often.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Seen(BTreeMap<u16, usize>);

impl Seen {
    fn note(&mut self, status: u16) {
        *self.0.entry(status).or_default() += 1;
    }

    /// Whether nothing but this came back.
    pub(super) fn is_only(&self, status: u16) -> bool {
        !self.0.is_empty() && self.0.keys().all(|seen| *seen == status)
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for (status, count) in &self.0 {
            let separator = if text.is_empty() { "" } else { ", " };
            match *status {
                NO_ANSWER => write!(text, "{separator}no answer ×{count}").unwrap(),
                status => write!(text, "{separator}{status} ×{count}").unwrap(),
            }
        }
        text
    }
}

/// What the client and the operator saw while something was broken.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) writes: Seen,
    pub(super) uploads: Seen,
    pub(super) reads: Seen,
    pub(super) readiness: Seen,
    /// The readiness, last.
    pub(super) parts: Value,
}

/// A student with a photo, and all that the server acknowledged.
pub(super) struct Trial<'a> {
    pub(super) program: Program,
    app: &'a TestApp,
    browser: Browser,
    enrolment: String,
    photos: Vec<(String, Vec<u8>)>,
    /// The number in the address of the last acknowledged change.
    changes: u32,
    /// The number of the last one that was asked for.
    asked: u32,
    uploads: u8,
}

impl<'a> Trial<'a> {
    /// The student has a photo, which is acknowledged.
    pub(super) async fn begin(app: &'a TestApp, program: Program) -> Self {
        let browser = app.student_in(program.browser(1), "13800138000").await;
        let enrolment = browser.enrol(ZHANG).await;
        let mut trial = Self {
            program,
            app,
            browser,
            enrolment,
            photos: Vec::new(),
            changes: 0,
            asked: 0,
            uploads: 0,
        };
        assert_eq!(trial.upload().await, 201);
        assert_eq!(trial.change().await, 200);
        trial
    }

    /// The status of a request; it must not be waited for without an end.
    async fn ask(&self, request: reqwest::RequestBuilder) -> (u16, Vec<u8>) {
        let sent = tokio::time::timeout(LONGEST_ANSWER, async {
            let reply = request.send().await.ok()?;
            let status = reply.status().as_u16();
            if status == 503 {
                assert!(reply.headers().contains_key("retry-after"), "{reply:?}");
            }
            Some((status, reply.bytes().await.ok()?.to_vec()))
        });
        let answer = sent.await.unwrap_or_else(|_| panic!("an endless request"));
        answer.unwrap_or((NO_ANSWER, Vec::new()))
    }

    /// Changes the address of the account to a number.
    pub(super) async fn change(&mut self) -> u16 {
        let me = self.browser.request(reqwest::Method::GET, "/api/v1/me");
        let (status, me) = self.ask(me).await;
        if status != 200 {
            return status;
        }
        let me: Value = serde_json::from_slice(&me).unwrap();
        self.asked += 1;
        let body = json!({ "language": "zh-CN", "email": "", "address": self.asked.to_string(), "version": me["version"] });
        let change = self.browser.request(reqwest::Method::PATCH, "/api/v1/me");
        let (status, _) = self.ask(change.json(&body)).await;
        if status == 200 {
            self.changes = self.asked;
        }
        status
    }

    /// Sends another photo.
    pub(super) async fn upload(&mut self) -> u16 {
        self.uploads += 1;
        let file = portrait(480, 640, self.uploads);
        let path = format!("/api/v1/enrolments/{}/photos", self.enrolment);
        let form = reqwest::multipart::Form::new()
            .text("upload_id", upload_id(self.uploads))
            .text("frame", r#"{"x":0,"y":0,"width":480,"height":640}"#)
            .part(
                "image",
                reqwest::multipart::Part::bytes(file.clone()).file_name("a.jpg"),
            );
        let request = self.browser.request(reqwest::Method::POST, &path);
        let (status, body) = self.ask(request.multipart(form)).await;
        if status == 201 {
            let photo: Value = serde_json::from_slice(&body).unwrap();
            self.photos
                .push((photo["id"].as_str().unwrap().to_owned(), file));
        }
        status
    }

    /// Reads the first photo.
    pub(super) async fn read(&self) -> u16 {
        let (id, file) = &self.photos[0];
        let (status, body) = self.image(id).await;
        assert!(status != 200 || body == *file, "another photo");
        status
    }

    async fn image(&self, id: &str) -> (u16, Vec<u8>) {
        let path = format!("/api/v1/photos/{id}/image?variant=original");
        self.ask(self.browser.request(reqwest::Method::GET, &path))
            .await
    }

    async fn readiness(&self) -> (u16, Value) {
        let address = format!("http://{}/readyz", self.program.ops_address);
        let began = Instant::now();
        let asked = reqwest::Client::builder()
            .no_proxy()
            .build()
            .unwrap()
            .get(address);
        let Ok(reply) = asked.send().await else {
            return (NO_ANSWER, Value::Null);
        };
        let status = reply.status().as_u16();
        let parts = reply.json().await.unwrap_or(Value::Null);
        // Two seconds are promised; on a busy machine a little more passes here.
        assert!(began.elapsed() < Duration::from_secs(4), "a slow /readyz");
        (status, parts)
    }

    /// The student goes on while something is broken.
    pub(super) async fn suffer(&mut self, rounds: usize) -> Outcome {
        let mut outcome = Outcome::default();
        for round in 0..rounds {
            outcome.writes.note(self.change().await);
            outcome.reads.note(self.read().await);
            if round == 0 {
                outcome.uploads.note(self.upload().await);
            }
            let (status, parts) = self.readiness().await;
            outcome.readiness.note(status);
            outcome.parts = parts;
        }
        outcome
    }

    /// Waits until all works again.
    pub(super) async fn wait(&mut self) {
        for _ in 0..2 * LOOKS {
            if self.readiness().await.0 == 200 && self.change().await == 200 {
                return;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        panic!("it does not work again");
    }

    /// Waits until all works again and sees that nothing acknowledged is lost. Tells the row of the table.
    pub(super) async fn recover(mut self, fault: &str, outcome: &Outcome) {
        let began = Instant::now();
        self.wait().await;
        let recovery = began.elapsed();
        let lost = self.lost().await;
        let row = json!({
            "fault": fault,
            "database": if self.app.database_url().is_some() { "PostgreSQL" } else { "SQLite" },
            "writes": outcome.writes.text(),
            "uploads": outcome.uploads.text(),
            "reads": outcome.reads.text(),
            "readiness": outcome.readiness.text(),
            "lost": lost,
            "recovery_ms": u64::try_from(recovery.as_millis()).unwrap(),
        });
        tell(&row);
        assert_eq!(lost, 0, "{row}");
    }

    /// How much of what was acknowledged is not there.
    async fn lost(&self) -> usize {
        let me = self.browser.get("/api/v1/me").await.json();
        let number: u32 = me["address"].as_str().unwrap().parse().unwrap();
        // One that was not acknowledged may have been done all the same.
        let mut lost = usize::from(number < self.changes);
        for (id, file) in &self.photos {
            let (status, body) = self.image(id).await;
            lost += usize::from(status != 200 || body != *file);
        }
        lost
    }
}

/// Prints a row, and adds it to the file from which `cargo xtask faults` makes its table.
pub(super) fn tell(row: &Value) {
    println!("{row}");
    let Some(table) = std::env::var_os("GRADPHOTO_FAULTS_TABLE") else {
        return;
    };
    let file = std::fs::OpenOptions::new()
        .append(true)
        .create(true)
        .open(table);
    writeln!(file.unwrap(), "{row}").unwrap();
}

/// How often a part is repeated: once, or as often as `cargo xtask faults` says.
pub(super) fn rounds() -> usize {
    let text = std::env::var_os("GRADPHOTO_FAULT_ROUNDS");
    text.map_or(1, |text| text.to_str().unwrap().parse().unwrap())
}
