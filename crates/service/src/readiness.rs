//! Whether the database takes writes.

use crate::{Context, Failure};
use domain::audit::AuditExemption;

/// Writes the time into a row that is there for this alone, as every other write does: a transaction that is synced to
/// the disk.
///
/// # Errors
/// Where no write is possible: the disk is full or broken, or the database is gone.
pub async fn write(context: &Context) -> Result<(), Failure> {
    let tx = context.store.begin().await?;
    store::readiness::write(&tx, context.now()).await?;
    Ok(store::commit(tx, AuditExemption::Housekeeping).await?)
}
