//! Learning which sessions ended on other server copies.

use chrono::{DateTime, Utc};
use domain::audit::AuditExemption;
use domain::session::{ACCESS_LIFETIME, REVOCATION_DELAY, SessionEndReason};

use crate::{Context, Failure};

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
    store::commit(tx, AuditExemption::Rule).await?;
    let families = found.into_iter().map(|(_, family)| family);
    context.revocations.add(families, now);
    Ok(())
}
