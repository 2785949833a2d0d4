//! Every key is changed while students log in, verify, hand in photos and look at them, and servers restart in between:
//! nobody becomes a new account, and everything that was stored is read.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use futures_util::future::join;
use reqwest::Client;
use rustix::process::Signal;

use crate::app::TestApp;
use crate::books::PEOPLE;
use crate::browser::Browser;
use crate::erasure::count;
use crate::journey::{portrait, upload_id};
use crate::program::Program;
use crate::terminal::{command, said};

/// The keys, one after another.
const PURPOSES: [&str; 4] = [
    "key-encryption",
    "phone-index",
    "otp-pepper",
    "token-signing",
];
/// So long a phone waits for its next code, in seconds.
const NEXT_CODE_S: i64 = 61;

/// The servers on one database: two on `PostgreSQL`, one on `SQLite`, which is not there while it restarts.
async fn start(app: &TestApp) -> Vec<Program> {
    let copies = if app.database_url().is_some() { 2 } else { 1 };
    let mut programs = Vec::new();
    for _ in 0..copies {
        programs.push(Program::start_with(app, &["--drain-delay", "1"], str::to_owned).await);
    }
    programs
}

/// What the operator does while students work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Rotate,
    Activate,
    Rewrap,
}

async fn operate(app: &TestApp, words: &[&str]) -> String {
    let mut run = command(app, words);
    let output = actix_web::rt::task::spawn_blocking(move || run.output().unwrap());
    said(&output.await.unwrap())
}

/// Does a step with one key, and restarts one server after another.
async fn change(app: &TestApp, programs: &mut [Program], step: Step, purpose: &str) {
    match step {
        Step::Rotate => operate(app, &["keys", "rotate", "--purpose", purpose]).await,
        Step::Activate => operate(app, &["keys", "activate", "--purpose", purpose]).await,
        Step::Rewrap => operate(app, &["keys", "rewrap"]).await,
    };
    if step == Step::Rewrap {
        return;
    }
    for program in programs {
        program.signal(Signal::TERM);
        assert!(program.ended().await, "{step:?} {purpose}");
        program.restart().await;
    }
}

/// Where a server answers, whichever of its lives it is in.
#[derive(Clone)]
struct Address {
    http: Client,
    origin: String,
}

/// Everybody who uses the product.
struct Students<'a> {
    app: &'a TestApp,
    addresses: Vec<Address>,
    browsers: AtomicUsize,
    /// Phones with the account that each had first.
    accounts: Vec<(String, String)>,
    /// Logged in, with a photo.
    owners: Vec<(Browser, String, Vec<u8>)>,
    reads: usize,
}

impl<'a> Students<'a> {
    fn new(app: &'a TestApp, programs: &[Program]) -> Self {
        // No connection is kept: one that a stopping server just closed would lose a request.
        let http = Client::builder().no_proxy().pool_max_idle_per_host(0);
        let http = http.build().unwrap();
        let address = |program: &Program| Address {
            http: http.clone(),
            origin: format!("http://{}", program.address),
        };
        Self {
            app,
            addresses: programs.iter().map(address).collect(),
            browsers: AtomicUsize::new(1),
            accounts: Vec::new(),
            owners: Vec::new(),
            reads: 0,
        }
    }

    /// A new browser at one of the servers; it waits while that is not there.
    fn browser(&self, copy: usize) -> Browser {
        let Address { http, origin } = self.addresses[copy % self.addresses.len()].clone();
        let number = self.browsers.fetch_add(1, Ordering::Relaxed);
        Browser::new(http, &origin, &format!("203.0.113.{number}")).patient()
    }

    /// Logs a phone in. A code or a captcha that is under way when its pepper changes must be asked for again; no other may
    /// fail.
    async fn log_in(&self, copy: usize, phone: &str, purpose: &str) -> Browser {
        let browser = self.browser(copy);
        loop {
            let token = browser.captcha_token().await;
            let sent = browser.ask_for_code_as_a_person(phone, &token).await;
            if sent.status == 422 && purpose == "otp-pepper" {
                continue;
            }
            assert_eq!(sent.status, 202, "{sent:?}");
            let code = self.app.code_for(phone).await;
            let reply = browser.log_in(sent.text("challenge_id"), &code).await;
            if reply.status == 201 {
                return browser;
            }
            assert_eq!(reply.problem().1, "login.code_wrong", "{reply:?}");
            assert_eq!(purpose, "otp-pepper", "{reply:?}");
            self.app.advance(NEXT_CODE_S).await;
        }
    }

    /// The account that a phone has at one of the servers.
    async fn account(&self, copy: usize, phone: &str, purpose: &str) -> String {
        let browser = self.log_in(copy, phone, purpose).await;
        browser.get("/api/v1/me").await.text("id")
    }

    /// A round: a new phone logs in, the last one logs in again at the other server, and owners look at their photos until
    /// the operator is done.
    async fn work(&mut self, round: usize, purpose: &str, is_over: &AtomicBool) {
        if let Some((phone, account)) = self.accounts.last() {
            let again = self.account(round, phone, purpose).await;
            assert_eq!(&again, account, "{phone} became another account");
        }
        let phone = format!("137{round:08}");
        let account = self.account(round, &phone, purpose).await;
        self.accounts.push((phone, account));
        loop {
            for (browser, photo, content) in &self.owners {
                let image = browser.get(photo).await;
                assert_eq!((image.status, &image.bytes), (200, content), "{purpose}");
                self.reads += 1;
            }
            if is_over.load(Ordering::SeqCst) {
                return;
            }
            tokio::time::sleep(crate::program::LOOK_EVERY).await;
        }
    }

    /// One more student verifies and hands a photo in.
    async fn hand_in(&mut self, number: usize, purpose: &str) {
        let phone = format!("136{number:08}");
        let browser = self.log_in(number, &phone, purpose).await;
        let account = browser.get("/api/v1/me").await.text("id");
        let enrolment = browser.enrol(PEOPLE[number]).await;
        let shade = u8::try_from(number).unwrap() * 20;
        let photo = browser
            .submit(&enrolment, &upload_id(1), portrait(480, 640, shade))
            .await;
        assert_eq!(photo.status, 201, "{photo:?}");
        let photo = format!("/api/v1/photos/{}/image?variant=framed", photo.text("id"));
        let content = browser.get(&photo).await.bytes;
        self.owners.push((browser, photo, content));
        self.accounts.push((phone, account));
    }

    /// Sessions go on, whichever key signed their tokens.
    async fn renew(&self) {
        for (browser, ..) in &self.owners {
            let renewed = browser.act("/api/v1/auth/sessions/refresh").await;
            assert_eq!(renewed.status, 204, "{renewed:?}");
        }
    }
}

#[actix_web::test]
async fn every_key_is_changed_while_students_work_and_servers_restart() {
    let app = TestApp::with_sample().await;
    let mut programs = start(&app).await;
    let mut students = Students::new(&app, &programs);
    let mut round = 0;
    for (number, purpose) in PURPOSES.into_iter().enumerate() {
        students.hand_in(number, purpose).await;
        for step in [Step::Rotate, Step::Activate, Step::Rewrap] {
            app.advance(NEXT_CODE_S).await;
            students.renew().await;
            let is_over = AtomicBool::new(false);
            let operator = async {
                change(&app, &mut programs, step, purpose).await;
                is_over.store(true, Ordering::SeqCst);
            };
            join(operator, students.work(round, purpose, &is_over)).await;
            round += 1;
        }
        let done = operate(&app, &["keys", "check"]).await;
        assert!(
            done.contains("0 data keys, 0 phones; of tasks: 0 document numbers, 0 student numbers, 0 texts, 0 files"),
            "{purpose}: {done}"
        );
    }
    println!("{round} rounds, {} reads", students.reads);
    let accounts = students.accounts.len() as u64;
    assert_eq!(count(&app, "accounts", "1 = 1").await, accounts);
    for purpose in PURPOSES {
        let keys = super::keys_of(&app.folder().join("keys.json"), &purpose.replace('-', "_"));
        let states: Vec<_> = keys.iter().map(|key| &key["state"]).collect();
        assert_eq!(states, ["old", "active"], "{purpose}");
    }
}
