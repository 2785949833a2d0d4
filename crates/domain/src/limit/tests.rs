//! Windows and rates: what is allowed when, and for how long it is not.

use proptest::prelude::*;
use rstest::rstest;

use super::*;

const TWO: &[Window] = &[Window::seconds(60, 1), Window::seconds(3600, 3)];

fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_000_000 + second, 0).unwrap()
}

#[rstest]
#[case::nothing_yet(&[], 0, None)]
#[case::a_second_too_early(&[0], 59, Some(1))]
#[case::a_minute_later(&[0], 60, None)]
#[case::the_hour_is_full(&[0, 100, 200], 260, Some(3340))]
#[case::in_any_order(&[200, 0, 100], 3599, Some(1))]
#[case::an_hour_later(&[0, 100, 200], 3600, None)]
fn the_window_that_takes_longest_decides(
    #[case] times: &[i64],
    #[case] now: i64,
    #[case] expected: Option<i64>,
) {
    let times: Vec<_> = times.iter().copied().map(at).collect();
    assert_eq!(
        wait(&times, TWO, at(now)).map(|wait| wait.num_seconds()),
        expected
    );
}

#[test]
fn the_longest_window_is_the_reach() {
    assert_eq!(reach(TWO), TimeDelta::hours(1));
}

#[test]
fn a_bucket_gives_what_is_in_it_and_then_one_each_interval() {
    let rate = Rate::every_millis(10_000, 3);
    let mut full_at = None;
    for (now, expected) in [
        (0, None),
        (0, None),
        (0, None),
        (0, Some(10)),
        (9, Some(1)),
        (10, None),
        (10, Some(10)),
        (1_000, None),
        (1_000, None),
        (1_000, None),
        (1_000, Some(10)),
        // The clock was set back by a quarter of an hour.
        (100, Some(10)),
        (110, None),
    ] {
        full_at = full_at.map(|full_at: DateTime<Utc>| full_at.min(rate.latest(at(now))));
        let taken = rate.take(full_at, at(now));
        assert_eq!(
            taken.as_ref().err().map(TimeDelta::num_seconds),
            expected,
            "{now}"
        );
        full_at = taken.ok().or(full_at);
    }
}

#[test]
fn a_faster_rate_is_as_many_times_as_fast() {
    let rate = Rate::every_millis(10, 5).times(20);
    assert_eq!(
        rate,
        Rate::every_millis(1, 100)
            .times(2)
            .times(1)
            .with_at_once(100)
    );
    assert_eq!(Rate::per_second(1_000, 7), Rate::every_millis(1, 7));
    assert_eq!(
        Rate::every_millis(1, u32::MAX).times(u32::MAX).at_once,
        u32::MAX
    );
}

impl Rate {
    fn with_at_once(self, at_once: u32) -> Self {
        Self { at_once, ..self }
    }
}

#[test]
fn every_row_of_the_table_lets_somebody_through() {
    for row in ROUTES {
        assert!(row.rate.at_once > 0, "{}", row.operation);
        assert!(row.rate.interval > TimeDelta::zero(), "{}", row.operation);
    }
}

proptest! {
    #[test]
    fn after_the_wait_it_is_allowed(mut seconds in prop::collection::vec(0_i64..5000, 0..20)) {
        seconds.sort_unstable();
        let times: Vec<_> = seconds.into_iter().map(at).collect();
        let now = times.last().copied().unwrap_or(at(0));
        if let Some(pause) = wait(&times, TWO, now) {
            prop_assert!(pause > TimeDelta::zero());
            prop_assert_eq!(wait(&times, TWO, now + pause), None);
        }
    }

    #[test]
    fn a_rate_lets_through_no_more_than_it_says(
        steps in prop::collection::vec(0_i64..3_000, 1..200), at_once in 1_u32..20, interval in 1_i64..2_000,
    ) {
        let rate = Rate::every_millis(interval, at_once);
        let (mut now, mut full_at, mut through) = (at(0), None, 0_i64);
        for step in steps {
            now += TimeDelta::milliseconds(step);
            match rate.take(full_at, now) {
                Ok(next) => {
                    through += 1;
                    full_at = Some(next);
                }
                Err(wait) => prop_assert!(rate.take(full_at, now + wait).is_ok()),
            }
        }
        let most = i64::from(at_once) + (now - at(0)).num_milliseconds() / interval;
        prop_assert!(through <= most, "{} of {}", through, most);
    }
}

#[rstest]
#[case::elsewhere(false, [1, 3])]
#[case::on_a_campus(true, [20, 60])]
fn a_campus_may_do_more_in_the_same_time(#[case] is_campus: bool, #[case] most: [usize; 2]) {
    let found = for_address(TWO, is_campus);
    let told: Vec<_> = found.iter().map(|one| (one.period, one.most)).collect();
    let periods = TWO.iter().map(|one| one.period);
    assert_eq!(told, periods.zip(most).collect::<Vec<_>>());
}

#[rstest]
#[case::nothing(0, 0)]
#[case::a_millisecond(1, 1)]
#[case::a_second(1_000, 1)]
#[case::a_little_more(1_001, 2)]
#[case::almost_a_minute(59_999, 60)]
fn a_wait_is_told_in_whole_seconds_and_never_too_short(#[case] millis: i64, #[case] seconds: i64) {
    assert_eq!(whole_seconds(TimeDelta::milliseconds(millis)), seconds);
}

#[test]
fn a_rate_that_is_multiplied_is_faster_and_lets_more_through_at_once() {
    let rate = Rate::per_second(10, 5);
    assert_eq!(rate.interval, TimeDelta::milliseconds(100));
    assert_eq!(rate.times(2), Rate::per_second(20, 10));
    assert_eq!(rate.times(u32::MAX).at_once, u32::MAX);
}

#[test]
fn without_windows_nothing_is_looked_back_at_and_nobody_waits() {
    assert_eq!(reach(&[]), TimeDelta::zero());
    assert_eq!(wait(&[at(0)], &[], at(0)), None);
}
