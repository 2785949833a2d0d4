//! What an entry's hash covers.

use rstest::rstest;
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

#[rstest]
#[case::id(|entry: &mut AuditEntry| entry.id = AuditEventId(Uuid::from_u128(9)))]
#[case::time(|entry: &mut AuditEntry| entry.at += chrono::TimeDelta::microseconds(1))]
#[case::actor(|entry: &mut AuditEntry| entry.actor = ActorKind::Staff)]
#[case::who(|entry: &mut AuditEntry| entry.actor_id = Some(AccountId(Uuid::from_u128(9))))]
#[case::subject(|entry: &mut AuditEntry| entry.subject_account_id = None)]
#[case::school(|entry: &mut AuditEntry| entry.school_id = None)]
#[case::action(|entry: &mut AuditEntry| entry.action = AuditAction::EnrolmentLookedUp)]
#[case::object(|entry: &mut AuditEntry| entry.object = AuditObject::Task)]
#[case::which_object(|entry: &mut AuditEntry| entry.object_id = None)]
#[case::reason(|entry: &mut AuditEntry| entry.reason = None)]
#[case::request(|entry: &mut AuditEntry| entry.request_id = Some("req_1".into()))]
#[case::facts(
    |entry: &mut AuditEntry| entry.facts = json!({ "operator": "wang", "system_user": null }),
)]
fn every_field_changes_the_hash(#[case] change: fn(&mut AuditEntry)) {
    let original = record().canonical(&SIXTH);
    let mut changed = entry();
    change(&mut changed);
    let changed = AuditRecord::from(changed);
    assert_ne!(changed.canonical(&SIXTH), original);
}

#[test]
fn the_place_in_the_chain_changes_the_hash() {
    let original = record().canonical(&SIXTH);
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
