//! How many events a second get from the outbox to a receiver on this computer, beside the bare inserts of as many rows.
//! `cargo xtask ratios webhooks` asks for more of them and prints the figures.

use std::time::Instant;

use domain::audit::AuditExemption;
use domain::event::{Event, EventKind, example_about};
use domain::role::Role;
use domain::{EventId, SchoolId};
use serde_json::json;

use crate::app::TestApp;
use crate::call::school_named;
use crate::journey::ZHANG;
use crate::receiver::Receiver;
use crate::staff::log_in;

/// How many events, where nobody asks for another number.
const EVENTS: usize = 40;

fn wanted() -> usize {
    let asked = std::env::var_os("GRADPHOTO_WEBHOOK_EVENTS");
    asked.map_or(EVENTS, |text| text.to_str().unwrap().parse().unwrap())
}

/// Writes an event in a transaction of its own, as a use case does.
async fn write(app: &TestApp, school: SchoolId) {
    let (id, now) = (app.context.new_id(EventId::new), app.context.now());
    let data = example_about(EventKind::PhotoApproved, now, id.0);
    let event = Event {
        id,
        school_id: Some(school),
        object: data.object(),
        kind: data.kind(),
        sequence: 1,
        payload: json!(data),
        at: now,
        position: None,
    };
    let tx = app.context.store.begin().await.unwrap();
    store::event::insert(&tx, &event).await.unwrap();
    let committed = store::commit(tx, AuditExemption::SampleData).await;
    committed.unwrap();
}

#[actix_web::test]
async fn every_event_reaches_its_receiver_once_and_how_fast_is_told() {
    let app = TestApp::with_sample().await;
    let operator = log_in(&app, "13800138702").await;
    app.make_staff(&operator, Role::Operator, None).await;
    let school = school_named(&operator, ZHANG.school).await;
    let receiver = Receiver::start().await;
    let new =
        json!({ "school_id": school, "url": receiver.url, "event_types": ["photo.approved"] });
    let made = operator.post("/api/v1/webhook-endpoints", new).await;
    assert_eq!(made.status, 201, "{made:?}");
    app.work().await;
    let (school, count) = (school.parse().unwrap(), wanted());
    let began = Instant::now();
    for _ in 0..count {
        write(&app, school).await;
    }
    let written = began.elapsed();
    while receiver.received().len() < count {
        service::worker::run_due(&app.context).await.unwrap();
    }
    let told = began.elapsed();
    let mut ids: Vec<_> = receiver
        .received()
        .iter()
        .map(|one| one.header("webhook-id").to_owned())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
    let rate = |spent: std::time::Duration| {
        u128::try_from(count).unwrap() * 1_000_000 / spent.as_micros().max(1)
    };
    let database = app.database_url().map_or("SQLite", |_| "PostgreSQL");
    println!(
        "{database}: {count} events, {} written a second, {} a second through outbox and webhooks, {} % of the inserts",
        rate(written),
        rate(told),
        written.as_micros() * 100 / told.as_micros().max(1),
    );
}
