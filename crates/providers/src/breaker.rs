//! A circuit breaker: a service that failed several times in a row is not asked for a while, so that nobody waits for it.

use crate::Entropy;
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// When a breaker opens, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BreakerSettings {
    /// So many failures in a row open it; at least 1.
    pub failures: u32,
    /// After this time one call is let through, whose outcome decides.
    pub open_for: Duration,
}

impl Default for BreakerSettings {
    fn default() -> Self {
        Self {
            failures: 5,
            open_for: Duration::from_secs(5),
        }
    }
}

/// Lets calls through, unless the last ones failed.
#[derive(Debug)]
pub struct Breaker {
    name: &'static str,
    settings: BreakerSettings,
    clock: Entropy,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    failures: u32,
    /// Since when it is open. The call that is on trial moves this to its own beginning, so that no second one follows
    /// at once, and the next one does where the first is never heard of again.
    opened_at: Option<DateTime<Utc>>,
}

impl Breaker {
    /// A breaker that lets calls through; the name is for the log.
    pub fn new(name: &'static str, settings: BreakerSettings, clock: Entropy) -> Self {
        Self {
            name,
            settings,
            clock,
            state: Mutex::default(),
        }
    }

    /// Whether a call may be made now. Its outcome is to be [noted](Self::note).
    pub fn admits(&self) -> bool {
        let now = self.clock.now();
        let mut state = self.state();
        let Some(opened_at) = state.opened_at else {
            return true;
        };
        let open_for = TimeDelta::from_std(self.settings.open_for).unwrap_or(TimeDelta::MAX);
        // A clock that was set back must not keep it open.
        let is_over = now < opened_at || now - opened_at >= open_for;
        if is_over {
            state.opened_at = Some(now);
        }
        is_over
    }

    /// Notes whether a call succeeded. One success closes the breaker.
    pub fn note(&self, has_succeeded: bool) {
        let now = self.clock.now();
        let mut state = self.state();
        if has_succeeded {
            if state.opened_at.is_some() {
                tracing::info!("{} answers again", self.name);
            }
            *state = State::default();
            return;
        }
        state.failures = state.failures.saturating_add(1);
        if state.failures >= self.settings.failures.max(1) {
            if state.opened_at.is_none() {
                tracing::error!(
                    failures = state.failures,
                    "{} failed {} times in a row: it is asked once every {:?}",
                    self.name,
                    state.failures,
                    self.settings.open_for,
                );
            }
            state.opened_at = Some(now);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Each critical section sets two fields that cannot panic in between.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SystemRandom;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    /// A breaker that opens after two failures for 10 s, and its clock in seconds.
    fn breaker() -> (Breaker, Arc<AtomicI64>) {
        let seconds = Arc::new(AtomicI64::new(1_000));
        let read = Arc::clone(&seconds);
        let now = move || DateTime::UNIX_EPOCH + TimeDelta::seconds(read.load(Ordering::SeqCst));
        let clock = Entropy {
            now: Arc::new(now),
            random: Arc::new(SystemRandom),
        };
        let settings = BreakerSettings {
            failures: 2,
            open_for: Duration::from_secs(10),
        };
        (Breaker::new("test", settings, clock), seconds)
    }

    #[test]
    fn it_opens_after_failures_in_a_row_and_tries_one_call_after_a_while() {
        let (breaker, clock) = breaker();
        let pass = |seconds| clock.fetch_add(seconds, Ordering::SeqCst);
        breaker.note(false);
        breaker.note(true);
        breaker.note(false);
        assert!(breaker.admits(), "one failure after a success");
        breaker.note(false);
        assert!(!breaker.admits());
        pass(9);
        assert!(!breaker.admits());
        pass(1);
        assert!(breaker.admits(), "the trial");
        assert!(!breaker.admits(), "one trial at a time");
        breaker.note(false);
        assert!(!breaker.admits());
        pass(10);
        assert!(breaker.admits());
        breaker.note(true);
        assert!(breaker.admits() && breaker.admits(), "closed");
    }

    #[test]
    fn a_trial_that_is_never_heard_of_again_and_a_clock_set_back_keep_it_open_for_no_longer() {
        let (breaker, clock) = breaker();
        for _ in 0..2 {
            breaker.note(false);
        }
        clock.fetch_add(10, Ordering::SeqCst);
        assert!(breaker.admits());
        clock.fetch_add(10, Ordering::SeqCst);
        assert!(breaker.admits(), "the first trial was lost");
        clock.fetch_sub(500, Ordering::SeqCst);
        assert!(breaker.admits());
    }
}
