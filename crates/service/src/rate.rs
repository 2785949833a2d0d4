//! Counting callers by a rate, in the memory of this copy of the server.

use std::collections::HashMap;
use std::fmt::Debug;
use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use domain::limit::{MOST_CALLERS, Rate, SHARED_ALLOWANCE};
use domain::{AccountId, IntegratorId};
use ipnet::IpNet;

/// How often callers whose bucket is full are forgotten, where there are too many of them.
const FORGET_EVERY: TimeDelta = TimeDelta::seconds(1);

/// In whose name a request comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CallerName {
    /// A person's.
    Account(AccountId),
    /// An integrator's own.
    Integrator(IntegratorId),
}

/// What the requests in one name are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NamedCaller {
    /// The operation; empty for all of them.
    pub operation: &'static str,
    /// In whose name.
    pub name: CallerName,
    /// The object; 0 for none.
    pub object: u64,
}

/// Who calls which operation. Addresses and accounts are counted apart, so that invented addresses cannot push accounts out.
#[derive(Debug)]
pub struct Callers {
    /// By operation and network; an empty operation stands for all of them.
    pub addresses: RateLimiter<(&'static str, IpNet)>,
    /// By account or integrator, operation and object.
    pub accounts: RateLimiter<NamedCaller>,
    /// Keyed by chance, so that nobody can make two objects look like one.
    objects: RandomState,
}

impl Default for Callers {
    fn default() -> Self {
        Self {
            addresses: RateLimiter::new(MOST_CALLERS),
            accounts: RateLimiter::new(MOST_CALLERS),
            objects: RandomState::new(),
        }
    }
}

impl Callers {
    /// What an object is counted under, by its path.
    pub fn object(&self, path: &str) -> u64 {
        self.objects.hash_one(path)
    }
}

/// A bucket for each caller. Its memory is bounded: callers beyond `most_callers` share one bucket for each rate.
#[derive(Debug)]
pub struct RateLimiter<K> {
    most_callers: usize,
    buckets: Mutex<Buckets<K>>,
}

/// When each bucket will be full again; a bucket that is not listed is full.
#[derive(Debug)]
struct Buckets<K> {
    own: HashMap<K, DateTime<Utc>>,
    shared: HashMap<Rate, DateTime<Utc>>,
    forgot_at: Option<DateTime<Utc>>,
}

impl<K: Eq + Hash + Debug> RateLimiter<K> {
    /// A limiter that remembers so many callers.
    pub fn new(most_callers: usize) -> Self {
        let buckets = Buckets {
            own: HashMap::new(),
            shared: HashMap::new(),
            forgot_at: None,
        };
        Self {
            most_callers,
            buckets: Mutex::new(buckets),
        }
    }

    /// Whether one more is allowed for a caller now; nothing is taken.
    ///
    /// # Errors
    /// How long to wait until one more is allowed.
    pub fn peek(&self, caller: &K, rate: Rate, now: DateTime<Utc>) -> Result<(), TimeDelta> {
        let buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let full_at = buckets.own.get(caller).copied();
        let full_at = full_at.map(|full_at| full_at.min(rate.latest(now)));
        rate.take(full_at, now).map(|_| ())
    }

    /// Takes one for a caller. A caller is always counted by the same rate.
    ///
    /// # Errors
    /// How long to wait until one more is allowed; nothing is taken then.
    pub fn take(&self, caller: K, rate: Rate, now: DateTime<Utc>) -> Result<(), TimeDelta> {
        // Each critical section changes one entry of a map, so a panic cannot leave it inconsistent.
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(full_at) = buckets.own.get_mut(&caller) {
            *full_at = (*full_at).min(rate.latest(now));
            *full_at = rate.take(Some(*full_at), now)?;
            return Ok(());
        }
        if buckets.own.len() >= self.most_callers {
            buckets.forget_full(now);
        }
        if buckets.own.len() < self.most_callers {
            let full_at = rate.take(None, now)?;
            buckets.own.insert(caller, full_at);
        } else {
            let shared = buckets.shared.get(&rate).copied();
            let full_at = rate.times(SHARED_ALLOWANCE).take(shared, now)?;
            buckets.shared.insert(rate, full_at);
        }
        Ok(())
    }
}

impl<K: Eq + Hash> Buckets<K> {
    /// Forgets the buckets that are full: they look like those that were never seen.
    fn forget_full(&mut self, now: DateTime<Utc>) {
        let is_due = self
            .forgot_at
            .is_none_or(|forgot_at| (now - forgot_at).abs() >= FORGET_EVERY);
        if is_due {
            self.forgot_at = Some(now);
            self.own.retain(|_, full_at| *full_at > now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate::every_millis(1_000, 2);

    fn at(milliseconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::milliseconds(milliseconds)
    }

    #[test]
    fn one_caller_does_not_take_from_another() {
        let limiter = RateLimiter::new(10);
        for (caller, now, expected) in [
            ("a", 0, Ok(())),
            ("a", 0, Ok(())),
            ("a", 0, Err(TimeDelta::seconds(1))),
            ("b", 0, Ok(())),
            ("a", 1_000, Ok(())),
            ("a", 1_000, Err(TimeDelta::seconds(1))),
        ] {
            assert_eq!(limiter.take(caller, RATE, at(now)), expected);
        }
    }

    #[test]
    fn looking_takes_nothing() {
        let limiter = RateLimiter::new(10);
        for _ in 0..5 {
            assert_eq!(limiter.peek(&"a", RATE, at(0)), Ok(()));
        }
        assert!((0..2).all(|_| limiter.take("a", RATE, at(0)).is_ok()));
        let wait = Err(TimeDelta::seconds(1));
        assert_eq!(limiter.peek(&"a", RATE, at(0)), wait);
        assert_eq!(limiter.peek(&"a", RATE, at(1_000)), Ok(()));
    }

    #[test]
    fn invented_callers_take_no_memory_and_share_what_is_left() {
        let limiter = RateLimiter::new(100);
        let taken = |callers: std::ops::Range<u32>, now| {
            let taken = callers.filter(|caller| limiter.take(*caller, RATE, at(now)).is_ok());
            taken.count()
        };
        let shared = usize::try_from(RATE.times(SHARED_ALLOWANCE).at_once).unwrap();
        assert_eq!(taken(0..100_000, 0), 100 + shared);
        assert_eq!(limiter.buckets.lock().unwrap().own.len(), 100);
        assert_eq!(taken(0..100, 0), 100, "those who are known go on");
        assert_eq!(taken(0..100, 0), 0);
        // By now all buckets are full again.
        assert_eq!(taken(200_000..200_100, 60_000), 100);
        assert_eq!(limiter.buckets.lock().unwrap().own.len(), 100);
    }
}
