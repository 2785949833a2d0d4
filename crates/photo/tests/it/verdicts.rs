//! Verdicts: what passes, what warns, what fails, and how that is written.

use photo::{
    Border, ColourSpace, Crop, FileFault, Limits, Measurements, PhotoOutcome, Reason, Rules,
    Severity, Unit, judge,
};
use rstest::rstest;
use serde_json::json;

use PhotoOutcome::{Fail, Pass, Warn};

const PLAIN: Measurements = Measurements {
    width_px: 3_000,
    height_px: 4_000,
    border: Border {
        top_px: 0,
        right_px: 0,
        bottom_px: 0,
        left_px: 0,
    },
    jpeg_quality: None,
    colour_space: ColourSpace::Srgb,
    blockiness: None,
    faces: None,
    portrait: None,
    turn_degrees: None,
};

#[rstest]
#[case::smallest([0, 0, 480, 640], Pass, &[])]
#[case::whole([0, 0, 3_000, 4_000], Pass, &[])]
#[case::as_wide_as_may_be([0, 0, 486, 640], Pass, &[])]
#[case::too_wide([0, 0, 487, 640], Fail, &[Reason::Aspect])]
#[case::square([0, 0, 600, 600], Fail, &[Reason::Aspect, Reason::TooSmallPx])]
#[case::a_little_too_small([0, 0, 477, 636], Warn, &[Reason::TooSmallPx])]
#[case::as_small_as_a_warning_allows([0, 0, 402, 536], Warn, &[Reason::TooSmallPx])]
#[case::too_small([0, 0, 399, 532], Fail, &[Reason::TooSmallPx])]
#[case::empty([0, 0, 0, 0], Fail, &[Reason::TooSmallPx, Reason::Aspect])]
#[case::over_the_edge([2_521, 0, 480, 640], Fail, &[Reason::Aspect])]
#[case::far_outside([0, u32::MAX, 480, 640], Fail, &[Reason::Aspect])]
fn the_crop_decides_the_outcome(
    #[case] crop: [u32; 4],
    #[case] outcome: PhotoOutcome,
    #[case] codes: &[Reason],
) {
    let [x, y, width, height] = crop;
    let crop = Crop {
        x,
        y,
        width,
        height,
    };
    let verdict = judge(&PLAIN, &crop, &Rules::default());
    let found: Vec<Reason> = verdict
        .findings
        .iter()
        .map(|finding| finding.code)
        .collect();
    assert_eq!(
        (verdict.outcome, found.as_slice()),
        (outcome, codes),
        "{crop:?}"
    );
}

#[test]
fn findings_come_worst_first_with_their_numbers() {
    let measured = Measurements {
        border: Border {
            top_px: 5,
            ..PLAIN.border
        },
        ..PLAIN
    };
    let crop = Crop {
        x: 0,
        y: 0,
        width: 470,
        height: 700,
    };
    let verdict = judge(&measured, &crop, &Rules::default());
    assert_eq!(
        serde_json::to_value(&verdict).unwrap(),
        json!({"outcome": "fail", "findings": [
            {"code": "aspect", "severity": "fail", "measured": 671,
             "allowed": {"min": 740, "max": 760}, "unit": "permille_width_to_height"},
            {"code": "too_small_px", "severity": "warn", "measured": 470,
             "allowed": {"min": 480}, "unit": "px_wide"},
            {"code": "border", "severity": "warn", "measured": 5, "allowed": {"max": 0},
             "unit": "px_thick"},
        ]})
    );
    assert!(
        verdict
            .findings
            .is_sorted_by_key(|finding| finding.severity)
    );
    assert_eq!(verdict.findings[0].severity, Severity::Fail);
}

#[test]
fn a_crop_outside_the_picture_has_no_measure() {
    let crop = Crop {
        x: 2_600,
        y: 0,
        width: 480,
        height: 640,
    };
    let verdict = judge(&PLAIN, &crop, &Rules::default());
    assert_eq!(verdict.findings[0].measured, None);
    assert_eq!(verdict.findings[0].unit, Unit::PermilleWidthToHeight);
}

#[test]
fn reasons_are_written_as_their_words_and_listed_once() {
    for reason in Reason::ALL {
        assert_eq!(serde_json::to_value(reason).unwrap(), reason.as_str());
        assert_eq!(reason.to_string(), reason.as_str());
    }
    let words: Vec<&str> = Reason::ALL.iter().map(|reason| reason.as_str()).collect();
    assert!(
        Reason::ALL.is_sorted(),
        "findings of one severity follow this order"
    );
    assert_eq!(
        words[..5],
        [
            "file_type",
            "too_small_px",
            "aspect",
            "file_limit",
            "border"
        ]
    );
    assert_eq!(words.len(), 35);
}

#[test]
fn stored_documents_are_read_back() {
    let rules = Rules {
        dpi: 350,
        ..Rules::default()
    };
    let written = serde_json::to_string(&rules).unwrap();
    assert_eq!(serde_json::from_str::<Rules>(&written).unwrap(), rules);
    assert_eq!(
        serde_json::from_str::<Rules>("{}").unwrap(),
        Rules::default()
    );
    assert!(serde_json::from_str::<Rules>(r#"{"hight_px":640}"#).is_err());
    assert_eq!(
        serde_json::from_str::<Limits>("{}").unwrap(),
        Limits::default()
    );
    let measured = serde_json::to_value(&PLAIN).unwrap();
    assert_eq!(measured["border"]["left_px"], 0);
    assert_eq!(
        serde_json::from_value::<Measurements>(measured).unwrap(),
        PLAIN
    );
    assert!(serde_json::from_str::<FileFault>(r#"{"code":"unheard_of"}"#).is_err());
}
