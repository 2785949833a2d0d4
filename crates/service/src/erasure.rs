//! Erasing on demand, and the ledger of it, by which a restored backup is made to forget again.
//!
//! The ledger names kinds, ids and times, nothing about a person. It is written in the transaction that erases. What is
//! deleted because its time is over is not in it: [`crate::retention`] deletes that again by itself.

mod account;
mod note;

pub(crate) use account::erase_unused;
pub use account::{CodeAnswer, begin, confirm};
pub(crate) use note::{Cause, note, note_deed};

use chrono::{DateTime, Utc};
use domain::audit::AuditExemption;
use domain::retention::ErasureKind;
use domain::{AccountId, ConsentId, ErasureId, PhotoId, TaskId};
use serde::{Deserialize, Serialize};
use store::erasure::Erasure;
use uuid::Uuid;

use crate::{Context, Failure, keys, photo};

/// How much of the ledger is read at once.
const PAGE: u64 = 500;

/// A line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasureEntry {
    /// What kind of thing.
    pub kind: ErasureKind,
    /// Which; ids are never used again.
    pub object_id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
}

/// What came of replaying a ledger.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Replayed {
    /// Lines whose thing was there and was erased again.
    pub erased: usize,
    /// Lines whose thing was not there, or was erased already.
    pub absent: usize,
}

/// The ledger since a moment, oldest first: take it from the database that is to be replaced, from the time of the backup
/// on or from the beginning.
///
/// # Errors
/// Where the database fails.
pub async fn ledger(context: &Context, since: DateTime<Utc>) -> Result<Vec<ErasureEntry>, Failure> {
    let on = context.store.reader();
    let (mut entries, mut last) = (Vec::new(), None);
    loop {
        let page = store::erasure::page(on, since, last.as_ref(), PAGE).await?;
        entries.extend(page.iter().map(|erasure| ErasureEntry {
            kind: erasure.kind,
            object_id: erasure.object_id,
            at: erasure.at,
        }));
        match page.into_iter().next_back() {
            Some(erasure) => last = Some(erasure),
            None => return Ok(entries),
        }
    }
}

/// Erases again what a ledger names, in the database and, by the worker, in the object store. Each line is a transaction
/// of its own: it can be broken off anywhere and be called again with the same ledger. Orders are not asked whether they
/// are settled: that was asked before.
///
/// # Errors
/// The first failure; what came before it stays erased.
pub async fn replay(context: &Context, entries: &[ErasureEntry]) -> Result<Replayed, Failure> {
    let mut replayed = Replayed::default();
    for entry in entries {
        if replay_one(context, entry).await? {
            replayed.erased += 1;
        } else {
            replayed.absent += 1;
        }
    }
    Ok(replayed)
}

/// Whether there was something to erase.
async fn replay_one(context: &Context, entry: &ErasureEntry) -> Result<bool, Failure> {
    // The line itself first, as it was, so that the next restore repeats it too.
    let tx = context.store.begin().await?;
    let line = Erasure {
        id: context.new_id(ErasureId::new),
        kind: entry.kind,
        object_id: entry.object_id,
        at: entry.at,
    };
    store::erasure::note(&tx, line).await?;
    store::commit(tx, AuditExemption::Repetition).await?;
    match entry.kind {
        ErasureKind::Account => account::erase_again(context, AccountId(entry.object_id)).await,
        ErasureKind::Consent => {
            let tx = context.store.begin().await?;
            let id = ConsentId(entry.object_id);
            let held = store::erasure::withdraw_consent(&tx, id, entry.at).await?;
            store::commit(tx, AuditExemption::Repetition).await?;
            Ok(held)
        }
        ErasureKind::Photo => photo_again(context, PhotoId(entry.object_id)).await,
        ErasureKind::TaskKeys => keys::destroy_again(context, TaskId(entry.object_id)).await,
    }
}

async fn photo_again(context: &Context, id: PhotoId) -> Result<bool, Failure> {
    let tx = context.store.begin().await?;
    let found = store::erasure::lock_photo(&tx, id).await?;
    let Some(photo) = found.filter(|photo| photo.files_erased_at.is_none()) else {
        return Ok(false);
    };
    let (school, enrolment) = (photo.school_id, photo.enrolment_id);
    let enrolment = store::enrolment::by_id_for_system(&tx, school, enrolment).await?;
    let enrolment = enrolment.ok_or(Failure::Fault("an enrolment disappeared"))?;
    let owner = enrolment.account_id;
    let audited = photo::erase_one(context, &tx, photo, Cause::Replay, owner).await?;
    store::commit(tx, audited).await?;
    Ok(true)
}
