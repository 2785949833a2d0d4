//! Photos of the model, and their numbers.

use chrono::{DateTime, Utc};
use domain::photo_state::PhotoState;
use domain::submitted_photo::{StoredVerdict, SubmittedPhoto};
use domain::task::PhotoSource;
use domain::{EnrolmentId, PhotoId, SchoolId, TaskId, UploadId};
use uuid::Uuid;

pub(crate) fn id(number: usize) -> Uuid {
    Uuid::from_u128(u128::try_from(number).unwrap())
}

pub(crate) fn pick<T>(all: &[T], which: u8) -> Option<&T> {
    let count = all.len().max(1);
    all.get(usize::from(which) % count)
}

pub(crate) fn student_of(photo: &SubmittedPhoto) -> u8 {
    u8::try_from(photo.enrolment_id.0.as_u128()).unwrap()
}

pub(crate) fn number_of(photo: PhotoId) -> usize {
    usize::try_from(photo.0.as_u128()).unwrap()
}

/// A photo whose order is not settled.
pub(crate) fn photo(number: usize, student: u8, now: DateTime<Utc>) -> SubmittedPhoto {
    SubmittedPhoto {
        id: PhotoId(id(number)),
        school_id: SchoolId(id(0)),
        task_id: TaskId(id(0)),
        enrolment_id: EnrolmentId(id(usize::from(student))),
        upload_id: UploadId(id(number)),
        number: i32::try_from(number).unwrap() + 1,
        state: PhotoState::Checked,
        original_key: None,
        original_sha256: Vec::new(),
        original_bytes: 0,
        framed_key: None,
        framed_sha256: Vec::new(),
        framed_bytes: 0,
        thumb_key: None,
        crop: photo::Crop {
            x: 0,
            y: 0,
            width: 480,
            height: 640,
        },
        measurements: serde_json::Value::Null,
        verdict: StoredVerdict {
            outcome: "pass".to_owned(),
            findings: Vec::new(),
        },
        rules_version: 1,
        source: PhotoSource::Camera,
        note: None,
        review: None,
        review_note: None,
        created_at: now,
        state_at: now,
        version: 1,
        original_erased_at: None,
        files_erased_at: None,
        adjusted_at: None,
    }
}
