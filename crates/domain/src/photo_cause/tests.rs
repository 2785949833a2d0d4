//! One cause, one action, no contradictions.
#![expect(
    clippy::float_arithmetic,
    reason = "places of made-up heads are computed"
)]

use photo::{Lines, Missing, auto_crop};
use proptest::prelude::*;
use rstest::rstest;
use serde_json::{Value, json};

use super::*;
use crate::Lang;

/// A faultless portrait in a picture of `size`, its eyes at (`x`, `y`), its face `width` wide.
fn portrait((across, down): (u32, u32), x: f32, y: f32, width: f32) -> Value {
    let side = |share: f32| f64::from(x + width * share);
    let line = |share: f32| f64::from(y + width * share);
    json!({
        "width_px": across, "height_px": down,
        "border": { "top_px": 0, "right_px": 0, "bottom_px": 0, "left_px": 0 },
        "faces": [{ "score": 0.9, "left": side(-0.5), "top": line(-0.3), "right": side(0.5), "bottom": line(0.85) }],
        "portrait": {
            "presence": 1.0,
            "head": {
                "eyes": [{ "x": side(-0.23), "y": y }, { "x": side(0.23), "y": y }], "eye_line_y": y,
                "crown_y": line(-0.9), "crown_confidence": 1.0, "skull_y": line(-0.7), "chin_y": line(0.85),
                "face_left_x": side(-0.5), "face_right_x": side(0.5), "face_width_px": width,
                "eye_distance_px": width * 0.46
            },
            "pose": { "roll": 0.0, "yaw": 0.0, "pitch": 0.0 },
            "features": {
                "eyes_open": 0.33, "eyes_open_mesh": 0.3, "mouth_open": 0.0, "red_eye": 0.0, "lens_delta_e": 2.0,
                "lens_ratio": 1.0, "lens_glare": 0.0
            },
            "light": {
                "mean": 0.55, "entropy_bits": 7.0, "dark_share": 0.0, "bright_share": 0.0, "cheek_ratio": 0.95,
                "cheek_overlap": 0.6
            },
            "tint": { "colourfulness": 40.0, "skin_a": 12.0, "skin_b": 11.0 },
            "sharpness": { "blur": 0.3, "detail": 0.2, "skin_texture": 12.0 },
            "backdrop": {
                "rgb": [100, 197, 255], "spread_delta_e": 2.0, "outlier_share": 0.0, "roughness_delta_e": 1.0,
                "gradient_delta_e": 1.0, "shadow_l": 0.0, "share": 0.3
            }
        }
    })
}

const SIZE: (u32, u32) = (1_200, 1_600);

fn good() -> Value {
    portrait(SIZE, 600.0, 620.0, 400.0)
}

/// The faultless portrait with one value changed.
fn changed(pointer: &str, value: impl Into<Value>) -> Value {
    let mut seen = good();
    *seen.pointer_mut(pointer).unwrap() = value.into();
    seen
}

/// What is advised in this crop; in the best one where none is given.
fn advice(seen: &Value, crop: Option<Crop>) -> Option<PhotoAdvice> {
    let rules = Rules::default();
    let measured: Measurements = serde_json::from_value(seen.clone()).unwrap();
    let auto = auto_crop(&measured, &rules);
    let crop = crop.unwrap_or(auto.crop);
    let verdict = judge(&measured, &crop, &rules);
    let advice = PhotoAdvice::of(&verdict, &measured, &crop, &auto, &rules);
    assert_eq!(advice.is_none(), verdict.findings.is_empty());
    assert_eq!(
        advice.map(|advice| advice.severity),
        verdict.findings.first().map(|finding| finding.severity)
    );
    advice
}

#[test]
fn a_faultless_photo_needs_no_advice() {
    assert_eq!(advice(&good(), None), None);
}

fn two_faces() -> Value {
    let mut two = good();
    let face = two["faces"][0].clone();
    two["faces"].as_array_mut().unwrap().push(face);
    two
}

fn nobody() -> Value {
    let mut nobody = good();
    nobody["portrait"] = Value::Null;
    nobody
}

fn turned() -> Value {
    let mut turned = nobody();
    turned["turn_degrees"] = json!(90);
    turned
}

fn roll(degrees: f64) -> Value {
    changed("/portrait/pose/roll", degrees)
}

fn cut_head() -> Value {
    let mut cut = changed("/portrait/head/crown_confidence", 0.0);
    cut["portrait"]["head"]["crown_y"] = json!(0.0);
    cut["portrait"]["head"]["eye_line_y"] = json!(300.0);
    cut
}

fn helps(seen: &Value, cause: PhotoCause, action: PhotoAction) {
    let told = advice(seen, None).map(|advice| (advice.cause, advice.action));
    assert_eq!(told, Some((cause, action)));
}

#[test]
fn only_one_face_may_be_seen() {
    helps(&two_faces(), PhotoCause::ManyFaces, PhotoAction::Retake);
}

#[rstest]
#[case::a_tilted_head("/portrait/pose/roll", 9.0, PhotoCause::Tilted)]
#[case::a_turned_head("/portrait/pose/yaw", 30.0, PhotoCause::Turned)]
#[case::a_dark_face("/portrait/light/mean", 0.05, PhotoCause::TooDark)]
#[case::dark_parts("/portrait/light/dark_share", 0.4, PhotoCause::TooDark)]
#[case::bright_parts("/portrait/light/bright_share", 0.4, PhotoCause::TooBright)]
#[case::a_blurred_picture("/portrait/sharpness/blur", 0.8, PhotoCause::Blurred)]
#[case::something_behind("/portrait/backdrop/outlier_share", 0.5, PhotoCause::Behind)]
#[case::an_open_mouth("/portrait/features/mouth_open", 0.2, PhotoCause::MouthOpen)]
#[case::glare_on_glasses("/portrait/features/lens_glare", 0.2, PhotoCause::Glasses)]
fn a_fault_of_the_picture_is_taken_again(
    #[case] pointer: &str,
    #[case] value: f64,
    #[case] cause: PhotoCause,
) {
    helps(&changed(pointer, value), cause, PhotoAction::Retake);
}

#[rstest]
#[case::nobody(&nobody(), PhotoCause::NoFace, PhotoAction::Retake)]
#[case::found_when_turned(&turned(), PhotoCause::Sideways, PhotoAction::TurnRight)]
#[case::to_the_left(&roll(90.0), PhotoCause::Sideways, PhotoAction::TurnLeft)]
#[case::to_the_right(&roll(-90.0), PhotoCause::Sideways, PhotoAction::TurnRight)]
#[case::upside_down(&roll(180.0), PhotoCause::UpsideDown, PhotoAction::TurnOver)]
fn a_picture_that_stands_wrongly_is_turned(
    #[case] seen: &Value,
    #[case] cause: PhotoCause,
    #[case] action: PhotoAction,
) {
    helps(seen, cause, action);
}

#[rstest]
#[case::cut(&cut_head(), PhotoCause::HeadCut)]
#[case::above(&portrait(SIZE, 600.0, 370.0, 400.0), PhotoCause::NoRoomAbove)]
#[case::below(&portrait(SIZE, 600.0, 1_400.0, 400.0), PhotoCause::NoRoomBelow)]
#[case::beside(&portrait(SIZE, 220.0, 620.0, 400.0), PhotoCause::NoRoomBeside)]
#[case::too_close(&portrait(SIZE, 600.0, 800.0, 880.0), PhotoCause::TooClose)]
fn a_head_without_room_is_taken_from_further(#[case] seen: &Value, #[case] cause: PhotoCause) {
    helps(seen, cause, PhotoAction::RetakeFurther);
}

#[rstest]
#[case::too_far(
    &portrait(SIZE, 600.0, 620.0, 100.0),
    PhotoCause::TooFar,
    PhotoAction::RetakeNearer,
)]
#[case::a_small_file(
    &portrait((500, 700), 250.0, 300.0, 100.0),
    PhotoCause::FileSmall,
    PhotoAction::AnotherPhoto,
)]
fn a_head_of_too_few_pixels_needs_another_picture(
    #[case] seen: &Value,
    #[case] cause: PhotoCause,
    #[case] action: PhotoAction,
) {
    helps(seen, cause, action);
}

#[test]
fn findings_with_one_cause_count_once() {
    let mut seen = changed("/portrait/backdrop/outlier_share", 0.5);
    seen["portrait"]["backdrop"]["rgb"] = json!([20, 20, 20]);
    seen["portrait"]["backdrop"]["gradient_delta_e"] = json!(60.0);
    let behind = advice(&seen, None).map(|advice| (advice.cause, advice.count));
    assert_eq!(behind, Some((PhotoCause::Behind, 1)));
    seen["portrait"]["sharpness"]["blur"] = json!(0.8);
    let both = advice(&seen, None).map(|advice| (advice.cause, advice.count));
    assert_eq!(both, Some((PhotoCause::Blurred, 2)));
}

#[test]
fn findings_alone_have_a_cause_too() {
    let measured: Measurements =
        serde_json::from_value(changed("/portrait/pose/yaw", 40.0)).unwrap();
    let rules = Rules::default();
    let verdict = judge(&measured, &auto_crop(&measured, &rules).crop, &rules);
    let advice = PhotoAdvice::of_findings(&verdict.findings);
    let told = advice.map(|advice| (advice.cause, advice.action));
    assert_eq!(told, Some((PhotoCause::Turned, PhotoAction::Retake)));
    assert_eq!(PhotoAdvice::of_findings(&[]), None);
}

fn crop(x: u32, y: u32, width: u32) -> Crop {
    Crop {
        x,
        y,
        width,
        height: width / 3 * 4,
    }
}

#[rstest]
#[case::the_face_is_too_small(crop(0, 0, 1_200), None, None, Some(true))]
#[case::too_high(crop(120, 200, 870), None, Some(true), None)]
#[case::too_far_left(crop(320, 0, 870), Some(true), None, None)]
#[case::the_face_is_too_large(crop(240, 130, 690), None, None, Some(false))]
fn a_frame_that_lies_badly_in_a_good_picture_is_placed(
    #[case] crop: Crop,
    #[case] right: Option<bool>,
    #[case] down: Option<bool>,
    #[case] larger: Option<bool>,
) {
    let Some(advice) = advice(&good(), Some(crop)) else {
        return;
    };
    assert_eq!(
        (advice.cause, advice.action),
        (PhotoCause::Unframed, PhotoAction::AutoFrame)
    );
    let moves = advice.moves;
    for (told, wanted) in [
        (moves.right, right),
        (moves.down, down),
        (moves.larger, larger),
    ] {
        assert!(wanted.is_none() || told == wanted, "{crop:?}: {moves:?}");
    }
}

#[test]
fn a_frame_outside_the_picture_is_placed() {
    let outside = Crop {
        x: 5_000,
        y: 0,
        width: 480,
        height: 640,
    };
    let action = advice(&good(), Some(outside)).map(|advice| advice.action);
    assert_eq!(action, Some(PhotoAction::AutoFrame));
}

#[test]
fn every_sentence_is_short_and_of_its_own() {
    for lang in Lang::ALL {
        let mut told: Vec<&str> = PhotoCause::ALL
            .iter()
            .map(|cause| cause.label().get(lang))
            .collect();
        assert!(
            told.iter()
                .all(|text| text.chars().count() <= 100 && !text.contains('{'))
        );
        told.sort_unstable();
        told.dedup();
        assert_eq!(told.len(), PhotoCause::ALL.len());
    }
}

proptest! {
    #[test]
    fn advice_never_contradicts_itself_and_moves_only_where_there_is_room(
        x in 0.0..1_200.0_f32, y in 0.0..1_600.0_f32, width in 60.0..1_100.0_f32,
        corner in (0..900_u32, 0..1_200_u32), side in 100..400_u32,
    ) {
        let seen = portrait(SIZE, x, y, width);
        let rules = Rules::default();
        let measured: Measurements = serde_json::from_value(seen.clone()).unwrap();
        let auto = auto_crop(&measured, &rules);
        let crop = Crop { x: corner.0, y: corner.1, width: 3 * side, height: 4 * side }.clamp(SIZE.0, SIZE.1);
        let Some(advice) = advice(&seen, Some(crop)) else {
            return Ok(());
        };
        let told = [advice.cause.label().get(Lang::Zh), advice.action.label().get(Lang::Zh)].concat();
        for (one, other) in [("上移", "下移"), ("退", "走近"), ("放大", "缩小"), ("左", "右")] {
            prop_assert!(!(told.contains(one) && told.contains(other)), "{}", told);
        }
        let off = |crop: &Crop| {
            let judged = judge(&measured, crop, &rules).findings;
            judged.into_iter().any(|finding| is_of_frame(finding.code) && finding.severity <= advice.severity)
        };
        match advice.action {
            PhotoAction::AutoFrame => {
                prop_assert!(off(&crop) && !off(&auto.crop));
                let place = |crop: &Crop| Lines::new(&measured.portrait.as_ref().unwrap().head, crop, &rules);
                let (now, best) = (place(&crop), place(&auto.crop));
                if let (Some(is_larger), true) = (advice.moves.larger, advice.moves.larger.is_some()) {
                    prop_assert_eq!(is_larger, best.face_width > now.face_width);
                }
                for (way, before, after, limit) in [
                    (advice.moves.down, crop.y, auto.crop.y, SIZE.1 - crop.height),
                    (advice.moves.right, crop.x, auto.crop.x, SIZE.0 - crop.width),
                ] {
                    // What is seen goes down when the crop goes up, which needs room above it.
                    if advice.moves.larger.is_none() && (before != after) {
                        match way {
                            Some(true) => prop_assert!(before > 0),
                            Some(false) => prop_assert!(before < limit),
                            None => {}
                        }
                    }
                }
            }
            PhotoAction::RetakeFurther => {
                prop_assert!(auto.missing.is_some_and(|missing| missing != Missing::default()));
                prop_assert_eq!(advice.moves, FrameMoves::default());
            }
            PhotoAction::TurnRight
            | PhotoAction::TurnLeft
            | PhotoAction::TurnOver
            | PhotoAction::Retake
            | PhotoAction::RetakeNearer
            | PhotoAction::AnotherPhoto => {
                prop_assert_eq!(advice.moves, FrameMoves::default());
            }
        }
    }
}
