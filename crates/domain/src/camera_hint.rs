//! What is said while a picture is being taken: the one thing that would make it better now.
#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "places in a picture are below 2^24, and a hint is no verdict"
)]

use photo::{
    Crop, Head, Lines, Measurements, Missing, Range, Reason, Rules, Severity, auto_crop, judge,
};

use crate::word::words;

/// Share of the picture's width, in percent, that the photo should fill: what is further away has fewer pixels than it
/// could have. Our own choice.
const NEAR_PERCENT: u32 = 45;
/// From the eyes to the chin of the outline, in percent of the way from the top of its head to its eyes.
const CHIN_PERCENT: u16 = 95;
/// By how many percent of the outline's width a head may reach beyond it. Our own choice: nobody hits a line by the pixel.
const OUTSIDE_PERCENT: f32 = 8.0;
/// How wide a face must be, in percent of the outline's width: a smaller one is inside it, but does not fill it. Our own
/// choice.
const FILLED_PERCENT: f32 = 65.0;
/// How far the eyes may move between two looks, as a share of the face's width. Our own choice.
const STILL: f32 = 0.05;
/// Mean brightness of a face between too dark and too bright.
const HALF_BRIGHT: f32 = 0.5;

words! {
    /// A hint, the most pressing ones first.
    CameraHint {
        /// Nobody is seen.
        NoFace = "no_face", "还没看到人脸，请对准被拍的人", "No face yet. Point the camera at the person";
        /// Several are.
        ManyFaces = "many_faces", "画面里不止一张脸，请旁人离开", "More than one face. Others, please step aside";
        /// Nearer than the frame can show.
        Further = "further", "太近了，请退后一点", "Too close. Step back a little";
        /// The head is too far left.
        Left = "left", "镜头向左移一点", "Move the camera to the left";
        /// The head is too far right.
        Right = "right", "镜头向右移一点", "Move the camera to the right";
        /// There is too little room above.
        Up = "up", "镜头向上移一点，头顶要留空", "Move the camera up a little";
        /// There is too little room below.
        Down = "down", "镜头向下移一点，要拍到肩膀", "Move the camera down a little";
        /// Further than the pixels reach.
        Closer = "closer", "太远了，请靠近一点", "Too far away. Come a little closer";
        /// The head is tilted.
        Level = "level", "头歪了，请摆正", "Hold the head straight";
        /// It is turned or nodded.
        Straight = "straight", "请正对镜头，平视", "Face the camera and look straight at it";
        /// Too little light.
        Dark = "dark", "太暗了，请到亮处", "Too dark. Find more light";
        /// Too much of it.
        Bright = "bright", "太亮了，请避开强光", "Too bright. Move out of the strong light";
        /// Light from one side.
        Uneven = "uneven", "脸上有阴影，请正对光线", "There's a shadow on the face. Face the light";
        /// Things behind the head.
        Background = "background", "背景不干净，请换一面单色的墙", "The background isn't plain. Find a plain wall";
        /// Somebody moves.
        Still = "still", "请拿稳，不要动", "Hold still";
        /// Nothing more to say.
        Ready = "ready", "好，拍吧", "Good. Take it now";
    }
}

impl CameraHint {
    /// What to say about a live picture that was measured on a smaller copy. `shot_width_px` is the width of the
    /// picture itself, `before` the head as it was seen the last time, in the copy's pixels.
    pub fn about(
        seen: &Measurements,
        before: Option<&Head>,
        shot_width_px: u32,
        rules: &Rules,
    ) -> Self {
        let Some(portrait) = &seen.portrait else {
            return Self::NoFace;
        };
        let shot = enlarged(seen, shot_width_px);
        let auto = auto_crop(&shot, rules);
        let verdict = judge(&shot, &auto.crop, rules);
        let has = |code, least| {
            let mut findings = verdict.findings.iter();
            findings.any(|finding| finding.code == code && finding.severity <= least)
        };
        let lines = [
            Reason::HeadTop,
            Reason::EyeLine,
            Reason::FaceWidth,
            Reason::NotCentered,
        ];
        let is_off = lines.into_iter().any(|code| has(code, Severity::Fail));
        let is_far = auto.crop.width * 100 < shot.width_px * NEAR_PERCENT;
        let is_dark = portrait.light.mean < HALF_BRIGHT;
        let behind = [Reason::BgUneven, Reason::BgObject];
        if has(Reason::ManyFaces, Severity::Warn) {
            Self::ManyFaces
        } else if is_off && let Some(missing) = auto.missing {
            Self::towards(missing)
        } else if is_off || is_far {
            Self::Closer
        } else if let Some(hint) = HeadOutline::of(rules).hint(&portrait.head, seen, rules) {
            hint
        } else if has(Reason::Tilt, Severity::Warn) {
            Self::Level
        } else if has(Reason::NotFrontal, Severity::Warn) {
            Self::Straight
        } else if has(Reason::DarkBright, Severity::Warn) {
            if is_dark { Self::Dark } else { Self::Bright }
        } else if has(Reason::HalfShadow, Severity::Fail) {
            Self::Uneven
        } else if behind.into_iter().any(|code| has(code, Severity::Fail)) {
            Self::Background
        } else if has(Reason::Blur, Severity::Fail) || has_moved(&portrait.head, before) {
            Self::Still
        } else {
            Self::Ready
        }
    }

    /// Where the camera must go to see what is missing.
    fn towards(missing: Missing) -> Self {
        let Missing {
            above_px,
            below_px,
            left_px,
            right_px,
        } = missing;
        if above_px.min(below_px) > 0 || left_px.min(right_px) > 0 {
            return Self::Further;
        }
        [
            (above_px, Self::Up),
            (below_px, Self::Down),
            (left_px, Self::Left),
            (right_px, Self::Right),
        ]
        .into_iter()
        .max_by_key(|&(missing, _)| missing)
        .map_or(Self::Further, |(_, hint)| hint)
    }

    /// The same for a preview that shows left as right.
    #[must_use]
    pub fn mirrored(self) -> Self {
        if self == Self::Left {
            Self::Right
        } else if self == Self::Right {
            Self::Left
        } else {
            self
        }
    }
}

/// The outline of a head that is drawn over the live picture, in pixels of the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeadOutline {
    /// Top of the head.
    pub top: u16,
    /// Chin.
    pub chin: u16,
    /// Middle of the face, from the left edge.
    pub middle: u16,
    /// Half the width of the face.
    pub half: u16,
}

impl HeadOutline {
    /// The outline in the middle of what the rules allow.
    pub fn of(rules: &Rules) -> Self {
        let middle = |range: Range| range.min.midpoint(range.max);
        let (top, eyes) = (middle(rules.head_top), middle(rules.eye_line));
        Self {
            top,
            chin: eyes + eyes.saturating_sub(top) * CHIN_PERCENT / 100,
            middle: rules.width_px / 2,
            half: middle(rules.face_width) / 2,
        }
    }

    /// How to bring a head into the outline, which is drawn over the whole of what was seen; `None` where it is inside.
    fn hint(self, head: &Head, seen: &Measurements, rules: &Rules) -> Option<CameraHint> {
        let whole = Crop {
            x: 0,
            y: 0,
            width: seen.width_px,
            height: seen.height_px,
        };
        let lines = Lines::new(head, &whole, rules);
        let width = 2.0 * f32::from(self.half);
        let slack = width * OUTSIDE_PERCENT / 100.0;
        let (left, right) = (
            self.middle - self.half.min(self.middle),
            self.middle + self.half,
        );
        let beyond = [
            (f32::from(left) - lines.face_left, CameraHint::Left),
            (lines.face_right - f32::from(right), CameraHint::Right),
            (f32::from(self.top) - lines.head_top, CameraHint::Up),
            (lines.chin - f32::from(self.chin), CameraHint::Down),
        ];
        let is_beyond = |side: usize| beyond.get(side).is_some_and(|(by, _)| *by > slack);
        if lines.face_width * 100.0 < width * FILLED_PERCENT {
            Some(CameraHint::Closer)
        } else if (is_beyond(0) && is_beyond(1)) || (is_beyond(2) && is_beyond(3)) {
            Some(CameraHint::Further)
        } else {
            let worst = beyond
                .into_iter()
                .max_by(|one, other| one.0.total_cmp(&other.0));
            worst.filter(|(by, _)| *by > slack).map(|(_, hint)| hint)
        }
    }
}

/// What would have been measured on the picture that a copy was made from.
fn enlarged(seen: &Measurements, width_px: u32) -> Measurements {
    let scale = width_px as f32 / seen.width_px.max(1) as f32;
    let mut shot = seen.clone();
    shot.height_px = seen.height_px * width_px / seen.width_px.max(1);
    shot.width_px = width_px;
    for face in shot.faces.iter_mut().flatten() {
        face.left *= scale;
        face.top *= scale;
        face.right *= scale;
        face.bottom *= scale;
    }
    if let Some(portrait) = &mut shot.portrait {
        let head = &mut portrait.head;
        for eye in &mut head.eyes {
            eye.x *= scale;
            eye.y *= scale;
        }
        head.eye_line_y *= scale;
        head.crown_y *= scale;
        head.skull_y *= scale;
        head.chin_y *= scale;
        head.face_left_x *= scale;
        head.face_right_x *= scale;
        head.face_width_px *= scale;
        head.eye_distance_px *= scale;
    }
    shot
}

/// Whether the eyes are elsewhere than before.
fn has_moved(head: &Head, before: Option<&Head>) -> bool {
    let most = head.face_width_px * STILL;
    before.is_none_or(|before| {
        let eyes = head.eyes.iter().zip(&before.eyes);
        eyes.into_iter()
            .any(|(now, then)| (now.x - then.x).abs() > most || (now.y - then.y).abs() > most)
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::*;

    /// A head that fills a copy of 360×480 pixels as the standard wants it, before a plain light blue wall.
    fn well_placed() -> Value {
        json!({
            "width_px": 360, "height_px": 480,
            "border": { "top_px": 0, "right_px": 0, "bottom_px": 0, "left_px": 0 },
            "faces": [{ "score": 0.9, "left": 100.0, "top": 140.0, "right": 260.0, "bottom": 300.0 }],
            "portrait": {
                "presence": 1.0,
                "head": {
                    "eyes": [{ "x": 145.0, "y": 187.0 }, { "x": 215.0, "y": 187.0 }], "eye_line_y": 187.0,
                    "crown_y": 60.0, "crown_confidence": 1.0, "skull_y": 80.0, "chin_y": 310.0,
                    "face_left_x": 90.0, "face_right_x": 270.0, "face_width_px": 180.0, "eye_distance_px": 70.0
                },
                "pose": { "roll": 0.5, "yaw": 1.0, "pitch": 2.0 },
                "features": {
                    "eyes_open": 0.3, "eyes_open_mesh": 0.3, "mouth_open": 0.0, "red_eye": 0.0, "lens_delta_e": 2.0,
                    "lens_ratio": 1.0, "lens_glare": 0.0
                },
                "light": {
                    "mean": 0.55, "entropy_bits": 7.0, "dark_share": 0.02, "bright_share": 0.0, "cheek_ratio": 0.95,
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

    fn head(seen: &Measurements) -> Option<&Head> {
        seen.portrait.as_ref().map(|portrait| &portrait.head)
    }

    /// The head moved and resized around the middle of the copy.
    fn placed(scale: f64, dx: f64, dy: f64) -> Value {
        let mut seen = well_placed();
        let across = |x: &mut Value| *x = json!((x.as_f64().unwrap() - 180.0) * scale + 180.0 + dx);
        let down = |y: &mut Value| *y = json!((y.as_f64().unwrap() - 240.0) * scale + 240.0 + dy);
        let head = &mut seen["portrait"]["head"];
        for eye in [0, 1] {
            across(&mut head["eyes"][eye]["x"]);
            down(&mut head["eyes"][eye]["y"]);
        }
        for name in ["face_left_x", "face_right_x"] {
            across(&mut head[name]);
        }
        for name in ["eye_line_y", "crown_y", "skull_y", "chin_y"] {
            down(&mut head[name]);
        }
        for name in ["face_width_px", "eye_distance_px"] {
            head[name] = json!(head[name].as_f64().unwrap() * scale);
        }
        seen
    }

    /// The well placed head with one number of the portrait changed.
    fn changed(pointer: &str, number: f64) -> Value {
        let mut seen = well_placed();
        *seen["portrait"].pointer_mut(pointer).unwrap() = json!(number);
        seen
    }

    fn nobody() -> Value {
        let mut nobody = well_placed();
        nobody["faces"] = json!([]);
        nobody["portrait"] = Value::Null;
        nobody
    }

    fn two_faces() -> Value {
        let mut two = well_placed();
        let face = two["faces"][0].clone();
        two["faces"].as_array_mut().unwrap().push(face);
        two
    }

    fn dim() -> Value {
        let mut dim = changed("/light/entropy_bits", 5.0);
        dim["portrait"]["light"]["mean"] = json!(0.2);
        dim
    }

    #[rstest]
    #[case::well_placed(well_placed(), CameraHint::Ready)]
    #[case::nobody(nobody(), CameraHint::NoFace)]
    #[case::two_faces(two_faces(), CameraHint::ManyFaces)]
    #[case::too_close(placed(1.6, 0.0, 0.0), CameraHint::Further)]
    #[case::too_far(placed(0.3, 0.0, 0.0), CameraHint::Closer)]
    #[case::too_far_right(placed(1.0, -100.0, 0.0), CameraHint::Left)]
    #[case::too_far_left(placed(1.0, 100.0, 0.0), CameraHint::Right)]
    #[case::too_low(placed(1.0, 0.0, -60.0), CameraHint::Up)]
    #[case::too_high(placed(1.0, 0.0, 150.0), CameraHint::Down)]
    #[case::tilted(changed("/pose/roll", -9.0), CameraHint::Level)]
    #[case::turned(changed("/pose/yaw", 20.0), CameraHint::Straight)]
    #[case::dark(dim(), CameraHint::Dark)]
    #[case::bright(changed("/light/bright_share", 0.4), CameraHint::Bright)]
    #[case::blurred(changed("/sharpness/blur", 0.8), CameraHint::Still)]
    #[case::something_behind(changed("/backdrop/outlier_share", 0.5), CameraHint::Background)]
    fn the_most_pressing_thing_is_said(#[case] seen: Value, #[case] expected: CameraHint) {
        let seen: Measurements = serde_json::from_value(seen).unwrap();
        let hint = CameraHint::about(&seen, head(&seen), 1080, &Rules::default());
        assert_eq!(hint, expected);
    }

    #[test]
    fn a_head_must_rest_before_it_is_taken() {
        let [still, moved] = [0.0, 20.0].map(|dx| {
            let seen: Measurements = serde_json::from_value(placed(1.0, dx, 0.0)).unwrap();
            seen
        });
        let about = |before| CameraHint::about(&still, before, 1080, &Rules::default());
        assert_eq!(about(None), CameraHint::Still, "seen for the first time");
        assert_eq!(about(head(&moved)), CameraHint::Still);
        assert_eq!(about(head(&still)), CameraHint::Ready);
    }

    #[test]
    fn what_is_near_enough_depends_on_the_pixels_of_the_picture() {
        let seen: Measurements = serde_json::from_value(placed(0.7, 0.0, 0.0)).unwrap();
        let about = |width| CameraHint::about(&seen, head(&seen), width, &Rules::default());
        assert_eq!(about(3000), CameraHint::Ready);
        assert_eq!(about(500), CameraHint::Closer);
    }

    #[rstest]
    #[case::in_the_middle(0.0, 0.0, CameraHint::Ready)]
    #[case::too_far_right(-40.0, 0.0, CameraHint::Left)]
    #[case::too_far_left(40.0, 0.0, CameraHint::Right)]
    #[case::too_high(0.0, 50.0, CameraHint::Down)]
    #[case::too_low(0.0, -40.0, CameraHint::Up)]
    fn a_head_is_ready_only_inside_the_outline(
        #[case] dx: f64,
        #[case] dy: f64,
        #[case] expected: CameraHint,
    ) {
        let seen: Measurements = serde_json::from_value(placed(0.9, dx, dy)).unwrap();
        // With so many pixels, a frame of another size would suit each of these places.
        let hint = CameraHint::about(&seen, head(&seen), 3000, &Rules::default());
        assert_eq!(hint, expected, "{dx} {dy}");
    }

    #[test]
    fn a_mirror_turns_left_and_right_alone() {
        for &hint in CameraHint::ALL {
            let turned = hint.mirrored();
            assert_eq!(turned.mirrored(), hint);
            assert_eq!(
                turned != hint,
                matches!(hint, CameraHint::Left | CameraHint::Right)
            );
        }
    }
}
