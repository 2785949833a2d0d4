//! `kill -9` of a sender between what it sent and its note of the answer.

use domain::role::Role;
use serde_json::json;

use crate::app::TestApp;
use crate::call::school_named;
use crate::journey::ZHANG;
use crate::program::{LOOK_EVERY, LOOKS, Program};
use crate::receiver::Receiver;
use crate::staff::log_in;

/// Longer than any lease: of the job that sends, and of the delivery.
const LEASES_S: i64 = 700;

#[actix_web::test]
async fn a_message_whose_sender_died_before_it_noted_the_answer_is_sent_again() {
    let app = TestApp::with_sample().await;
    let operator = log_in(&app, "13800138701").await;
    app.make_staff(&operator, Role::Operator, None).await;
    let school = school_named(&operator, ZHANG.school).await;
    let receiver = Receiver::start().await;
    // It takes the message and keeps silent, so that the sender waits for its answer.
    receiver.answer.send_replace(None);
    let new = json!({ "school_id": school, "url": receiver.url });
    let made = operator.post("/api/v1/webhook-endpoints", new).await.json();
    let endpoint = made["endpoint"]["id"].as_str().unwrap();
    let endpoint = format!("/api/v1/webhook-endpoints/{endpoint}");
    let mut program = Program::start(&app).await;
    let sent = operator.act(&format!("{endpoint}/ping")).await;
    assert_eq!(sent.status, 202, "{sent:?}");
    let received = async |count: usize| {
        for _ in 0..LOOKS {
            if receiver.received().len() >= count {
                return;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        panic!("{count} messages were expected: {:?}", receiver.received());
    };
    received(1).await;
    program.kill();

    receiver.answer.send_replace(Some("200 OK"));
    program.restart().await;
    app.advance(LEASES_S).await;
    received(2).await;
    let renewed = operator.act("/api/v1/auth/sessions/refresh").await;
    assert_eq!(renewed.status, 204, "{renewed:?}");
    let ids: Vec<_> = receiver
        .received()
        .iter()
        .map(|one| one.header("webhook-id").to_owned())
        .collect();
    assert_eq!(ids[0], ids[1], "the receiver knows it");
    let mut log = json!(null);
    for _ in 0..LOOKS {
        log = operator.get(&format!("{endpoint}/deliveries")).await.json();
        if log["items"][0]["state"] == "delivered" {
            let tries = log["items"][0]["tries"].as_u64();
            assert_eq!(tries, Some(1), "what was not noted does not count: {log}");
            return;
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    panic!("the answer was never noted: {log}");
}
