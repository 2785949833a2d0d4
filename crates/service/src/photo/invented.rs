//! Photos of invented students, for test schools: framed like a real one, and in whatever state is wanted.

use bytes::Bytes;
use domain::enrolment::Enrolment;
use domain::photo_state::PhotoState;
use domain::review::ReviewStage;
use domain::submitted_photo::{PhotoReview, StoredVerdict, SubmittedPhoto};
use domain::task::PhotoSource;
use domain::{PhotoId, UploadId, refusal_of_file};
use photo::{Crop, DifferenceHash, Limits, Opened, Rules};
use providers::blob::BlobKey;
use providers::keys::sha256;
use serde_json::json;

use super::check::{Accepted, thumbnail};
use super::files::{self, Variant};
use super::submit::{Upload, put_away};
use crate::vault::Sealer;
use crate::{Context, Failure};

/// A photo of an invented student that was drawn for them.
#[derive(Debug)]
pub(crate) struct InventedPhoto {
    /// The file, a JPEG.
    pub(crate) file: Vec<u8>,
    /// Its part that counts.
    pub(crate) frame: Crop,
    /// Where it is.
    pub(crate) state: PhotoState,
}

/// Puts the files of an invented photo away, and returns the row that names them.
pub(crate) async fn invented(
    context: &Context,
    enrolment: &Enrolment,
    drawn: InventedPhoto,
) -> Result<SubmittedPhoto, Failure> {
    let InventedPhoto { file, frame, state } = drawn;
    let upload = Upload {
        id: context.new_id(UploadId::new),
        sha256: sha256(&file),
        frame,
        source: PhotoSource::File,
        note: None,
    };
    let framing = tokio::task::spawn_blocking(move || framed(file.into(), &frame));
    let framing = framing.await;
    let accepted = framing.map_err(|_| Failure::Fault("a drawn photo could not be framed"))??;
    let (photo, _) = Box::pin(put_away(context, enrolment, &upload, accepted)).await?;
    let review = |reasons: &[&str]| PhotoReview {
        reasons: reasons.iter().map(|reason| (*reason).to_owned()).collect(),
        stage: Some(ReviewStage::Bureau),
        note: None,
        decided_at: photo.created_at,
    };
    let review = match state {
        PhotoState::Approved | PhotoState::HandedOver => Some(review(&[])),
        PhotoState::Rejected | PhotoState::Refused => Some(review(&["blur"])),
        PhotoState::Checked
        | PhotoState::PendingReview
        | PhotoState::Withdrawn
        | PhotoState::Replaced => None,
    };
    Ok(SubmittedPhoto {
        state,
        review,
        ..photo
    })
}

/// Puts the framed file of an accepted photo away, and returns the row that names it: a photo whose original was deleted.
pub(crate) async fn accepted_alone(
    context: &Context,
    sealer: &Sealer,
    enrolment: &Enrolment,
    framed: &[u8],
) -> Result<SubmittedPhoto, Failure> {
    let (id, now) = (context.new_id(PhotoId::new), context.now());
    let key = BlobKey::random(context.random.as_ref());
    files::put(context, sealer, id, Variant::Framed, &key, framed).await?;
    let whole = Crop {
        x: 0,
        y: 0,
        width: 480,
        height: 640,
    };
    Ok(SubmittedPhoto {
        id,
        school_id: enrolment.school_id,
        task_id: enrolment.task_id,
        enrolment_id: enrolment.id,
        upload_id: context.new_id(UploadId::new),
        number: 1,
        state: PhotoState::Approved,
        original_key: None,
        original_sha256: sha256(framed).to_vec(),
        original_bytes: 0,
        framed_key: Some(key.as_str().to_owned()),
        framed_sha256: sha256(framed).to_vec(),
        framed_bytes: i64::try_from(framed.len()).unwrap_or(i64::MAX),
        thumb_key: None,
        crop: whole,
        measurements: json!({}),
        verdict: StoredVerdict {
            outcome: "pass".to_owned(),
            findings: Vec::new(),
        },
        rules_version: i32::from(Rules::VERSION),
        source: PhotoSource::File,
        note: None,
        review: Some(PhotoReview {
            reasons: Vec::new(),
            stage: Some(ReviewStage::Bureau),
            note: None,
            decided_at: now,
        }),
        review_note: None,
        created_at: now,
        state_at: now,
        version: 1,
        original_erased_at: Some(now),
        files_erased_at: None,
        adjusted_at: None,
    })
}

fn framed(file: Bytes, frame: &Crop) -> Result<Accepted, Failure> {
    let (rules, unfit) = (
        Rules::default(),
        Failure::Fault("a drawn photo cannot be framed"),
    );
    let opened = Opened::new(&file, &Limits::default(), Some(frame), &rules);
    let opened = opened.map_err(refusal_of_file)?;
    let measurements = opened.measure(None);
    let verdict = photo::judge(&measurements, frame, &rules);
    let framed = opened.frame(frame, &rules).map_err(|_| unfit)?;
    let thumb = thumbnail(&framed)?;
    drop(opened);
    Ok(Accepted {
        original: file,
        hash: DifferenceHash::of(&framed.picture),
        framed: framed.jpeg,
        thumb,
        measurements,
        verdict,
    })
}
