//! The schedule of tries, and what failures mean for an endpoint.

use rstest::rstest;
use uuid::Uuid;

use super::*;

fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(second, 0).unwrap()
}

fn endpoint(school_id: Option<SchoolId>, kinds: &[EventKind]) -> WebhookEndpoint {
    WebhookEndpoint {
        id: WebhookEndpointId(Uuid::from_u128(1)),
        school_id,
        url: "https://registrar.example.edu.cn/hooks".to_owned(),
        kinds: kinds.to_vec(),
        description: "教务系统".to_owned(),
        state: EndpointState::Active,
        disabled_reason: None,
        failing_since: None,
        failing_told_at: None,
        created_by: None,
        integrator_id: None,
        version: 1,
        created_at: at(0),
        updated_at: at(0),
    }
}

fn delivery() -> WebhookDelivery {
    WebhookDelivery {
        id: WebhookDeliveryId(Uuid::from_u128(1)),
        endpoint_id: WebhookEndpointId(Uuid::from_u128(1)),
        event_id: EventId(Uuid::from_u128(1)),
        kind: EventKind::OrderPaid,
        school_id: None,
        state: WebhookDeliveryState::Waiting,
        tries: 0,
        next_at: at(0),
        created_at: at(0),
        updated_at: at(0),
    }
}

#[test]
fn a_delivery_is_tried_ten_times_in_three_days() {
    let (mut delivery, mut now, mut waits) = (delivery(), at(0), Vec::new());
    // 200 of 0..=400 is the middle: no spread.
    while delivery.state == WebhookDeliveryState::Waiting {
        delivery.tried(AttemptAnswer::Status(500), None, 200, now);
        waits.push((delivery.next_at - now).num_seconds());
        now = delivery.next_at;
    }
    let expected = [
        5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400, 0,
    ];
    assert_eq!(waits, expected);
    assert_eq!(
        (delivery.state, delivery.tries),
        (WebhookDeliveryState::Failed, 10)
    );
}

#[rstest]
#[case::too_many_requests(429, 3600)]
#[case::bad_gateway(502, 3600)]
#[case::unavailable(503, 3600)]
#[case::gateway_timeout(504, 3600)]
#[case::moved(301, 5)]
#[case::bad_request(400, 5)]
#[case::internal_error(500, 5)]
fn only_a_receiver_that_is_busy_is_given_the_time_it_asks_for(
    #[case] status: u16,
    #[case] next_at: i64,
) {
    let mut delivery = delivery();
    let asked = Some(TimeDelta::hours(1));
    delivery.tried(AttemptAnswer::Status(status), asked, 200, at(0));
    assert_eq!(delivery.next_at.timestamp(), next_at);
}

#[test]
fn waits_are_spread_by_a_fifth_and_a_receiver_can_ask_for_more_but_not_for_days() {
    let minutes = |tries, asked: Option<i64>, chance| {
        let asked = asked.map(TimeDelta::minutes);
        wait(tries, asked, chance).unwrap().num_seconds()
    };
    assert_eq!((minutes(2, None, 0), minutes(2, None, 400)), (240, 360));
    assert!((0..=u16::MAX).all(|chance| (240..=360).contains(&minutes(2, None, chance))));
    assert_eq!(minutes(1, Some(10), 200), 600);
    assert_eq!(minutes(3, Some(10), 200), 1800, "the schedule waits longer");
    assert_eq!(minutes(1, Some(9999), 200), 86_400);
}

#[rstest]
#[case::ok(200, true)]
#[case::no_content(204, true)]
#[case::the_last_of_them(299, true)]
#[case::informational(199, false)]
#[case::moved(301, false)]
#[case::not_modified(304, false)]
#[case::bad_request(400, false)]
fn only_an_answer_of_two_hundred_takes_a_delivery(#[case] status: u16, #[case] is_taken: bool) {
    assert_eq!(
        AttemptAnswer::Status(status).is_taken(),
        is_taken,
        "{status}"
    );
}

#[test]
fn silence_takes_no_delivery() {
    assert!(!AttemptAnswer::None(AttemptFault::TimedOut).is_taken());
}

const OURS: SchoolId = SchoolId(Uuid::from_u128(1));
const THEIRS: SchoolId = SchoolId(Uuid::from_u128(2));

#[rstest]
#[case::its_type_at_its_school(Some(OURS), EventKind::OrderPaid, true)]
#[case::another_type(Some(OURS), EventKind::OrderClosed, false)]
#[case::another_school(Some(THEIRS), EventKind::OrderPaid, false)]
#[case::of_no_school(None, EventKind::OrderPaid, false)]
fn an_endpoint_is_told_of_its_schools_events_and_types(
    #[case] school: Option<SchoolId>,
    #[case] kind: EventKind,
    #[case] is_wanted: bool,
) {
    let of_school = endpoint(Some(OURS), &[EventKind::OrderPaid]);
    assert_eq!(of_school.wants(school, kind), is_wanted);
}

#[rstest]
#[case::an_event_of_a_school(Some(OURS), EventKind::OrderPaid, true)]
#[case::an_event_of_no_school(None, EventKind::EndpointDisabled, true)]
#[case::a_ping_of_another(None, EventKind::WebhookPing, false)]
fn an_endpoint_of_the_bureau_is_told_of_everything_but_pings(
    #[case] school: Option<SchoolId>,
    #[case] kind: EventKind,
    #[case] is_wanted: bool,
) {
    assert_eq!(endpoint(None, &[]).wants(school, kind), is_wanted);
}

#[test]
fn a_disabled_endpoint_is_told_of_nothing() {
    let mut of_bureau = endpoint(None, &[]);
    of_bureau.disable(EndpointDisabledReason::Person);
    assert!(!of_bureau.wants(Some(OURS), EventKind::OrderPaid));
}

#[test]
fn a_failing_endpoint_is_told_of_once_and_disabled_after_five_days() {
    let (mut endpoint, silent) = (
        endpoint(None, &[]),
        AttemptAnswer::None(AttemptFault::TimedOut),
    );
    let hour = 3600;
    assert_eq!(endpoint.failed(silent, at(0)), EndpointNews::Nothing);
    assert_eq!(endpoint.failed(silent, at(hour - 1)), EndpointNews::Nothing);
    assert_eq!(endpoint.failed(silent, at(hour)), EndpointNews::Failing);
    assert_eq!(endpoint.failed(silent, at(2 * hour)), EndpointNews::Nothing);
    endpoint.succeeded();
    let later = 200 * hour;
    assert_eq!(endpoint.failed(silent, at(later)), EndpointNews::Nothing);
    let days = later + 5 * 24 * hour;
    assert_eq!(endpoint.failed(silent, at(days - 1)), EndpointNews::Failing);
    assert_eq!(endpoint.failed(silent, at(days)), EndpointNews::Disabled);
    let reason = endpoint.disabled_reason;
    assert_eq!(reason, Some(EndpointDisabledReason::Failing));
    assert_eq!(endpoint.failed(silent, at(days + 9)), EndpointNews::Nothing);
    endpoint.enable();
    assert_eq!(
        (endpoint.state, endpoint.failing_since),
        (EndpointState::Active, None)
    );
    let gone = endpoint.failed(AttemptAnswer::Status(410), at(days));
    assert_eq!(gone, EndpointNews::Disabled);
    assert_eq!(endpoint.disabled_reason, Some(EndpointDisabledReason::Gone));
}
