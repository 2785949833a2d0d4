//! Sessions that ended lately: what an access token cannot know of itself.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use chrono::{DateTime, Utc};
use domain::SessionId;

/// The families that ended while an access token of theirs may still be good, and when that was learnt.
#[derive(Debug, Default)]
pub struct Revocations {
    families: RwLock<HashMap<SessionId, DateTime<Utc>>>,
}

impl Revocations {
    /// Whether the family has ended.
    pub fn contains(&self, family: SessionId) -> bool {
        let families = self.families.read().unwrap_or_else(PoisonError::into_inner);
        families.contains_key(&family)
    }

    /// Notes families that ended; here at once, before the answer goes out.
    pub(crate) fn add(&self, families: impl IntoIterator<Item = SessionId>, now: DateTime<Utc>) {
        let mut known = self
            .families
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        for family in families {
            known.entry(family).or_insert(now);
        }
    }

    /// Forgets families of which no access token can be good any more.
    pub(super) fn forget(&self, before: DateTime<Utc>) {
        let mut known = self
            .families
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, learnt_at| *learnt_at >= before);
    }
}
