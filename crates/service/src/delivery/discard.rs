//! Deleting the files of packages that are old, that nobody may take any more, or that no attempt finished.

use chrono::{DateTime, Utc};
use domain::delivery::PACKAGE_KEPT;

use super::file::delete_file;
use crate::{Context, Failure};

/// How many files a round deletes.
const BATCH: u64 = 50;

/// Deletes the files of packages that are kept long enough, and of those that nobody acknowledged before a student in them
/// withdrew consent.
///
/// # Errors
/// Where the database or the object store fails.
pub(crate) async fn discard_outdated(context: &Context, now: DateTime<Utc>) -> Result<(), Failure> {
    let (on, before) = (context.store.reader(), now - PACKAGE_KEPT);
    for delivery in store::delivery::with_outdated_file(on, before, BATCH).await? {
        delete_file(context, &delivery).await?;
    }
    Ok(())
}
