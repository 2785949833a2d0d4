//! Moving an import from one state to the next, unless somebody else did.

use domain::access::Reach;
use domain::audit::AuditExemption;
use domain::event::EventData;
use domain::roster::{RosterImport, RosterImportState};
use providers::blob::BlobKey;
use store::Tx;

use crate::{Context, Failure, event};

/// The import, locked, where it still is as this work knows it; `None` where somebody else has moved it.
pub(super) async fn lock_same(
    tx: &Tx,
    known: &RosterImport,
) -> Result<Option<RosterImport>, Failure> {
    let found = store::roster_import::lock(tx, &Reach::AllSchools, known.id).await?;
    let is_same =
        |import: &RosterImport| import.state == known.state && import.rows_done == known.rows_done;
    Ok(found.filter(is_same))
}

/// Moves the import on to where its work ends, and tells of it, unless somebody else moved it.
pub(super) async fn finish(
    context: &Context,
    import: &RosterImport,
    state: RosterImportState,
) -> Result<(), Failure> {
    let tx = context.store.begin().await?;
    if lock_same(&tx, import).await?.is_some() {
        let mut import = import.clone();
        import.state = state;
        import.updated_at = context.now();
        store::roster_import::save(&tx, &import).await?;
        tell(context, &tx, &import).await?;
    }
    Ok(store::commit(tx, AuditExemption::Repetition).await?)
}

/// Tells that the work on an import has ended.
pub(super) async fn tell(context: &Context, tx: &Tx, import: &RosterImport) -> Result<(), Failure> {
    let data = EventData::RosterImportFinished(import.into());
    event::record(context, tx, import.school_id, data).await?;
    Ok(())
}

/// Deletes the file, which nothing needs any more.
pub(super) async fn delete_file(context: &Context, import: &RosterImport) -> Result<(), Failure> {
    let Ok(key) = import.file_key.parse::<BlobKey>() else {
        return Ok(());
    };
    context.blobs.delete(&key).await?;
    let tx = context.store.begin().await?;
    let found = store::roster_import::lock(&tx, &Reach::AllSchools, import.id).await?;
    if let Some(mut import) = found {
        import.file_key = String::new();
        store::roster_import::save(&tx, &import).await?;
    }
    Ok(store::commit(tx, AuditExemption::Repetition).await?)
}
