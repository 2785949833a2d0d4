//! Findings in words.

use photo::{Allowed, Rules, Severity};
use rstest::rstest;

use super::*;

fn finding(code: Reason, unit: Unit, measured: i64, min: Option<i64>) -> Finding {
    Finding {
        code,
        severity: Severity::Fail,
        measured: Some(measured),
        allowed: Some(Allowed {
            min,
            max: Some(110),
        }),
        unit,
    }
}

#[test]
fn every_reason_has_words_without_gaps_and_of_its_own() {
    for lang in Lang::ALL {
        let text = |code| {
            finding_text(
                &finding(code, Unit::Permille, 700, Some(50)),
                &Rules::default(),
                lang,
            )
        };
        let mut texts: Vec<String> = Reason::ALL.iter().map(|&code| text(code)).collect();
        assert!(
            texts
                .iter()
                .all(|text| !text.contains(['{', '–']) || lang == Lang::Zh)
        );
        assert!(texts.iter().all(|text| !text.contains('{')));
        texts.sort();
        texts.dedup();
        assert_eq!(texts.len(), Reason::ALL.len(), "{texts:?}");
    }
}

/// What is told in English where 50 to 110 are allowed.
fn told(code: Reason, unit: Unit, measured: i64) -> String {
    let finding = finding(code, unit, measured, Some(50));
    finding_text(&finding, &Rules::default(), Lang::En)
}

#[rstest]
#[case(Reason::Tilt, Unit::TenthDegrees, 94, "at most 11°")]
#[case(Reason::HeadTop, Unit::PxFromTop, 31, "31 pixels")]
#[case(Reason::HeadTop, Unit::PxFromTop, 31, "Too little")]
#[case(Reason::HeadTop, Unit::PxFromTop, 131, "Too much")]
#[case(Reason::Tilt, Unit::TenthDegrees, -900, "on its side")]
#[case(Reason::Tilt, Unit::TenthDegrees, 900, "on its side")]
#[case(Reason::Tilt, Unit::TenthDegrees, 840, "on its side")]
#[case(Reason::Tilt, Unit::TenthDegrees, 1_800, "upside down")]
#[case(Reason::Tilt, Unit::TenthDegrees, -94, "9.4° towards your right")]
#[case(Reason::Tilt, Unit::TenthDegrees, 154, "15.4° towards your left")]
#[case(Reason::NotFrontal, Unit::TenthDegreesRight, -300, "30° to your right")]
#[case(Reason::NotFrontal, Unit::TenthDegreesRight, 300, "30° to your left")]
#[case(Reason::NotFrontal, Unit::TenthDegreesUp, -300, "bowed by 30°")]
#[case(Reason::NotFrontal, Unit::TenthDegreesUp, 300, "raised by 30°")]
#[case(Reason::DarkBright, Unit::Permille, 40, "too dark")]
#[case(Reason::DarkBright, Unit::Permille, 400, "too bright")]
#[case(Reason::DarkBright, Unit::PermilleBlack, 400, "nearly black")]
#[case(Reason::DarkBright, Unit::HundredthBits, 40, "too few tones")]
#[case(Reason::NotCentered, Unit::PxRight, -40, "40 pixels left")]
fn numbers_are_told_as_people_read_them(
    #[case] code: Reason,
    #[case] unit: Unit,
    #[case] measured: i64,
    #[case] words: &str,
) {
    let told = told(code, unit, measured);
    assert!(told.contains(words), "{told}");
}

#[test]
fn a_side_is_told_without_a_sign() {
    assert!(!told(Reason::NotCentered, Unit::PxRight, -40).contains("-40"));
}

#[rstest]
#[case::hundredths(-705, Unit::HundredthBits, "-7.05")]
#[case::tenths(-3, Unit::Tenths, "-0.3")]
fn a_part_of_a_unit_is_shown_as_a_decimal(
    #[case] measured: i64,
    #[case] unit: Unit,
    #[case] text: &str,
) {
    assert_eq!(shown(measured, unit), text);
}

#[test]
fn the_colour_of_the_task_is_named() {
    let mut rules = Rules::default();
    rules.background.rgb = [255, 255, 255];
    rules.background.or.clear();
    let finding = finding(Reason::BgColor, Unit::TenthDeltaE, 400, None);
    let told = finding_text(&finding, &rules, Lang::Zh);
    assert!(told.ends_with("应为白色") && !told.contains("40"), "{told}");
}

#[rstest]
#[case::head_top(Reason::HeadTop, Unit::PxFromTop, 31)]
#[case::eye_line(Reason::EyeLine, Unit::PxFromTop, 131)]
#[case::face_width(Reason::FaceWidth, Unit::PxAcross, 20)]
#[case::too_small(Reason::TooSmallPx, Unit::PxWide, 20)]
#[case::not_centred(Reason::NotCentered, Unit::PxRight, 140)]
fn the_details_command_nothing(#[case] code: Reason, #[case] unit: Unit, #[case] measured: i64) {
    let told = finding_text(
        &finding(code, unit, measured, Some(50)),
        &Rules::default(),
        Lang::Zh,
    );
    let moves = ["移", "放大", "缩小", "重拍"];
    assert!(!moves.iter().any(|word| told.contains(word)), "{told}");
}
