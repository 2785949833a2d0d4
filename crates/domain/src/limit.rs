//! How often something may happen: rolling windows over the times at which it did.

use chrono::{DateTime, TimeDelta, Utc};

/// At most `most` times within `period`, rolling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The length of the window.
    pub period: TimeDelta,
    /// How many may fall into it.
    pub most: usize,
}

impl Window {
    /// A window of so many seconds.
    pub const fn seconds(period_s: i64, most: usize) -> Self {
        Self {
            period: TimeDelta::seconds(period_s),
            most,
        }
    }
}

/// An address that a campus shares may do so many times as much. Source: docs/sources.md#otp.
pub const CAMPUS_ALLOWANCE: usize = 20;

/// The windows for an address: wider where a campus shares it.
pub fn for_address(windows: &[Window], is_campus: bool) -> Vec<Window> {
    let factor = if is_campus { CAMPUS_ALLOWANCE } else { 1 };
    let wider = |window: &Window| Window {
        most: window.most * factor,
        ..*window
    };
    windows.iter().map(wider).collect()
}

/// The longest period of a set of windows: how far back the times must reach.
pub fn reach(windows: &[Window]) -> TimeDelta {
    windows
        .iter()
        .map(|window| window.period)
        .max()
        .unwrap_or_default()
}

/// How long to wait until one more is allowed; `None` where it is allowed at once.
///
/// `times` are the earlier occurrences, in any order.
pub fn wait(times: &[DateTime<Utc>], windows: &[Window], now: DateTime<Utc>) -> Option<TimeDelta> {
    windows
        .iter()
        .filter_map(|window| wait_for(times, *window, now))
        .max()
}

fn wait_for(times: &[DateTime<Utc>], window: Window, now: DateTime<Utc>) -> Option<TimeDelta> {
    let mut recent: Vec<_> = times
        .iter()
        .filter(|time| **time > now - window.period)
        .collect();
    if recent.len() < window.most {
        return None;
    }
    recent.sort_unstable();
    let leaves_first = recent.get(recent.len() - window.most)?;
    Some(**leaves_first + window.period - now)
}

/// Whole seconds of a wait, rounded up, for `Retry-After` and for people.
pub fn whole_seconds(wait: TimeDelta) -> i64 {
    wait.num_seconds() + i64::from(wait.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TWO: &[Window] = &[Window::seconds(60, 1), Window::seconds(3600, 3)];

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_000_000 + second, 0).unwrap()
    }

    #[test]
    fn the_window_that_takes_longest_decides() {
        for (times, now, expected) in [
            (vec![], 0, None),
            (vec![0], 59, Some(1)),
            (vec![0], 60, None),
            (vec![0, 100, 200], 260, Some(3340)),
            (vec![200, 0, 100], 3599, Some(1)),
            (vec![0, 100, 200], 3600, None),
        ] {
            let times: Vec<_> = times.into_iter().map(at).collect();
            assert_eq!(
                wait(&times, TWO, at(now)).map(|wait| wait.num_seconds()),
                expected
            );
        }
        assert_eq!(reach(TWO), TimeDelta::hours(1));
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
    }
}
