//! How slow a transfer may be.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

use crate::config::HttpFile;

/// A rule for transfers: a grace time, then a least average rate, and a longest time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PaceRule {
    /// The time within which any rate is accepted.
    grace: Duration,
    /// Bytes a second, at least 1.
    least_rate: u64,
    /// The longest time of the transfer, whatever its rate.
    longest: Duration,
}

impl PaceRule {
    /// For the body of a request.
    pub(crate) fn for_body(settings: &HttpFile) -> Self {
        Self {
            grace: Duration::from_millis(settings.transfer_grace_ms),
            least_rate: settings.min_bytes_per_s.max(1),
            longest: Duration::from_millis(settings.body_longest_ms),
        }
    }

    /// For the rest of a body that no handler wants.
    pub(crate) fn for_unread_body(settings: &HttpFile) -> Self {
        Self {
            grace: Duration::from_millis(settings.unread_body_ms),
            ..Self::for_body(settings)
        }
    }

    /// The time after the start at which a transfer that has moved `bytes` is too slow.
    fn allowed(self, bytes: u64) -> Duration {
        let earned_ms = bytes.saturating_mul(1_000) / self.least_rate;
        let allowed = self.grace.saturating_add(Duration::from_millis(earned_ms));
        allowed.min(self.longest)
    }
}

/// Watches one transfer under a rule. The clock starts with the first wait.
#[derive(Debug)]
pub(crate) struct Pace {
    rule: PaceRule,
    moved: u64,
    started: Option<Instant>,
    timer: Option<Pin<Box<Sleep>>>,
}

impl Pace {
    /// Nothing was moved yet.
    pub(crate) fn new(rule: PaceRule) -> Self {
        Self {
            rule,
            moved: 0,
            started: None,
            timer: None,
        }
    }

    /// Counts bytes that were moved.
    pub(crate) fn moved(&mut self, bytes: usize) {
        self.moved = self.moved.saturating_add(bytes as u64);
    }

    /// Forgets the transfer: the next wait starts another.
    pub(crate) fn reset(&mut self) {
        (self.moved, self.started) = (0, None);
    }

    /// Ready when the transfer, which cannot go on now, is too slow; else wakes the task when it would be.
    pub(crate) fn poll_too_slow(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let started = *self.started.get_or_insert_with(Instant::now);
        let deadline = started + self.rule.allowed(self.moved);
        let timer = self
            .timer
            .get_or_insert_with(|| Box::pin(sleep_until(deadline)));
        if timer.deadline() != deadline {
            timer.as_mut().reset(deadline);
        }
        timer.as_mut().poll(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::nothing(0, 10)]
    #[case::one_byte(1, 10)]
    #[case::one_second(4_096, 11)]
    #[case::ten_seconds(40_960, 20)]
    #[case::everything(u64::MAX, 60)]
    #[case::more_than_the_longest(10_000_000, 60)]
    fn a_transfer_earns_time_by_what_it_moves(#[case] bytes: u64, #[case] seconds: u64) {
        let rule = PaceRule {
            grace: Duration::from_secs(10),
            least_rate: 4_096,
            longest: Duration::from_mins(1),
        };
        assert_eq!(rule.allowed(bytes).as_secs(), seconds, "{bytes}");
    }
}
