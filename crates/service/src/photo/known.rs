//! Files of photos whose right decision is known: examined, framed and sealed as those of students are.

use std::sync::Arc;

use bytes::Bytes;
use domain::known_item::{KnownFiles, KnownPhoto, SeededItem};
use domain::submitted_photo::StoredVerdict;
use domain::{AccountId, KnownPhotoId, PhotoId, refusal_of_file};
use photo::{Crop, DifferenceHash, Engine, FrameError, Limits, Opened, Rules};

use super::check::{Accepted, examined, read, thumbnail};
use super::files::{self, Keys, Variant};
use super::refuse;
use super::spool::SpooledFile;
use super::submit::stored;
use super::{FoundImage, picture_of};
use crate::vault::{Purpose, Scope};
use crate::{Context, Failure};

/// What was put away.
#[derive(Debug)]
pub(crate) struct PutKnown {
    /// The names of the files.
    pub(crate) files: KnownFiles,
    /// The frame.
    pub(crate) crop: Crop,
    /// What the automatic check says, which reviewers see.
    pub(crate) verdict: StoredVerdict,
    keys: Keys,
}

/// Examines a file, frames it where the product would by itself, and puts it away. Whatever the check finds is welcome, as
/// long as the file can become a photo at all.
///
/// # Errors
/// What is wrong with the file; `photo.being_checked`.
pub(crate) async fn put_known(
    context: &Context,
    owner: AccountId,
    id: KnownPhotoId,
    file: SpooledFile,
) -> Result<PutKnown, Failure> {
    let place = context.photo_queue.place(owner)?;
    let turn = Arc::new(place.turn().await?);
    let engine = context.engine.clone();
    let look = move |file: Bytes| examine(engine.get()?, &file);
    let (accepted, crop) = examined(&turn, read(file), look).await?;
    let sealer = context.sealer(Scope::Platform, Purpose::Photo).await?;
    let (row, keys) = (PhotoId(id.0), Keys::random(context));
    for (variant, key, plain) in [
        (
            Variant::Original,
            &keys.original,
            accepted.original.as_ref(),
        ),
        (Variant::Framed, &keys.framed, accepted.framed.as_slice()),
        (Variant::Thumb, &keys.thumb, accepted.thumb.as_slice()),
    ] {
        files::put(context, &sealer, row, variant, key, plain).await?;
    }
    Ok(PutKnown {
        files: KnownFiles {
            original: keys.original.as_str().to_owned(),
            framed: keys.framed.as_str().to_owned(),
            thumb: keys.thumb.as_str().to_owned(),
        },
        crop,
        verdict: stored(&accepted.verdict)?,
        keys,
    })
}

impl PutKnown {
    /// Deletes the files, which no row will name.
    pub(crate) async fn discard(&self, context: &Context) {
        files::discard(context, &self.keys).await;
    }
}

/// What a file became, and its frame.
fn examine(engine: &Engine, file: &Bytes) -> Result<(Accepted, Crop), Failure> {
    let rules = Rules::default();
    let limits = Limits::default();
    let (opened, measurements, auto) =
        Opened::with_auto_crop(file, &limits, engine, &rules).map_err(refusal_of_file)?;
    let frame = auto.crop;
    let verdict = photo::judge(&measurements, &frame, &rules);
    if verdict.is_final() {
        return Err(refuse::findings(verdict.findings, &frame).into());
    }
    let framed = opened.frame(&frame, &rules).map_err(|error| match error {
        FrameError::Crop { .. } => domain::ProblemCode::PhotoFrame.into(),
        FrameError::Rules(_) => Failure::Fault("the standard rules cannot be kept"),
    })?;
    let original = photo::strip(file, opened.facts()).map_err(refusal_of_file)?;
    drop(opened);
    let verdict = verdict.with(framed.finding(&rules));
    let thumb = thumbnail(&framed)?;
    let accepted = Accepted {
        original: original.into(),
        hash: DifferenceHash::of(&framed.picture),
        framed: framed.jpeg,
        thumb,
        measurements,
        verdict,
    };
    Ok((accepted, frame))
}

/// Finds a picture of a known photo, as of one that was submitted at the place of an item: `framed`, `original` or `thumb`.
///
/// # Errors
/// `photo.erased` where it was taken out; wrong fields for another variant.
pub(crate) fn known_picture(
    known: &KnownPhoto,
    item: &SeededItem,
    variant: &str,
) -> Result<FoundImage, Failure> {
    // The files are sealed for the library's own id.
    picture_of(known.as_submitted(PhotoId(known.id.0), item), variant)
}
