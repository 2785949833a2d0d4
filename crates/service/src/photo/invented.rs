//! Photos of invented students, for test schools: framed like a real one, and in whatever state is wanted.

use bytes::Bytes;
use domain::enrolment::Enrolment;
use domain::photo_state::PhotoState;
use domain::review::ReviewStage;
use domain::submitted_photo::{PhotoReview, SubmittedPhoto};
use domain::task::PhotoSource;
use domain::{UploadId, refusal_of_file};
use photo::{Crop, Limits, Opened, Rules};
use providers::keys::sha256;

use super::check::{Accepted, thumbnail};
use super::submit::{Upload, put_away};
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
        framed: framed.jpeg,
        thumb,
        measurements,
        verdict,
    })
}
