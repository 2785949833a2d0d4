//! The audit log's chains: what is done to entries afterwards is found and named, and retention leaves a place to begin at.

use chrono::{DateTime, TimeDelta};
use domain::audit::ChainId;
use domain::retention::{RULES, Record};
use service::audit::{ChainFault, ChainReport, seal, verify};
use store::Connection as _;
use store::audit::chain::{self, SealedEntry};

use crate::app::TestApp;
use crate::erasure::count;
use crate::journey::ZHAO;
use crate::keys::run;
use crate::terminal::{complained, said};

const PHONE: &str = "13800138000";

/// A product in which a student logged in and was verified: a chain of the platform and one of a school.
async fn with_entries() -> TestApp {
    let app = TestApp::with_sample().await;
    let student = app.student(PHONE).await;
    student.enrol(ZHAO).await;
    for language in ["en", "zh-CN", "en"] {
        let me = student.get("/api/v1/me").await.json();
        let change = serde_json::json!({
            "language": language, "email": "", "address": "", "version": me["version"],
        });
        assert_eq!(student.patch("/api/v1/me", change).await.status, 200);
    }
    seal(&app.context).await.unwrap();
    app
}

const PLATFORM: ChainId = ChainId(uuid::Uuid::nil());

async fn report(app: &TestApp) -> ChainReport {
    let report = verify(&app.context).await.unwrap();
    let found = report.chains.iter().find(|chain| chain.chain == PLATFORM);
    *found.unwrap()
}

async fn entries(app: &TestApp) -> Vec<SealedEntry> {
    let on = app.context.store.reader();
    chain::page(on, PLATFORM, 0, 100).await.unwrap()
}

async fn tamper(app: &TestApp, sql: &str) {
    let on = app.context.store.writer();
    assert!(on.execute_unprepared(sql).await.unwrap().rows_affected() > 0);
}

#[actix_web::test]
async fn every_entry_is_sealed_into_the_chain_of_its_school() {
    let app = with_entries().await;
    let report = verify(&app.context).await.unwrap();
    assert!(report.is_sound(), "{report:?}");
    assert_eq!((report.chains.len(), report.unsealed), (2, 0), "{report:?}");
    let entries = entries(&app).await;
    let sequences: Vec<i64> = entries.iter().map(|entry| entry.place.sequence).collect();
    let expected: Vec<i64> = (1..=i64::try_from(entries.len()).unwrap()).collect();
    assert_eq!(sequences, expected);
    assert!(entries.len() >= 4, "{entries:?}");
    assert!(entries.iter().all(|entry| entry.record.school_id.is_none()));

    // Another entry follows in the same chain.
    app.advance(3_600).await;
    app.student(PHONE).await;
    assert_eq!(verify(&app.context).await.unwrap().unsealed, 1);
    seal(&app.context).await.unwrap();
    let longer = self::report(&app).await;
    assert_eq!(
        (longer.fault, longer.head),
        (None, expected[expected.len() - 1] + 1)
    );
}

#[actix_web::test]
async fn what_is_changed_removed_or_moved_is_named() {
    for (sql, fault) in [
        (
            "UPDATE audit_events SET action = 'session.ended' WHERE chain_sequence = 2 AND school_id IS NULL",
            Fault::Changed(2),
        ),
        (
            "UPDATE audit_events SET reason = 'x' WHERE chain_sequence = 3 AND school_id IS NULL",
            Fault::Changed(3),
        ),
        (
            "UPDATE audit_events SET facts = '{\"address_hash\":\"00\"}' WHERE chain_sequence = 1 AND school_id IS NULL",
            Fault::Changed(1),
        ),
        (
            "DELETE FROM audit_events WHERE chain_sequence = 2 AND school_id IS NULL",
            Fault::Missing(2),
        ),
        (
            "DELETE FROM audit_events WHERE school_id IS NULL",
            Fault::Missing(1),
        ),
        (
            "UPDATE audit_events SET chain_sequence = CASE chain_sequence WHEN 2 THEN 1002 ELSE 1003 END \
             WHERE chain_sequence IN (2, 3) AND school_id IS NULL; \
             UPDATE audit_events SET chain_sequence = CASE chain_sequence WHEN 1002 THEN 3 ELSE 2 END \
             WHERE chain_sequence IN (1002, 1003)",
            Fault::Changed(2),
        ),
    ] {
        let app = with_entries().await;
        let entries = entries(&app).await;
        tamper(&app, sql).await;
        let expected = match fault {
            Fault::Missing(sequence) => ChainFault::Missing { sequence },
            Fault::Changed(sequence) => {
                // A moved entry is named by the one that stands there now.
                let moved = sql.contains("1002");
                let place = usize::try_from(sequence).unwrap() - 1 + usize::from(moved);
                let id = entries[place].record.id;
                ChainFault::Changed { sequence, id }
            }
        };
        assert_eq!(report(&app).await.fault, Some(expected), "{sql}");
        let told = complained(&run(&app, &["audit", "verify"]));
        assert!(told.contains("the audit log was changed"), "{told}");
    }
}

enum Fault {
    Changed(i64),
    Missing(i64),
}

#[actix_web::test]
async fn an_end_that_is_forged_or_rolled_back_is_found() {
    let app = with_entries().await;
    let entries = entries(&app).await;
    let last = entries.last().unwrap();
    // The newest entry is removed, and the recorded end put back to the one before, without the key.
    let sequence = last.place.sequence;
    tamper(
        &app,
        &format!(
            "DELETE FROM audit_events WHERE chain_sequence = {sequence} AND school_id IS NULL"
        ),
    )
    .await;
    assert_eq!(
        report(&app).await.fault,
        Some(ChainFault::Missing { sequence })
    );
    tamper(
        &app,
        "UPDATE audit_chains SET head_sequence = head_sequence - 1",
    )
    .await;
    let fault = report(&app).await.fault;
    assert_eq!(fault, Some(ChainFault::HeadSignature));
    tamper(&app, "DELETE FROM audit_chains").await;
    assert_eq!(report(&app).await.fault, Some(ChainFault::NoHead));
}

#[actix_web::test]
async fn retention_removes_the_oldest_and_verification_begins_there() {
    let app = with_entries().await;
    let before = report(&app).await;
    let days = RULES.iter().find(|rule| rule.record == Record::Audit);
    let days = days.unwrap().days;
    assert!(days >= 180, "the law wants half a year at least");
    app.advance((TimeDelta::days(days) - TimeDelta::hours(1)).num_seconds())
        .await;
    app.student(PHONE).await;
    for _ in 0..2 {
        service::retention::round(&app.context, &serde_json::json!({}))
            .await
            .unwrap();
    }
    assert_eq!(report(&app).await.checkpoint, 0, "nothing is old enough");
    app.advance(3 * 3_600).await;
    for _ in 0..2 {
        service::retention::round(&app.context, &serde_json::json!({}))
            .await
            .unwrap();
    }
    let after = report(&app).await;
    assert_eq!(after.fault, None);
    assert_eq!(after.checkpoint, before.head, "the prefix is gone");
    let left = count(&app, "audit_events", "school_id IS NULL").await;
    assert!(left > 0, "what is new stays");
    let told = said(&run(&app, &["audit", "verify"]));
    assert!(told.contains("The audit log is sound."), "{told}");

    tamper(
        &app,
        "UPDATE audit_chains SET checkpoint_sequence = checkpoint_sequence - 1 \
         WHERE checkpoint_sequence > 1",
    )
    .await;
    let fault = report(&app).await.fault;
    assert_eq!(fault, Some(ChainFault::CheckpointSignature));
    let on = app.context.store.reader();
    assert!(
        !store::audit::since(on, DateTime::UNIX_EPOCH, 10)
            .await
            .unwrap()
            .is_empty()
    );
}
