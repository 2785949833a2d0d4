//! The library of photos whose right decision is known. docs/decisions/0055.

use domain::access::{Actor, Permission};
use domain::audit::{AuditAction, AuditObject};
use domain::known_item::{KnownPhoto, ORIGIN_MAX, ORIGIN_MIN, SeededFraming, SeededItem};
use domain::page::{Page, PageRequest};
use domain::review::{Decision, ReviewOutcome, ReviewStage};
use domain::{FieldError, KnownPhotoId, PhotoId, ProblemCode, Refusal, SchoolId, TaskId};
use store::audit::Audited;
use store::{StoreError, Tx};
use uuid::Uuid;

use crate::audit::{self, About, Deed};
use crate::photo::{
    FoundImage, Image, PutKnown, Spool, SpooledFile, delete_later, known_picture, open_picture,
    put_known,
};
use crate::{Context, Failure};

/// A known photo on its way in.
#[derive(Debug)]
pub struct NewKnownPhoto<'a> {
    /// The file, as it was chosen.
    pub image: &'a [u8],
    /// The right decision: `approved` or `rejected`.
    pub outcome: &'a str,
    /// The right reasons, as words.
    pub reasons: &'a [String],
    /// How it was made, or who agreed to its use.
    pub origin: &'a str,
}

/// Adds a photo whose right decision is known.
///
/// # Errors
/// Where they may not keep known photos; wrong fields; what is wrong with the file; `known_photo.exists`; `photo.being_checked`.
pub async fn add(
    context: &Context,
    actor: &Actor,
    new: NewKnownPhoto<'_>,
) -> Result<KnownPhoto, Failure> {
    actor.require(Permission::ManageKnownPhotos)?;
    let added_by = actor.account_id().ok_or(ProblemCode::SessionRequired)?;
    let decision = read(&new)?;
    let id = context.new_id(KnownPhotoId::new);
    let file = spooled(context, new.image).await?;
    let sha256 = file.sha256();
    let put = Box::pin(put_known(context, added_by, id, file)).await?;
    let known = KnownPhoto {
        id,
        outcome: decision.outcome,
        reasons: decision.reasons,
        origin: new.origin.trim().to_owned(),
        original_sha256: sha256.to_vec(),
        files: Some(put.files.clone()),
        crop: Some(put.crop),
        verdict: put.verdict.clone(),
        added_by,
        added_at: context.now(),
    };
    let entered = enter(context, actor, &known, &put).await;
    entered.map(|()| known)
}

/// The file on the disk, where whoever waits for a core holds no memory.
async fn spooled(context: &Context, file: &[u8]) -> Result<SpooledFile, Failure> {
    let not_now = |error: std::io::Error| {
        tracing::warn!(%error, "An uploaded file could not be stored: {error}");
        Failure::from(ProblemCode::ServerBusy)
    };
    let mut spool = Spool::create(&context.settings.upload_folder).map_err(not_now)?;
    spool.append(file).await.map_err(not_now)?;
    spool.finish().await.map_err(not_now)
}

async fn enter(
    context: &Context,
    actor: &Actor,
    known: &KnownPhoto,
    put: &PutKnown,
) -> Result<(), Failure> {
    let tx = context.store.begin().await?;
    match store::known_photo::insert(&tx, known).await {
        Err(StoreError::Conflict { .. }) => {
            drop(tx);
            put.discard(context).await;
            return Err(ProblemCode::KnownPhotoExists.into());
        }
        inserted => inserted?,
    }
    let audited = note(context, &tx, actor, known.id, AuditAction::KnownPhotoAdded).await?;
    Ok(store::commit(tx, audited).await?)
}

/// The right decision and where the photo comes from, checked together.
fn read(new: &NewKnownPhoto<'_>) -> Result<Decision, Refusal> {
    let mut errors = Vec::new();
    let is_sensible = [ReviewOutcome::Approved, ReviewOutcome::Rejected]
        .iter()
        .any(|outcome| outcome.as_str() == new.outcome);
    let decision = if is_sensible {
        Decision::read(new.outcome, new.reasons, None).map_err(|found| errors.extend(found))
    } else {
        let error = FieldError::new("/outcome", ProblemCode::KnownPhotoOutcome);
        errors.push(error);
        Err(())
    };
    let length = new.origin.trim().chars().count();
    if !(ORIGIN_MIN..=ORIGIN_MAX).contains(&length) || new.origin.contains('\0') {
        let error = FieldError::new("/origin", ProblemCode::KnownPhotoOrigin);
        errors.push(error.with("min", ORIGIN_MIN).with("max", ORIGIN_MAX));
    }
    match decision {
        Ok(decision) if errors.is_empty() => Ok(decision),
        _ => Err(Refusal::fields(errors)),
    }
}

/// A page of the library, the newest first.
///
/// # Errors
/// Where the actor may not keep known photos.
pub async fn list(
    context: &Context,
    actor: &Actor,
    page: &PageRequest<KnownPhotoId>,
) -> Result<Page<KnownPhoto>, Failure> {
    actor.require(Permission::ManageKnownPhotos)?;
    Ok(store::known_photo::page(context.store.reader(), page).await?)
}

/// Takes a photo out: its files are deleted, it leaves every queue, and what was decided about it stays in the figures.
///
/// # Errors
/// Where the actor may not keep known photos; `known_photo.unknown`.
pub async fn remove(context: &Context, actor: &Actor, id: &str) -> Result<(), Failure> {
    actor.require(Permission::ManageKnownPhotos)?;
    let id: KnownPhotoId = id.parse().map_err(|_| ProblemCode::KnownPhotoUnknown)?;
    let tx = context.store.begin().await?;
    let known = store::known_photo::lock(&tx, id).await?;
    let known = known.ok_or(ProblemCode::KnownPhotoUnknown)?;
    let open = store::seeded::open_of(&tx, id).await?;
    for item in &open {
        store::review::leave(&tx, *item, context.now()).await?;
    }
    // Nobody frames one of them any more: that takes the place in the queue.
    let framings = store::seeded::framings_of(&tx, id).await?;
    let own = known.files.iter();
    let own = own.flat_map(|files| [&files.original, &files.framed, &files.thumb]);
    let framed = framings.iter().flat_map(SeededFraming::names);
    let names: Vec<String> = own.chain(framed).cloned().collect();
    delete_later(context, &tx, &names).await?;
    store::seeded::forget_framings(&tx, id).await?;
    for item in open {
        store::seeded::forget(&tx, item).await?;
    }
    let empty = KnownPhoto {
        files: None,
        ..known
    };
    store::known_photo::save(&tx, &empty).await?;
    let audited = note(context, &tx, actor, id, AuditAction::KnownPhotoRemoved).await?;
    Ok(store::commit(tx, audited).await?)
}

/// Finds a picture of a photo of the library: `framed`, `original` or `thumb`.
///
/// # Errors
/// Where the actor may not keep known photos; `known_photo.unknown`; wrong fields for another variant.
pub async fn find_image(
    context: &Context,
    actor: &Actor,
    id: &str,
    variant: &str,
) -> Result<FoundImage, Failure> {
    actor.require(Permission::ManageKnownPhotos)?;
    let id: KnownPhotoId = id.parse().map_err(|_| ProblemCode::KnownPhotoUnknown)?;
    let known = store::known_photo::get(context.store.reader(), id).await?;
    let known = known.ok_or(ProblemCode::KnownPhotoUnknown)?;
    known_picture(&known, &nowhere(&known), variant)
}

/// Opens a picture of the library.
///
/// # Errors
/// Where the object store fails, or the file does not open.
pub async fn open_image(context: &Context, found: &FoundImage) -> Result<Image, Failure> {
    open_picture(context, found).await
}

/// The place of a photo that stands in no queue.
fn nowhere(known: &KnownPhoto) -> SeededItem {
    SeededItem {
        photo_id: PhotoId(known.id.0),
        known_id: known.id,
        beside_id: PhotoId(known.id.0),
        school_id: SchoolId(Uuid::nil()),
        task_id: TaskId(Uuid::nil()),
        stage: ReviewStage::Bureau,
        submitted_at: known.added_at,
        framing: None,
    }
}

async fn note(
    context: &Context,
    tx: &Tx,
    actor: &Actor,
    id: KnownPhotoId,
    action: AuditAction,
) -> Result<Audited, Failure> {
    let deed = Deed {
        action,
        object: AuditObject::KnownPhoto,
        object_id: id.0,
        school_id: None,
    };
    audit::note(context, tx, actor, deed, About::default()).await
}
