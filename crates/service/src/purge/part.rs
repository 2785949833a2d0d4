//! Deleting some of a part of a task. Files go first and rows after them: where that breaks off, the rows still name files,
//! and deleting one that is gone is as good.

use domain::TaskId;
use domain::audit::AuditExemption;
use domain::purge::{PurgePart, TaskPurge};
use providers::blob::BlobKey;
use store::{StoreError, Tx};

use crate::{Context, Failure, delivery};

/// How many rows one transaction deletes: a writer never waits long for it.
const ROWS: u64 = 500;
/// How many rows with files go at once.
const WITH_FILES: u64 = 50;

/// Deletes some of a part and counts it; how much went.
pub(super) async fn delete_some(
    context: &Context,
    part: PurgePart,
    purge: &TaskPurge,
) -> Result<u64, Failure> {
    match part {
        PurgePart::Photos => photos(context, purge).await,
        PurgePart::Packages => packages(context, purge).await,
        PurgePart::Imports => imports(context, purge).await,
        PurgePart::ImportRows
        | PurgePart::Questions
        | PurgePart::Attempts
        | PurgePart::Reminders
        | PurgePart::Numbers
        | PurgePart::Enrolments
        | PurgePart::Students => {
            let tx = context.store.begin().await?;
            let count = store::purge::delete_batch(&tx, part, purge, ROWS).await?;
            counted(tx, part, purge, count).await
        }
    }
}

/// Adds to what the purge has deleted and makes it last.
async fn counted(tx: Tx, part: PurgePart, purge: &TaskPurge, count: u64) -> Result<u64, Failure> {
    if count == 0 {
        store::rollback(tx).await?;
        return Ok(0);
    }
    let locked = store::purge::lock(&tx, purge.task_id).await?;
    let mut locked = locked.ok_or(Failure::Fault("a purge disappeared"))?;
    locked.counts.add(part, count);
    store::purge::save(&tx, &locked).await?;
    store::commit(tx, AuditExemption::Retention).await?;
    Ok(count)
}

async fn delete_files<'a>(
    context: &Context,
    names: impl Iterator<Item = &'a String>,
) -> Result<(), Failure> {
    for name in names.filter(|name| !name.is_empty()) {
        let corrupt = |_| StoreError::corrupt("a name of a file that is purged");
        let key: BlobKey = name.parse().map_err(corrupt)?;
        context.blobs.delete(&key).await?;
    }
    Ok(())
}

async fn photos(context: &Context, purge: &TaskPurge) -> Result<u64, Failure> {
    let on = context.store.reader();
    let photos = store::purge::photos(on, purge, WITH_FILES).await?;
    let names = photos.iter().flat_map(|photo| photo.file_keys.iter());
    delete_files(context, names).await?;
    delete_framings(context, purge.task_id).await?;
    let tx = context.store.begin().await?;
    // They are no photos of the task and count for nothing.
    store::seeded::delete_of_task(&tx, purge.task_id).await?;
    store::recall::delete_of_task(&tx, purge.task_id).await?;
    let count = store::purge::delete_photos(&tx, &photos).await?;
    counted(tx, PurgePart::Photos, purge, count).await
}

/// Deletes the files of known items that a reviewer framed anew; those of the library stay.
async fn delete_framings(context: &Context, task: TaskId) -> Result<(), Failure> {
    let on = context.store.reader();
    for framing in store::seeded::framings_in(on, task).await? {
        delete_files(context, framing.names()).await?;
    }
    Ok(())
}

async fn packages(context: &Context, purge: &TaskPurge) -> Result<u64, Failure> {
    let on = context.store.reader();
    let packages = store::purge::packages(on, purge, 1).await?;
    let Some(package) = packages.first() else {
        return Ok(0);
    };
    let tx = delivery::delete_file_within(context, package).await?;
    counted(tx, PurgePart::Packages, purge, 1).await
}

async fn imports(context: &Context, purge: &TaskPurge) -> Result<u64, Failure> {
    let on = context.store.reader();
    let imports = store::purge::imports(on, purge, WITH_FILES).await?;
    delete_files(context, imports.iter().map(|import| &import.file_key)).await?;
    let tx = context.store.begin().await?;
    let mut count = 0;
    for import in &imports {
        count += store::purge::delete_import(&tx, import.id).await?;
    }
    counted(tx, PurgePart::Imports, purge, count).await
}
