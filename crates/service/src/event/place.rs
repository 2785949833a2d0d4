//! Putting events into the one order in which they are read. docs/decisions/0041.

use domain::audit::AuditExemption;

use crate::{Context, Failure};

/// How many events one transaction places: a writer never waits long for it.
const BATCH: u64 = 200;
/// How many batches one round places.
const BATCHES: usize = 50;

/// Gives every committed event that has none a position, higher than all before it.
///
/// Positions are given after the commit and by one copy at a time, so that a reader who has read up to a position has
/// missed none below it.
///
/// # Errors
/// Where the database fails; what was placed before stays placed.
pub(crate) async fn place(context: &Context) -> Result<(), Failure> {
    for _ in 0..BATCHES {
        if !store::event::has_unplaced(context.store.reader()).await? {
            return Ok(());
        }
        let tx = context.store.begin().await?;
        let latest = store::event::lock_latest_position(&tx).await?;
        let mut events = store::event::unplaced(&tx, BATCH).await?;
        if events.is_empty() {
            return Ok(store::rollback(tx).await?);
        }
        store::event::place(&tx, latest, &mut events).await?;
        store::commit(tx, AuditExemption::Housekeeping).await?;
    }
    Ok(())
}
