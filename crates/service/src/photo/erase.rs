//! Erasing the files of photos: the row forgets them in a transaction, and work that lasts deletes them after it.

use chrono::TimeDelta;
use domain::photo_state::{PhotoEvent, PhotoState};
use domain::retention::ErasureKind;
use domain::{AccountId, JobId};
use providers::blob::BlobKey;
use serde_json::json;
use store::entity::{enrolment, job, photo as rows};
use store::{StoreError, Tx};

use super::{deed, move_to, state_of};
use crate::erasure::{self, Cause};
use crate::{Context, Failure};

/// The kind of the work.
const KIND: &str = "blobs.delete";
/// How many photos' files one round deletes.
const BATCH: u64 = 100;
/// When deleting what could not be deleted is tried again.
const RETRY: TimeDelta = TimeDelta::minutes(1);

/// Which files of a photo go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Files {
    /// The file as it came.
    Original,
    /// All, and what was measured and written.
    All,
}

/// Erases the files of a photo that is locked, and gives the row as it is then. The files are deleted soon after `tx`.
pub(crate) async fn erase_files(
    context: &Context,
    tx: &Tx,
    row: rows::Model,
    which: Files,
) -> Result<rows::Model, Failure> {
    let now = context.now();
    let mut left = row.clone();
    left.original_key = String::new();
    left.original_erased_at = left.original_erased_at.or(Some(now));
    if which == Files::All {
        left.framed_key = String::new();
        left.thumb_key = String::new();
        left.original_sha256 = Vec::new();
        left.framed_sha256 = Vec::new();
        left.measurements = json!({});
        left.note = None;
        left.note_sealed = None;
        left.files_erased_at = left.files_erased_at.or(Some(now));
    }
    let names = |row: &rows::Model| {
        let keys = [&row.original_key, &row.framed_key, &row.thumb_key];
        keys.map(Clone::clone)
    };
    let kept = names(&left);
    let is_gone = |name: &String| !name.is_empty() && !kept.contains(name);
    let gone: Vec<String> = names(&row).into_iter().filter(is_gone).collect();
    delete_later(context, tx, &gone).await?;
    store::save(tx, left.clone()).await?;
    Ok(left)
}

/// Erases every photo of an enrolment, which is not agreed to any more: its state says so, the ledger and the owner's log
/// too. What the school already has stays handed over.
pub(crate) async fn erase_of(
    context: &Context,
    tx: &Tx,
    enrolment: &enrolment::Model,
    cause: Cause,
) -> Result<(), Failure> {
    for row in store::erasure::photos_with_files(tx, enrolment).await? {
        erase_one(context, tx, row, (cause, AccountId(enrolment.account_id))).await?;
    }
    Ok(())
}

/// Erases a photo that is locked, and its owner's account.
pub(crate) async fn erase_one(
    context: &Context,
    tx: &Tx,
    row: rows::Model,
    (cause, owner): (Cause, AccountId),
) -> Result<(), Failure> {
    let state = state_of(&row)?;
    let row = match state.after(PhotoEvent::Erased) {
        Ok(PhotoState::HandedOver) | Err(_) => row,
        Ok(_) => move_to(context, tx, row, PhotoEvent::Erased, "photo.withdrawn").await?,
    };
    let row = erase_files(context, tx, row, Files::All).await?;
    erasure::note(context, tx, ErasureKind::Photo, row.id).await?;
    erasure::note_deed(context, tx, (cause, owner), deed(&row, "photo.erased")).await
}

async fn delete_later(context: &Context, tx: &Tx, names: &[String]) -> Result<(), Failure> {
    if names.is_empty() {
        return Ok(());
    }
    let (id, now) = (context.new_id(JobId::new), context.now());
    let row = job::Model {
        id: id.0,
        kind: KIND.to_owned(),
        key: id.to_string(),
        payload: json!(names),
        available_at: now,
        attempts: 0,
        leased_until: None,
        lease_owner: None,
        done_at: None,
        last_error: None,
        created_at: now,
    };
    Ok(store::insert(tx, row).await?)
}

/// Deletes the files that were erased. Two servers may do so at once.
pub(super) async fn sweep(context: &Context) -> Result<(), Failure> {
    let on = context.store.reader();
    for job in store::job::due(on, KIND, context.now(), BATCH).await? {
        if let Err(error) = delete(context, &job).await {
            tracing::warn!(error = ?error, "Erased files could not be deleted, and will be: {error}");
            let next = context.now() + RETRY;
            store::job::go_on(context.store.writer(), &job, job.payload.clone(), next).await?;
        }
    }
    Ok(())
}

/// Deletes all files that were erased, at once: what comes back with a backup must not wait for a server.
pub(crate) async fn delete_erased(context: &Context) -> Result<(), Failure> {
    loop {
        let on = context.store.reader();
        let jobs = store::job::due(on, KIND, context.now(), BATCH).await?;
        if jobs.is_empty() {
            return Ok(());
        }
        for job in jobs {
            delete(context, &job).await?;
        }
    }
}

async fn delete(context: &Context, job: &job::Model) -> Result<(), Failure> {
    let corrupt = || StoreError::Corrupt {
        what: "jobs.payload of erased files".into(),
    };
    let names: Vec<String> = serde_json::from_value(job.payload.clone()).map_err(|_| corrupt())?;
    for name in names {
        let key: BlobKey = name.parse().map_err(|_| corrupt())?;
        context.blobs.delete(&key).await?;
    }
    Ok(store::job::forget(context.store.writer(), job).await?)
}
