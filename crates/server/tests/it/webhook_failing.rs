//! An endpoint that keeps failing: it is disabled, and people are told.

use serde_json::Value;

use crate::receiver::Receiver;
use crate::webhook::{HOUR_S, OFFICER, Staffed, member, staffed};

/// How many messages told a phone of a failing endpoint.
async fn messages_of_failure(staffed: &Staffed, phone: &str) -> usize {
    let messages = staffed.app.messages_to(phone).await;
    let told = |message: &&Value| message["text"].as_str().unwrap().contains("持续推送失败");
    messages.iter().filter(told).count()
}

#[actix_web::test]
async fn an_endpoint_that_takes_nothing_for_five_days_is_disabled() {
    let mut staffed = staffed().await;
    let receiver = Receiver::start().await;
    receiver.answer.send_replace(Some("500 Broken"));
    let (endpoint, _) = staffed.endpoint(&receiver.url, &[]).await;
    member(&staffed.app, "13800138322", "示例大学").await;
    assert_eq!(staffed.ping(&endpoint).await.status, 202);
    for hours in [2, 3, 6, 12, 14, 20, 24, 24] {
        staffed.app.advance(hours * HOUR_S).await;
        staffed.app.work().await;
    }
    staffed.log_in().await;
    let shown = staffed.officer.get(&endpoint).await.json();
    assert_eq!(shown["state"], "active");
    assert!(shown["failing_since"].is_string());
    let waits = staffed.officer.get("/api/v1/staff/me/notices").await;
    assert_eq!(waits.json()["failing_webhooks"], 1);
    assert_eq!(messages_of_failure(&staffed, OFFICER).await, 1);
    staffed.app.advance(24 * HOUR_S).await;
    staffed.log_in().await;
    assert_eq!(
        staffed
            .officer
            .act(&format!("{endpoint}/ping"))
            .await
            .status,
        202
    );
    staffed.app.work().await;
    let shown = staffed.officer.get(&endpoint).await.json();
    assert_eq!(shown["disabled_reason"], "failing", "{shown}");
    let events = staffed.officer.get("/api/v1/events?limit=100").await.json();
    let told = |kind: &str| {
        let events = events["items"].as_array().unwrap().iter();
        events.filter(|event| event["type"] == kind).count()
    };
    assert_eq!(
        (told("endpoint.failing"), told("endpoint.disabled")),
        (1, 1)
    );
    assert_eq!(messages_of_failure(&staffed, OFFICER).await, 2);
    // Disabled again on the same day: that is an event, and no message.
    let enabled = staffed.officer.act(&format!("{endpoint}/enable")).await;
    assert_eq!(enabled.status, 200, "{enabled:?}");
    receiver.answer.send_replace(Some("410 Gone"));
    assert_eq!(staffed.ping(&endpoint).await.status, 202);
    staffed.app.work().await;
    let shown = staffed.officer.get(&endpoint).await.json();
    assert_eq!(shown["disabled_reason"], "gone", "{shown}");
    assert_eq!(messages_of_failure(&staffed, OFFICER).await, 2);
    assert_eq!(
        messages_of_failure(&staffed, "13800138322").await,
        0,
        "officers of another school are told nothing"
    );
}
