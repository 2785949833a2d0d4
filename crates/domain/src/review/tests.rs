//! Stages in their order, and decisions that can and cannot be read.

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

#[test]
fn an_approval_says_nothing_more_and_an_escalation_says_why() {
    use ProblemCode as Code;
    for (outcome, reasons, note, expected) in [
        ("approved", &[][..], None, Ok(0)),
        ("approved", &[], Some("  "), Ok(0)),
        ("approved", &[], Some("好"), Err(Code::ReviewNote)),
        ("approved", &["hair"], None, Err(Code::ReviewReasons)),
        ("escalated", &[], Some("是否为本人？"), Ok(0)),
        ("escalated", &[], None, Err(Code::ReviewNote)),
    ] {
        let expected = expected.map_err(|code| vec![code]);
        assert_eq!(read(outcome, reasons, note), expected, "{outcome} {note:?}");
    }
}

#[test]
fn a_rejection_has_reasons_that_its_student_can_act_on() {
    use ProblemCode as Code;
    let long = "长".repeat(REVIEW_NOTE_MAX + 1);
    let seven = [
        "hair", "blur", "tilt", "border", "makeup", "red_eye", "headwear",
    ];
    let twice = ["hair", "blur", "hair"];
    for (reasons, note, expected) in [
        (&twice[..], Some("请将刘海梳起"), Ok(2)),
        (&[], Some("不行"), Err(Code::ReviewReasons)),
        (&seven, None, Err(Code::ReviewReasons)),
        (&["ugly"], None, Err(Code::ReviewReasonUnknown)),
        (&["hair"], Some(long.as_str()), Err(Code::ReviewNoteLong)),
    ] {
        let expected = expected.map_err(|code| vec![code]);
        assert_eq!(read("rejected", reasons, note), expected, "{reasons:?}");
    }
    let both = vec![Code::ReviewOutcomeUnknown, Code::ReviewReasonUnknown];
    assert_eq!(read("perhaps", &["ugly"], None), Err(both));
}
