//! Attacks of strangers and of a student with bad intent, all at once, while students go their way from login to paid.
//!
//! They target a program of this test on loopback and end by themselves: after 10 s here, after ten minutes with
//! `cargo xtask attacks`. Afterwards the program must have as much memory and as many open files as before. Attackers come
//! from addresses 127.0.1.x and students from 127.0.0.1, so that a limit for each address separates them.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::json;
use tokio::time::{Instant, sleep};

use crate::app::TestApp;
use crate::books::{PEOPLE, phone};
use crate::browser::{Browser, agreement};
use crate::buyer::Buyer;
use crate::journey::upload_id;
use crate::program::{LOOK_EVERY, LOOKS, Program};
use crate::raw::RawConnection;
use crate::strangers;

/// How long the attacks last where nothing else is said.
const SECONDS: u64 = 10;
/// Connections of each attack that holds connections.
const HELD: usize = 150;
/// How long an attacker rests between two steps, so that two cores do not spend their time on the attackers alone.
pub(crate) const STEP: Duration = Duration::from_millis(20);
/// Students who have paid before the program's memory is looked at first.
const WARM_UP: usize = 4;
/// How long the attacks last before the program's memory is looked at first: every connection to the database then has
/// its pages and statements, which stay.
const FIRST_SECONDS: u64 = 10;
/// Memory may be a fifth more than before, of which a run of a minute or more gives a true picture.
const MEMORY_PERCENT: u64 = 120;
/// In a shorter run what the students themselves leave in caches is more than what attacks could.
const SHORT_MEMORY_PERCENT: u64 = 200;
/// From so many seconds on a run is not short.
const LONG_SECONDS: u64 = 60;
/// How long the program may take to give memory and files back.
const REST: Duration = Duration::from_mins(1);
/// After so long nothing of the first attacks is under way any more.
const SETTLE: Duration = Duration::from_secs(15);
/// Files that the program may have open in addition: database connections and logs of its own.
const MORE_FILES: usize = 16;
/// Deadlines under which the held connections end within the test.
const HTTP: &str =
    "\n[http]\ntransfer_grace_ms = 1500\nunread_body_ms = 500\nhead_timeout_ms = 1500\n";

type Attack<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

/// Where the attacks go, and until when.
pub(crate) struct Target {
    pub(crate) origin: String,
    until: Instant,
    steps: Cell<u64>,
    /// Answers that say that the server failed.
    pub(crate) faults: Cell<u64>,
}

impl Target {
    fn of(program: &Program, seconds: u64) -> Self {
        Self {
            origin: format!("http://{}", program.address),
            until: Instant::now() + Duration::from_secs(seconds),
            steps: Cell::default(),
            faults: Cell::default(),
        }
    }

    pub(crate) fn goes_on(&self) -> bool {
        self.steps.set(self.steps.get() + 1);
        Instant::now() < self.until
    }

    /// A number that was not used before.
    pub(crate) fn number(&self) -> u64 {
        self.steps.set(self.steps.get() + 1);
        self.steps.get()
    }

    /// Connects from an attacker's address.
    async fn open(&self, attacker: u8) -> Option<RawConnection> {
        RawConnection::open_from(&self.origin, [127, 0, 1, attacker]).await
    }

    /// Connects, sends, reads the answer until the server closes or `patience` is over.
    async fn send(&self, attacker: u8, text: String, patience: Duration) {
        if let Some(mut client) = self.open(attacker).await {
            client.send(text).await;
            let answer = tokio::time::timeout(patience, client.read_to_end()).await;
            if answer.is_ok_and(|answer| answer.starts_with("HTTP/1.1 500")) {
                self.faults.set(self.faults.get() + 1);
            }
        }
    }
}

/// Invented methods and headers, one connection each.
async fn invented_methods(target: &Target) {
    while target.goes_on() {
        let number = target.number();
        let text = format!(
            "M{number} / HTTP/1.1\r\nHost: x\r\nX-{number}: {}\r\n\r\n",
            "y".repeat(2_000)
        );
        target.send(1, text, Duration::from_secs(1)).await;
        sleep(STEP).await;
    }
}

/// Bodies that no handler reads, with and without a client that stays.
async fn unread_bodies(target: &Target) {
    let body = format!(
        "Transfer-Encoding: chunked\r\n\r\nfffff\r\n{}",
        "x".repeat(100_000)
    );
    while target.goes_on() {
        for start in [
            "GET /api/v1/auth/settings",
            "POST /api/v1/auth/sessions/refresh",
        ] {
            let cookie = "Cookie: __Host-refresh=invented";
            let text = format!("{start} HTTP/1.1\r\nHost: x\r\n{cookie}\r\n{body}");
            let patience = Duration::from_millis(target.number() % 2 * 500);
            target.send(2, text, patience).await;
        }
        sleep(STEP).await;
    }
}

/// A connection that sends a byte now and then, again and again: in its first head, in its second head, or in a body.
async fn slow_client(target: &Target, kind: usize) {
    let first = "GET /api/v1/auth/settings HTTP/1.1\r\nHost: x\r\n";
    let body = "Host: x\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n";
    let start = match kind % 4 {
        0 => first.to_owned(),
        1 => format!("{first}\r\n{first}"),
        2 => format!("POST /api/v1/auth/sms-challenges HTTP/1.1\r\n{body}"),
        _ => format!("POST /notify/alipay/main HTTP/1.1\r\n{body}"),
    };
    while target.goes_on() {
        let Some(mut client) = target.open(3).await else {
            sleep(STEP).await;
            continue;
        };
        client.send(&start).await;
        let drip = async {
            while target.goes_on() {
                client.send("x").await;
                sleep(Duration::from_millis(400)).await;
            }
        };
        let _ = tokio::time::timeout(Duration::from_secs(6), drip).await;
    }
}

/// A large answer that is not read.
async fn unread_answers(target: &Target) {
    while target.goes_on() {
        if let Some(mut client) = target.open(4).await {
            client
                .send("GET /assets/large.js HTTP/1.1\r\nHost: x\r\n\r\n")
                .await;
            sleep(Duration::from_secs(3)).await;
        }
    }
}

/// Notices with long false signatures.
async fn false_notices(target: &Target) {
    while target.goes_on() {
        let serial = format!("{}", target.number()).repeat(50);
        let head = format!(
            "Host: x\r\nConnection: close\r\nWechatpay-Serial: {serial}\r\nContent-Length: 2\r\n\r\n{{}}"
        );
        let text = format!("POST /notify/wechat/main/pay HTTP/1.1\r\n{head}");
        target.send(5, text, Duration::from_secs(1)).await;
        sleep(STEP).await;
    }
}

/// Codes for invented phones, logins with invented codes, long queries.
async fn guesses(target: &Target) {
    let random = |number: u64| upload_id(number.to_le_bytes()[0]).replace("upl", "chl");
    while target.goes_on() {
        let number = target.number();
        let login = json!({ "challenge_id": random(number), "code": "123456", "agreement_version": agreement() });
        let code = json!({ "phone": format!("139{:08}", number % 100_000_000), "agreement_version": agreement() });
        for (path, body) in [("sessions", login), ("sms-challenges", code)] {
            let body = body.to_string();
            let head = format!(
                "Connection: close\r\nContent-Type: application/json\r\nContent-Length: {}",
                body.len()
            );
            let text =
                format!("POST /api/v1/auth/{path} HTTP/1.1\r\nHost: x\r\n{head}\r\n\r\n{body}");
            target.send(6, text, Duration::from_secs(1)).await;
        }
        let query = format!(
            "GET /api/v1/schools/suggestions?prefix={} HTTP/1.1\r\n",
            "x".repeat(60_000)
        );
        target
            .send(
                6,
                format!("{query}Host: x\r\nConnection: close\r\n\r\n"),
                Duration::from_secs(1),
            )
            .await;
        sleep(STEP).await;
    }
}

/// What a student with bad intent sends with a session, whatever is answered.
async fn bad_student(target: &Target, student: &Browser, own: &Buyer, other: &str) {
    let send = async |request: reqwest::RequestBuilder| {
        let request = request.timeout(Duration::from_secs(2));
        drop(request.send().await);
    };
    let head = |enrolment: &str| {
        let path = format!("/api/v1/enrolments/{enrolment}/photos");
        let request = student.request(Method::POST, &path).build().unwrap();
        let headers = request.headers().iter();
        let text = headers.fold(
            format!("POST {path} HTTP/1.1\r\nHost: x\r\n"),
            |text, (name, value)| format!("{text}{name}: {}\r\n", value.to_str().unwrap()),
        );
        let part = "--p\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\"\r\n\r\n";
        let kind = "Content-Type: multipart/form-data; boundary=p\r\nContent-Length: 9000000";
        format!("{text}{kind}\r\n\r\n{part}{}", "x".repeat(500_000))
    };
    let uploads = (0..20).map(async |number| {
        let text = head(if number % 2 == 0 {
            other
        } else {
            &own.enrolment_id
        });
        while target.goes_on() {
            target.send(7, text.clone(), Duration::from_secs(1)).await;
        }
    });
    let calls = async {
        while target.goes_on() {
            let key = format!("bad-{}", target.number());
            send(student.request(Method::POST, "/api/v1/me/exports")).await;
            let pay = student.request(Method::POST, &own.path("/payments"));
            let pay = pay.header("Idempotency-Key", key);
            send(pay.json(&json!({ "provider": "wechat_pay" }))).await;
            let confirm = own.path("/payments/confirm");
            send(student.request(Method::POST, &confirm)).await;
            sleep(STEP).await;
        }
    };
    tokio::join!(join_all(uploads), calls);
}

/// A student's way from login to paid; every step must succeed.
async fn journey(app: &TestApp, program: &Program, number: usize) -> Buyer {
    let browser = program.browser(number);
    let buyer = Buyer::with_order_in(app, browser, &phone(number), PEOPLE[number]).await;
    let provider = ["wechat_pay", "alipay"][number % 2];
    let out_trade_no = buyer.begun(app, provider).await;
    app.pay(&out_trade_no).await;
    for _ in 0..LOOKS {
        if buyer.status().await["status"] == "paid" {
            return buyer;
        }
        sleep(LOOK_EVERY).await;
    }
    panic!(
        "a paid order is not known to be paid: {:?}",
        buyer.order().await
    );
}

/// Students on their way, and then those who look at what they have, until the attacks end.
async fn students(app: &TestApp, program: &Program, target: &Target) -> usize {
    let mut buyers = Vec::new();
    for number in WARM_UP..PEOPLE.len() - 1 {
        buyers.push(journey(app, program, number).await);
    }
    let mut looks = 0;
    while target.goes_on() {
        for buyer in &buyers {
            assert_eq!(buyer.order().await["status"], "paid");
            let photo = format!("/api/v1/photos/{}/image?variant=thumb", buyer.photo_id);
            assert_eq!(buyer.browser.get(&photo).await.status, 200);
            if looks % 50 == 49 {
                buyer.renew().await;
            }
        }
        looks += 1;
        sleep(Duration::from_secs(1)).await;
    }
    buyers.len()
}

/// The program's memory in KB and its files at rest: as soon as neither is above these bounds, or after a minute.
async fn at_rest(program: &Program, (memory_kb, files): (u64, usize)) -> (u64, usize) {
    let until = Instant::now() + REST;
    while Instant::now() < until
        && (program.open_files() > files || program.memory_kb() > memory_kb)
    {
        sleep(LOOK_EVERY).await;
    }
    (program.memory_kb(), program.open_files())
}

/// All attacks at once, until their time is over. The victim is the first of the students.
async fn attack(target: &Target, bad: &Buyer, victim: &Buyer) {
    let victim_phone = phone(0);
    let strangers = strangers::attack(target, (&victim_phone, PEOPLE[0]), &bad.browser);
    let mut attacks: Vec<Attack<'_>> = vec![
        Box::pin(invented_methods(target)),
        Box::pin(unread_bodies(target)),
        Box::pin(false_notices(target)),
        Box::pin(guesses(target)),
        Box::pin(bad_student(target, &bad.browser, bad, &victim.enrolment_id)),
        Box::pin(strangers),
    ];
    for number in 0..HELD {
        attacks.push(Box::pin(slow_client(target, number)));
        if number < 10 {
            attacks.push(Box::pin(unread_answers(target)));
        }
    }
    join_all(attacks).await;
}

#[actix_web::test]
async fn attacks_stop_no_student_and_leave_nothing_behind() {
    let text = |name: &str| std::env::var_os(name)?.to_str()?.parse().ok();
    let seconds = text("GRADPHOTO_ATTACK_SECONDS").unwrap_or(SECONDS);
    let app = TestApp::with_sample().await;
    let large = "x".repeat(4 * 1024 * 1024);
    std::fs::write(app.folder().join("web/assets/large.js"), large).unwrap();
    let direct = |text: &str| text.replace("trust_proxy = true", "trust_proxy = false") + HTTP;
    let program = Program::start_with(&app, &[], direct).await;
    // What a program does first fills its caches.
    let first = (0..WARM_UP).map(|number| journey(&app, &program, number));
    let victim = join_all(first).await.remove(0);
    let last = PEOPLE.len() - 1;
    let bad = Buyer::with_order_in(&app, program.browser(last), &phone(last), PEOPLE[last]).await;
    attack(&Target::of(&program, FIRST_SECONDS), &bad, &victim).await;
    sleep(SETTLE).await;
    let before = (program.memory_kb(), program.open_files());
    let target = Target::of(&program, seconds);
    let (paid, ()) = tokio::join!(
        students(&app, &program, &target),
        attack(&target, &bad, &victim),
    );
    assert_eq!(target.faults.get(), 0, "answers of status 500");
    let percent = if seconds >= LONG_SECONDS {
        MEMORY_PERCENT
    } else {
        SHORT_MEMORY_PERCENT
    };
    let bounds = (before.0 * percent / 100, before.1 + MORE_FILES);
    let after = at_rest(&program, bounds).await;
    println!(
        "{seconds} s, {} steps of attacks, {paid} students paid; memory {} → {} KB, open files {} → {}",
        target.steps.get(),
        before.0,
        after.0,
        before.1,
        after.1,
    );
    assert!(after.1 <= bounds.1, "descriptors leak");
    assert!(after.0 <= bounds.0, "memory is not given back");
}
