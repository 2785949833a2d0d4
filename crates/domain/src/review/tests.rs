//! Stages in their order, and decisions that can and cannot be read.

use rstest::rstest;

use super::*;

#[test]
fn every_order_has_its_stages_once_and_ends() {
    for &order in ReviewOrder::ALL {
        let mut stage = Some(order.first());
        let mut passed = Vec::new();
        while let Some(one) = stage {
            assert!(!passed.contains(&one), "{order}");
            passed.push(one);
            stage = order.after(one);
        }
        assert_eq!(passed, order.stages(), "{order}");
    }
    assert_eq!(ReviewOrder::School.after(ReviewStage::Bureau), None);
}

/// How many reasons a decision has, or what is wrong with it.
fn read(outcome: &str, reasons: &[&str], note: Option<&str>) -> Result<usize, Vec<ProblemCode>> {
    let reasons: Vec<String> = reasons.iter().map(|&word| word.to_owned()).collect();
    let read = Decision::read(outcome, &reasons, note);
    read.map(|decision| decision.reasons.len())
        .map_err(|errors| errors.iter().map(|error| error.code).collect())
}

#[rstest]
#[case::approved("approved", &[], None, Ok(0))]
#[case::approved_with_a_blank_note("approved", &[], Some("  "), Ok(0))]
#[case::approved_with_a_note("approved", &[], Some("好"), Err(ProblemCode::ReviewNote))]
#[case::approved_with_a_reason("approved", &["hair"], None, Err(ProblemCode::ReviewReasons))]
#[case::escalated("escalated", &[], Some("是否为本人？"), Ok(0))]
#[case::escalated_without_a_note("escalated", &[], None, Err(ProblemCode::ReviewNote))]
fn an_approval_says_nothing_more_and_an_escalation_says_why(
    #[case] outcome: &str,
    #[case] reasons: &[&str],
    #[case] note: Option<&str>,
    #[case] expected: Result<usize, ProblemCode>,
) {
    let expected = expected.map_err(|code| vec![code]);
    assert_eq!(read(outcome, reasons, note), expected, "{outcome} {note:?}");
}

#[rstest]
#[case::one_of_two_named_twice(&["hair", "blur", "hair"], Some("请将刘海梳起"), Ok(2))]
#[case::no_reason(&[], Some("不行"), Err(ProblemCode::ReviewReasons))]
#[case::too_many_reasons(
    &["hair", "blur", "tilt", "border", "makeup", "red_eye", "headwear"],
    None,
    Err(ProblemCode::ReviewReasons),
)]
#[case::an_unknown_reason(&["ugly"], None, Err(ProblemCode::ReviewReasonUnknown))]
#[case::a_note_too_long(
    &["hair"],
    Some(&*"长".repeat(REVIEW_NOTE_MAX + 1)),
    Err(ProblemCode::ReviewNoteLong),
)]
fn a_rejection_has_reasons_that_its_student_can_act_on(
    #[case] reasons: &[&str],
    #[case] note: Option<&str>,
    #[case] expected: Result<usize, ProblemCode>,
) {
    let expected = expected.map_err(|code| vec![code]);
    assert_eq!(read("rejected", reasons, note), expected, "{reasons:?}");
}

#[test]
fn every_fault_of_a_decision_is_told() {
    let both = vec![
        ProblemCode::ReviewOutcomeUnknown,
        ProblemCode::ReviewReasonUnknown,
    ];
    assert_eq!(read("perhaps", &["ugly"], None), Err(both));
}
