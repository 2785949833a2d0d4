//! What strangers send who want to know, to waste or to lock out, within the limits of what a client can be.

use futures_util::future::join_all;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};

use crate::attacks::{STEP, Target};
use crate::browser::{Browser, agreement};
use crate::journey::{Who, ZHANG, upload_id};

/// Browsers of each attack that works with many.
const BROWSERS: u8 = 8;
/// Connections on which one account asks for exports. The issue that this comes from had 48.
const EXPORTS: usize = 24;
/// Wrong codes for each challenge: one more than there are tries.
const TRIES: usize = 6;

/// All of them at once; the victim is known by phone and by document, the student has a session.
pub(crate) async fn attack(target: &Target, (phone, victim): (&str, Who), student: &Browser) {
    let task = student.task(ZHANG.school).await["id"].clone();
    tokio::join!(
        codes_of_a_phone(target, phone),
        messages_to_many(target),
        invented_sessions(target),
        exports(target, student),
        false_claims(target, student, &task, victim),
    );
}

/// A browser that connects from an address of its own.
fn browser(target: &Target, attacker: u8, number: u8) -> Browser {
    let http = Client::builder()
        .no_proxy()
        .local_address(std::net::IpAddr::from([127, 0, attacker, number.max(1)]))
        .build()
        .unwrap();
    Browser::new(http, &target.origin, "192.0.2.1")
}

/// Sends a request, whatever is answered; what the server calls its own fault is counted.
async fn ask(target: &Target, browser: &Browser, request: RequestBuilder) -> Option<Value> {
    let reply = browser.try_send(request).await?;
    if reply.status == 500 {
        target.faults.set(target.faults.get() + 1);
    }
    serde_json::from_slice(&reply.bytes).ok()
}

/// Asks for codes for somebody else's phone, and tries wrong ones, from several browsers: the owner must still get in.
async fn codes_of_a_phone(target: &Target, phone: &str) {
    let guess = async |number: u8| {
        let browser = browser(target, 8, number);
        while target.goes_on() {
            let wanted = json!({ "phone": phone, "agreement_version": agreement() });
            let request = browser.request(Method::POST, "/api/v1/auth/sms-challenges");
            let challenge = ask(target, &browser, request.json(&wanted)).await;
            let id = challenge.and_then(|answer| Some(answer["challenge_id"].as_str()?.to_owned()));
            let id = id.unwrap_or_else(|| upload_id(number).replace("upl", "chl"));
            for _ in 0..TRIES {
                let code = format!("{:06}", target.number() % 1_000_000);
                let login =
                    json!({ "challenge_id": id, "code": code, "agreement_version": agreement() });
                let request = browser.request(Method::POST, "/api/v1/auth/sessions");
                ask(target, &browser, request.json(&login)).await;
            }
            tokio::time::sleep(STEP).await;
        }
    };
    join_all((1..=BROWSERS).map(guess)).await;
}

/// Asks for codes for a number each, from an address each.
async fn messages_to_many(target: &Target) {
    let flood = async |worker: u8| {
        for address in (worker..=250).step_by(usize::from(BROWSERS)).cycle() {
            if !target.goes_on() {
                return;
            }
            let browser = browser(target, 9, address);
            let phone = format!("137{:08}", target.number() % 100_000_000);
            let wanted = json!({ "phone": phone, "agreement_version": agreement() });
            let request = browser.request(Method::POST, "/api/v1/auth/sms-challenges");
            ask(target, &browser, request.json(&wanted)).await;
            tokio::time::sleep(STEP).await;
        }
    };
    join_all((1..=BROWSERS).map(flood)).await;
}

/// Sessions with invented challenges, as fast as they are answered.
async fn invented_sessions(target: &Target) {
    let invent = async |number: u8| {
        let browser = browser(target, 10, number);
        while target.goes_on() {
            let [byte, ..] = target.number().to_le_bytes();
            let id = upload_id(byte).replace("upl", "chl");
            let login =
                json!({ "challenge_id": id, "code": "000000", "agreement_version": agreement() });
            let request = browser.request(Method::POST, "/api/v1/auth/sessions");
            ask(target, &browser, request.json(&login)).await;
        }
    };
    join_all((1..=2).map(invent)).await;
}

/// Exports of one account on many connections at once: its own session, from one address.
async fn exports(target: &Target, student: &Browser) {
    let export = async |_| {
        while target.goes_on() {
            let request = student.request(Method::POST, "/api/v1/me/exports");
            ask(target, student, request).await;
            tokio::time::sleep(STEP).await;
        }
    };
    join_all((0..EXPORTS).map(export)).await;
}

/// Claims of a student with a session: the number of a person who is verified already, with other names and levels, and
/// invented numbers. None of them may disclose or bind anything.
async fn false_claims(target: &Target, student: &Browser, task: &Value, victim: Who) {
    while target.goes_on() {
        let number = target.number();
        let level = ["ba", "msc", "phd"][usize::try_from(number % 3).unwrap()];
        let document = if number.is_multiple_of(2) {
            victim.document_number.to_owned()
        } else {
            format!("E{:08}", number % 100_000_000)
        };
        let claim = json!({
            "task_id": task,
            "document_type": if number.is_multiple_of(2) { victim.document_type } else { "passport" },
            "document_number": document,
            "level": level,
            "name": format!("王{number}"),
            "student_no": format!("{number}"),
        });
        let request = student.request(Method::POST, "/api/v1/enrolments");
        let answer = ask(target, student, request.json(&claim)).await;
        let told = answer.unwrap_or_default().to_string();
        for secret in [victim.name, victim.student_no] {
            assert!(!told.contains(secret), "a claim discloses {secret}: {told}");
        }
        tokio::time::sleep(STEP).await;
    }
}
