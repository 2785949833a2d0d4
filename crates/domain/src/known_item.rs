//! Known items: photos whose right decision is known, put among those that wait so that it shows how many faults a reviewer
//! catches. They belong to no student, order, event or count.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::photo_state::PhotoState;
use crate::review::{RejectReason, ReviewOutcome, ReviewStage};
use crate::review_quality::{Share, wilson};
use crate::submitted_photo::{StoredVerdict, SubmittedPhoto};
use crate::task::PhotoSource;
use crate::word::words;
use crate::{AccountId, EnrolmentId, KnownPhotoId, PhotoId, SchoolId, TaskId, UploadId};

/// The largest share of a task's review items that are known, in percent. Source: docs/sources.md#review.
pub const MOST_SEEDED_SHARE: u8 = 5;
/// The highest limit of the catch rate, in percent.
pub const MOST_CATCH_LIMIT: u8 = 100;
/// A reviewer gets the same known photo again after so long at the earliest; the catch rate looks back as far.
pub const KNOWN_AGAIN_AFTER: TimeDelta = TimeDelta::days(30);
/// Out of fewer faults than this nothing follows for a reviewer: one slip is no measure.
pub const FEWEST_KNOWN_FAULTS: u64 = 5;
/// The fewest characters of the statement where a known photo comes from.
pub const ORIGIN_MIN: usize = 5;
/// The most characters of that statement.
pub const ORIGIN_MAX: usize = 200;
/// The frame that is shown of known photos whose frame was not kept.
const OLD_CROP: photo::Crop = photo::Crop {
    x: 0,
    y: 0,
    width: 480,
    height: 640,
};
/// How far apart a known item and the photo beside it are, at most.
const APART: TimeDelta = TimeDelta::seconds(90);

/// A photo of the library.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownPhoto {
    /// The key.
    pub id: KnownPhotoId,
    /// The right decision: approved or rejected.
    pub outcome: ReviewOutcome,
    /// The right reasons; none where it is right to approve.
    pub reasons: Vec<RejectReason>,
    /// Where it comes from: how it was made, or who agreed to its use.
    pub origin: String,
    /// SHA-256 of the file as it came.
    pub original_sha256: Vec<u8>,
    /// Where its files are; `None` once it was taken out.
    pub files: Option<KnownFiles>,
    /// The frame, in pixels of the upright original; `None` of one that was added before frames were kept.
    pub crop: Option<photo::Crop>,
    /// What the automatic check says of it.
    pub verdict: StoredVerdict,
    /// Who added it.
    pub added_by: AccountId,
    /// When.
    pub added_at: DateTime<Utc>,
}

/// The names of a known photo's files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownFiles {
    /// The file as it came.
    pub original: String,
    /// The framed photo.
    pub framed: String,
    /// The framed photo, small.
    pub thumb: String,
}

/// How a reviewer turned or framed a known item anew: what is shown of it since then.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeededFraming {
    /// The name of the turned original; `None` where it is that of the library.
    pub original: Option<String>,
    /// The name of the framed photo.
    pub framed: String,
    /// The name of the framed photo, small.
    pub thumb: String,
    /// The frame, in pixels of the upright original.
    pub crop: photo::Crop,
    /// What the automatic check says of it.
    pub verdict: StoredVerdict,
    /// When.
    pub framed_at: DateTime<Utc>,
}

impl SeededFraming {
    /// The names of its own files, none of which is the library's.
    pub fn names(&self) -> impl Iterator<Item = &String> {
        self.original.iter().chain([&self.framed, &self.thumb])
    }
}

/// A known photo in a queue, under an id that only this place knows.
#[derive(Debug, Clone, PartialEq)]
pub struct SeededItem {
    /// What reviewers know it by.
    pub photo_id: PhotoId,
    /// The photo of the library.
    pub known_id: KnownPhotoId,
    /// The photo beside which it was put; who may review that one may review this.
    pub beside_id: PhotoId,
    /// The school of that one.
    pub school_id: SchoolId,
    /// Its task.
    pub task_id: TaskId,
    /// For which stage.
    pub stage: ReviewStage,
    /// When it came, as reviewers are told.
    pub submitted_at: DateTime<Utc>,
    /// How a reviewer framed it anew, where one did.
    pub framing: Option<SeededFraming>,
}

/// How a known photo was used so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownUse {
    /// The photo.
    pub id: KnownPhotoId,
    /// When it was last put into a queue.
    pub last_used: Option<DateTime<Utc>>,
    /// Whether it waits in this queue already: nobody must meet it twice.
    pub is_open: bool,
}

/// The known photo that is put into a queue next: the one that was not used for longest; `None` where each waits there.
pub fn next_known(uses: &[KnownUse]) -> Option<KnownPhotoId> {
    let free = uses.iter().filter(|one| !one.is_open);
    free.min_by_key(|one| (one.last_used, one.id))
        .map(|one| one.id)
}

words! {
    /// What a decision about a known item shows.
    KnownResult {
        /// The fault was seen.
        Caught = "caught", "发现问题", "caught";
        /// The fault was not seen, or another was named.
        Missed = "missed", "漏检", "missed";
        /// A good photo was approved.
        Passed = "passed", "正确通过", "rightly approved";
        /// A good photo was rejected.
        FalseAlarm = "false_alarm", "误驳", "wrongly rejected";
    }
}

/// Whether a known item is put beside a photo. The same photo always has one in a stage, or never.
pub fn is_seeded(photo: PhotoId, stage: ReviewStage, share_percent: u8) -> bool {
    draw(photo, stage, b"known") % 100 < u64::from(share_percent)
}

/// A number that follows from a photo and its stage alone.
fn draw(photo: PhotoId, stage: ReviewStage, salt: &[u8]) -> u64 {
    let half = |mark: &[u8]| {
        let mut hash = crc32fast::Hasher::new();
        hash.update(mark);
        hash.update(salt);
        hash.update(photo.0.as_bytes());
        hash.update(stage.as_str().as_bytes());
        u64::from(hash.finalize())
    };
    (half(b"1") << 32) | half(b"2")
}

/// How long before the photo beside it a known item came, so that its times look like those of any other: up to a minute and
/// a half, to the microsecond.
pub fn apart(photo: PhotoId, stage: ReviewStage) -> TimeDelta {
    let most = APART.num_microseconds().unwrap_or(i64::MAX);
    let found = draw(photo, stage, b"apart") % most.unsigned_abs();
    TimeDelta::microseconds(i64::try_from(found).unwrap_or(most))
}

impl KnownPhoto {
    /// What a decision about it shows; `None` of one that only passed it on. A fault is caught where one of the right reasons
    /// is named.
    pub fn result(&self, outcome: ReviewOutcome, reasons: &[RejectReason]) -> Option<KnownResult> {
        let is_fault = self.outcome == ReviewOutcome::Rejected;
        let is_named = reasons.iter().any(|reason| self.reasons.contains(reason));
        Some(match outcome {
            ReviewOutcome::Escalated => return None,
            ReviewOutcome::Approved if is_fault => KnownResult::Missed,
            ReviewOutcome::Approved => KnownResult::Passed,
            ReviewOutcome::Rejected if !is_fault => KnownResult::FalseAlarm,
            ReviewOutcome::Rejected if is_named => KnownResult::Caught,
            ReviewOutcome::Rejected => KnownResult::Missed,
        })
    }

    /// The photo as one that was submitted, under an id and at a moment: what shows, opens and judges photos takes it like
    /// any other.
    pub fn as_submitted(&self, id: PhotoId, item: &SeededItem) -> SubmittedPhoto {
        let framing = item.framing.as_ref();
        let files = self.files.as_ref().map(|own| match framing {
            Some(framing) => KnownFiles {
                original: framing.original.as_ref().unwrap_or(&own.original).clone(),
                framed: framing.framed.clone(),
                thumb: framing.thumb.clone(),
            },
            None => own.clone(),
        });
        let file = |name: fn(&KnownFiles) -> &String| files.as_ref().map(name).cloned();
        let crop = framing.map(|framing| framing.crop).or(self.crop);
        let verdict = framing.map_or(&self.verdict, |framing| &framing.verdict);
        SubmittedPhoto {
            id,
            school_id: item.school_id,
            task_id: item.task_id,
            enrolment_id: EnrolmentId(uuid::Uuid::nil()),
            upload_id: UploadId(uuid::Uuid::nil()),
            number: 1,
            state: PhotoState::PendingReview,
            original_key: file(|files| &files.original),
            original_sha256: self.original_sha256.clone(),
            original_bytes: 0,
            framed_key: file(|files| &files.framed),
            framed_sha256: Vec::new(),
            framed_bytes: 0,
            thumb_key: file(|files| &files.thumb),
            crop: crop.unwrap_or(OLD_CROP),
            measurements: serde_json::Value::Null,
            verdict: verdict.clone(),
            rules_version: i32::from(photo::Rules::VERSION),
            source: PhotoSource::File,
            note: None,
            review: None,
            review_note: None,
            created_at: item.submitted_at,
            state_at: item.submitted_at,
            version: 1,
            original_erased_at: None,
            files_erased_at: None,
            adjusted_at: framing.map(|framing| framing.framed_at),
        }
    }
}

/// What the decisions of a reviewer about known items show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CatchRecord {
    /// Faults that were seen.
    pub caught: u64,
    /// Faults that were not.
    pub missed: u64,
    /// Good photos that were approved.
    pub passed: u64,
    /// Good photos that were rejected.
    pub false_alarms: u64,
}

impl CatchRecord {
    /// Adds so many decisions.
    pub fn add(&mut self, result: KnownResult, count: u64) {
        *match result {
            KnownResult::Caught => &mut self.caught,
            KnownResult::Missed => &mut self.missed,
            KnownResult::Passed => &mut self.passed,
            KnownResult::FalseAlarm => &mut self.false_alarms,
        } += count;
    }

    /// The share of the faults that were caught, with its interval; `None` of none.
    pub fn catch_rate(&self) -> Option<Share> {
        wilson(self.caught, self.caught + self.missed)
    }

    /// The share of the good photos that were approved, with its interval; `None` of none.
    pub fn pass_rate(&self) -> Option<Share> {
        wilson(self.passed, self.passed + self.false_alarms)
    }

    /// Whether so few faults were caught that earlier approvals are in doubt; never where the limit is 0.
    pub fn is_below(&self, limit_percent: u8) -> bool {
        let faults = self.caught + self.missed;
        faults >= FEWEST_KNOWN_FAULTS && self.caught * 100 < faults * u64::from(limit_percent)
    }
}

#[cfg(test)]
mod tests;
