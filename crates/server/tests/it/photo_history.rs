//! Random histories of photos, their reviews and their packages through HTTP: students, reviewers of both stages and an officer
//! act at once, known items wait among the photos, workers die, and after each round what the database says is held to the
//! reference model of `crates/domain/tests/review`. Half of the tasks are purged in the end, cut off again and again.
//!
//! A part plays tasks with five students each, one after the other. `GRADPHOTO_TASKS` says how many, 10 where nothing is said:
//! `GRADPHOTO_TASKS=100 cargo nextest run photo_history` plays 1,000 histories, and with `GRADPHOTO_SEED=…` those of a seed again.

use std::hash::{BuildHasher, RandomState};

use data_encoding::BASE64;
use domain::review::{ReviewOrder, ReviewOutcome};
use domain::role::Role;
use domain::task::{Task, TaskState};
use domain::{TaskId, UploadId};
use futures_util::future::{LocalBoxFuture, join_all};
use reqwest::Method;
use serde_json::json;
use service::keys::DestroyRequest;

use crate::app::{TestApp, operator};
use crate::browser::Browser;
use crate::chance::Chance;
use crate::journey::{ZHAO, portrait};
use crate::photo_books::Books;
use crate::photo_reviewer::{Reviewer, fine};
use crate::purge::{cut_off, killed_after};

/// How many tasks a part plays where nothing else is said; with five students each and two parts there are 100 histories on
/// each database, a minute and a half of CI.
const TASKS: u64 = 10;
/// How many students a task has.
const STUDENTS: usize = 5;
/// How often everybody does something.
const ROUNDS: usize = 8;
/// How many reviewers a stage has.
const REVIEWERS: usize = 2;
/// How long a decision can be taken back, and how long a dead worker's lease lasts, in seconds.
const UNDO_S: i64 = 10;
const LEASE_S: i64 = 20;

/// The decisions that known photos should get: two faults to one that is right.
const KNOWN: [&[&str]; 6] = [&["blur"], &["hair"], &[], &["blur"], &["hair"], &[]];
/// The shades of their pictures, which are so far apart that no two are the same file.
const KNOWN_SHADES: [u8; 6] = [60, 90, 120, 150, 180, 210];

/// Everybody who takes part in a part's histories.
struct People {
    students: Vec<Browser>,
    reviewers: Vec<Reviewer>,
    officer: Browser,
    /// The task that those that are played are like.
    sample: Task,
}

impl People {
    async fn gather(app: &TestApp) -> Self {
        let mut students = Vec::new();
        for number in 0..STUDENTS {
            let student = app.student(&format!("138001390{number:02}")).await;
            assert_eq!(student.consent().await.status, 204);
            students.push(student);
        }
        // Only who is logged in reads a task.
        let officer = app.student("13800139090").await;
        let sample = sample_task(app, &officer).await;
        let school = sample.school_id;
        app.make_staff(&officer, Role::Officer, Some(school)).await;
        keep_known_photos(app).await;
        let mut reviewers = Vec::new();
        for number in 0..REVIEWERS * 2 {
            let browser = app.student(&format!("138001391{number:02}")).await;
            if number % 2 == 0 {
                app.make_staff(&browser, Role::BureauReviewer, None).await;
            } else {
                app.make_staff(&browser, Role::SchoolReviewer, Some(school))
                    .await;
            }
            reviewers.push(Reviewer::new(browser));
        }
        Self {
            students,
            reviewers,
            officer,
            sample,
        }
    }

    /// Keeps the sessions alive, and the second factors fresh.
    async fn renew(&self, app: &TestApp) {
        let staff = self.reviewers.iter().map(|one| &one.browser);
        let staff: Vec<_> = staff.chain([&self.officer]).collect();
        for browser in self.students.iter().chain(staff.iter().copied()) {
            let renewed = browser.act("/api/v1/auth/sessions/refresh").await;
            assert_eq!(renewed.status, 204, "{renewed:?}");
        }
        for browser in staff {
            app.confirm_again(browser).await;
        }
    }
}

/// The operators' library of known photos.
async fn keep_known_photos(app: &TestApp) {
    let operator = app.student("13800139091").await;
    app.make_staff(&operator, Role::Operator, None).await;
    for (reasons, shade) in KNOWN.iter().zip(KNOWN_SHADES) {
        let outcome = if reasons.is_empty() {
            ReviewOutcome::Approved
        } else {
            ReviewOutcome::Rejected
        };
        let body = json!({
            "outcome": outcome, "reasons": reasons, "origin": "程序绘制的合成人像",
            "image": BASE64.encode(&portrait(480, 640, shade)),
        });
        let added = operator.post("/api/v1/known-photos", body).await;
        assert_eq!(added.status, 201, "{added:?}");
    }
}

async fn sample_task(app: &TestApp, browser: &Browser) -> Task {
    let shown = browser.task(ZHAO.school).await;
    let id: TaskId = shown["id"].as_str().unwrap().parse().unwrap();
    let found = store::task::get(app.context.store.reader(), id).await;
    found.unwrap().unwrap()
}

/// Another task like that of the sample, with five students on its roster.
async fn new_task(app: &TestApp, people: &People, order: ReviewOrder) -> Task {
    let (mut task, officer) = (people.sample.clone(), &people.officer);
    task.id = app.context.new_id(TaskId::new);
    task.name = format!("{} {}", task.name, task.id);
    task.settings.review = order;
    task.settings.second_share = 0;
    // Beside every photo, which nobody can set.
    task.settings.seeded_share = 100;
    task.settings.catch_limit = 50;
    task.settings.max_photos = 10;
    assert_eq!(task.state, TaskState::Open);
    let tx = app.context.store.begin().await.unwrap();
    store::task::insert(&tx, &task).await.unwrap();
    let committed = store::commit(tx, domain::audit::AuditExemption::SampleData).await;
    committed.unwrap();
    let row = |number| format!("例{number},E9910000{number},护照,本科,22199000{number}\n");
    let rows: Vec<String> = (0..STUDENTS).map(row).collect();
    let roster = format!("姓名,证件号码,证件类型,CC,学号\n{}", rows.concat());
    let import = officer.send_roster(&task.id.to_string(), &roster).await;
    app.work().await;
    let start = format!("/api/v1/roster-imports/{}/start", import.text("id"));
    assert_eq!(officer.post(&start, json!({})).await.status, 200);
    app.work().await;
    task
}

/// A task that is played.
struct Play<'a> {
    app: &'a TestApp,
    task: String,
    enrolments: Vec<String>,
    books: Books,
    uploads: u8,
    kills: usize,
}

impl<'a> Play<'a> {
    async fn begin(app: &'a TestApp, people: &People, order: ReviewOrder) -> Self {
        let task = new_task(app, people, order).await;
        let mut enrolments = Vec::new();
        for (number, student) in people.students.iter().enumerate() {
            let claim = json!({
                "task_id": task.id, "document_type": "passport", "document_number": format!("E9910000{number}"),
                "level": "ba", "name": format!("例{number}"), "student_no": format!("22199000{number}"),
            });
            let enrolment = student.verify(&claim).await;
            assert_eq!(enrolment.status, 201, "{enrolment:?}");
            enrolments.push(enrolment.text("id"));
        }
        let books = Books::new(&task, &enrolments);
        Self {
            app,
            task: task.id.to_string(),
            enrolments,
            books,
            uploads: 0,
            kills: 0,
        }
    }

    /// A student sends a photo, in the place of one that waits, or takes it back.
    async fn student(&self, browser: &Browser, number: usize, upload: u8, mut chance: Chance) {
        let enrolment = &self.enrolments[number];
        if chance.below(5) > 0 {
            let file = portrait(480, 640, upload);
            let id = UploadId::new(self.app.context.now(), [upload; 10]).to_string();
            fine(&browser.submit(enrolment, &id, file).await);
            return;
        }
        if let Some(photo) = self.books.live_photo(self.app, number).await {
            let withdraw = format!("/api/v1/photos/{photo}/withdraw");
            fine(&browser.act(&withdraw).await);
        }
    }

    /// Everybody does something at once.
    async fn round(&mut self, people: &mut People, chance: &mut Chance) {
        let first = self.uploads;
        self.uploads += u8::try_from(STUDENTS).unwrap();
        let mut acts: Vec<LocalBoxFuture<'_, ()>> = Vec::new();
        for ((number, browser), upload) in people.students.iter().enumerate().zip(first..) {
            if chance.below(2) == 0 {
                let act = self.student(browser, number, upload, chance.fork());
                acts.push(Box::pin(act));
            }
        }
        for reviewer in &mut people.reviewers {
            let (task, chances) = (&self.task, [chance.fork(), chance.fork(), chance.fork()]);
            acts.push(Box::pin(async move {
                for chance in chances {
                    reviewer.act(task, chance).await;
                }
            }));
        }
        if chance.below(6) == 0 {
            acts.push(Box::pin(self.refuse(&people.officer, chance.fork())));
        }
        join_all(acts).await;
    }

    /// An accepted photo comes back from the school or from the Ministry's platform.
    async fn refuse(&self, officer: &Browser, mut chance: Chance) {
        let listed = format!("/api/v1/tasks/{}/photos?state=approved", self.task);
        let listed = officer.get(&listed).await;
        let items = listed.json()["items"].as_array().unwrap().clone();
        if items.is_empty() {
            return;
        }
        let photo = chance.pick(&items);
        let path = format!(
            "/api/v1/tasks/{}/photos/{}/refuse",
            self.task,
            photo["id"].as_str().unwrap()
        );
        let version = format!("\"{}\"", photo["version"]);
        let request = officer.request(Method::POST, &path);
        let request = request.header("If-Match", version);
        let refusal = json!({ "reasons": ["blur"] });
        fine(&officer.send(request.json(&refusal)).await);
    }

    /// A worker does what is due, or dies while it does, and another one begins after its lease.
    async fn work(&mut self, chance: &mut Chance) {
        if chance.below(3) == 0 {
            let looks = 1 + chance.below(40);
            self.kills += usize::from(!killed_after(self.app, looks).await);
            self.app.advance(LEASE_S).await;
        }
        self.app.work().await;
    }

    /// A package is made, and maybe acknowledged.
    async fn package(&mut self, officer: &Browser, chance: &mut Chance) {
        // Nothing else is due then, so that what was accepted when it was made is known.
        self.app.advance(UNDO_S + 1).await;
        self.app.work().await;
        let accepted = self.books.accepted(self.app).await;
        // Changes follow a package; without one there is nothing to follow.
        let kind = match self.books.packages() {
            0 => "full",
            _ => chance.one_of(&["full", "incremental", "incremental"]),
        };
        let wanted = json!({ "kind": kind, "profile": "student-number" });
        let path = format!("/api/v1/tasks/{}/deliveries", self.task);
        let asked = officer.post(&path, wanted).await;
        fine(&asked);
        if asked.status != 201 {
            return;
        }
        self.work(chance).await;
        let id = asked.text("id");
        let path = format!("/api/v1/deliveries/{id}");
        let delivery = officer.get(&path).await.json();
        if delivery["state"] != "ready" {
            assert_eq!(delivery["failure"], "empty", "{delivery}");
            return;
        }
        self.books.packed(self.app, &delivery, accepted).await;
        if chance.below(2) == 0 {
            fine(&officer.act(&format!("{path}/acknowledge")).await);
            self.work(chance).await;
        }
    }

    async fn check(&mut self) {
        let picture = self.books.picture(self.app).await;
        let checked = picture.check();
        checked.unwrap_or_else(|rule| panic!("{rule}: {picture:#?}"));
    }

    /// Does everything that is due, and looks whether something was forgotten.
    async fn rest(&mut self) {
        self.app.advance(UNDO_S + LEASE_S).await;
        self.app.work().await;
        let picture = self.books.picture(self.app).await;
        let rests = picture.check_at_rest();
        rests.unwrap_or_else(|rule| panic!("{rule} at rest: {picture:#?}"));
    }

    /// No answer to a student or to the school says anything of a known item.
    async fn look_for_known_items(&self, people: &People) {
        let known = self.books.known_ids();
        let task = &self.task;
        let mut answers = Vec::new();
        for path in [
            format!("/api/v1/tasks/{task}/photos?limit=100"),
            format!("/api/v1/tasks/{task}/reviews?limit=100"),
            format!("/api/v1/tasks/{task}/orders?limit=100"),
            "/api/v1/events?limit=100".to_owned(),
        ] {
            answers.push(people.officer.get(&path).await);
        }
        for student in &people.students {
            answers.push(student.get("/api/v1/me/enrolments").await);
            answers.push(student.get("/api/v1/me/access-log?limit=100").await);
        }
        for answer in answers {
            assert_eq!(answer.status, 200, "{answer:?}");
            let text = String::from_utf8_lossy(&answer.bytes);
            let told = known.iter().find(|id| text.contains(id.as_str()));
            assert_eq!(told, None, "{text}");
        }
    }

    /// The school wants its data gone; the purge is cut off, a little later each time.
    async fn purge(&mut self, officer: &Browser) {
        let path = format!("/api/v1/tasks/{}/close", self.task);
        assert_eq!(officer.act(&path).await.status, 200);
        let id: TaskId = self.task.parse().unwrap();
        let request = DestroyRequest {
            task_id: &self.task,
            reason: "test",
        };
        let (context, actor) = (&self.app.context, operator("li"));
        let destroyed = service::keys::destroy(context, &actor, request).await;
        destroyed.unwrap();
        let mut looks = 1;
        loop {
            let step = Box::pin(service::purge::step(context, id));
            match cut_off(step, looks).await {
                Some(Ok(true)) => {}
                Some(Ok(false)) => break,
                Some(Err(failure)) => panic!("{failure}"),
                None => {
                    self.kills += 1;
                    looks += looks / 2 + 1;
                }
            }
        }
        self.rest().await;
    }
}

async fn play<'a>(app: &'a TestApp, people: &mut People, chance: &mut Chance) -> Play<'a> {
    people.renew(app).await;
    let order = *chance.pick(ReviewOrder::ALL);
    for reviewer in &mut people.reviewers {
        reviewer.begin();
    }
    let mut play = Play::begin(app, people, order).await;
    for round in 0..ROUNDS {
        if round == ROUNDS / 2 {
            people.renew(app).await;
        }
        play.round(people, chance).await;
        match chance.below(4) {
            0 => play.work(chance).await,
            1 => {
                app.advance(UNDO_S).await;
                play.work(chance).await;
            }
            2 => play.package(&people.officer, chance).await,
            _ => {}
        }
        play.check().await;
    }
    play.rest().await;
    people.renew(app).await;
    play.look_for_known_items(people).await;
    play.package(&people.officer, chance).await;
    play.rest().await;
    if chance.below(2) == 0 {
        play.purge(&people.officer).await;
    }
    play
}

/// A number that the environment gives.
fn given(name: &str) -> Option<u64> {
    let given = std::env::var_os(name)?;
    given.to_str().unwrap().parse().ok()
}

async fn part(number: u64) {
    let seed = given("GRADPHOTO_SEED").unwrap_or_else(|| RandomState::new().hash_one(number));
    // Shown where the test fails.
    println!("GRADPHOTO_SEED={seed}");
    let app = TestApp::with_sample().await;
    let mut people = People::gather(&app).await;
    let mut chance = Chance::new(seed);
    let (mut packages, mut kills, mut known, mut recalls) = (0, 0, 0, 0);
    for _ in 0..given("GRADPHOTO_TASKS").unwrap_or(TASKS) {
        let played = Box::pin(play(&app, &mut people, &mut chance)).await;
        packages += played.books.packages();
        kills += played.kills;
        known += played.books.known_ids().len();
        recalls += played.books.recalls();
    }
    println!("{packages} packages, {kills} workers died, {known} known items, {recalls} recalled");
    // Lest they prove nothing.
    assert!(packages > 0 && kills > 0 && known > 0);
}

#[actix_web::test]
async fn photo_histories_1_keep_photos_and_packages_right() {
    part(1).await;
}

#[actix_web::test]
async fn photo_histories_2_keep_photos_and_packages_right() {
    part(2).await;
}
