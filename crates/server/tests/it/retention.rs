//! What is too old goes, what is not stays, and files that nobody names go too.

use chrono::{SecondsFormat, TimeDelta};
use domain::PhotoCheckId;
use domain::retention::{BATCH, RULES, Record};
use providers::SystemRandom;
use providers::blob::{BlobKey, BlobStore};
use serde_json::json;
use service::retention;
use store::Connection as _;
use store::photo::PhotoCheck;

use crate::app::TestApp;
use crate::erasure::count;
use crate::journey::{ZHAO, portrait, upload_id};

/// The table of a record and what sets its time; every table has a sample.
fn clock_of(record: Record) -> (&'static str, &'static str) {
    match record {
        Record::Messages => ("sms_messages", "created_at = 'NOW'"),
        Record::PhoneChanges => ("phone_changes", "created_at = 'NOW'"),
        Record::Challenges => ("sms_challenges", "created_at = 'NOW'"),
        Record::VerificationAttempts => ("verification_attempts", "created_at = 'NOW'"),
        Record::PhotoChecks => ("photo_checks", "created_at = 'NOW'"),
        Record::Sessions => ("sessions", "created_at = 'NOW'"),
        Record::Answers => ("idempotency_keys", "expires_at = 'NOW'"),
        Record::Tickets => (
            "roster_tickets",
            "updated_at = 'NOW', note = NULL, answer = NULL",
        ),
        Record::LostPhoneReports => ("lost_phone_reports", "updated_at = 'NOW'"),
        Record::Notices => ("notify_inbox", "received_at = 'NOW', processed_at = 'NOW'"),
        Record::ProviderCalls => ("provider_calls", "at = 'NOW'"),
        Record::Events => ("events", "at = 'NOW'"),
        Record::WebhookDeliveries => ("webhook_deliveries", "updated_at = 'NOW'"),
        Record::Jobs => ("jobs", "done_at = 'NOW'"),
        Record::Audit => ("audit_events", "at = 'NOW'"),
        Record::Consents => ("consents", "withdrawn_at = 'NOW'"),
        Record::Erasures => ("erasures", "at = 'NOW'"),
        Record::PhotoFiles | Record::PhotoOriginals => (
            "photos",
            "state = 'rejected', state_at = 'NOW', note = NULL",
        ),
    }
}

/// How much of a record is left.
async fn left(app: &TestApp, record: Record) -> u64 {
    let conditions = [
        (Record::PhotoFiles, "files_erased_at IS NULL"),
        (Record::PhotoOriginals, "original_erased_at IS NULL"),
        (Record::Jobs, "done_at IS NOT NULL"),
    ];
    let special = conditions.iter().find(|row| row.0 == record);
    let condition = special.map_or("1 = 1", |row| row.1);
    count(app, clock_of(record).0, condition).await
}

async fn sweep(app: &TestApp) {
    for _ in 0..2 {
        retention::round(&app.context, &json!({})).await.unwrap();
    }
}

#[actix_web::test]
async fn every_record_goes_when_its_time_is_over_and_not_before() {
    let app = TestApp::start().await;
    let on = app.context.store.writer();
    // The samples have rows of their own where the server made some.
    on.execute_unprepared("DELETE FROM index_keys")
        .await
        .unwrap();
    migrations::fill_with_samples(on).await.unwrap();
    let now = app
        .context
        .now()
        .to_rfc3339_opts(SecondsFormat::Micros, false);
    for rule in RULES {
        let (table, set) = clock_of(rule.record);
        let sql = format!("UPDATE {table} SET {}", set.replace("NOW", &now));
        on.execute_unprepared(&sql).await.unwrap();
    }
    let mut days: Vec<i64> = RULES.iter().map(|rule| rule.days).collect();
    days.sort_unstable();
    days.dedup();
    let mut today = TimeDelta::zero();
    for day in days {
        for (moment, is_over) in [(TimeDelta::hours(-2), false), (TimeDelta::hours(2), true)] {
            let then = TimeDelta::days(day) + moment;
            if then < TimeDelta::zero() {
                continue;
            }
            app.advance((then - today).num_seconds()).await;
            today = then;
            sweep(&app).await;
            // The original goes with the other files of this photo.
            let rules = RULES
                .iter()
                .filter(|rule| rule.record != Record::PhotoOriginals);
            for rule in rules.filter(|rule| rule.days == day) {
                let left = left(&app, rule.record).await;
                assert_eq!(left == 0, is_over, "{} after {then}: {left}", rule.record);
            }
        }
    }
    assert_eq!(count(&app, "photos", "1 = 1").await, 1, "the row stays");
}

#[actix_web::test]
async fn a_large_arrear_goes_in_batches_and_what_is_new_stays() {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138000").await;
    student.enrol(ZHAO).await;
    let account = student.get("/api/v1/me").await.text("id");
    let account: domain::AccountId = account.parse().unwrap();
    let name = domain::fold(ZHAO.school);
    let on = app.context.store.reader();
    let school = store::school::called(on, &name).await.unwrap()[0].id;
    let rows = 2 * BATCH + 200;
    let tx = app.context.store.begin().await.unwrap();
    for number in 0..=rows {
        let age = TimeDelta::days(if number == 0 { 1 } else { 8 });
        let examined = PhotoCheck {
            id: app.context.new_id(PhotoCheckId::new),
            school_id: school,
            account_id: account,
            created_at: app.context.now() - age,
        };
        store::photo::count_check(&tx, examined).await.unwrap();
    }
    store::commit(tx, domain::audit::AuditExemption::SampleData)
        .await
        .unwrap();
    sweep(&app).await;
    assert_eq!(left(&app, Record::PhotoChecks).await, 1);
}

#[actix_web::test]
async fn an_accepted_photo_keeps_its_result_and_loses_its_original() {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138000").await;
    let enrolment = student.enrol(ZHAO).await;
    let photo = student
        .submit(&enrolment, &upload_id(1), portrait(480, 640, 1))
        .await;
    let accept = "UPDATE photos SET state = 'approved'";
    app.context
        .store
        .writer()
        .execute_unprepared(accept)
        .await
        .unwrap();
    app.advance(181 * 86_400).await;
    app.work().await;
    let student = app.student("13800138000").await;
    let image = async |variant: &str| {
        let path = format!(
            "/api/v1/photos/{}/image?variant={variant}",
            photo.text("id")
        );
        student.get(&path).await.status
    };
    assert_eq!((image("original").await, image("framed").await), (410, 200));
    assert_eq!(image("thumb").await, 200);
}

#[actix_web::test]
async fn what_was_written_before_texts_were_sealed_is_sealed_and_can_be_read() {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138000").await;
    let mut question = student.claim(ZHAO).await;
    question.as_object_mut().unwrap().remove("student_no");
    question["note"] = "换了护照".into();
    let asked = student.post("/api/v1/roster-tickets", question).await;
    assert_eq!(asked.status, 201, "{asked:?}");
    assert_eq!(
        count(
            &app,
            "roster_tickets",
            "note IS NULL AND note_sealed IS NOT NULL"
        )
        .await,
        1
    );
    let before =
        "UPDATE roster_tickets SET note = '写在以前', note_sealed = NULL, answer = '已核对'";
    app.context
        .store
        .writer()
        .execute_unprepared(before)
        .await
        .unwrap();
    let exported = async || {
        let export = student.act("/api/v1/me/exports").await.json();
        let ticket = &export["data"]["roster_tickets"][0];
        (ticket["note"].clone(), ticket["answer"].clone())
    };
    let expected = ("写在以前".into(), "已核对".into());
    assert_eq!(exported().await, expected);
    sweep(&app).await;
    let plain = "note IS NOT NULL OR answer IS NOT NULL";
    assert_eq!(count(&app, "roster_tickets", plain).await, 0);
    assert_eq!(exported().await, expected);
}

#[actix_web::test]
async fn a_photo_is_kept_without_its_metadata() {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138000").await;
    let enrolment = student.enrol(ZHAO).await;
    let plain = portrait(480, 640, 1);
    let comment = b"\xFF\xFE\0\x10GPS 39.9N, 116";
    let file = [&plain[..2], comment, &plain[2..], b"behind the end"].concat();
    let note = "背景是校庆时的花墙，学校要求如此";
    let fields = [
        ("upload_id", &*upload_id(1)),
        ("frame", r#"{"x":0,"y":0,"width":480,"height":640}"#),
        ("note", note),
    ];
    let path = format!("/api/v1/enrolments/{enrolment}/photos");
    let photo = student.upload(&path, &fields, file.clone()).await;
    assert_eq!(photo.status, 201, "{photo:?}");
    let path = format!("/api/v1/photos/{}/image?variant=original", photo.text("id"));
    assert_eq!(student.get(&path).await.bytes, plain);
    assert_eq!(
        count(&app, "photos", "note IS NULL AND note_sealed IS NOT NULL").await,
        1
    );
    // The same upload once more is the same photo, although another file is kept.
    let path = format!("/api/v1/enrolments/{enrolment}/photos");
    let again = student.upload(&path, &fields, file).await;
    assert_eq!((again.status, again.text("id")), (201, photo.text("id")));
}

#[actix_web::test]
async fn a_file_that_no_row_names_goes_after_two_days() {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138000").await;
    let enrolment = student.enrol(ZHAO).await;
    let photo = student
        .submit(&enrolment, &upload_id(1), portrait(480, 640, 1))
        .await;
    let orphan = BlobKey::random(&SystemRandom);
    let blobs = &app.context.blobs;
    blobs.put(&orphan, "left behind".into()).await.unwrap();
    let rounds = BlobStore::FOLDERS.div_ceil(48);
    let mut progress = json!({});
    for (days, is_there) in [(1, true), (2, false)] {
        app.advance(86_400).await;
        for _ in 0..rounds {
            app.advance(3601).await;
            let round = retention::round(&app.context, &progress).await;
            progress = round.unwrap().progress;
        }
        let found = blobs.get(&orphan).await.unwrap();
        assert_eq!(found.is_some(), is_there, "after {days} days");
    }
    let student = app.student("13800138000").await;
    let path = format!("/api/v1/photos/{}/image?variant=original", photo.text("id"));
    assert_eq!(student.get(&path).await.status, 200);
}

#[actix_web::test]
async fn where_most_files_are_unknown_none_is_deleted() {
    let app = TestApp::start().await;
    let mut keys = Vec::new();
    // All in one folder, so that one round meets them together.
    while keys.len() < 30 {
        let key = format!("00{}", &BlobKey::random(&SystemRandom).as_str()[2..]);
        let key: BlobKey = key.parse().unwrap();
        app.context
            .blobs
            .put(&key, "somebody's".into())
            .await
            .unwrap();
        keys.push(key);
    }
    app.advance(3 * 86_400).await;
    sweep(&app).await;
    for key in &keys {
        assert!(app.context.blobs.get(key).await.unwrap().is_some());
    }
}
