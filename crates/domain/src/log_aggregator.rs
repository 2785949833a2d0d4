//! Repeated events share one log line a minute, which says how many there were.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// How long a group stays silent after a line: 1 min.
pub const AGGREGATION_INTERVAL: TimeDelta = TimeDelta::minutes(1);
/// The most groups that are kept apart; further ones share [`OTHER_GROUPS`], so that invented names cannot fill the memory.
const MOST_GROUPS: usize = 256;
/// The group of all events that came after [`MOST_GROUPS`] others.
pub const OTHER_GROUPS: &str = "other";

/// Counts events by group and says when a line is due. Each server copy has its own.
///
/// ```
/// use chrono::{DateTime, TimeDelta};
/// use domain::LogAggregator;
///
/// let (log, start) = (LogAggregator::new(), DateTime::UNIX_EPOCH);
/// assert_eq!(log.count("a call failed", start), Some(1)); // write a line
/// assert_eq!(log.count("a call failed", start + TimeDelta::seconds(5)), None); // write nothing
/// assert_eq!(log.count("a call failed", start + TimeDelta::seconds(60)), Some(2)); // write a line for two
/// ```
#[derive(Debug, Default)]
pub struct LogAggregator {
    groups: Mutex<BTreeMap<String, Group>>,
}

#[derive(Debug)]
struct Group {
    written_at: DateTime<Utc>,
    /// Events since the last line.
    unwritten: u64,
}

impl Group {
    fn is_due(&self, now: DateTime<Utc>) -> bool {
        // A clock that was set back must not silence a group for longer than the interval.
        (now - self.written_at).abs() >= AGGREGATION_INTERVAL
    }
}

impl LogAggregator {
    /// An aggregator without groups.
    pub const fn new() -> Self {
        Self {
            groups: Mutex::new(BTreeMap::new()),
        }
    }

    /// Counts an event. Returns how many events the line to write now stands for, this one included; `None` where no line
    /// is due. The first event of a group is due at once.
    pub fn count(&self, group: &str, now: DateTime<Utc>) -> Option<u64> {
        let mut groups = self.groups.lock().unwrap_or_else(PoisonError::into_inner);
        let has_room = groups.len() < MOST_GROUPS || groups.contains_key(group);
        let group = if has_room { group } else { OTHER_GROUPS };
        let Some(found) = groups.get_mut(group) else {
            let fresh = Group {
                written_at: now,
                unwritten: 0,
            };
            groups.insert(group.to_owned(), fresh);
            return Some(1);
        };
        found.unwritten += 1;
        if !found.is_due(now) {
            return None;
        }
        found.written_at = now;
        Some(std::mem::take(&mut found.unwritten))
    }

    /// Returns the groups whose minute is over with events that no line has counted yet, and how many those are; forgets
    /// groups without new events. Call it regularly, so that the last events before a silence are reported too.
    pub fn take_due(&self, now: DateTime<Utc>) -> Vec<(String, u64)> {
        let mut due = Vec::new();
        let mut groups = self.groups.lock().unwrap_or_else(PoisonError::into_inner);
        groups.retain(|name, group| {
            if !group.is_due(now) {
                return true;
            }
            let unwritten = std::mem::take(&mut group.unwritten);
            if unwritten > 0 {
                due.push((name.clone(), unwritten));
                group.written_at = now;
            }
            unwritten > 0
        });
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(second)
    }

    #[test]
    fn a_group_gets_a_line_a_minute_that_counts_every_event() {
        let log = LogAggregator::new();
        let mut lines = Vec::new();
        for second in 0..600 {
            for _ in 0..200 {
                lines.extend(log.count("down", at(second)));
            }
        }
        lines.extend(log.take_due(at(660)).into_iter().map(|(_, count)| count));
        assert_eq!(lines.len(), 11);
        assert_eq!(lines.iter().sum::<u64>(), 120_000);
        assert_eq!(log.count("up", at(0)), Some(1), "groups are independent");
    }

    #[test]
    fn the_last_events_are_reported_and_the_group_is_forgotten() {
        let log = LogAggregator::new();
        assert_eq!(log.count("down", at(0)), Some(1));
        assert_eq!(log.count("down", at(1)), None);
        assert!(log.take_due(at(59)).is_empty());
        assert_eq!(log.take_due(at(60)), [("down".to_owned(), 1)]);
        assert!(log.take_due(at(120)).is_empty());
        assert_eq!(log.count("down", at(121)), Some(1), "it begins anew");
    }

    #[test]
    fn invented_groups_share_one() {
        let log = LogAggregator::new();
        let lines = (0..10_000).filter_map(|number| log.count(&number.to_string(), at(0)));
        assert_eq!(lines.count(), MOST_GROUPS + 1);
        assert_eq!(
            log.take_due(at(60)),
            [(OTHER_GROUPS.to_owned(), 10_000 - 257)]
        );
    }

    #[test]
    fn a_clock_that_is_set_back_silences_nothing() {
        let log = LogAggregator::new();
        assert_eq!(log.count("down", at(3600)), Some(1));
        assert_eq!(log.count("down", at(0)), Some(1));
    }
}
