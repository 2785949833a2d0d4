//! Second looks: of a share of the photos, another reviewer decides without knowing of the first, and a third where they
//! disagree.

use chrono::TimeDelta;

use crate::PhotoId;
use crate::review::{ReviewOutcome, ReviewStage};

/// The share of photos that get a second look where the task does not say, in percent. Source: docs/sources.md#review.
pub const USUAL_SECOND_SHARE: u8 = 2;
/// The largest share.
pub const MOST_SECOND_SHARE: u8 = 100;
/// Fewer reviewers than this are nobody to compare: there are no second looks.
pub const FEWEST_REVIEWERS: u64 = 2;

/// After so long a reviewer may look again at a photo that another was to look at: nothing waits for somebody who left.
pub const LONGEST_WAIT_FOR_ANOTHER: TimeDelta = TimeDelta::days(1);

/// Whether a photo belongs to the share of its stage. The same photo always does or never: nobody can try again.
pub fn is_sampled(photo: PhotoId, stage: ReviewStage, share_percent: u8) -> bool {
    let mut hash = crc32fast::Hasher::new();
    hash.update(photo.0.as_bytes());
    hash.update(stage.as_str().as_bytes());
    hash.finalize() % 100 < u32::from(share_percent)
}

/// What follows a decision that takes effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextLook {
    /// It counts.
    Settled,
    /// Another reviewer looks, who has not looked before: the second, or the third.
    Another,
    /// The two disagree and there is no third: somebody with more experience decides.
    PassedOn,
}

/// What follows the latest of the decisions about a photo of the share, the first first. `reviewers` is how many there are.
pub fn next_look(outcomes: &[ReviewOutcome], reviewers: u64) -> NextLook {
    match outcomes {
        [_] if reviewers >= FEWEST_REVIEWERS => NextLook::Another,
        [first, second] if first != second && reviewers > FEWEST_REVIEWERS => NextLook::Another,
        [first, second] if first != second => NextLook::PassedOn,
        _ => NextLook::Settled,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;
    use ReviewOutcome::{Approved, Rejected};

    #[rstest]
    #[case::one_alone(&[Approved], 1, NextLook::Settled)]
    #[case::one_of_two(&[Approved], 2, NextLook::Another)]
    #[case::one_rejection(&[Rejected], 2, NextLook::Another)]
    #[case::two_approvals(&[Approved, Approved], 2, NextLook::Settled)]
    #[case::two_rejections(&[Rejected, Rejected], 9, NextLook::Settled)]
    #[case::two_disagree_and_nobody_else(&[Approved, Rejected], 2, NextLook::PassedOn)]
    #[case::two_disagree_and_a_third(&[Rejected, Approved], 3, NextLook::Another)]
    #[case::a_third_decided(&[Rejected, Approved, Approved], 3, NextLook::Settled)]
    // One who left meanwhile changes nothing about two who agree.
    #[case::two_agree_and_one_left(&[Approved, Approved], 1, NextLook::Settled)]
    fn two_agree_or_a_third_decides(
        #[case] outcomes: &[ReviewOutcome],
        #[case] reviewers: u64,
        #[case] expected: NextLook,
    ) {
        let found = next_look(outcomes, reviewers);
        assert_eq!(found, expected, "{outcomes:?} {reviewers}");
    }

    #[rstest]
    #[case::nothing(0)]
    #[case::a_fiftieth(2)]
    #[case::half(50)]
    #[case::everything(100)]
    fn a_share_is_about_as_large_as_it_says(#[case] share: u8) {
        let photos = (0..10_000_u128).map(|number| PhotoId(Uuid::from_u128(number << 40)));
        let photos: Vec<PhotoId> = photos.collect();
        let is_in = |photo: &&PhotoId| is_sampled(**photo, ReviewStage::Bureau, share);
        let count = photos.iter().filter(is_in).count();
        let expected = usize::from(share) * 100;
        assert!(count.abs_diff(expected) < 200, "{share} %: {count}");
    }

    #[test]
    fn the_stages_look_at_different_photos() {
        let photos = (0..10_000_u128).map(|number| PhotoId(Uuid::from_u128(number << 40)));
        let photos: Vec<PhotoId> = photos.collect();
        assert!(photos.iter().any(|photo| {
            is_sampled(*photo, ReviewStage::Bureau, 50)
                != is_sampled(*photo, ReviewStage::School, 50)
        }));
    }
}
