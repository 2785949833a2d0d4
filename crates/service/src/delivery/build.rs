//! Making a package: each attempt writes a file of its own, so that one that was cut off, or that another worker still
//! makes, cannot change one that is done.

use domain::DeliveryId;
use domain::access::Reach;
use domain::audit::AuditExemption;
use domain::delivery::{Delivery, DeliveryFailure, DeliveryState, PackageBase};
use domain::event::{DeliveryFacts, EventData};
use providers::blob::BlobKey;
use providers::keys::SealError;

use super::file::{key_of, object_name};
use super::pack::{BaseRow, PackKeys, Packed, Packer};
use super::scope::scope_of;
use crate::vault::{Purpose, Scope};
use crate::worker::Progress;
use crate::{Context, Failure, event, object};

/// How many rows of the package before are read at once.
const BASE_BATCH: u64 = 500;

/// Makes a package, unless somebody ended it.
pub(super) async fn build(
    context: &Context,
    id: DeliveryId,
    progress: &Progress,
) -> Result<(), Failure> {
    let Some((delivery, key)) = begin(context, id).await? else {
        return Ok(());
    };
    match Box::pin(write(context, &delivery, &key, progress)).await {
        Ok(Written::Superseded) => Ok(()),
        Ok(Written::Done { packed, bytes }) if packed.counts.is_empty() => {
            context.blobs.delete(&key).await?;
            tracing::info!(delivery.id = %id, bytes, "A package would be empty");
            fail(context, &delivery, DeliveryFailure::Empty).await
        }
        Ok(Written::Done { packed, bytes }) => finish(context, &delivery, packed, bytes).await,
        // A purged task has no keys any more.
        Err(Failure::Refused(_) | Failure::Keys(SealError::UnknownKey { .. })) => {
            fail(context, &delivery, DeliveryFailure::KeysDestroyed).await
        }
        Err(failure) => Err(failure),
    }
}

/// Begins an attempt: its file gets a name, and what an earlier one left is deleted.
async fn begin(context: &Context, id: DeliveryId) -> Result<Option<(Delivery, BlobKey)>, Failure> {
    let key = BlobKey::random(context.random.as_ref());
    let tx = context.store.begin().await?;
    let found = store::delivery::lock(&tx, &Reach::AllSchools, id).await?;
    let is_building = |delivery: &Delivery| delivery.state == DeliveryState::Building;
    let Some(mut delivery) = found.filter(is_building) else {
        store::rollback(tx).await?;
        return Ok(None);
    };
    let left = key_of(&delivery);
    let scope = scope_of(delivery.school_id, delivery.task_id, &delivery.settings);
    let total = store::delivery::content::packaged_count(&tx, scope);
    delivery.photos_total = total.await?;
    delivery.photos_done = 0;
    delivery.object_key = Some(key.as_str().to_owned());
    delivery.updated_at = context.now();
    store::delivery::save(&tx, &delivery).await?;
    store::commit(tx, AuditExemption::Repetition).await?;
    if let Some(left) = left
        && let Err(error) = context.blobs.delete(&left).await
    {
        context.report(
            "What an attempt at a package left could not be deleted",
            &error.into(),
        );
    }
    Ok(Some((delivery, key)))
}

/// How the writing of a package ended.
enum Written {
    /// It is there.
    Done { packed: Packed, bytes: u64 },
    /// Somebody ended it, or another worker makes it.
    Superseded,
}

async fn write(
    context: &Context,
    delivery: &Delivery,
    key: &BlobKey,
    progress: &Progress,
) -> Result<Written, Failure> {
    let scope = Scope::Task(delivery.task_id);
    let keys = PackKeys {
        sealer: context.sealer(scope, Purpose::Person).await?,
        index: context.task_index(delivery.task_id).await?,
    };
    let sealer = keys.sealer.clone();
    let base = base_of(context, delivery).await?;
    let mut packer = Packer::new(context, delivery, progress, keys, base)?;
    let name = object_name(delivery, key);
    let written = Box::pin(object::write(context, &sealer, name, packer.content())).await;
    let result = packer.finish();
    if result.is_superseded {
        return Ok(Written::Superseded);
    }
    let bytes = written?;
    Ok(Written::Done {
        packed: result,
        bytes,
    })
}

/// The files that the receiver has who has applied the package before.
async fn base_of(context: &Context, delivery: &Delivery) -> Result<PackageBase<BaseRow>, Failure> {
    let mut base = PackageBase::default();
    let Some(before) = delivery.base_id else {
        return Ok(base);
    };
    let mut after = None;
    loop {
        let (on, school) = (context.store.reader(), delivery.school_id);
        let parts =
            store::delivery::content::parts_after(on, school, before, after, BASE_BATCH).await?;
        let Some(last) = parts.last() else {
            return Ok(base);
        };
        after = Some(last.id);
        for part in parts {
            let id = part.id.0;
            let path = context.open_text("delivery_photos", "name_sealed", id, &part.name);
            let row = BaseRow {
                photo_id: part.photo_id,
                row_index: part.row_index,
            };
            base.insert(path.await?, row);
        }
    }
}

/// The package, locked, where this attempt is still the one that makes it.
async fn lock_own(tx: &store::Tx, delivery: &Delivery) -> Result<Option<Delivery>, Failure> {
    let found = store::delivery::lock(tx, &Reach::AllSchools, delivery.id).await?;
    Ok(found.filter(|found| {
        found.state == DeliveryState::Building && found.object_key == delivery.object_key
    }))
}

async fn finish(
    context: &Context,
    delivery: &Delivery,
    packed: Packed,
    bytes: u64,
) -> Result<(), Failure> {
    let tx = context.store.begin().await?;
    let Some(mut own) = lock_own(&tx, delivery).await? else {
        store::rollback(tx).await?;
        if let Some(key) = key_of(delivery) {
            context.blobs.delete(&key).await?;
        }
        return Ok(());
    };
    let now = context.now();
    let school = delivery.school_id;
    store::delivery::content::insert_parts(&tx, school, own.id, packed.parts).await?;
    own.state = DeliveryState::Ready;
    own.counts = packed.counts;
    own.photos_done = own.photos_total;
    own.object_bytes = bytes;
    own.object_sha256 = packed.sha256;
    own.parts = packed.archives;
    own.ready_at = Some(now);
    own.updated_at = now;
    store::delivery::save(&tx, &own).await?;
    let told = EventData::DeliveryReady(DeliveryFacts {
        delivery_id: own.id,
        task_id: own.task_id,
        photo_count: own.counts.added,
    });
    event::record(context, &tx, school, told).await?;
    Ok(store::commit(tx, AuditExemption::Repetition).await?)
}

async fn fail(
    context: &Context,
    delivery: &Delivery,
    failure: DeliveryFailure,
) -> Result<(), Failure> {
    let tx = context.store.begin().await?;
    if let Some(mut own) = lock_own(&tx, delivery).await? {
        own.state = DeliveryState::Failed;
        own.failure = Some(failure);
        own.object_key = None;
        own.updated_at = context.now();
        store::delivery::save(&tx, &own).await?;
    }
    Ok(store::commit(tx, AuditExemption::Repetition).await?)
}
