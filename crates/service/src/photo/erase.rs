//! Erasing the files of photos: the row forgets them in a transaction, and work that lasts deletes them after it.

use domain::audit::AuditAction;
use domain::enrolment::Enrolment;
use domain::event::EventData;
use domain::job::{Job, JobKind};
use domain::photo_state::{PhotoEvent, PhotoState};
use domain::retention::ErasureKind;
use domain::submitted_photo::SubmittedPhoto;
use domain::{AccountId, JobId};
use providers::blob::BlobKey;
use serde_json::json;
use store::audit::Audited;
use store::{StoreError, Tx};

use super::transition::{deed, move_to};
use crate::erasure::{self, Cause};
use crate::{Context, Failure};

/// How many photos' files are looked up at once.
const BATCH: u64 = 100;

/// Which files of a photo go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Files {
    /// The file as it came.
    Original,
    /// All, and what was measured and written.
    All,
}

/// Erases the files of a photo that is locked, and gives the photo as it is then. The files are deleted soon after `tx`.
pub(crate) async fn erase_files(
    context: &Context,
    tx: &Tx,
    photo: SubmittedPhoto,
    which: Files,
) -> Result<SubmittedPhoto, Failure> {
    let now = context.now();
    let left = match which {
        Files::Original => photo.clone().without_original(now),
        Files::All => photo.clone().without_files(now),
    };
    let kept: Vec<&String> = left.file_keys().collect();
    let gone = photo.file_keys().filter(|name| !kept.contains(name));
    let gone: Vec<String> = gone.cloned().collect();
    delete_later(context, tx, &gone).await?;
    store::photo::save(tx, &left).await?;
    if which == Files::All {
        store::picture_band::forget(tx, &[photo.id]).await?;
    }
    Ok(left)
}

/// Erases every photo of an enrolment, which is not agreed to any more: its state says so, the ledger and the owner's log
/// too. What the school already has stays handed over.
pub(crate) async fn erase_of(
    context: &Context,
    tx: &Tx,
    enrolment: &Enrolment,
    cause: Cause,
) -> Result<(), Failure> {
    for photo in store::erasure::photos_with_files(tx, enrolment).await? {
        // The caller has an entry of its own to commit with.
        let _ = erase_one(context, tx, photo, cause, enrolment.account_id).await?;
    }
    Ok(())
}

/// Erases a photo that is locked, and its owner's account.
pub(crate) async fn erase_one(
    context: &Context,
    tx: &Tx,
    photo: SubmittedPhoto,
    cause: Cause,
    owner: AccountId,
) -> Result<Audited, Failure> {
    let photo = match photo.state.after(PhotoEvent::Erased) {
        Ok(PhotoState::HandedOver) | Err(_) => photo,
        Ok(_) => {
            let told = EventData::PhotoWithdrawn;
            move_to(context, tx, photo, PhotoEvent::Erased, told).await?
        }
    };
    let photo = erase_files(context, tx, photo, Files::All).await?;
    erasure::note(context, tx, ErasureKind::Photo, photo.id.0).await?;
    let deed = deed(&photo, AuditAction::PhotoErased);
    erasure::note_deed(context, tx, cause, owner, deed).await
}

/// Has files deleted soon after `tx`.
pub(crate) async fn delete_later(
    context: &Context,
    tx: &Tx,
    names: &[String],
) -> Result<(), Failure> {
    if names.is_empty() {
        return Ok(());
    }
    let (id, now) = (context.new_id(JobId::new), context.now());
    let job = Job::new(id, JobKind::BlobsDelete, id.to_string(), json!(names), now);
    Ok(store::job::insert(tx, &job).await?)
}

/// Deletes all files that were erased, at once: what comes back with a backup must not wait for a server.
pub(crate) async fn delete_erased(context: &Context) -> Result<(), Failure> {
    loop {
        let (on, kind) = (context.store.reader(), JobKind::BlobsDelete);
        let jobs = store::job::due(on, kind, context.now(), BATCH).await?;
        if jobs.is_empty() {
            return Ok(());
        }
        for job in jobs {
            delete_files(context, &job, |_, _| ()).await?;
            store::job::forget(context.store.writer(), &job).await?;
        }
    }
}

/// Deletes the files of a job; tells after each how many of how many are deleted.
pub(crate) async fn delete_files(
    context: &Context,
    job: &Job,
    tell: impl Fn(usize, usize),
) -> Result<(), Failure> {
    let corrupt = || StoreError::corrupt("jobs.payload of erased files");
    let names: Vec<String> = serde_json::from_value(job.payload.clone()).map_err(|_| corrupt())?;
    for (index, name) in names.iter().enumerate() {
        let key: BlobKey = name.parse().map_err(|_| corrupt())?;
        context.blobs.delete(&key).await?;
        tell(index + 1, names.len());
    }
    Ok(())
}
