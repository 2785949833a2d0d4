//! Sessions that ended lately: what an access token cannot know of itself.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use chrono::{DateTime, Utc};
use domain::SessionId;
use domain::session::{ACCESS_LIFETIME, REVOCATION_DELAY, SessionEndReason};

use crate::{Context, Failure};

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
    fn forget(&self, before: DateTime<Utc>) {
        let mut known = self
            .families
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, learnt_at| *learnt_at >= before);
    }
}

/// Learns which sessions ended on other server copies, and ends those of accounts that are not active any more; to be
/// called every few seconds.
pub async fn learn(context: &Context) -> Result<(), Failure> {
    let now = context.now();
    end_inactive(context, now).await?;
    let since = now - ACCESS_LIFETIME - REVOCATION_DELAY;
    let ended = store::session::ended_since(context.store.reader(), since).await?;
    context.revocations.add(ended, now);
    context.revocations.forget(since);
    Ok(())
}

/// Requests are checked against the sessions that ended, so an account's state is enforced by ending its sessions,
/// however the state was changed.
async fn end_inactive(context: &Context, now: DateTime<Utc>) -> Result<(), Failure> {
    let found = store::session::of_inactive_accounts(context.store.reader(), now).await?;
    if found.is_empty() {
        return Ok(());
    }
    let tx = context.store.begin().await?;
    for (account, family) in &found {
        let reason = SessionEndReason::AccountInactive;
        store::session::end_family(&tx, *account, *family, reason, now).await?;
    }
    store::commit(tx).await?;
    let families = found.into_iter().map(|(_, family)| family);
    context.revocations.add(families, now);
    Ok(())
}
