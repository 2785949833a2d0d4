//! Verdicts and crops of measured portraits, without networks: the measurements are made up.
#![expect(
    clippy::float_arithmetic,
    reason = "places of made-up heads are computed"
)]

use photo::Severity::{Fail, Warn};
use photo::{
    Around, Backdrop, Background, Border, Checks, ColourSpace, Cover, Crop, FaceBox, Features,
    Hair, Head, Light, Limit, Lines, Measurements, Missing, PhotoOutcome, Pixel, Portrait, Pose,
    Reason, Rules, Severity, Sharpness, Spot, Tint, Unit, auto_crop, judge,
};
use proptest::prelude::*;

/// A head whose face is `width` pixels wide, with its eyes at (`x`, `y`); proportions of a usual one.
fn head(x: f32, y: f32, width: f32) -> Head {
    Head {
        eyes: [
            Spot {
                x: x - width * 0.23,
                y,
            },
            Spot {
                x: x + width * 0.23,
                y,
            },
        ],
        eye_line_y: y,
        crown_y: y - width * 0.9,
        crown_confidence: 1.0,
        skull_y: y - width * 0.7,
        chin_y: y + width * 0.85,
        face_left_x: x - width / 2.0,
        face_right_x: x + width / 2.0,
        face_width_px: width,
        eye_distance_px: width * 0.46,
    }
}

/// A face that nothing hides.
const UNCOVERED: Cover = Cover {
    presence: 1.0,
    score: 0.85,
    keypoints_off: -0.05,
    no_person: 0.0,
    lips_off: 0.01,
    brow_off: 0.01,
    jaw_off: 0.015,
    nose_off: 0.01,
    nose_unlike: 0.2,
    cheek_unlike: 0.2,
    side_unlike: 0.2,
    chin_unlike: 0.2,
    chin_roughness: 1.1,
    mouth_contrast: 0.5,
    bar: 0.0,
};

/// A head with hair and nothing beside it.
const BARE_HEAD: Around = Around {
    top_chroma: 0.0,
    top_unlike: 1.0,
    top_lightness: 30.0,
    top_texture: 6.0,
    skin_beside: 0.0,
};

/// What stands behind a faultless portrait.
const PLAIN: Backdrop = Backdrop {
    rgb: [100, 197, 255],
    spread_delta_e: 3.0,
    outlier_share: 0.0,
    roughness_delta_e: 0.3,
    gradient_delta_e: 1.0,
    shadow_l: 1.0,
    share: 0.4,
    below_unlike: 0.0,
};

/// A faultless photo of `size` with this head, before the standard's blue.
fn measured(size: (u32, u32), head: Head) -> Measurements {
    let portrait = Portrait {
        presence: 1.0,
        head,
        pose: Pose::default(),
        features: Features {
            eyes_open: Some(0.33),
            eyes_open_mesh: 0.3,
            mouth_open: 0.01,
            red_eye: 0.0,
            lens_delta_e: 6.0,
            lens_ratio: 0.95,
            lens_glare: 0.0,
        },
        light: Light {
            mean: 0.6,
            entropy_bits: 7.2,
            dark_share: 0.0,
            bright_share: 0.0,
            cheek_ratio: 0.95,
            cheek_overlap: 0.6,
        },
        tint: Tint {
            colourfulness: 55.0,
            skin_a: 16.0,
            skin_b: 16.0,
        },
        sharpness: Sharpness {
            blur: 0.35,
            detail: 0.4,
            skin_texture: 15.0,
            skin_grain: Some(5.0),
            edge: 0.6,
        },
        backdrop: Some(PLAIN),
        cover: Some(UNCOVERED),
        hair: Some(Hair::default()),
        around: Some(BARE_HEAD),
    };
    let face = FaceBox {
        score: 0.9,
        left: head.face_left_x,
        top: head.eye_line_y - head.face_width_px * 0.3,
        right: head.face_right_x,
        bottom: head.chin_y,
    };
    Measurements {
        width_px: size.0,
        height_px: size.1,
        border: Border::default(),
        jpeg_quality: Some(92),
        colour_space: ColourSpace::Srgb,
        blockiness: Some(1.1),
        faces: Some(vec![face]),
        portrait: Some(portrait),
        turn_degrees: None,
    }
}

fn good() -> Measurements {
    measured((1_200, 1_600), head(600.0, 620.0, 500.0))
}

/// What is found in the automatic crop.
fn found(measured: &Measurements, rules: &Rules) -> Vec<(Reason, Severity)> {
    let verdict = judge(measured, &auto_crop(measured, rules).crop, rules);
    let findings = verdict.findings.iter();
    findings
        .map(|finding| (finding.code, finding.severity))
        .collect()
}

#[test]
fn a_faultless_photo_passes() {
    let (measured, rules) = (good(), Rules::default());
    let auto = auto_crop(&measured, &rules);
    assert!(auto.margin.unwrap() > 0.3, "{auto:?}");
    assert_eq!(auto.missing, None);
    let verdict = judge(&measured, &auto.crop, &rules);
    assert_eq!(verdict.outcome, PhotoOutcome::Pass, "{verdict:?}");
}

type Change = fn(&mut Portrait);

/// A change of the faultless portrait, and what is then found.
const FAULTS: [(Change, Reason, Severity); 32] = [
    (|face| face.pose.roll = -6.0, Reason::Tilt, Warn),
    (|face| face.pose.roll = 9.0, Reason::Tilt, Fail),
    (|face| face.pose.yaw = -30.0, Reason::NotFrontal, Fail),
    (|face| face.pose.pitch = 20.0, Reason::NotFrontal, Warn),
    (
        |face| face.features.eyes_open = Some(0.1),
        Reason::EyesClosed,
        Warn,
    ),
    (
        |face| face.features.mouth_open = 0.2,
        Reason::MouthOpen,
        Warn,
    ),
    (|face| face.features.red_eye = 0.3, Reason::RedEye, Warn),
    (
        |face| face.features.lens_glare = 0.2,
        Reason::GlassesGlare,
        Warn,
    ),
    (
        |face| face.features.lens_delta_e = 45.0,
        Reason::TintedLens,
        Warn,
    ),
    (|face| face.sharpness.blur = 0.6, Reason::Blur, Warn),
    (|face| face.sharpness.blur = 0.8, Reason::Blur, Fail),
    (
        |face| face.sharpness.skin_texture = 2.0,
        Reason::Retouched,
        Warn,
    ),
    (
        |face| face.light.bright_share = 0.05,
        Reason::Highlight,
        Warn,
    ),
    (
        |face| face.light.bright_share = 0.6,
        Reason::DarkBright,
        Fail,
    ),
    (
        |face| face.light.entropy_bits = 5.3,
        Reason::DarkBright,
        Warn,
    ),
    (
        |face| (face.light.cheek_ratio, face.light.cheek_overlap) = (0.6, 0.01),
        Reason::HalfShadow,
        Warn,
    ),
    (
        |face| face.tint.colourfulness = 0.5,
        Reason::ColourCast,
        Fail,
    ),
    (|face| face.tint.skin_b = 70.0, Reason::ColourCast, Warn),
    (
        |face| face.backdrop.as_mut().unwrap().rgb = [120, 40, 40],
        Reason::BgColor,
        Warn,
    ),
    (
        |face| face.backdrop.as_mut().unwrap().outlier_share = 0.5,
        Reason::BgUneven,
        Fail,
    ),
    (
        |face| face.backdrop.as_mut().unwrap().below_unlike = 0.6,
        Reason::BgUneven,
        Fail,
    ),
    (
        |face| face.backdrop.as_mut().unwrap().gradient_delta_e = 20.0,
        Reason::BgUneven,
        Fail,
    ),
    (
        |face| face.backdrop.as_mut().unwrap().rgb = [5, 5, 5],
        Reason::BgColor,
        Fail,
    ),
    (
        |face| face.cover.as_mut().unwrap().presence = 0.9,
        Reason::FaceCovered,
        Fail,
    ),
    (
        |face| face.cover.as_mut().unwrap().chin_unlike = 1.5,
        Reason::FaceCovered,
        Warn,
    ),
    (
        |face| face.cover.as_mut().unwrap().bar = 40.0,
        Reason::FaceCovered,
        Warn,
    ),
    (
        |face| face.hair.as_mut().unwrap().over_eye = 0.8,
        Reason::Hair,
        Fail,
    ),
    (
        |face| face.hair.as_mut().unwrap().strands = 0.2,
        Reason::Hair,
        Warn,
    ),
    (
        |face| face.around.as_mut().unwrap().top_texture = 2.0,
        Reason::Headwear,
        Warn,
    ),
    (
        |face| face.around.as_mut().unwrap().skin_beside = 0.3,
        Reason::HandOrObject,
        Warn,
    ),
    (
        |face| (face.sharpness.skin_texture, face.sharpness.edge) = (2.0, 0.8),
        Reason::Retouched,
        Warn,
    ),
    (
        |face| face.sharpness.skin_grain = Some(2.5),
        Reason::Retouched,
        Warn,
    ),
];

#[test]
fn each_fault_is_found_and_nothing_else() {
    let change = |change: &dyn Fn(&mut Portrait)| {
        let mut measured = good();
        change(measured.portrait.as_mut().unwrap());
        found(&measured, &Rules::default())
    };
    for (fault, code, severity) in FAULTS {
        assert_eq!(change(&fault), [(code, severity)]);
    }
}

#[test]
fn a_turned_head_says_to_which_side() {
    let turned = |yaw, pitch, roll| {
        let mut measured = good();
        measured.portrait.as_mut().unwrap().pose = Pose { yaw, pitch, roll };
        let rules = Rules::default();
        let verdict = judge(&measured, &auto_crop(&measured, &rules).crop, &rules);
        let [finding] = verdict.findings.as_slice() else {
            panic!("{verdict:?}");
        };
        (finding.unit, finding.measured.unwrap())
    };
    assert_eq!(turned(-30.0, 0.0, 0.0), (Unit::TenthDegreesRight, -300));
    assert_eq!(turned(30.0, 0.0, 0.0), (Unit::TenthDegreesRight, 300));
    assert_eq!(turned(0.0, -30.0, 0.0), (Unit::TenthDegreesUp, -300));
    assert_eq!(turned(0.0, 0.0, -9.0), (Unit::TenthDegrees, -90));
    // Of a picture that lies on its side only that is told.
    assert_eq!(turned(-30.0, 30.0, 90.0), (Unit::TenthDegrees, 900));
}

#[test]
fn white_and_grey_backgrounds_are_as_good_unless_the_task_says_otherwise() {
    let mut measured = good();
    let only_blue = Rules {
        background: Background {
            or: Vec::new(),
            ..Rules::default().background
        },
        ..Rules::default()
    };
    for rgb in [[255, 255, 255], [240, 240, 240], [0, 163, 230]] {
        let portrait = measured.portrait.as_mut().unwrap();
        portrait.backdrop.as_mut().unwrap().rgb = rgb;
        assert_eq!(found(&measured, &Rules::default()), []);
        let is_blue = rgb[0] == 0;
        assert_eq!(found(&measured, &only_blue).is_empty(), is_blue, "{rgb:?}");
    }
}

#[test]
fn a_task_may_be_milder_or_stricter() {
    let mut measured = good();
    measured.portrait.as_mut().unwrap().pose.roll = 6.0;
    let rules = |tilt| Rules {
        checks: Checks {
            tilt,
            ..Checks::default()
        },
        ..Rules::default()
    };
    let limit = |warn, fail| rules(Limit { warn, fail });
    let found = |rules| found(&measured, &rules);
    assert_eq!(found(limit(None, None)), []);
    assert_eq!(
        found(limit(None, Some(59))),
        [(Reason::Tilt, Severity::Fail)]
    );
    assert_eq!(found(limit(Some(60), Some(60))), []);
    let strict: Rules = serde_json::from_str(r#"{"checks":{"tilt":{"fail":40}}}"#).unwrap();
    assert_eq!(found(strict), [(Reason::Tilt, Severity::Fail)]);
}

#[test]
fn faces_are_counted_where_they_are_seen() {
    let mut measured = good();
    let first = measured.faces.as_ref().unwrap()[0];
    let moved = |by: f32| FaceBox {
        left: first.left + by,
        right: first.right + by,
        ..first
    };
    measured.faces = Some(vec![first, moved(300.0)]);
    assert_eq!(
        found(&measured, &Rules::default()),
        [(Reason::ManyFaces, Severity::Fail)]
    );
    measured.faces = Some(vec![first, moved(3_000.0)]);
    assert_eq!(found(&measured, &Rules::default()), []);
    measured.portrait = None;
    assert_eq!(
        found(&measured, &Rules::default()),
        [(Reason::NoFace, Severity::Fail)]
    );
    for degrees in [90, 180, 270] {
        measured.turn_degrees = Some(degrees);
        assert_eq!(
            found(&measured, &Rules::default()),
            [(Reason::Tilt, Severity::Fail)]
        );
    }
    measured.faces = None;
    assert_eq!(found(&measured, &Rules::default()), []);
}

#[test]
fn a_line_just_outside_warns_and_one_farther_out_fails() {
    let measured = measured((480, 640), head(240.0, 255.0, 220.0));
    let whole = Crop::largest_centred(480, 640);
    let head_top = |crown: f32| {
        let mut measured = measured.clone();
        measured.portrait.as_mut().unwrap().head.crown_y = crown;
        let verdict = judge(&measured, &whole, &Rules::default());
        let mut findings = verdict.findings.into_iter();
        findings
            .find(|finding| finding.code == Reason::HeadTop)
            .map(|finding| (finding.measured.unwrap(), finding.severity))
    };
    assert_eq!(head_top(50.0), None);
    assert_eq!(head_top(49.6), None);
    assert_eq!(head_top(45.0), Some((45, Severity::Warn)));
    assert_eq!(head_top(20.0), Some((20, Severity::Fail)));
    assert_eq!(head_top(115.0), Some((115, Severity::Warn)));
    assert_eq!(head_top(130.0), Some((130, Severity::Fail)));
}

#[test]
fn too_little_room_is_told_and_not_invented() {
    // The head touches the upper edge of a picture with room on all other sides.
    let measured = measured((3_000, 4_000), head(1_500.0, 460.0, 500.0));
    let auto = auto_crop(&measured, &Rules::default());
    assert!(auto.margin.unwrap() < 0.0);
    let missing = auto.missing.unwrap();
    assert!(missing.above_px > 50, "{missing:?}");
    assert_eq!(
        missing,
        Missing {
            above_px: missing.above_px,
            ..Missing::default()
        }
    );
    assert!(auto.crop.is_inside(3_000, 4_000));
}

proptest! {
    #[test]
    fn wherever_there_is_room_the_crop_is_inside_the_standard(
        x in 1_000.0..2_000.0_f32, y in 900.0..1_600.0_f32, width in 300.0..560.0_f32,
    ) {
        let measured = measured((3_000, 4_000), head(x, y, width));
        let rules = Rules::default();
        let auto = auto_crop(&measured, &rules);
        prop_assert!(auto.margin.unwrap() > 0.3, "{auto:?}");
        let verdict = judge(&measured, &auto.crop, &rules);
        prop_assert_eq!(verdict.outcome, PhotoOutcome::Pass);
        // No other crop near it is better for the line that lies worst.
        let worst = |crop: &Crop| {
            let lines = Lines::new(&measured.portrait.as_ref().unwrap().head, crop, &rules);
            let margin = |place: f32, min: f32, max: f32| (place - min).min(max - place) / (max - min) * 2.0;
            margin(lines.head_top, 50.0, 110.0)
                .min(margin(lines.eye_line, 200.0, 300.0))
                .min(margin(lines.face_width, 180.0, 300.0))
        };
        let best = worst(&auto.crop);
        for (dy, factor) in [(20, 1.0), (-20, 1.0), (0, 1.05), (0, 0.95)] {
            let other = auto.crop.moved(0, dy, 3_000, 4_000).zoomed(factor, Pixel { x: 1_500, y: 1_000 }, 3_000, 4_000);
            prop_assert!(worst(&other) <= best + 0.02);
        }
    }

    #[test]
    fn any_head_and_any_crop_get_a_verdict(
        places in prop::array::uniform5(any::<f32>()),
        size in (1..9_000_u32, 1..9_000_u32),
        corner in any::<(u32, u32)>(), sides in any::<(u32, u32)>(),
    ) {
        let [x, y, width, crown, chin] = places;
        let head = Head { crown_y: crown, chin_y: chin, ..head(x, y, width) };
        let measured = measured(size, head);
        let rules = Rules::default();
        let auto = auto_crop(&measured, &rules);
        prop_assert!(auto.crop.is_inside(size.0, size.1));
        let crop = Crop { x: corner.0, y: corner.1, width: sides.0, height: sides.1 };
        for crop in [crop, auto.crop] {
            prop_assert!(!judge(&measured, &crop, &rules).findings.is_empty());
        }
    }
}
