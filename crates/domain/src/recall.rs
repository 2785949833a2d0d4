//! Approvals in doubt: their reviewer missed too many known faults since. What the school does not have yet is reviewed
//! again; what it has is listed, so that people can look at it.

use chrono::{DateTime, Utc};

use crate::photo_state::PhotoState;
use crate::review::{ReviewOrder, ReviewStage};
use crate::word::words;
use crate::{AccountId, PhotoId, PhotoReviewId, SchoolId, TaskId};

words! {
    /// What becomes of an approval that is in doubt.
    RecallState {
        /// Nothing was done yet.
        Due = "due", "待处理", "to be done";
        /// The photo waits for a review again.
        Returned = "returned", "已退回审核", "back in review";
        /// The school has the photo: people look at it.
        Delivered = "delivered", "已交付，待召回", "delivered, to be looked at";
        /// The photo does not count any more, or was not settled by this approval.
        Void = "void", "无需处理", "nothing to do";
    }
}

/// An approval that is in doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhotoRecall {
    /// The approval, once.
    pub review_id: PhotoReviewId,
    /// The photo.
    pub photo_id: PhotoId,
    /// Its school.
    pub school_id: SchoolId,
    /// Its task.
    pub task_id: TaskId,
    /// For which stage it was approved.
    pub stage: ReviewStage,
    /// Whose approval it is.
    pub reviewer_id: AccountId,
    /// Where it is.
    pub state: RecallState,
    /// When it came into doubt.
    pub recalled_at: DateTime<Utc>,
}

impl PhotoRecall {
    /// What becomes of it. `state` is where the photo is, and `waits_for` the stage for which it waits, if it does and nobody
    /// decided meanwhile. A photo that the next stage already has returns to the stage of the approval; one that waits for
    /// that stage or for an earlier one comes there anyway.
    pub fn what_becomes(
        self,
        state: PhotoState,
        waits_for: Option<ReviewStage>,
        order: ReviewOrder,
    ) -> RecallState {
        let has_passed = waits_for.is_some() && order.after(self.stage) == waits_for;
        match state {
            PhotoState::Approved => RecallState::Returned,
            PhotoState::HandedOver => RecallState::Delivered,
            PhotoState::PendingReview if has_passed => RecallState::Returned,
            PhotoState::PendingReview
            | PhotoState::Checked
            | PhotoState::Rejected
            | PhotoState::Withdrawn
            | PhotoState::Replaced
            | PhotoState::Refused => RecallState::Void,
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;

    /// An approval of a school that is in doubt.
    fn recall() -> PhotoRecall {
        PhotoRecall {
            review_id: PhotoReviewId(Uuid::nil()),
            photo_id: PhotoId(Uuid::nil()),
            school_id: SchoolId(Uuid::nil()),
            task_id: TaskId(Uuid::nil()),
            stage: ReviewStage::School,
            reviewer_id: AccountId(Uuid::nil()),
            state: RecallState::Due,
            recalled_at: DateTime::UNIX_EPOCH,
        }
    }

    #[rstest]
    #[case::approved(PhotoState::Approved, None, RecallState::Returned)]
    #[case::handed_over(PhotoState::HandedOver, None, RecallState::Delivered)]
    #[case::waits_for_the_next_stage(
        PhotoState::PendingReview,
        Some(ReviewStage::Bureau),
        RecallState::Returned
    )]
    #[case::waits_for_the_same_stage(
        PhotoState::PendingReview,
        Some(ReviewStage::School),
        RecallState::Void
    )]
    #[case::waits_for_nobody(PhotoState::PendingReview, None, RecallState::Void)]
    #[case::checked(PhotoState::Checked, None, RecallState::Void)]
    #[case::rejected(PhotoState::Rejected, None, RecallState::Void)]
    #[case::withdrawn(PhotoState::Withdrawn, None, RecallState::Void)]
    #[case::replaced(PhotoState::Replaced, None, RecallState::Void)]
    #[case::refused(PhotoState::Refused, None, RecallState::Void)]
    fn what_the_school_has_is_listed_and_what_it_has_not_is_reviewed_again(
        #[case] state: PhotoState,
        #[case] waits_for: Option<ReviewStage>,
        #[case] expected: RecallState,
    ) {
        let order = ReviewOrder::SchoolThenBureau;
        let found = recall().what_becomes(state, waits_for, order);
        assert_eq!(found, expected, "{state} {waits_for:?}");
    }

    #[test]
    fn what_waits_for_an_earlier_stage_does_not_skip_it() {
        let pending = PhotoState::PendingReview;
        let order = ReviewOrder::BureauThenSchool;
        let earlier = recall().what_becomes(pending, Some(ReviewStage::Bureau), order);
        assert_eq!(earlier, RecallState::Void);
    }
}
