//! Files that no row names: left by a deletion that failed, or by a row that a restored backup does not have.
//!
//! A round looks through some folders of the object store, and all of them in about a day. Where surprisingly much of a
//! round would go, nothing does: then the database is more likely the wrong one than the files.

use chrono::{DateTime, TimeDelta, Utc};
use providers::blob::{BlobKey, BlobStore};
use serde_json::{Value, json};

use crate::{Context, Failure};

/// How many folders a round looks through: all in 22 hours.
const FOLDERS: usize = 48;
/// How many names are asked for at once.
const PAGE: usize = 500;
/// By then the row of a file is there, or never will be. An hour after, work looks after files whose photo was not
/// entered; this is for what that missed.
const LOOK_AFTER: TimeDelta = TimeDelta::days(2);
/// So many orphans in a round are nothing unusual, however few files there are.
const USUAL: usize = 20;
/// Of the files in a round at most one in so many may be an orphan.
const USUAL_SHARE: usize = 10;

/// Looks through the next folders; gives where the next round begins.
pub(super) async fn sweep(
    context: &Context,
    now: DateTime<Utc>,
    progress: &Value,
) -> Result<Value, Failure> {
    let first = progress["next_folder"].as_u64().unwrap_or_default();
    let first = usize::try_from(first).unwrap_or_default() % BlobStore::FOLDERS;
    let (mut seen, mut orphans) = (0, Vec::new());
    for number in first..(first + FOLDERS).min(BlobStore::FOLDERS) {
        let listed = context.blobs.list(number).await?;
        let is_old = |(key, changed_at): (BlobKey, DateTime<Utc>)| {
            (changed_at < now - LOOK_AFTER).then_some(key)
        };
        let old: Vec<BlobKey> = listed.into_iter().filter_map(is_old).collect();
        seen += old.len();
        for page in old.chunks(PAGE) {
            orphans.extend(unknown(context, page).await?);
        }
    }
    delete(context, seen, &orphans).await?;
    let next = (first + FOLDERS) % BlobStore::FOLDERS.next_multiple_of(FOLDERS);
    Ok(json!({ "next_folder": next }))
}

async fn unknown(context: &Context, keys: &[BlobKey]) -> Result<Vec<BlobKey>, Failure> {
    let names: Vec<String> = keys.iter().map(|key| key.as_str().to_owned()).collect();
    let known = store::retention::known_files(context.store.reader(), &names).await?;
    let is_unknown = |key: &&BlobKey| !known.iter().any(|name| name == key.as_str());
    Ok(keys.iter().filter(is_unknown).cloned().collect())
}

async fn delete(context: &Context, seen: usize, orphans: &[BlobKey]) -> Result<(), Failure> {
    let count = orphans.len();
    if count > USUAL.max(seen / USUAL_SHARE) {
        tracing::error!(
            files.seen = seen,
            files.unknown = count,
            "So many files belong to no row that the database may be the wrong one: none was deleted"
        );
        return Ok(());
    }
    for key in orphans {
        context.blobs.delete(key).await?;
    }
    if count > 0 {
        tracing::warn!(
            files.deleted = count,
            "Files that no row names were deleted"
        );
        metrics::counter!("orphan_files_deleted_total").increment(count as u64);
    }
    Ok(())
}
