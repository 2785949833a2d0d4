//! Sessions that ended lately: what an access token cannot know of itself.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use chrono::{DateTime, Utc};
use domain::session::{ACCESS_LIFETIME, REVOCATION_DELAY};
use uuid::Uuid;

use crate::{Context, Failure};

/// The families that ended while an access token of theirs may still be good, and when that was learnt.
#[derive(Debug, Default)]
pub struct Revocations {
    families: RwLock<HashMap<Uuid, DateTime<Utc>>>,
}

impl Revocations {
    /// Whether the family has ended.
    pub fn contains(&self, family: Uuid) -> bool {
        let families = self.families.read().unwrap_or_else(PoisonError::into_inner);
        families.contains_key(&family)
    }

    /// Notes families that ended; here at once, before the answer goes out.
    pub(crate) fn add(&self, families: impl IntoIterator<Item = Uuid>, now: DateTime<Utc>) {
        let mut known = self
            .families
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        for family in families {
            known.entry(family).or_insert(now);
        }
    }

    /// Forgets families of which no access token can be good any more.
    fn forget(&self, before: DateTime<Utc>) {
        let mut known = self
            .families
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, learnt_at| *learnt_at >= before);
    }
}

/// Learns which sessions ended on other server copies; to be called every few seconds.
pub async fn learn(context: &Context) -> Result<(), Failure> {
    let now = context.now();
    let since = now - ACCESS_LIFETIME - REVOCATION_DELAY;
    let ended = store::session::ended_since(context.store.reader(), since).await?;
    context.revocations.add(ended, now);
    context.revocations.forget(since);
    Ok(())
}
