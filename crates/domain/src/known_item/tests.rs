//! Known items: which photos have one beside them, what a decision shows, and when approvals are in doubt.

use proptest::prelude::*;
use rstest::rstest;
use uuid::Uuid;

use super::*;
use KnownResult::{Caught, FalseAlarm, Missed, Passed};
use RejectReason::{BgShadow, Blur, Hair};
use ReviewOutcome::{Approved, Escalated, Rejected};

fn photo(number: u128) -> PhotoId {
    PhotoId(Uuid::from_u128(number << 40))
}

fn known(reasons: &[RejectReason]) -> KnownPhoto {
    KnownPhoto {
        id: KnownPhotoId(Uuid::nil()),
        outcome: if reasons.is_empty() {
            ReviewOutcome::Approved
        } else {
            ReviewOutcome::Rejected
        },
        reasons: reasons.to_vec(),
        origin: String::new(),
        original_sha256: Vec::new(),
        files: None,
        crop: None,
        verdict: StoredVerdict {
            outcome: "pass".to_owned(),
            findings: Vec::new(),
        },
        added_by: AccountId(Uuid::nil()),
        added_at: DateTime::UNIX_EPOCH,
    }
}

#[rstest]
#[case(&[Blur, Hair], Rejected, &[Hair], Some(Caught))]
#[case(&[Blur], Rejected, &[BgShadow, Blur], Some(Caught))]
#[case(&[Blur], Rejected, &[BgShadow], Some(Missed))]
#[case(&[Blur], Approved, &[], Some(Missed))]
#[case(&[Blur], Escalated, &[], None)]
#[case(&[], Approved, &[], Some(Passed))]
#[case(&[], Rejected, &[Blur], Some(FalseAlarm))]
#[case(&[], Escalated, &[], None)]
fn a_fault_is_caught_by_one_of_its_reasons(
    #[case] right: &[RejectReason],
    #[case] outcome: ReviewOutcome,
    #[case] reasons: &[RejectReason],
    #[case] expected: Option<KnownResult>,
) {
    let found = known(right).result(outcome, reasons);
    assert_eq!(found, expected, "{right:?} {outcome} {reasons:?}");
}

#[rstest]
#[case::four_faults(0, 4, 90, false)]
#[case::five_faults(0, 5, 90, true)]
#[case::at_the_limit(4, 1, 80, false)]
#[case::below_it(4, 1, 81, true)]
#[case::no_limit(0, 50, 0, false)]
#[case::all_caught(50, 0, 100, false)]
#[case::one_missed(49, 1, 100, true)]
fn a_limit_counts_from_five_faults_on(
    #[case] caught: u64,
    #[case] missed: u64,
    #[case] limit: u8,
    #[case] expected: bool,
) {
    let record = CatchRecord {
        caught,
        missed,
        ..CatchRecord::default()
    };
    assert_eq!(record.is_below(limit), expected, "{record:?} {limit}");
}

#[test]
fn the_photo_that_rested_longest_comes_next_and_none_twice_into_a_queue() {
    let one = |number: u128, used_s: Option<i64>, is_open| KnownUse {
        id: KnownPhotoId(Uuid::from_u128(number)),
        last_used: used_s.and_then(|second| DateTime::from_timestamp(second, 0)),
        is_open,
    };
    for (uses, expected) in [
        (vec![], None),
        (vec![one(1, None, true)], None),
        (
            vec![one(1, Some(9), false), one(2, Some(5), false)],
            Some(2),
        ),
        (vec![one(1, Some(9), false), one(2, None, false)], Some(2)),
        (vec![one(1, Some(9), false), one(2, None, true)], Some(1)),
        (vec![one(2, None, false), one(1, None, false)], Some(1)),
    ] {
        let found = next_known(&uses).map(|id| id.0.as_u128());
        assert_eq!(found, expected, "{uses:?}");
    }
}

#[test]
fn shares_count_faults_and_good_photos_apart() {
    let mut record = CatchRecord::default();
    for (result, count) in [
        (KnownResult::Caught, 76),
        (KnownResult::Missed, 4),
        (KnownResult::Passed, 10),
        (KnownResult::FalseAlarm, 0),
    ] {
        record.add(result, count);
    }
    let share = record.catch_rate().unwrap();
    assert_eq!(
        (share.of, share.permille, share.low_permille),
        (80, 950, 878)
    );
    assert_eq!(record.pass_rate().unwrap().of, 10);
    assert_eq!(CatchRecord::default().catch_rate(), None);
}

#[test]
fn a_share_is_about_as_large_as_it_says_and_no_echo_of_the_second_looks() {
    let photos: Vec<PhotoId> = (0..10_000).map(photo).collect();
    for share in [0, 1, 5, 100] {
        let is_in = |photo: &&PhotoId| is_seeded(**photo, ReviewStage::School, share);
        let count = photos.iter().filter(is_in).count();
        let expected = usize::from(share) * 100;
        assert!(count.abs_diff(expected) < 100, "{share} %: {count}");
    }
    let stage = ReviewStage::School;
    let both = photos.iter().filter(|photo| {
        is_seeded(**photo, stage, 5) && crate::second_look::is_sampled(**photo, stage, 5)
    });
    let both = both.count();
    assert!((5..60).contains(&both), "{both} of about 25");
}

proptest! {
    #[test]
    fn an_item_comes_a_little_before_the_photo_beside_it(number in any::<u128>()) {
        let apart = apart(PhotoId(Uuid::from_u128(number)), ReviewStage::Bureau);
        prop_assert!(apart >= TimeDelta::zero() && apart < APART);
    }

    #[test]
    fn a_further_catch_never_brings_a_record_below_its_limit(
        caught in 0_u64..100, missed in 0_u64..100, limit in 0_u8..=100,
    ) {
        let record = CatchRecord { caught, missed, ..CatchRecord::default() };
        let better = CatchRecord { caught: caught + 1, ..record };
        let is_enough = caught + missed >= FEWEST_KNOWN_FAULTS;
        prop_assert!(!is_enough || record.is_below(limit) || !better.is_below(limit));
    }
}
