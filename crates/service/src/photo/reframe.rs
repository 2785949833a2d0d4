//! Framing a photo anew from the file as it came, turned where that is wanted, and checking it again.

use std::sync::Arc;

use domain::known_item::SeededFraming;
use domain::submitted_photo::{PhotoFraming, SubmittedPhoto};
use domain::{AccountId, FieldError, ProblemCode, Refusal};
use photo::{Crop, DifferenceHash};
use providers::keys::sha256;
use store::Tx;
use store::seeded::SeededPhoto;

use super::check::{self, Accepted};
use super::erase::delete_later;
use super::files::{self, Keys, Variant};
use super::leftover;
use super::submit::{length, stored};
use crate::vault::{Purpose, Scope};
use crate::{Context, Failure};

/// How often a file can be turned by a quarter until it stands as before.
const QUARTERS: u8 = 4;

/// Which part of the file becomes the photo.
#[derive(Debug, Clone, Copy)]
pub struct Framing {
    /// By how many quarters the file is turned clockwise before; 0 to 3.
    pub quarters: u8,
    /// The frame, in pixels of the upright picture as it stands then.
    pub frame: Crop,
}

/// A photo that was framed anew; its files are put away, and nothing names them yet.
#[derive(Debug)]
pub(crate) struct ReframedPhoto {
    framing: PhotoFraming,
    hash: DifferenceHash,
    keys: Keys,
}

/// Frames a photo anew under the rules of its task and puts the files away; `owner` waits for a core.
///
/// # Errors
/// What is wrong with the frame; `review.taken` where its file was deleted meanwhile; `photo.being_checked`; `server.unavailable`; wrong fields.
pub(crate) async fn reframe(
    context: &Context,
    owner: AccountId,
    photo: &SubmittedPhoto,
    framing: Framing,
) -> Result<ReframedPhoto, Failure> {
    if framing.quarters >= QUARTERS {
        let error = FieldError::new("/quarters", ProblemCode::RequestFieldUnreadable);
        return Err(Refusal::field(error.with("field", "quarters")).into());
    }
    if photo.original_key.is_none() {
        return Err(ProblemCode::ReviewTaken.into());
    }
    let task = store::task::get(context.store.reader(), photo.task_id).await?;
    let task = task.ok_or(Failure::Fault("a photo has no task"))?;
    let place = context.photo_queue.place(owner)?;
    let turn = Arc::new(place.turn().await?);
    let wanted = check::Wanted {
        frame: framing.frame,
        rules: task.settings.photo,
        is_contested: true,
        quarters: framing.quarters,
    };
    let original = files::read(context, photo, Variant::Original);
    let engine = context.engine.clone();
    let accepted = Box::pin(check::check(&turn, engine, original, wanted)).await?;
    put_away(context, photo, framing, accepted).await
}

async fn put_away(
    context: &Context,
    photo: &SubmittedPhoto,
    framing: Framing,
    accepted: Accepted,
) -> Result<ReframedPhoto, Failure> {
    let scope = Scope::Task(photo.task_id);
    let sealer = context.sealer(scope, Purpose::Photo).await?;
    let keys = Keys::random(context);
    leftover::expect(context, photo.school_id, photo.id, &keys).await?;
    let is_turned = framing.quarters > 0;
    let original = is_turned.then_some((
        Variant::Original,
        &keys.original,
        accepted.original.as_ref(),
    ));
    let results = [
        (Variant::Framed, &keys.framed, accepted.framed.as_slice()),
        (Variant::Thumb, &keys.thumb, accepted.thumb.as_slice()),
    ];
    for (variant, key, plain) in original.into_iter().chain(results) {
        files::put(context, &sealer, photo.id, variant, key, plain).await?;
    }
    let framing = PhotoFraming {
        original_key: is_turned.then(|| keys.original.as_str().to_owned()),
        original_bytes: length(&accepted.original),
        framed_key: keys.framed.as_str().to_owned(),
        framed_sha256: sha256(&accepted.framed).to_vec(),
        framed_bytes: length(&accepted.framed),
        thumb_key: keys.thumb.as_str().to_owned(),
        crop: framing.frame,
        measurements: stored(&accepted.measurements)?,
        verdict: stored(&accepted.verdict)?,
        rules_version: i32::from(photo::Rules::VERSION),
    };
    Ok(ReframedPhoto {
        framing,
        hash: accepted.hash,
        keys,
    })
}

impl ReframedPhoto {
    /// Takes the place of the framing of a photo that is locked; its earlier files are deleted soon after `tx`.
    pub(crate) async fn enter(
        &self,
        context: &Context,
        tx: &Tx,
        photo: SubmittedPhoto,
    ) -> Result<SubmittedPhoto, Failure> {
        let moved = photo.clone().reframed(self.framing.clone(), context.now());
        let kept: Vec<&String> = moved.file_keys().collect();
        let gone = photo.file_keys().filter(|name| !kept.contains(name));
        let gone: Vec<String> = gone.cloned().collect();
        delete_later(context, tx, &gone).await?;
        store::photo::save_frame(tx, &moved).await?;
        store::picture_band::keep(tx, moved.school_id, moved.id, self.hash).await?;
        Ok(moved)
    }

    /// Becomes the framing of a known item whose place in the queue the caller holds; the files of an earlier one are deleted
    /// soon after `tx`.
    ///
    /// # Errors
    /// `review.taken` where its photo was taken out of the library.
    pub(crate) async fn enter_known(
        &self,
        context: &Context,
        tx: &Tx,
        seeded: &SeededPhoto,
    ) -> Result<SeededFraming, Failure> {
        if seeded.known.files.is_none() {
            return Err(ProblemCode::ReviewTaken.into());
        }
        let (new, earlier) = (self.framing.clone(), seeded.item.framing.as_ref());
        let turned = earlier.and_then(|framing| framing.original.clone());
        let framing = SeededFraming {
            original: new.original_key.or(turned),
            framed: new.framed_key,
            thumb: new.thumb_key,
            crop: new.crop,
            verdict: new.verdict,
            framed_at: context.now(),
        };
        let kept: Vec<&String> = framing.names().collect();
        let gone = earlier.into_iter().flat_map(SeededFraming::names);
        let gone: Vec<String> = gone.filter(|name| !kept.contains(name)).cloned().collect();
        delete_later(context, tx, &gone).await?;
        store::seeded::save_framing(tx, seeded.item.photo_id, &framing).await?;
        Ok(framing)
    }

    /// Deletes its files, since nothing will name them.
    pub(crate) async fn discard(&self, context: &Context) {
        files::discard(context, &self.keys).await;
    }
}
