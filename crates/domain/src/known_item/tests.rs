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

fn used(number: u128, used_s: Option<i64>, is_open: bool) -> KnownUse {
    KnownUse {
        id: KnownPhotoId(Uuid::from_u128(number)),
        last_used: used_s.and_then(|second| DateTime::from_timestamp(second, 0)),
        is_open,
    }
}

#[rstest]
#[case::none(&[], None)]
#[case::the_only_one_is_in_the_queue(&[used(1, None, true)], None)]
#[case::rested_longer(&[used(1, Some(9), false), used(2, Some(5), false)], Some(2))]
#[case::never_used(&[used(1, Some(9), false), used(2, None, false)], Some(2))]
#[case::the_other_is_in_the_queue(&[used(1, Some(9), false), used(2, None, true)], Some(1))]
#[case::both_never_used(&[used(2, None, false), used(1, None, false)], Some(1))]
fn the_photo_that_rested_longest_comes_next_and_none_twice_into_a_queue(
    #[case] uses: &[KnownUse],
    #[case] expected: Option<u128>,
) {
    let found = next_known(uses).map(|id| id.0.as_u128());
    assert_eq!(found, expected, "{uses:?}");
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

#[rstest]
#[case::nothing(0)]
#[case::a_hundredth(1)]
#[case::a_twentieth(5)]
#[case::everything(100)]
fn a_share_is_about_as_large_as_it_says(#[case] share: u8) {
    let photos: Vec<PhotoId> = (0..10_000).map(photo).collect();
    let is_in = |photo: &&PhotoId| is_seeded(**photo, ReviewStage::School, share);
    let count = photos.iter().filter(is_in).count();
    let expected = usize::from(share) * 100;
    assert!(count.abs_diff(expected) < 100, "{share} %: {count}");
}

#[test]
fn a_share_is_no_echo_of_the_second_looks() {
    let photos: Vec<PhotoId> = (0..10_000).map(photo).collect();
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

fn crop(x: u32) -> photo::Crop {
    photo::Crop {
        x,
        y: 0,
        width: 480,
        height: 640,
    }
}

fn with_files() -> KnownPhoto {
    KnownPhoto {
        files: Some(KnownFiles {
            original: "original".to_owned(),
            framed: "framed".to_owned(),
            thumb: "thumb".to_owned(),
        }),
        crop: Some(crop(1)),
        ..known(&[Blur])
    }
}

fn framing(original: Option<&str>) -> SeededFraming {
    SeededFraming {
        original: original.map(str::to_owned),
        framed: "framed 2".to_owned(),
        thumb: "thumb 2".to_owned(),
        crop: crop(2),
        verdict: StoredVerdict {
            outcome: "warn".to_owned(),
            findings: Vec::new(),
        },
        framed_at: DateTime::UNIX_EPOCH,
    }
}

fn item(framing: Option<SeededFraming>) -> SeededItem {
    SeededItem {
        photo_id: photo(1),
        known_id: KnownPhotoId(Uuid::nil()),
        beside_id: photo(2),
        school_id: SchoolId(Uuid::from_u128(3)),
        task_id: TaskId(Uuid::from_u128(4)),
        stage: ReviewStage::School,
        submitted_at: DateTime::UNIX_EPOCH,
        framing,
    }
}

#[rstest]
#[case::as_it_is_in_the_library(None, &["original", "framed", "thumb"], 1, "pass")]
#[case::framed(Some(framing(None)), &["original", "framed 2", "thumb 2"], 2, "warn")]
#[case::turned(Some(framing(Some("turned"))), &["turned", "framed 2", "thumb 2"], 2, "warn")]
fn a_known_photo_is_shown_as_its_reviewer_framed_it(
    #[case] framing: Option<SeededFraming>,
    #[case] files: &[&str],
    #[case] x: u32,
    #[case] outcome: &str,
) {
    let shown = with_files().as_submitted(photo(1), &item(framing));
    let keys: Vec<_> = shown.file_keys().map(String::as_str).collect();
    assert_eq!(keys, files);
    assert_eq!((shown.crop, &*shown.verdict.outcome), (crop(x), outcome));
}

#[test]
fn a_known_photo_looks_like_one_of_the_school_it_was_put_beside() {
    let item = item(None);
    let shown = with_files().as_submitted(photo(1), &item);
    assert_eq!(
        (shown.id, shown.school_id, shown.task_id),
        (photo(1), item.school_id, item.task_id)
    );
    assert_eq!(
        (shown.state, shown.number),
        (crate::photo_state::PhotoState::PendingReview, 1)
    );
}

#[test]
fn a_known_photo_that_was_taken_out_has_no_files() {
    let shown = known(&[Blur]).as_submitted(photo(1), &item(None));
    assert_eq!(shown.file_keys().count(), 0);
}

#[test]
fn the_files_of_a_framing_are_not_those_of_the_library() {
    let turned = framing(Some("turned"));
    let names: Vec<_> = turned.names().map(String::as_str).collect();
    assert_eq!(names, ["turned", "framed 2", "thumb 2"]);
    assert_eq!(framing(None).names().count(), 2);
}
