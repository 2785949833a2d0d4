//! What an entry's hash covers.

use serde_json::json;

use super::*;

fn entry() -> AuditEntry {
    AuditEntry {
        id: AuditEventId(Uuid::from_u128(1)),
        at: DateTime::from_timestamp(1_800_000_000, 250_000).unwrap(),
        actor: ActorKind::CommandLine,
        actor_id: None,
        subject_account_id: Some(AccountId(Uuid::from_u128(2))),
        school_id: Some(SchoolId(Uuid::from_u128(3))),
        action: AuditAction::EnrolmentReleased,
        object: AuditObject::Enrolment,
        object_id: Some(Uuid::from_u128(4)),
        reason: Some("冒用".into()),
        request_id: None,
        facts: json!({ "operator": "li", "system_user": null }),
    }
}

fn record() -> AuditRecord {
    entry().into()
}

const SIXTH: ChainPlace = ChainPlace {
    sequence: 6,
    hash: [0xab; 32],
};

#[test]
fn the_form_that_is_hashed_is_fixed() {
    let text = String::from_utf8(record().canonical(&SIXTH)).unwrap();
    let expected = concat!(
        r#"{"chain":"00000000-0000-0000-0000-000000000003","sequence":7,"previous":""#,
        "abababababababababababababababababababababababababababababababab",
        r#"","#,
        r#""id":"00000000-0000-0000-0000-000000000001","at":"2027-01-15T08:00:00.000250Z","actor":"operator","#,
        r#""actor_id":null,"subject_account_id":"00000000-0000-0000-0000-000000000002","#,
        r#""action":"enrolment.released","object":"enrolment","object_id":"00000000-0000-0000-0000-000000000004","#,
        r#""reason":"冒用","request_id":null,"facts":"{\"operator\":\"li\",\"system_user\":null}"}"#,
    );
    assert_eq!(text, expected);
}

#[test]
fn every_field_and_the_place_in_the_chain_change_the_hash() {
    type Change = fn(&mut AuditEntry);
    let edits: [Change; 12] = [
        |entry| entry.id = AuditEventId(Uuid::from_u128(9)),
        |entry| entry.at += chrono::TimeDelta::microseconds(1),
        |entry| entry.actor = ActorKind::Staff,
        |entry| entry.actor_id = Some(AccountId(Uuid::from_u128(9))),
        |entry| entry.subject_account_id = None,
        |entry| entry.school_id = None,
        |entry| entry.action = AuditAction::EnrolmentLookedUp,
        |entry| entry.object = AuditObject::Task,
        |entry| entry.object_id = None,
        |entry| entry.reason = None,
        |entry| entry.request_id = Some("req_1".into()),
        |entry| entry.facts = json!({ "operator": "wang", "system_user": null }),
    ];
    let original = record().canonical(&SIXTH);
    for (number, change) in edits.into_iter().enumerate() {
        let mut changed = entry();
        change(&mut changed);
        let changed = AuditRecord::from(changed);
        assert_ne!(changed.canonical(&SIXTH), original, "change {number}");
    }
    let (mut later, mut other) = (SIXTH, SIXTH);
    later.sequence = 7;
    other.hash[0] = 0;
    assert_ne!(record().canonical(&later), original);
    assert_ne!(record().canonical(&other), original);
}

#[test]
fn the_order_in_which_a_database_keeps_names_does_not_matter() {
    let one: Value = serde_json::from_str(r#"{"b":[1,{"y":true,"x":"\""}],"a":null}"#).unwrap();
    assert_eq!(sorted(&one), r#"{"a":null,"b":[1,{"x":"\"","y":true}]}"#);
}
