//! While one school is shut because it is moved, what is done for all schools goes on for the others.

use chrono::TimeDelta;
use domain::SchoolId;
use domain::audit::{AuditExemption, ChainId};
use domain::role::Role;
use serde_json::Value;
use store::Connection as _;

use crate::app::TestApp;
use crate::browser::Browser;
use crate::buyer::Buyer;
use crate::erasure::files;
use crate::journey::{QIAN, Who, ZHANG, ZHAO, portrait, upload_id};
use crate::review::{hire, take, waiting};
use crate::school_move::shut;

async fn school_of(browser: &Browser, app: &TestApp, who: Who) -> SchoolId {
    let task = browser.task(who.school).await;
    let task = task["id"].as_str().unwrap().parse().unwrap();
    let on = app.context.store.reader();
    let task = store::task::get(on, task).await.unwrap().unwrap();
    task.school_id
}

async fn open(app: &TestApp, school: SchoolId) {
    let tx = app.context.store.begin().await.unwrap();
    store::school_move::delete(&tx, school).await.unwrap();
    store::commit(tx, AuditExemption::SampleData).await.unwrap();
}

/// A student whose photo waits for a review; the photo's id.
async fn waits(app: &TestApp, phone: &str, who: Who, number: u8) -> String {
    let student = app.student(phone).await;
    let enrolment = student.enrol(who).await;
    let file = portrait(480, 640, number);
    let photo = student.submit(&enrolment, &upload_id(number), file).await;
    assert_eq!(photo.text("state"), "pending_review", "{photo:?}");
    photo.text("id")
}

fn ids(taken: &[Value]) -> Vec<&str> {
    let ids = taken.iter().map(|one| one["photo_id"].as_str().unwrap());
    ids.collect()
}

#[actix_web::test]
async fn a_reviewer_of_all_schools_goes_on_with_the_others() {
    let app = TestApp::with_sample().await;
    let bureau = hire(&app, "13800138212", Role::BureauReviewer, None).await;
    let of_shut = waits(&app, "13800138000", ZHAO, 1).await;
    let of_other = waits(&app, "13800138001", QIAN, 2).await;
    assert_eq!(ids(&take(&bureau, 12).await), [&of_shut, &of_other]);
    let school = school_of(&bureau, &app, ZHAO).await;
    shut(&app, school).await;
    let given = bureau.act("/api/v1/reviews/give-back").await;
    assert_eq!(given.status, 204, "{given:?}");
    assert_eq!(waiting(&bureau).await.1, 1);
    assert_eq!(ids(&take(&bureau, 12).await), [&of_other]);
    open(&app, school).await;
    assert_eq!(ids(&take(&bureau, 12).await), [&of_shut, &of_other]);
}

#[actix_web::test]
async fn what_is_too_old_goes_at_the_others_and_stays_at_the_shut_school() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, "13800138000", ZHANG).await;
    waits(&app, "13800138001", ZHAO, 2).await;
    assert_eq!(files(&app.folder()), 6);
    app.work().await;
    let on = app.context.store.writer();
    let rejected = "UPDATE photos SET state = 'rejected'";
    on.execute_unprepared(rejected).await.unwrap();
    let school = school_of(&buyer.browser, &app, ZHANG).await;
    let other = school_of(&buyer.browser, &app, ZHAO).await;
    shut(&app, school).await;
    app.advance(TimeDelta::days(4 * 366).num_seconds()).await;
    // Orders end, photos are erased, tasks are purged, the audit log is shortened.
    for _ in 0..2 {
        app.work().await;
    }
    assert_eq!(files(&app.folder()), 3, "the files of the shut school");
    let now = app.context.now();
    let on = app.context.store.reader();
    assert!(store::order::ended(on, now, 50).await.unwrap().is_empty());
    let chains = store::audit::chain::all(on).await.unwrap();
    let is_shortened = |school| {
        let chain = chains
            .iter()
            .find(|chain| chain.id == ChainId::of(Some(school)));
        chain.unwrap().checkpoint.is_some()
    };
    assert!(is_shortened(other) && !is_shortened(school));

    open(&app, school).await;
    assert!(!store::order::ended(on, now, 50).await.unwrap().is_empty());
    for _ in 0..2 {
        app.work().await;
    }
    assert_eq!(files(&app.folder()), 0);
}
