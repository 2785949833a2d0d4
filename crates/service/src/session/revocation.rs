//! Sessions that ended lately: what an access token cannot know of itself.

use std::collections::HashSet;
use std::sync::{PoisonError, RwLock};

use domain::session::{ACCESS_LIFETIME, REVOCATION_DELAY};
use uuid::Uuid;

use crate::{Context, Failure};

/// The families that ended while an access token of theirs may still be good.
#[derive(Debug, Default)]
pub struct Revocations {
    families: RwLock<HashSet<Uuid>>,
}

impl Revocations {
    /// Whether the family has ended.
    pub fn contains(&self, family: Uuid) -> bool {
        self.families
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .contains(&family)
    }

    /// Notes families that ended here: at once, before the answer goes out.
    pub(crate) fn add(&self, families: impl IntoIterator<Item = Uuid>) {
        self.families
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .extend(families);
    }

    fn replace(&self, families: HashSet<Uuid>) {
        *self
            .families
            .write()
            .unwrap_or_else(PoisonError::into_inner) = families;
    }
}

/// Learns which sessions ended on other server copies; to be called every few seconds.
pub async fn learn(context: &Context) -> Result<(), Failure> {
    let since = context.now() - ACCESS_LIFETIME - REVOCATION_DELAY;
    let ended = store::session::ended_since(context.store.connection(), since).await?;
    context.revocations.replace(ended.into_iter().collect());
    Ok(())
}
