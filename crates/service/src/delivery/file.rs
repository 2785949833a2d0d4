//! The file of a package in the object store: written under a name of its own by each attempt, sealed under the task's key.

use domain::access::Reach;
use domain::audit::AuditExemption;
use domain::delivery::Delivery;
use providers::blob::BlobKey;
use store::Tx;

use crate::object::ObjectName;
use crate::{Context, Failure};

/// The table for which packages are sealed.
const TABLE: &str = "deliveries";
/// The kind of object.
const COLUMN: &str = "package";

/// The place for which the file of a package is sealed.
pub(super) fn object_name<'a>(delivery: &Delivery, key: &'a BlobKey) -> ObjectName<'a> {
    ObjectName {
        key,
        table: TABLE,
        column: COLUMN,
        row: delivery.id.0,
    }
}

/// The name of the file; `None` where there is none.
pub(super) fn key_of(delivery: &Delivery) -> Option<BlobKey> {
    delivery.object_key.as_deref()?.parse().ok()
}

/// Deletes the file, which nothing needs any more, and forgets it unless another attempt has written one since.
pub(crate) async fn delete_file(context: &Context, delivery: &Delivery) -> Result<(), Failure> {
    if key_of(delivery).is_none() {
        return Ok(());
    }
    let tx = delete_file_within(context, delivery).await?;
    Ok(store::commit(tx, AuditExemption::Retention).await?)
}

/// Deletes the file and gives the transaction in which it is forgotten, so that the caller can keep with it that it did.
pub(crate) async fn delete_file_within(
    context: &Context,
    delivery: &Delivery,
) -> Result<Tx, Failure> {
    if let Some(key) = key_of(delivery) {
        context.blobs.delete(&key).await?;
    }
    let tx = context.store.begin().await?;
    forget_file(&tx, delivery).await?;
    Ok(tx)
}

async fn forget_file(tx: &Tx, delivery: &Delivery) -> Result<(), Failure> {
    let found = store::delivery::lock(tx, &Reach::AllSchools, delivery.id).await?;
    let is_same = |found: &Delivery| found.object_key == delivery.object_key;
    if let Some(mut found) = found.filter(is_same) {
        found.object_key = None;
        store::delivery::save(tx, &found).await?;
    }
    Ok(())
}
