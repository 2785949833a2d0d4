//! How many events a second get from the outbox to a receiver on this computer, beside the bare inserts of as many rows.
//! `cargo xtask ratios webhooks` asks for more of them and prints the figures.

#![expect(clippy::float_arithmetic, reason = "figures for people")]

use std::time::{Duration, Instant};

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

/// How many events in the one round that is made where nobody asks for more.
const EVENTS: usize = 40;

/// How many rounds of how many events.
fn wanted() -> (usize, usize) {
    let asked = std::env::var_os("GRADPHOTO_WEBHOOK_EVENTS");
    asked.map_or((1, EVENTS), |text| {
        (5, text.to_str().unwrap().parse().unwrap())
    })
}

/// What one round took.
struct Pass {
    written: Duration,
    /// From the first insert to the last message.
    told: Duration,
}

impl Pass {
    fn ratio(&self) -> f64 {
        self.written.as_secs_f64() / self.told.as_secs_f64()
    }
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
    let (school, (rounds, count)) = (school.parse().unwrap(), wanted());
    let mut passes = Vec::new();
    for round in 1..=rounds {
        let began = Instant::now();
        for _ in 0..count {
            write(&app, school).await;
        }
        let written = began.elapsed();
        while receiver.received().len() < round * count {
            service::worker::run_due(&app.context).await.unwrap();
        }
        let told = began.elapsed();
        passes.push(Pass { written, told });
    }
    let mut ids: Vec<_> = receiver
        .received()
        .iter()
        .map(|one| one.header("webhook-id").to_owned())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), rounds * count);
    let database = app.database_url().map_or("SQLite", |_| "PostgreSQL");
    passes.sort_unstable_by(|one, other| one.ratio().total_cmp(&other.ratio()));
    let [least, median, greatest] = [0, passes.len() / 2, passes.len() - 1].map(|at| &passes[at]);
    let a_second = |spent: Duration| f64::from(u32::try_from(count).unwrap()) / spent.as_secs_f64();
    println!(
        "R9 {database}: events through outbox and webhooks ÷ inserts {:.2} ({:.2} to {:.2}) {:.0} beside {:.0} a second",
        median.ratio(),
        least.ratio(),
        greatest.ratio(),
        a_second(median.told),
        a_second(median.written),
    );
}
