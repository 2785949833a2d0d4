//! Findings in words.

use photo::{Allowed, Crop, Head, Lines, Rules, Severity, Spot};

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

#[test]
fn numbers_are_told_as_people_read_them() {
    let told = |code, unit, measured| {
        let finding = finding(code, unit, measured, Some(50));
        finding_text(&finding, &Rules::default(), Lang::En)
    };
    assert!(told(Reason::Tilt, Unit::TenthDegrees, 94).contains("at most 11° is allowed"));
    assert!(told(Reason::HeadTop, Unit::PxFromTop, 31).contains("31 pixels"));
    assert!(told(Reason::HeadTop, Unit::PxFromTop, 31).contains("zoom out"));
    assert!(told(Reason::HeadTop, Unit::PxFromTop, 131).contains("zoom in"));
    for sideways in [-900, 900, 840] {
        assert!(told(Reason::Tilt, Unit::TenthDegrees, sideways).contains("on its side"));
    }
    assert!(told(Reason::Tilt, Unit::TenthDegrees, 1_800).contains("upside down"));
    for (code, unit, measured, words) in [
        (
            Reason::Tilt,
            Unit::TenthDegrees,
            -94,
            "9.4° towards your right",
        ),
        (
            Reason::Tilt,
            Unit::TenthDegrees,
            154,
            "15.4° towards your left",
        ),
        (
            Reason::NotFrontal,
            Unit::TenthDegreesRight,
            -300,
            "30° to your right",
        ),
        (
            Reason::NotFrontal,
            Unit::TenthDegreesRight,
            300,
            "30° to your left",
        ),
        (
            Reason::NotFrontal,
            Unit::TenthDegreesUp,
            -300,
            "bowed by 30°",
        ),
        (
            Reason::NotFrontal,
            Unit::TenthDegreesUp,
            300,
            "raised by 30°",
        ),
        (Reason::DarkBright, Unit::Permille, 40, "too dark"),
        (Reason::DarkBright, Unit::Permille, 400, "too bright"),
        (Reason::DarkBright, Unit::PermilleBlack, 400, "nearly black"),
        (Reason::DarkBright, Unit::HundredthBits, 40, "too few tones"),
        (Reason::NotCentered, Unit::PxRight, -40, "40 pixels left"),
    ] {
        assert!(told(code, unit, measured).contains(words), "{words}");
    }
    assert!(!told(Reason::NotCentered, Unit::PxRight, -40).contains("-40"));
    assert_eq!(shown(-705, Unit::HundredthBits), "-7.05");
    assert_eq!(shown(-3, Unit::Tenths), "-0.3");
}

#[test]
fn the_colour_of_the_task_is_named() {
    let mut rules = Rules::default();
    rules.background.rgb = [255, 255, 255];
    rules.background.or.clear();
    let finding = finding(Reason::BgColor, Unit::TenthDeltaE, 400, None);
    let told = finding_text(&finding, &rules, Lang::Zh);
    assert!(
        told.contains("应为白色：") && !told.contains("40"),
        "{told}"
    );
}

/// A head in the middle of a picture of 1,200×1,600 pixels.
const HEAD: Head = Head {
    eyes: [Spot { x: 500.0, y: 700.0 }, Spot { x: 700.0, y: 700.0 }],
    eye_line_y: 700.0,
    crown_y: 350.0,
    crown_confidence: 1.0,
    skull_y: 400.0,
    chin_y: 1_050.0,
    face_left_x: 400.0,
    face_right_x: 800.0,
    face_width_px: 400.0,
    eye_distance_px: 200.0,
};

/// What is told of one line of the head in a crop, and where that line is.
fn told_of(code: Reason, crop: &Crop) -> (String, i64) {
    let lines = Lines::new(&HEAD, crop, &Rules::default());
    let (unit, place, min, max) = if code == Reason::HeadTop {
        (Unit::PxFromTop, lines.head_top, 50, 110)
    } else if code == Reason::EyeLine {
        (Unit::PxFromTop, lines.eye_line, 200, 300)
    } else {
        (Unit::PxRight, lines.off_centre, -36, 36)
    };
    let place = format!("{place:.0}").parse().unwrap();
    let finding = Finding {
        allowed: Some(Allowed {
            min: Some(min),
            max: Some(max),
        }),
        ..finding(code, unit, place, None)
    };
    (finding_text(&finding, &Rules::default(), Lang::Zh), place)
}

#[test]
fn the_arrow_that_a_text_names_brings_the_line_nearer() {
    let crop = |x, y| Crop {
        x,
        y,
        width: 900,
        height: 1_200,
    };
    for (code, x, y, arrow, (dx, dy), wanted) in [
        (Reason::HeadTop, 150, 340, "画面向下移", (0, 1), 80),
        (Reason::HeadTop, 150, 0, "画面向上移", (0, -1), 80),
        (Reason::EyeLine, 150, 400, "画面向下移", (0, 1), 250),
        (Reason::EyeLine, 150, 50, "画面向上移", (0, -1), 250),
        (Reason::NotCentered, 300, 200, "画面向右移", (1, 0), 0),
        (Reason::NotCentered, 0, 200, "画面向左移", (-1, 0), 0),
    ] {
        let (told, before) = told_of(code, &crop(x, y));
        assert!(told.contains(arrow), "{told}");
        let (_, after) = told_of(code, &crop(x, y).nudged(dx, dy, 1_200, 1_600));
        assert!(
            (after - wanted).abs() < (before - wanted).abs(),
            "{told} {after}"
        );
    }
}
