//! A photo that a student submitted, with what was found and decided about it.

use chrono::{DateTime, Utc};
/// The difference hash of a framed photo.
pub use photo::DifferenceHash;
use serde::{Deserialize, Serialize};

use crate::photo_state::{PhotoEvent, PhotoMoveError, PhotoState};
use crate::review::ReviewStage;
use crate::task::PhotoSource;
use crate::{EnrolmentId, PhotoId, SchoolId, Sealed, StoredText, TaskId, UploadId};

/// A submitted photo.
#[derive(Debug, Clone, PartialEq)]
pub struct SubmittedPhoto {
    /// Its id.
    pub id: PhotoId,
    /// The school.
    pub school_id: SchoolId,
    /// The task.
    pub task_id: TaskId,
    /// Whose photo it is; an enrolment has at most one live photo.
    pub enrolment_id: EnrolmentId,
    /// Made by the client, so that sending twice makes one photo.
    pub upload_id: UploadId,
    /// Its place among the photos of its enrolment, from 1.
    pub number: i32,
    /// Where it is.
    pub state: PhotoState,
    /// Where the file as it came is stored; `None` once it was deleted.
    pub original_key: Option<String>,
    /// SHA-256 of the file as it came; empty once all files were deleted.
    pub original_sha256: Vec<u8>,
    /// The length of the file as it came.
    pub original_bytes: i64,
    /// Where the framed photo is stored; `None` once it was deleted.
    pub framed_key: Option<String>,
    /// SHA-256 of the framed photo; empty once all files were deleted.
    pub framed_sha256: Vec<u8>,
    /// The length of the framed photo.
    pub framed_bytes: i64,
    /// Where the thumbnail is stored; `None` once it was deleted.
    pub thumb_key: Option<String>,
    /// The frame, in pixels of the upright original.
    pub crop: photo::Crop,
    /// What `photo::measure` found, in the words of the engine's version at the time; an empty object once all files were
    /// deleted.
    pub measurements: serde_json::Value,
    /// What `photo::judge` said.
    pub verdict: StoredVerdict,
    /// The version of the rules by which it was judged.
    pub rules_version: i32,
    /// How the student came by it.
    pub source: PhotoSource,
    /// What the student wrote to the reviewer.
    pub note: Option<StoredText>,
    /// The reviewer's decision.
    pub review: Option<PhotoReview>,
    /// What the reviewer wrote to the student besides.
    pub review_note: Option<Sealed>,
    /// When it was submitted.
    pub created_at: DateTime<Utc>,
    /// When its state last changed.
    pub state_at: DateTime<Utc>,
    /// Counts its changes.
    pub version: i32,
    /// When the file as it came was deleted.
    pub original_erased_at: Option<DateTime<Utc>>,
    /// When all its files were deleted.
    pub files_erased_at: Option<DateTime<Utc>>,
    /// When a reviewer last turned it or moved its frame.
    pub adjusted_at: Option<DateTime<Utc>>,
}

/// What changes of a photo that is framed anew.
#[derive(Debug, Clone, PartialEq)]
pub struct PhotoFraming {
    /// Where the turned file is stored; `None` where the file stays as it is.
    pub original_key: Option<String>,
    /// The length of the file as it is now.
    pub original_bytes: i64,
    /// Where the framed photo is stored.
    pub framed_key: String,
    /// SHA-256 of the framed photo.
    pub framed_sha256: Vec<u8>,
    /// The length of the framed photo.
    pub framed_bytes: i64,
    /// Where the thumbnail is stored.
    pub thumb_key: String,
    /// The frame, in pixels of the upright original as it is now.
    pub crop: photo::Crop,
    /// What was measured.
    pub measurements: serde_json::Value,
    /// What was found.
    pub verdict: StoredVerdict,
    /// The version of the rules by which it was judged.
    pub rules_version: i32,
}

/// A verdict as it was stored. Its words are those of the rules at the time, which may be older than today's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredVerdict {
    /// `pass`, `warn` or `fail`.
    pub outcome: String,
    /// What was found, worst first.
    pub findings: Vec<StoredFinding>,
}

/// A finding as it was stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredFinding {
    /// The reason code.
    pub code: String,
    /// `fail` or `warn`.
    pub severity: String,
    /// What was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measured: Option<i64>,
    /// What is allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed: Option<photo::Allowed>,
    /// The unit of the numbers.
    pub unit: String,
}

/// A reviewer's decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoReview {
    /// Reason codes.
    pub reasons: Vec<String>,
    /// Whose review it was; not known of decisions from before there were stages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<ReviewStage>,
    /// The reviewer's words to the student, as earlier versions kept them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// When it was made.
    pub decided_at: DateTime<Utc>,
}

impl SubmittedPhoto {
    /// The photo after an event at a moment.
    ///
    /// # Errors
    /// [`PhotoMoveError`], where the event does not fit its state.
    pub fn after(self, event: PhotoEvent, now: DateTime<Utc>) -> Result<Self, PhotoMoveError> {
        Ok(Self {
            state: self.state.after(event)?,
            state_at: now,
            version: self.version + 1,
            ..self
        })
    }

    /// The photo as a reviewer framed it anew; where they turned it, the file as it came has another name.
    #[must_use]
    pub fn reframed(self, framing: PhotoFraming, now: DateTime<Utc>) -> Self {
        Self {
            original_key: framing.original_key.or(self.original_key),
            original_bytes: framing.original_bytes,
            framed_key: Some(framing.framed_key),
            framed_sha256: framing.framed_sha256,
            framed_bytes: framing.framed_bytes,
            thumb_key: Some(framing.thumb_key),
            crop: framing.crop,
            measurements: framing.measurements,
            verdict: framing.verdict,
            rules_version: framing.rules_version,
            version: self.version + 1,
            adjusted_at: Some(now),
            ..self
        }
    }

    /// The names of its files that were not deleted.
    pub fn file_keys(&self) -> impl Iterator<Item = &String> {
        [&self.original_key, &self.framed_key, &self.thumb_key]
            .into_iter()
            .flatten()
    }

    /// The photo without the file as it came.
    #[must_use]
    pub fn without_original(self, now: DateTime<Utc>) -> Self {
        Self {
            original_key: None,
            original_erased_at: self.original_erased_at.or(Some(now)),
            ..self
        }
    }

    /// The photo without its files and without what was measured and written about the person on it.
    #[must_use]
    pub fn without_files(mut self, now: DateTime<Utc>) -> Self {
        if let Some(review) = &mut self.review {
            review.note = None;
        }
        Self {
            framed_key: None,
            thumb_key: None,
            original_sha256: Vec::new(),
            framed_sha256: Vec::new(),
            measurements: serde_json::Value::Object(serde_json::Map::new()),
            note: None,
            review_note: None,
            files_erased_at: self.files_erased_at.or(Some(now)),
            ..self.without_original(now)
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    const CROP: photo::Crop = photo::Crop {
        x: 0,
        y: 0,
        width: 480,
        height: 640,
    };

    fn verdict(outcome: &str) -> StoredVerdict {
        StoredVerdict {
            outcome: outcome.to_owned(),
            findings: Vec::new(),
        }
    }

    fn submitted() -> SubmittedPhoto {
        SubmittedPhoto {
            id: PhotoId(Uuid::nil()),
            school_id: SchoolId(Uuid::nil()),
            task_id: TaskId(Uuid::nil()),
            enrolment_id: EnrolmentId(Uuid::nil()),
            upload_id: UploadId(Uuid::nil()),
            number: 1,
            state: PhotoState::PendingReview,
            original_key: Some("original".to_owned()),
            original_sha256: vec![1],
            original_bytes: 100,
            framed_key: Some("framed".to_owned()),
            framed_sha256: vec![2],
            framed_bytes: 50,
            thumb_key: Some("thumb".to_owned()),
            crop: CROP,
            measurements: json!({ "width_px": 480 }),
            verdict: verdict("warn"),
            rules_version: 1,
            source: PhotoSource::File,
            note: None,
            review: None,
            review_note: Some(vec![1].into()),
            created_at: at(0),
            state_at: at(0),
            version: 1,
            original_erased_at: None,
            files_erased_at: None,
            adjusted_at: None,
        }
    }

    fn files(photo: &SubmittedPhoto) -> Vec<&str> {
        photo.file_keys().map(String::as_str).collect()
    }

    #[test]
    fn an_event_moves_the_photo_and_notes_when() {
        let approved = submitted().after(PhotoEvent::Approved, at(9)).unwrap();
        let told = (approved.state, approved.state_at, approved.version);
        assert_eq!(told, (PhotoState::Approved, at(9), 2));
    }

    #[test]
    fn an_event_that_does_not_fit_is_refused() {
        assert!(submitted().after(PhotoEvent::HandedOver, at(9)).is_err());
    }

    #[test]
    fn a_photo_has_three_files() {
        assert_eq!(files(&submitted()), ["original", "framed", "thumb"]);
    }

    #[test]
    fn the_file_as_it_came_goes_alone() {
        let photo = submitted().without_original(at(9));
        assert_eq!(files(&photo), ["framed", "thumb"]);
        assert_eq!(photo.original_erased_at, Some(at(9)));
        assert_eq!(
            (photo.files_erased_at, &*photo.original_sha256),
            (None, &[1][..])
        );
    }

    #[test]
    fn without_its_files_nothing_that_was_measured_or_written_is_left() {
        let review = PhotoReview {
            reasons: vec!["hair".to_owned()],
            stage: None,
            note: Some("written by an earlier version".to_owned()),
            decided_at: at(2),
        };
        let photo = SubmittedPhoto {
            review: Some(review.clone()),
            ..submitted()
        };
        let photo = photo.without_files(at(9));
        let note = None;
        assert_eq!(photo.review, Some(PhotoReview { note, ..review }));
        assert!(files(&photo).is_empty());
        assert_eq!(
            (photo.original_sha256.len(), photo.framed_sha256.len()),
            (0, 0)
        );
        assert_eq!(photo.measurements, json!({}));
        assert_eq!((photo.note, photo.review_note), (None, None));
    }

    #[test]
    fn files_are_deleted_once() {
        let twice = submitted().without_original(at(5)).without_files(at(9));
        assert_eq!(twice.original_erased_at, Some(at(5)), "that was earlier");
        let thrice = twice.without_files(at(11));
        assert_eq!(thrice.files_erased_at, Some(at(9)));
    }

    #[rstest]
    #[case::turned(Some("turned"), "turned")]
    #[case::not_turned(None, "original")]
    fn a_photo_that_is_framed_anew_keeps_its_file_unless_it_was_turned(
        #[case] turned: Option<&str>,
        #[case] original: &str,
    ) {
        let framing = PhotoFraming {
            original_key: turned.map(str::to_owned),
            original_bytes: 101,
            framed_key: "framed 2".to_owned(),
            framed_sha256: vec![3],
            framed_bytes: 51,
            thumb_key: "thumb 2".to_owned(),
            crop: CROP,
            measurements: json!({}),
            verdict: verdict("pass"),
            rules_version: 2,
        };
        let photo = submitted().reframed(framing, at(9));
        assert_eq!(files(&photo), [original, "framed 2", "thumb 2"]);
        assert_eq!((photo.version, photo.adjusted_at), (2, Some(at(9))));
        assert_eq!(
            (photo.state, photo.state_at),
            (PhotoState::PendingReview, at(0))
        );
        assert_eq!(photo.verdict, verdict("pass"));
    }
}
