//! Sealing what people wrote before texts were sealed: SQL cannot, so that the worker does, a batch at a time.

use domain::TaskId;
use domain::audit::AuditExemption;
use store::plain_text::{self, Plain};

use crate::vault::{Purpose, Scope};
use crate::{Context, Failure};

/// How many rows a transaction seals.
const BATCH: u64 = 100;

/// Seals every text that is not sealed yet and empties the column in which it stood.
pub(crate) async fn seal_plain(context: &Context) -> Result<(), Failure> {
    for place in Plain::ALL {
        loop {
            let ids = plain_text::left(context.store.reader(), place, BATCH).await?;
            if ids.is_empty() {
                break;
            }
            for (id, task) in ids {
                seal(context, place, id, task).await?;
            }
        }
    }
    Ok(())
}

async fn seal(
    context: &Context,
    place: Plain,
    id: uuid::Uuid,
    task: TaskId,
) -> Result<(), Failure> {
    let sealer = context.sealer(Scope::Task(task), Purpose::Person).await?;
    let tx = context.store.begin().await?;
    if let Some(text) = plain_text::lock(&tx, place, id).await? {
        let (table, column) = place.sealed();
        let bytes = sealer.seal(table, column, id, text.as_bytes())?;
        plain_text::replace(&tx, place, id, bytes.into()).await?;
    }
    Ok(store::commit(tx, AuditExemption::Retention).await?)
}
