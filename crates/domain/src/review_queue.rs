//! Photos that wait for a review, who has them, and decisions that can still be undone.

use chrono::{DateTime, TimeDelta, Utc};

use crate::known_item::{SeededItem, apart};
use crate::review::{RejectReason, ReviewOutcome, ReviewStage};
use crate::second_look::is_sampled;
use crate::submitted_photo::SubmittedPhoto;
use crate::{AccountId, PhotoId, PhotoReviewId, SchoolId, TaskId};

/// How long a decision can be undone; nobody outside learns of it before. Source: docs/sources.md#review.
pub const UNDO_PERIOD: TimeDelta = TimeDelta::seconds(10);
/// How long a reviewer has a photo without a sign of life; then another may get it.
pub const REVIEW_LEASE: TimeDelta = TimeDelta::minutes(5);
/// The most photos that one reviewer has at a time: a page of the grid. Source: docs/sources.md#review.
pub const MOST_LEASED: usize = 12;

/// So many waiting photos are counted for a reviewer, who looks at a few hundred an hour: a whole queue of a large school would be
/// read for a figure that says no more.
pub const MOST_COUNTED: u64 = 1_000;
/// How long a reviewer looks at least at each photo of a page before they approve them together. Source:
/// docs/sources.md#review.
pub const LEAST_LOOK_MS: u32 = 500;

/// A photo that waits for a review.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a row whose marks are independent"
)]
pub struct WaitingPhoto {
    /// The photo.
    pub photo_id: PhotoId,
    /// Its school.
    pub school_id: SchoolId,
    /// Its task.
    pub task_id: TaskId,
    /// Whose review it waits for.
    pub stage: ReviewStage,
    /// Whether the automatic check found nothing on it.
    pub is_clean: bool,
    /// Whether a reviewer wants somebody else to decide.
    pub is_escalated: bool,
    /// Whether it belongs to the share that gets a second look.
    pub is_sampled: bool,
    /// Whether it is a known item, of which its reviewers must see nothing.
    pub is_seeded: bool,
    /// Which look is next: the first, or the second or third by somebody who has not looked before.
    pub look: i32,
    /// Since when it waits for this stage.
    pub since: DateTime<Utc>,
    /// Who has it.
    pub lease: Option<ReviewLease>,
    /// The decision that is not in force yet.
    pub decision_id: Option<PhotoReviewId>,
    /// Counts its changes; a decision names the one that it is about.
    pub version: i32,
}

/// Who has a photo, and until when nobody else gets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewLease {
    /// The reviewer.
    pub reviewer_id: AccountId,
    /// Until when.
    pub until: DateTime<Utc>,
}

impl WaitingPhoto {
    /// A photo that begins to wait, of a task with this share of second looks in percent.
    pub fn new(photo: &SubmittedPhoto, stage: ReviewStage, share: u8, now: DateTime<Utc>) -> Self {
        Self {
            photo_id: photo.id,
            school_id: photo.school_id,
            task_id: photo.task_id,
            stage,
            is_clean: photo.verdict.findings.is_empty(),
            is_escalated: false,
            is_sampled: is_sampled(photo.id, stage, share),
            is_seeded: false,
            look: 1,
            since: now,
            lease: None,
            decision_id: None,
            version: 1,
        }
    }

    /// A known item beside this photo: it waits as any other would that came a little before, of a task with this share of
    /// second looks in percent.
    #[must_use]
    pub fn with_known(&self, item: &SeededItem, is_clean: bool, share: u8) -> Self {
        Self {
            photo_id: item.photo_id,
            is_clean,
            is_escalated: false,
            is_sampled: is_sampled(item.photo_id, self.stage, share),
            is_seeded: true,
            look: 1,
            since: self.since - apart(self.photo_id, self.stage),
            lease: None,
            decision_id: None,
            version: 1,
            ..self.clone()
        }
    }

    /// Whether this reviewer may decide about it as they saw it. A lease that ran out still holds as long as nobody else
    /// got the photo: then the version is another.
    pub fn is_held_by(&self, reviewer: AccountId, version: i32) -> bool {
        let is_theirs = (self.lease).is_some_and(|lease| lease.reviewer_id == reviewer);
        is_theirs && self.version == version && self.decision_id.is_none()
    }

    /// Whether it may be approved together with others, `count` in all: nothing was found on it, it is none of those for
    /// which nobody knows what was found, and its reviewer has had it for as long as one looks at so many.
    pub fn goes_with_others(&self, count: usize, now: DateTime<Utc>) -> bool {
        let count = i32::try_from(count).unwrap_or(i32::MAX);
        let look = TimeDelta::milliseconds(LEAST_LOOK_MS.into()) * count;
        let taken = self.lease.map(|lease| lease.until - REVIEW_LEASE);
        self.is_clean && !self.is_sampled && taken.is_some_and(|taken| now - taken >= look)
    }

    /// After a decision that can still be undone.
    #[must_use]
    pub fn decided(self, decision: PhotoReviewId) -> Self {
        Self {
            decision_id: Some(decision),
            version: self.version + 1,
            ..self
        }
    }

    /// After its decision was undone: the same reviewer has it again.
    #[must_use]
    pub fn undone(self, now: DateTime<Utc>) -> Self {
        let lease = self.lease.map(|lease| ReviewLease {
            until: now + REVIEW_LEASE,
            ..lease
        });
        Self {
            decision_id: None,
            lease,
            version: self.version + 1,
            ..self
        }
    }

    /// After its reviewer framed the photo anew: what was found on it before counts no more, nor does what was seen.
    #[must_use]
    pub fn reframed(self, is_clean: bool, now: DateTime<Utc>) -> Self {
        let lease = self.lease.map(|lease| ReviewLease {
            until: now + REVIEW_LEASE,
            ..lease
        });
        Self {
            is_clean,
            lease,
            version: self.version + 1,
            ..self
        }
    }

    /// Waiting for another reviewer of the same stage, who does not know what was decided.
    #[must_use]
    pub fn for_another_look(self) -> Self {
        Self {
            look: self.look + 1,
            lease: None,
            decision_id: None,
            version: self.version + 1,
            ..self
        }
    }

    /// Waiting for another stage, or for somebody with more experience: nobody has it.
    #[must_use]
    pub fn passed_on(self, next: NextReview, now: DateTime<Utc>) -> Self {
        let (stage, is_escalated) = (next.stage, next.is_escalated);
        let since = if stage == self.stage { self.since } else { now };
        Self {
            stage,
            is_escalated,
            is_sampled: !is_escalated && is_sampled(self.photo_id, stage, next.share),
            look: 1,
            since,
            lease: None,
            decision_id: None,
            version: self.version + 1,
            ..self
        }
    }
}

/// Whose review a photo waits for next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextReview {
    /// The stage.
    pub stage: ReviewStage,
    /// Whether somebody with more experience is to decide.
    pub is_escalated: bool,
    /// The task's share of second looks, in percent.
    pub share: u8,
}

/// How many photos wait, and since when the first of them does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueLength {
    /// How many, at most [`MOST_COUNTED`]; those that others have now among them.
    pub photos: u64,
    /// Whether there are more.
    pub has_more: bool,
    /// Since when the oldest waits; `None` where none does.
    pub oldest: Option<DateTime<Utc>>,
}

impl QueueLength {
    /// Of photos of which at most one more than [`MOST_COUNTED`] were counted.
    #[must_use]
    pub fn of(counted: u64, oldest: Option<DateTime<Utc>>) -> Self {
        Self {
            photos: counted.min(MOST_COUNTED),
            has_more: counted > MOST_COUNTED,
            oldest,
        }
    }
}

/// A decision of a reviewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageReview {
    /// The key.
    pub id: PhotoReviewId,
    /// The photo.
    pub photo_id: PhotoId,
    /// Its school.
    pub school_id: SchoolId,
    /// Its task.
    pub task_id: TaskId,
    /// For which stage.
    pub stage: ReviewStage,
    /// Whose decision it is.
    pub reviewer_id: AccountId,
    /// What was decided.
    pub outcome: ReviewOutcome,
    /// Why.
    pub reasons: Vec<RejectReason>,
    /// Which look at the photo it is, from 1.
    pub look: i32,
    /// Whether what the automatic check found was kept from the reviewer.
    pub findings_hidden: bool,
    /// Whether it is about a known item.
    pub is_seeded: bool,
    /// When it was made.
    pub decided_at: DateTime<Utc>,
    /// Where it is.
    pub state: StageReviewState,
}

/// Where a decision is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StageReviewState {
    /// It can be undone until this moment, and then takes effect.
    Undoable(DateTime<Utc>),
    /// It took effect then.
    InForce(DateTime<Utc>),
    /// It was undone then.
    Undone(DateTime<Utc>),
    /// Its photo was withdrawn, replaced or erased before it took effect.
    Void(DateTime<Utc>),
}

impl StageReview {
    /// Whether the reviewer can still take it back.
    pub fn can_be_undone(&self, now: DateTime<Utc>) -> bool {
        matches!(self.state, StageReviewState::Undoable(until) if now < until)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::KnownPhotoId;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    fn account(number: u128) -> AccountId {
        AccountId(Uuid::from_u128(number))
    }

    fn leased() -> WaitingPhoto {
        WaitingPhoto {
            photo_id: PhotoId(Uuid::from_u128(1)),
            school_id: SchoolId(Uuid::from_u128(2)),
            task_id: TaskId(Uuid::from_u128(3)),
            stage: ReviewStage::School,
            is_clean: true,
            is_escalated: false,
            is_sampled: false,
            is_seeded: false,
            look: 1,
            since: at(0),
            lease: Some(ReviewLease {
                reviewer_id: account(1),
                until: at(300),
            }),
            decision_id: None,
            version: 2,
        }
    }

    #[test]
    fn a_long_queue_is_not_counted_to_its_end() {
        let length = |counted| {
            let length = QueueLength::of(counted, None);
            (length.photos, length.has_more)
        };
        assert_eq!(length(0), (0, false));
        assert_eq!(length(MOST_COUNTED), (MOST_COUNTED, false));
        assert_eq!(length(MOST_COUNTED + 1), (MOST_COUNTED, true));
    }

    #[test]
    fn only_who_has_it_decides_and_only_once() {
        let photo = leased();
        assert!(photo.is_held_by(account(1), 2));
        assert!(!photo.is_held_by(account(2), 2), "another reviewer");
        assert!(!photo.is_held_by(account(1), 1), "as it was before");
        let decided = photo.decided(PhotoReviewId(Uuid::from_u128(9)));
        assert!(!decided.is_held_by(account(1), 3), "decided already");
        let undone = decided.undone(at(400));
        assert!(undone.is_held_by(account(1), 4));
        assert_eq!(undone.lease.unwrap().until, at(400) + REVIEW_LEASE);
    }

    #[test]
    fn several_go_together_once_each_was_looked_at_and_none_with_findings() {
        let photo = leased();
        let taken = photo.lease.unwrap().until - REVIEW_LEASE;
        let after = |ms| taken + TimeDelta::milliseconds(ms);
        assert!(!photo.goes_with_others(12, after(5_999)));
        assert!(photo.goes_with_others(12, after(6_000)));
        let sampled = WaitingPhoto {
            is_sampled: true,
            ..photo.clone()
        };
        assert!(!sampled.goes_with_others(12, after(60_000)));
        let with_findings = WaitingPhoto {
            is_clean: false,
            ..photo
        };
        assert!(!with_findings.goes_with_others(12, after(60_000)));
    }

    #[test]
    fn a_known_item_waits_like_the_photo_beside_it_and_is_free() {
        let beside = leased();
        let item = SeededItem {
            photo_id: PhotoId(Uuid::from_u128(7)),
            known_id: KnownPhotoId(Uuid::from_u128(8)),
            beside_id: beside.photo_id,
            school_id: beside.school_id,
            task_id: beside.task_id,
            stage: beside.stage,
            submitted_at: at(0),
            framing: None,
        };
        let known = beside.with_known(&item, false, 0);
        assert_eq!((known.photo_id, known.version), (item.photo_id, 1));
        assert_eq!((known.task_id, known.stage), (beside.task_id, beside.stage));
        assert!(known.since <= beside.since && known.lease.is_none());
        assert!(known.is_seeded && !known.is_clean && !known.is_sampled);
        assert!(beside.with_known(&item, true, 100).is_sampled);
    }

    #[test]
    fn what_was_seen_before_a_new_frame_counts_no_more() {
        let photo = leased();
        let reframed = photo.clone().reframed(false, at(60));
        assert!(!reframed.is_held_by(account(1), photo.version));
        assert!(reframed.is_held_by(account(1), photo.version + 1));
        assert!(!reframed.is_clean && !reframed.goes_with_others(1, at(600)));
        let until = reframed.lease.map(|lease| lease.until);
        assert_eq!(until, Some(at(60) + REVIEW_LEASE));
    }

    #[test]
    fn the_next_stage_waits_anew_and_an_escalation_keeps_its_place() {
        let to = |stage, is_escalated| NextReview {
            stage,
            is_escalated,
            share: 100,
        };
        let next = leased().passed_on(to(ReviewStage::Bureau, false), at(50));
        assert!(next.is_sampled);
        let another = next.clone().for_another_look();
        assert_eq!((another.look, another.since), (2, at(50)));
        assert_eq!(another.version, next.version + 1);
        assert_eq!((next.since, next.lease), (at(50), None));
        let escalated = another.passed_on(to(ReviewStage::Bureau, true), at(60));
        assert_eq!((escalated.since, escalated.is_escalated), (at(50), true));
        assert_eq!((escalated.look, escalated.is_sampled), (1, false));
    }

    #[test]
    fn a_decision_can_be_undone_for_ten_seconds() {
        let photo = leased();
        let review = StageReview {
            id: PhotoReviewId(Uuid::from_u128(9)),
            photo_id: photo.photo_id,
            school_id: photo.school_id,
            task_id: photo.task_id,
            stage: photo.stage,
            reviewer_id: account(1),
            outcome: ReviewOutcome::Approved,
            reasons: vec![],
            look: 1,
            findings_hidden: false,
            is_seeded: false,
            decided_at: at(0),
            state: StageReviewState::Undoable(at(0) + UNDO_PERIOD),
        };
        assert!(review.can_be_undone(at(9)));
        assert!(!review.can_be_undone(at(10)));
        let in_force = StageReview {
            state: StageReviewState::InForce(at(10)),
            ..review
        };
        assert!(!in_force.can_be_undone(at(5)));
    }
}
