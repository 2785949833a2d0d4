//! `kill -9` of the real program at random moments between order and paid: started again, it settles every order without
//! anybody's help.
//!
//! A seed is one student's way from order to paid. `GRADPHOTO_SEED=… cargo nextest run -p server kill` takes a product's
//! eight again, and `cargo xtask kill` takes 200. The moments are real time, which is what is tested here: the only place
//! where a test waits.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use chrono::TimeDelta;
use domain::job::Job;
use domain::order::OrderState;
use reqwest::Method;
use serde_json::json;
use service::worker;
use store::job::Which;

use crate::app::TestApp;
use crate::books::{self, PEOPLE, picture};
use crate::buyer::Buyer;
use crate::chance::Chance;
use crate::program::{LOOK_EVERY, LOOKS, Program};

/// How many students' ways make up a product; five parts of one product each are 40.
const SEEDS: usize = 8;
/// The latest moment of a kill, in milliseconds after the student begins to pay.
const LATEST_MS: usize = 250;
/// The student begins to pay and pays what they can; whatever does not answer is let be.
async fn pay(app: &TestApp, buyer: &Buyer, chance: &mut Chance) {
    let provider = chance.one_of(&["wechat_pay", "alipay"]);
    let request = buyer
        .browser
        .request(Method::POST, &buyer.path("/payments"));
    let key = format!("key-{}", chance.below(usize::MAX));
    let request = request.header("Idempotency-Key", key);
    let asked = request.json(&json!({ "provider": provider })).send().await;
    drop(asked);
    if let Some(latest) = buyer.attempts(app).await.last() {
        let payment = json!({ "out_trade_no": latest.out_trade_no });
        books::try_control(app, "pay", payment).await;
    }
}

/// From order to paid, with up to three kills on the way.
async fn live(app: &TestApp, program: &mut Program, buyer: &Buyer, mut chance: Chance) {
    let mut before = picture(app, buyer).await;
    for _ in 0..=chance.below(3) {
        let moment = Duration::from_millis(chance.below(LATEST_MS) as u64);
        let mut way = chance.fork();
        let killed = async {
            tokio::time::sleep(moment).await;
            program.kill();
        };
        tokio::join!(pay(app, buyer, &mut way), killed);
        program.restart().await;
        let buyers = std::slice::from_ref(buyer);
        before = books::check(app, buyers, &[before]).await.remove(0);
    }
    // Somebody who could not pay comes back and does.
    if buyer.row(app).await.state == OrderState::Unpaid {
        pay(app, buyer, &mut chance).await;
    }
}

/// Lets time pass until every order is paid and nothing is under way; nobody looks at the page meanwhile.
async fn settle(app: &TestApp, buyers: &[Buyer]) {
    for seconds in [5, 60, 300, 900, 1300, 3600, 7200] {
        app.advance(seconds).await;
        for _ in 0..LOOKS / 2 {
            if books::are_settled(app, buyers).await {
                return;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
}

async fn product(seed: u64) {
    let app = TestApp::with_sample().await;
    let mut buyers = books::buyers(&app, &PEOPLE[..SEEDS]).await;
    let mut program = Program::start(&app).await;
    let mut chance = Chance::new(seed);
    // A phone gets one code a minute.
    app.advance(61).await;
    for (number, buyer) in buyers.iter_mut().enumerate() {
        let phone = books::phone(number);
        buyer.browser = app.student_in(program.browser(number), &phone).await;
        live(&app, &mut program, buyer, chance.fork()).await;
    }
    settle(&app, &buyers).await;
    for buyer in &buyers {
        assert_eq!(
            buyer.row(&app).await.state,
            OrderState::Paid,
            "{}",
            buyer.order_no
        );
    }
    books::check_at_rest(&app, &buyers).await;
    no_job_is_stuck(&app).await;
}

/// Waits until every kind of work had a turn within the last minute, whoever had it when they were killed.
async fn no_job_is_stuck(app: &TestApp) {
    let is_late = |job: &&Job, now| {
        let period = job.kind.period().unwrap_or_default();
        job.dead_at.is_some() || job.available_at < now - period - TimeDelta::minutes(1)
    };
    let mut jobs = Vec::new();
    for _ in 0..LOOKS {
        jobs = worker::list(&app.context, Which::Open).await.unwrap();
        let now = app.context.now();
        if !jobs.is_empty() && !jobs.iter().any(|job| is_late(&job, now)) {
            return;
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    panic!("a job is stuck: {jobs:#?}");
}

async fn part(number: u64) {
    let text = |name: &str| {
        let value = std::env::var_os(name)?;
        Some(value.to_str().unwrap().parse::<u64>().unwrap())
    };
    let (given, products) = (text("GRADPHOTO_SEED"), text("GRADPHOTO_KILL_PRODUCTS"));
    for product_number in 0..products.unwrap_or(1) {
        let fresh = || RandomState::new().hash_one((number, product_number));
        let seed = given.unwrap_or_else(fresh);
        println!("GRADPHOTO_SEED={seed}");
        product(seed).await;
    }
}

#[actix_web::test]
async fn kill_1_loses_nothing() {
    part(1).await;
}

#[actix_web::test]
async fn kill_2_loses_nothing() {
    part(2).await;
}

#[actix_web::test]
async fn kill_3_loses_nothing() {
    part(3).await;
}

#[actix_web::test]
async fn kill_4_loses_nothing() {
    part(4).await;
}

#[actix_web::test]
async fn kill_5_loses_nothing() {
    part(5).await;
}
